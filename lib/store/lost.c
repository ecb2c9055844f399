#include "store/lost.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "event/event.h"
#include "store/extend.h"
#include "store/lines.h"

static const char file[] = "lost.jsonl";

void
ev_lost_init(struct ev_lost *lost, const struct ev_dir *dir,
    struct ev_chain *log, uint64_t to)
{
	*lost = (struct ev_lost){ .dir = dir, .log = log, .to = to, .fd = -1 };
}

void
ev_lost_clear(struct ev_lost *lost)
{
	if (lost->fd >= 0)
		close(lost->fd);
	ev_known_free(lost->known);
	ev_known_free(lost->kept);
	ev_event_free(lost->event);
	ev_model_free(lost->model);
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
	lost->model = ev_model_new(NULL);
	ev_model_custom(lost->model, lost->dir->place->custom);
	ev_model_want(lost->model, EV_ID);
	ev_model_seal(lost->model);
	lost->event = ev_event_new(lost->model);
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

/* Equal lines are one event, but for those whose event has no id (I6). */
static bool
has_no_id(const struct ev_lost *lost, struct ev_slice line)
{
	return ev_event_read(lost->event, line.p, line.n) == EV_SCAN_OK &&
	    ev_event_text(lost->event, EV_ID).n == 0;
}

static int
put(struct ev_lost *lost, struct ev_slice line, struct ev_err *err)
{
	struct stat st;

	if (lost->fd < 0)
		lost->fd = ev_dir_inside(
		    lost->dir, file, O_RDWR | O_APPEND | O_CREAT, &st, err);
	if (lost->fd < 0)
		return -1;
	/* the LF behind the line is in the reader's buffer */
	if (ev_write_all(lost->fd, line.p, line.n + 1) < 0)
		return ev_dir_fail(lost->dir, "write", file, err);
	lost->count++;
	return 0;
}

/* When the log has fewer of the line than the view up to here, lost.jsonl gets
 * as many as the view: a log that comes back must not get some twice. */
static int
keep(struct ev_lost *lost, struct ev_known *seen, struct ev_slice line,
    struct ev_err *err)
{
	struct ev_slice none = { NULL, 0 };
	struct ev_known_key key;
	uint64_t nth;

	if (line.p == NULL || is_blank(line))
		return 0;
	key = ev_known_key(line, none);
	ev_known_add(seen, key, EV_KNOWN_ELSEWHERE);
	nth = ev_known_count(seen, key);
	if (nth > 1 && !has_no_id(lost, line))
		nth = 1;
	if (ev_known_count(lost->known, key) >= nth)
		return 0;
	while (ev_known_count(lost->kept, key) < nth) {
		if (put(lost, line, err) < 0)
			return -1;
		ev_known_add(lost->kept, key, EV_KNOWN_ELSEWHERE);
	}
	return 0;
}

int
ev_lost_keep(struct ev_lost *lost, int fd, uint64_t n, struct ev_err *err)
{
	struct ev_known *seen;
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	if (prepare(lost, err) < 0)
		return -1;
	seen = ev_known_new(false, NULL);
	ev_lines_begin(&lines, fd, 0, n);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (keep(lost, seen, line, err) < 0)
			break;
	ev_known_free(seen);
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
