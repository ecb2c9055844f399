#include "store/tomb.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "store/extend.h"
#include "store/rebuild.h"
#include "store/segment.h"

/*
 * For each line "OFFSET CRC NAME", the checksum of the up to 64 bytes before
 * it (0: not known), and the line itself; then "end CRC" with that of all before.
 */
#define MOST (256u << 20)

static const char file[] = "redact", tmp[] = "redact.tmp";

int
ev_tombs_add(struct ev_tombs *tombs, const char *name, int fd, uint64_t at,
    struct ev_slice line, struct ev_err *err)
{
	uint32_t crc;

	if (strchr(name, '\n') != NULL)
		return ev_fail(err, "'%s' has a newline in its name", name);
	if (ev_extend_tail(fd, at, &crc, NULL) < 0)
		return ev_fail_errno(err, "cannot read '%s'", name);
	/* which bytes will stand there when the one before is written? */
	if (tombs->end <= at && at - tombs->end < EV_STATE_TAIL)
		crc = 0;
	tombs->end = at + line.n;
	ev_buf_addf(
	    &tombs->text, "%" PRIu64 " %08" PRIx32 " %s\n", at, crc, name);
	ev_buf_addslice(&tombs->text, line);
	ev_buf_addc(&tombs->text, '\n');
	tombs->count++;
	return 0;
}

void
ev_tombs_clear(struct ev_tombs *tombs)
{
	ev_buf_clear(&tombs->text);
	tombs->count = 0;
}

static void
add_end(struct ev_buf *text)
{
	ev_buf_addf(
	    text, "end %08" PRIx32 "\n", ev_crc32c(0, text->p, text->n));
}

static int
write_file(
    const struct ev_dir *dir, const struct ev_buf *text, struct ev_err *err)
{
	struct stat st;
	int r = 0,
	    fd = ev_dir_inside(
		dir, tmp, O_WRONLY | O_APPEND | O_CREAT | O_TRUNC, &st, err);

	if (fd < 0)
		return -1;
	if (ev_write_all(fd, text->p, text->n) < 0 || fsync(fd) < 0)
		r = ev_dir_fail(dir, "write", tmp, err);
	close(fd);
	if (r == 0 && renameat(dir->priv, tmp, dir->priv, file) < 0)
		r = ev_dir_fail(dir, "rename", tmp, err);
	return r == 0 ? ev_dir_sync(dir, err) : r;
}

/* Does a line of n bytes stand there still, behind the same bytes?  1, 0,
 * -1. */
static int
is_there(int fd, uint64_t size, uint64_t at, size_t n, uint32_t crc)
{
	struct ev_buf now = EV_BUF_INIT;
	uint32_t before;
	ssize_t got;
	int r = -1;

	if (at > size || n > size - at)
		return 0;
	if (ev_extend_tail(fd, at, &before, NULL) < 0)
		return -1;
	ev_buf_reserve(&now, n + 1);
	got = ev_pread_all(fd, now.p, n + 1, (off_t)at);
	if (got >= 0)
		r = (crc == 0 || before == crc) && (size_t)got >= n &&
		    ((size_t)got == n || now.p[n] == '\n') &&
		    memchr(now.p, '\n', n) == NULL;
	ev_buf_clear(&now);
	return r;
}

/* The log and its segments, feeds beside it, and what the private directory
 * holds.  The file may come with somebody else's repository. */
static bool
is_ours(const struct ev_place *place, const char *name)
{
	size_t n = strlen(place->priv);
	uint64_t from, end;

	if (strncmp(name, place->priv, n) == 0 && name[n] == '/')
		return strchr(name + n + 1, '/') == NULL;
	if (strchr(place->feed, '/') == NULL && strncmp(name, "feed.", 5) == 0)
		return strchr(name, '/') == NULL;
	return strcmp(name, place->log) == 0 ||
	    ev_segment_parse(place->log, name, &from, &end);
}

static int
write_line(const struct ev_dir *dir, const char *name, uint64_t at,
    uint32_t crc, struct ev_slice line, struct ev_err *err)
{
	struct stat st;
	int r, fd;

	if (!is_ours(dir->place, name))
		return ev_fail(err,
		    "'%s/%s' names '%s', which is none of the store's files",
		    dir->place->priv, file, name);
	fd = ev_dir_beside(dir, name, O_RDWR, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	r = is_there(fd, (uint64_t)st.st_size, at, line.n, crc);
	if (r == 1 &&
	    (ev_pwrite_all(fd, line.p, line.n, (off_t)at) < 0 ||
		fdatasync(fd) < 0))
		r = -1;
	if (r < 0)
		ev_fail_errno(err, "cannot write '%s'", name);
	close(fd);
	return r < 0 ? -1 : 0;
}

/* The next two lines of the text.  1, 0 that was all, -1 it is damaged. */
static int
next(struct ev_slice *text, struct ev_slice *head, struct ev_slice *line)
{
	struct ev_slice *const to[] = { head, line };
	const char *lf;
	size_t i;

	if (text->n == 0)
		return 0;
	for (i = 0; i < 2; i++) {
		lf = memchr(text->p, '\n', text->n);
		if (lf == NULL)
			return -1;
		*to[i] = (struct ev_slice){ text->p, (size_t)(lf - text->p) };
		text->n -= to[i]->n + 1;
		text->p = lf + 1;
	}
	return 1;
}

/* All lines, in their order: the bytes before one may be those of another. */
static int
write_lines(const struct ev_dir *dir, struct ev_slice text, struct ev_err *err)
{
	struct ev_buf head_text = EV_BUF_INIT;
	struct ev_slice head = { NULL, 0 }, line = { NULL, 0 };
	uint64_t at;
	uint32_t crc;
	int r, from = 0;

	while ((r = next(&text, &head, &line)) == 1) {
		ev_buf_reset(&head_text);
		ev_buf_addslice(&head_text, head);
		if (sscanf(ev_buf_str(&head_text),
			"%" SCNu64 " %8" SCNx32 " %n", &at, &crc, &from) != 2) {
			r = -1;
			break;
		}
		if (write_line(dir, head_text.p + from, at, crc, line, err) <
		    0) {
			ev_buf_clear(&head_text);
			return -1;
		}
	}
	ev_buf_clear(&head_text);
	return r < 0 ? ev_fail(err, "'%s' is damaged", file) : 0;
}

/* They are written, or there are none. */
static int
finish(struct ev_views *views, struct ev_err *err)
{
	if (unlinkat(views->dir->priv, file, 0) < 0 && errno != ENOENT)
		return ev_dir_fail(views->dir, "remove", file, err);
	views->state.redact = false;
	return ev_views_save(views, err);
}

int
ev_tombs_write(
    struct ev_tombs *tombs, struct ev_views *views, struct ev_err *err)
{
	struct ev_slice text = ev_buf_slice(&tombs->text);
	size_t n = text.n;

	add_end(&tombs->text);
	if (write_file(views->dir, &tombs->text, err) < 0)
		return -1;
#ifndef EV_MUTANT_NO_TOMBS
	views->state.redact = true;
#endif
	if (ev_rebuild_later(views, false, err) < 0)
		return -1;
	if (ev_views_force(views, err) < 0)
		return -1;
	text = (struct ev_slice){ tombs->text.p, n };
	return write_lines(views->dir, text, err) < 0 ? -1 : finish(views, err);
}

int
ev_tombs_end(struct ev_views *views, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT, want = EV_BUF_INIT;
	size_t end = sizeof("end 00000000");
	struct stat st;
	int r = 0, fd = ev_dir_inside(views->dir, file, O_RDONLY, &st, err);

	if (fd < 0)
		return errno == ENOENT ? finish(views, err) : -1;
	r = ev_read_fd(fd, &text, MOST, file, err);
	close(fd);
	if (r == 0 && text.n >= end) {
		ev_buf_add(&want, text.p, text.n - end);
		add_end(&want);
		if (ev_slice_eq(ev_buf_slice(&want), ev_buf_slice(&text)))
			r = write_lines(views->dir,
			    (struct ev_slice){ text.p, text.n - end }, err);
	}
	ev_buf_clear(&text);
	ev_buf_clear(&want);
	return r < 0 ? -1 : finish(views, err);
}
