#include "store/rotate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/append.h"
#include "store/guard.h"
#include "store/known.h"
#include "store/lines.h"
#include "store/project.h"
#include "store/route.h"

#define EMPTY "rotate.tmp"

static int
fail(const struct ev_views *views, const char *verb, struct ev_err *err)
{
	return ev_fail_errno(
	    err, "cannot %s '%s'", verb, views->dir->place->shown);
}

/* Ends a torn line, and brings the views to the end of the log as it is now. */
static int
settle(struct ev_views *views, struct ev_err *err)
{
	struct ev_log *log = views->log;
	uint64_t end;
	bool anew;
	int r = ev_log_open(log, views->dir, false, &anew, err);

	if (r < 0)
		return -1;
	if (r == 0 || anew)
		return ev_fail(err, "'%s' was replaced meanwhile",
		    views->dir->place->shown);
	if (ev_log_end(log, views->dir, &end, err) < 0)
		return -1;
	if (end != log->size && ev_append_seal(log, views->dir, err) < 0)
		return -1;
	return ev_project(views, NULL, log->size, INT64_MAX, err) == 1 ? 0 : -1;
}

/* What a rotation that was killed half-way left: a segment that is the log's
 * own file. */
static int
remove_stale(const struct ev_views *views, struct ev_err *err)
{
	const struct ev_log *log = views->log;
	struct ev_segment *list;
	size_t count, i;
	char *name;
	int r;

	r = ev_segment_list(views->dir->fd, log->chain.log, &list, &count);
	for (i = 0; r == 0 && i < count; i++) {
		if (list[i].dev != log->dev || list[i].ino != log->ino)
			continue;
		name =
		    ev_segment_name(log->chain.log, list[i].from, list[i].end);
		r = unlinkat(views->dir->fd, name, 0);
		free(name);
	}
	free(list);
	return r < 0 ? fail(views, "rotate", err) : 0;
}

/* The file that is to take the log's name: as the log in all but its bytes. */
static int
make_empty(struct ev_views *views, struct ev_err *err)
{
	struct stat log, st;
	int fd, r = 0;

	if (fstat(views->log->chain.fd, &log) < 0)
		return fail(views, "read", err);
	ev_dir_like(views->dir, &log);
	if (unlinkat(views->dir->priv, EMPTY, 0) < 0 && errno != ENOENT)
		return ev_dir_fail(views->dir, "remove", EMPTY, err);
	fd = ev_dir_inside(
	    views->dir, EMPTY, O_WRONLY | O_CREAT | O_EXCL, &st, err);
	if (fd < 0)
		return -1;
	/* its owner must be able to write on */
	if (st.st_uid != log.st_uid && fchown(fd, log.st_uid, log.st_gid) < 0)
		r = fail(views, "make a file for the owner of", err);
	else if (fchmod(fd, views->dir->mode) < 0 || fsync(fd) < 0)
		r = ev_dir_fail(views->dir, "write", EMPTY, err);
	close(fd);
	return r;
}

static int
save(struct ev_views *views, struct ev_err *err)
{
	return ev_views_save(views, err) < 0 ? -1 : ev_views_force(views, err);
}

/* The file gets its second name, then loses its first one: at no time has it
 * none, whatever a power cut leaves. */
static int
swap(struct ev_views *views, const char *name, struct ev_err *err)
{
	const struct ev_dir *dir = views->dir;
	const char *log = dir->place->log;

	if (linkat(dir->fd, log, dir->fd, name, 0) < 0)
		return ev_fail_errno(
		    err, "cannot name '%s' '%s' too", dir->place->shown, name);
	if (ev_dir_sync(dir, err) < 0)
		return -1;
	if (renameat(dir->priv, EMPTY, dir->fd, log) < 0)
		return fail(views, "begin anew", err);
	return ev_dir_sync(dir, err);
}

/* The lines behind the end that are not in the log's file already. */
static int
gather(struct ev_batch *batch, struct ev_known *known, int fd, uint64_t from,
    uint64_t to)
{
	struct ev_slice line, none = { NULL, 0 };
	struct ev_lines lines;
	uint64_t at;
	int r;

	ev_buf_addc(&batch->bytes, '\n');
	ev_lines_begin(&lines, fd, from, to);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (line.n > 0 && line.p != NULL &&
		    !ev_known_ask(known, ev_known_key(line, none)))
			/* the LF behind it is in the reader's buffer */
			ev_buf_add(&batch->bytes, line.p, line.n + 1);
	ev_lines_clear(&lines);
	return r;
}

int
ev_rotate_catch(struct ev_log *log, const struct ev_dir *dir, int fd,
    uint64_t end, struct ev_err *err)
{
	struct ev_known *known;
	struct ev_put put = { .from = 1 };
	struct ev_batch batch = { .put = &put, .count = 1 };
	uint64_t whole = 0;
	struct stat st;
	int r;

	if (fstat(fd, &st) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", dir->place->shown);
	if ((uint64_t)st.st_size <= end)
		return 0;
	known = ev_known_new(false, NULL);
	ev_known_move(known, log->chain.base);
	r = ev_known_read(known, &log->chain, log->size, 0);
	if (r == 0)
		r = gather(&batch, known, fd, end, (uint64_t)st.st_size);
	ev_known_free(known);
	put.n = batch.bytes.n - 1;
	if (r < 0)
		ev_fail_errno(err, "cannot read '%s'", dir->place->shown);
	else if (put.n > 0)
		r = ev_log_end(log, dir, &whole, err);
	if (r == 0 && put.n > 0)
		r = ev_append(log, dir, &batch, whole != log->size, true, err);
	ev_buf_clear(&batch.bytes);
	return r;
}

/* The new file is the log: what was put into the old one meanwhile, too. */
static int
go_on(struct ev_views *views, int old, uint64_t n, struct ev_err *err)
{
	struct ev_state *state = &views->state;
	struct ev_log *log = views->log;
	uint64_t base = state->m;

	if (ev_log_open(log, views->dir, false, NULL, err) != 1)
		return -1;
	ev_log_settle(log, base);
	state->base = base;
	state->rotating = false;
	if (ev_rotate_catch(log, views->dir, old, n, err) < 0 ||
	    save(views, err) < 0)
		return -1;
	return ev_project(views, NULL, log->size, INT64_MAX, err) == 1 ? 0 : -1;
}

int
ev_rotate(struct ev_views *views, struct ev_err *err)
{
	struct ev_state *state = &views->state;
	struct ev_log *log = views->log;
	char *name;
	int old, r;

	if (settle(views, err) < 0)
		return -1;
	if (state->m == log->chain.base)
		return 0;
	if (ev_log_sync(log, views->dir, err) < 0 ||
	    remove_stale(views, err) < 0 || make_empty(views, err) < 0)
		return -1;
	old = fcntl(log->chain.fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (old < 0)
		return fail(views, "open", err);
	state->rotating = true;
	r = save(views, err);
	name = ev_segment_name(log->chain.log, log->chain.base, state->m);
	if (r == 0)
		r = swap(views, name, err);
	free(name);
	if (r == 0)
		r = go_on(views, old, state->m - log->chain.base, err);
	close(old);
	if (r < 0)
		unlinkat(views->dir->priv, EMPTY, 0);
	return r < 0 ? -1 : 1;
}

int
ev_rotate_end(struct ev_views *views, struct ev_err *err)
{
	const struct ev_chain *chain = &views->log->chain;
	const struct ev_segment *last;
	uint64_t n;
	char *name;
	int fd, r;

	if (chain->count == 0)
		return 0;
	last = &chain->old[chain->count - 1];
	if (last->size <= last->end - last->from)
		return 0;
	n = last->end - last->from;
	name = ev_segment_name(chain->log, last->from, last->end);
	fd = ev_guard_open(views->dir->fd, name, O_RDONLY, 0, err);
	free(name);
	if (fd < 0)
		return -1;
	r = ev_rotate_catch(views->log, views->dir, fd, n, err);
	close(fd);
	return r;
}
