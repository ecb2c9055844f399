#include "store/lost.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "store/extend.h"
#include "store/lines.h"

static const char file[] = "lost.jsonl";

void
ev_lost_init(struct ev_lost *lost, const struct ev_dir *dir,
    struct ev_chain *log, uint64_t to)
{
	*lost = (struct ev_lost){ dir, log, to, NULL, NULL, -1, 0 };
}

void
ev_lost_clear(struct ev_lost *lost)
{
	if (lost->fd >= 0)
		close(lost->fd);
	ev_known_free(lost->known);
	ev_known_free(lost->kept);
	ev_lost_init(lost, lost->dir, lost->log, lost->to);
}

/* A torn line of a killed run gets an end. */
static int
seal(const struct ev_lost *lost, uint64_t size, struct ev_err *err)
{
	uint32_t crc;
	char last;

	if (ev_extend_tail(lost->fd, size, &crc, &last) < 0)
		return ev_dir_fail(lost->dir, "read", file, err);
	if (last != '\n' && ev_write_all(lost->fd, "\n", 1) < 0)
		return ev_dir_fail(lost->dir, "write", file, err);
	return 0;
}

static int
prepare(struct ev_lost *lost, struct ev_err *err)
{
	struct ev_chain kept;
	struct stat st;

	if (lost->known != NULL)
		return 0;
	lost->fd = ev_dir_inside(lost->dir, file, O_RDWR | O_APPEND, &st, err);
	if (lost->fd < 0 && errno != ENOENT)
		return -1;
	lost->known = ev_known_new(false, NULL);
	lost->kept = ev_known_new(false, NULL);
	if (ev_known_read(lost->known, lost->log, lost->to, 0) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", lost->dir->place->shown);
	if (lost->fd < 0)
		return 0;
	kept = EV_CHAIN_FILE(lost->fd);
	if (ev_known_read(lost->kept, &kept, (uint64_t)st.st_size, 0) < 0)
		return ev_dir_fail(lost->dir, "read", file, err);
	return seal(lost, (uint64_t)st.st_size, err);
}

static bool
is_blank(struct ev_slice line)
{
	size_t i;

	for (i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] > ' ')
			return false;
	return true;
}

static int
keep(struct ev_lost *lost, struct ev_slice line, struct ev_err *err)
{
	struct ev_slice none = { NULL, 0 };
	struct ev_known_key key;
	struct stat st;

	if (line.p == NULL || is_blank(line))
		return 0;
	key = ev_known_key(line, none);
	if (ev_known_count(lost->known, key) > 0 ||
	    ev_known_count(lost->kept, key) > 0)
		return 0;
	if (lost->fd < 0)
		lost->fd = ev_dir_inside(
		    lost->dir, file, O_RDWR | O_APPEND | O_CREAT, &st, err);
	if (lost->fd < 0)
		return -1;
	/* the LF behind the line is in the reader's buffer */
	if (ev_write_all(lost->fd, line.p, line.n + 1) < 0)
		return ev_dir_fail(lost->dir, "write", file, err);
	ev_known_add(lost->kept, key, 0);
	lost->count++;
	return 0;
}

int
ev_lost_keep(struct ev_lost *lost, int fd, uint64_t n, struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	if (prepare(lost, err) < 0)
		return -1;
	ev_lines_begin(&lines, fd, 0, n);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (keep(lost, line, err) < 0)
			break;
	ev_lines_clear(&lines);
	if (r < 0)
		return ev_fail_errno(
		    err, "cannot read a view of '%s'", lost->dir->place->shown);
	return r == 1 ? -1 : 0;
}

int
ev_lost_sync(struct ev_lost *lost, struct ev_err *err)
{
	if (lost->count > 0 && fdatasync(lost->fd) < 0)
		return ev_dir_fail(lost->dir, "sync", file, err);
	return 0;
}
