#include "tail/version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "input/cut.h"

#define FIRST 4096 /* bytes of a first line that are compared */
#define BLOCK (64u << 10)

int
ev_version_open(struct ev_trail **trail, const char *path, const char *name,
    bool store, struct ev_err *err)
{
	int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
	int fd = open(path, flags | (store ? O_NOFOLLOW : 0));
	struct stat st;

	if (fd == -1 && errno == ENOENT)
		return 0;
	if (fd == -1)
		return ev_fail_errno(err, "cannot open '%s'", name);
	*trail = NULL;
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		ev_fail(err, "cannot read '%s': not a regular file", name);
	else
		*trail = store ? ev_trail_log(fd, path, name, err) :
				 ev_trail_file(fd);
	if (*trail != NULL)
		return 1;
	close(fd);
	return -1;
}

bool
ev_version_same(const char *was, const char *is, size_t n)
{
	static const char mark[] = "\"redacted\":\"";
	size_t from, line;
	const char *lf;

	if (memcmp(was, is, n) == 0)
		return true;
	for (from = 0; from < n; from += line + 1) {
		lf = memchr(is + from, '\n', n - from);
		line = lf == NULL ? n - from : (size_t)(lf - is) - from;
		if (memcmp(was + from, is + from, line) != 0 &&
		    (lf == NULL || memchr(was + from, '\n', line) != NULL ||
			memmem(is + from, line, mark, sizeof(mark) - 1) ==
			    NULL))
			return false;
		if (lf != NULL && was[from + line] != '\n')
			return false;
	}
	return true;
}

/* The segment that our file became, or NULL. */
static const struct ev_segment *
own_segment(const struct ev_chain *now, const struct ev_trail *was)
{
	struct stat st;
	size_t i;

	if (now->base == 0 || fstat(was->chain.fd, &st) == -1)
		return NULL;
	for (i = 0; i < now->count; i++)
		if (now->old[i].dev == st.st_dev &&
		    now->old[i].ino == st.st_ino &&
		    now->old[i].from == was->chain.base)
			return &now->old[i];
	return NULL;
}

/* Does the log that was rotated have what we read, where we read it, as far as
 * it still has that? */
static bool
has_read(struct ev_trail *now, const struct ev_reached *was)
{
	uint64_t floor = ev_chain_floor(&now->chain, was->at);
	uint64_t there = was->at > floor ? was->at - floor : 0;
	size_t n = there < was->n ? (size_t)there : was->n;
	char *is = ev_malloc(n + 1);
	bool same;

	same = ev_trail_read(now, is, n, was->at - n) == (ssize_t)n &&
	    ev_version_same(was->tail + was->n - n, is, n);
	free(is);
	return same;
}

static bool
is_rotated(struct ev_trail *now, const struct ev_reached *was, uint64_t *to)
{
	const struct ev_segment *own = own_segment(&now->chain, was->trail);

	*to = was->at;
	if (own != NULL && was->at > own->end)
		*to = own->end;
	return own != NULL || (now->chain.base > 0 && has_read(now, was));
}

enum ev_version
ev_version_is(
    struct ev_trail *trail, const struct ev_reached *reached, uint64_t *to)
{
	char now[FIRST], then[FIRST];
	int fd = trail->chain.fd, was = reached->trail->chain.fd;
	ssize_t n, m;
	struct stat st;
	const char *lf;

	if (is_rotated(trail, reached, to))
		return EV_VERSION_ROTATED;
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
is_event(
    struct ev_trail *trail, uint64_t from, uint64_t size, struct ev_event *ev)
{
	struct ev_buf line = EV_BUF_INIT;
	size_t n = (size_t)(size - from), skip;
	ssize_t got;
	int is = 0;

	if (n == 0 || n > EV_CUT_MAX_LINE)
		return 0;
	ev_buf_reserve(&line, n + EV_SCAN_PAD);
	got = ev_trail_read(trail, line.p, n, from);
	if (got == (ssize_t)n) {
		memset(line.p + n, 0, EV_SCAN_PAD);
		skip = ev_cut_mark(line.p, n, from);
		is = ev_event_read(ev, line.p + skip, n - skip) == EV_SCAN_OK;
	}
	ev_buf_clear(&line);
	return got < 0 ? -1 : is;
}

int
ev_version_end(
    struct ev_trail *trail, uint64_t size, struct ev_event *ev, uint64_t *end)
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
		got = ev_trail_read(trail, block, n, at);
		if (got > 0)
			lf = memrchr(block, '\n', (size_t)got);
	}
	*end = lf != NULL ? at + (uint64_t)(lf - block) + 1 : 0;
	free(block);
	if (got >= 0 && ev != NULL)
		is = is_event(trail, *end, size, ev);
	if (is == 1)
		*end = size;
	return got < 0 || is < 0 ? -1 : 0;
}

uint64_t
ev_version_find(
    struct ev_trail *trail, uint64_t from, const char *text, size_t n)
{
	char *block = ev_malloc(BLOCK + n);
	uint64_t at = from, found = 0;
	const char *hit;
	ssize_t got;

	while (found == 0 &&
	    (got = ev_trail_read(trail, block, BLOCK + n, at)) >= (ssize_t)n) {
		hit = memmem(block, (size_t)got, text, n);
		if (hit != NULL)
			found = at + (uint64_t)(hit - block) + n;
		at += BLOCK;
	}
	free(block);
	return found;
}
