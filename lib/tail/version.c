#include "tail/version.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "input/cut.h"

#define FIRST 4096 /* bytes of a first line that are compared */
#define BLOCK (64u << 10)

enum ev_version
ev_version_is(int fd, int was)
{
	char now[FIRST], then[FIRST];
	ssize_t n, m;
	struct stat st;
	const char *lf;

	if (fstat(was, &st) == -1 || st.st_nlink == 0)
		return EV_VERSION_SAME;
	n = ev_pread_all(fd, now, sizeof(now), 0);
	m = ev_pread_all(was, then, sizeof(then), 0);
	if (n < 0 || m < 0)
		return EV_VERSION_OTHER;
	lf = memchr(now, '\n', (size_t)n);
	if (lf == NULL && n < FIRST)
		return EV_VERSION_OPEN;
	if (lf != NULL)
		n = lf + 1 - now;
	return m >= n && memcmp(now, then, (size_t)n) == 0 ? EV_VERSION_SAME :
							     EV_VERSION_OTHER;
}

/* Is what stands there, without an LF, an event? */
static int
is_event(int fd, uint64_t from, uint64_t size, struct ev_event *ev)
{
	struct ev_buf line = EV_BUF_INIT;
	size_t n = (size_t)(size - from), skip;
	ssize_t got;
	int is = 0;

	if (n == 0 || n > EV_CUT_MAX_LINE)
		return 0;
	ev_buf_reserve(&line, n + EV_SCAN_PAD);
	got = ev_pread_all(fd, line.p, n, (off_t)from);
	if (got == (ssize_t)n) {
		memset(line.p + n, 0, EV_SCAN_PAD);
		skip = ev_cut_mark(line.p, n, from);
		is = ev_event_read(ev, line.p + skip, n - skip) == EV_SCAN_OK;
	}
	ev_buf_clear(&line);
	return got < 0 ? -1 : is;
}

int
ev_version_end(int fd, uint64_t size, struct ev_event *ev, uint64_t *end)
{
	char *block = ev_malloc(BLOCK);
	const char *lf = NULL;
	uint64_t at = size;
	ssize_t got = 0;
	size_t n;
	int is = 0;

	while (at > 0 && lf == NULL && got >= 0) {
		/* most often the last byte alone tells */
		n = at == size ? 1 : at < BLOCK ? (size_t)at : BLOCK;
		at -= n;
		got = ev_pread_all(fd, block, n, (off_t)at);
		if (got > 0)
			lf = memrchr(block, '\n', (size_t)got);
	}
	*end = lf != NULL ? at + (uint64_t)(lf - block) + 1 : 0;
	free(block);
	if (got >= 0 && ev != NULL)
		is = is_event(fd, *end, size, ev);
	if (is == 1)
		*end = size;
	return got < 0 || is < 0 ? -1 : 0;
}

uint64_t
ev_version_find(int fd, const char *text, size_t n)
{
	char *block = ev_malloc(BLOCK + n);
	uint64_t at = 0, found = 0;
	const char *hit;
	ssize_t got;

	while (found == 0 &&
	    (got = ev_pread_all(fd, block, BLOCK + n, (off_t)at)) >=
		(ssize_t)n) {
		hit = memmem(block, (size_t)got, text, n);
		if (hit != NULL)
			found = at + (uint64_t)(hit - block) + n;
		at += BLOCK;
	}
	free(block);
	return found;
}
