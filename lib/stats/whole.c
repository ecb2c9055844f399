#include "stats/whole.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/mem.h"

#define BEFORE 256 /* bytes that a log is known again by */
#define BLOCK 65536

/* Where the whole lines of a source end. */
static int
whole_lines(const struct ev_source *source, uint64_t *end, struct ev_err *err)
{
	char *block = ev_malloc(BLOCK);
	const char *lf = NULL;
	uint64_t at = source->size;
	ssize_t got = 0;
	size_t n;

	while (at > 0 && lf == NULL && got >= 0) {
		n = at < BLOCK ? (size_t)at : BLOCK;
		at -= n;
		got = ev_source_at(source, block, n, at, err);
		if (got > 0)
			lf = memrchr(block, '\n', (size_t)got);
	}
	*end = lf != NULL ? at + (uint64_t)(lf - block) + 1 : 0;
	free(block);
	return got < 0 ? -1 : 0;
}

int
ev_whole_mark(const struct ev_source *source, uint64_t at, uint32_t *crc,
    struct ev_err *err)
{
	char bytes[BEFORE];
	size_t n = at < BEFORE ? (size_t)at : BEFORE;
	ssize_t got;

	got = ev_source_at(source, bytes, n, 0, err);
	if (got >= 0) {
		*crc = ev_crc32c(0, bytes, (size_t)got);
		got = ev_source_at(source, bytes, n, at - n, err);
	}
	if (got < 0)
		return -1;
	*crc = ev_crc32c(*crc, bytes, (size_t)got);
	return 0;
}

/* An empty file is none that can be read at places, yet: nothing of it is. */
static void
take_empty(struct ev_source *source)
{
	struct stat st;

	if (fstat(source->fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == 0) {
		source->seekable = true;
		source->size = 0;
	}
}

int
ev_whole_cut(struct ev_source *source, struct ev_err *err)
{
	uint64_t end;

	if (!source->seekable)
		take_empty(source);
	if (!source->seekable)
		return ev_fail(err,
		    "'%s' is no plain file: nobody can go on in it",
		    source->name);
	if (whole_lines(source, &end, err) == -1)
		return -1;
	source->size = end;
	return 0;
}
