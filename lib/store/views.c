#include "store/views.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/audit.h"
#include "store/extend.h"
#include "store/guard.h"
#include "store/rows.h"
#include "store/slot.h"
#include "store/view.h"

void
ev_views_init(struct ev_views *views, struct ev_dir *dir, struct ev_log *log)
{
	*views = (struct ev_views){ .dir = dir,
		.log = log,
		.state_fd = -1,
		.route = { .custom = dir->place->custom } };
}

void
ev_views_clear(struct ev_views *views)
{
	if (views->state_fd >= 0)
		close(views->state_fd);
	views->state_fd = -1;
	ev_route_clear(&views->route);
	ev_chunk_clear(&views->chunk);
	ev_intent_clear(&views->intent);
	ev_buf_clear(&views->window);
	ev_buf_clear(&views->touched);
}

/* Are the bytes before state.m still those that were applied? */
static int
same_log(struct ev_views *views, struct ev_err *err)
{
	const struct ev_state *state = &views->state;
	uint32_t crc;

	if (views->log->size < state->m ||
	    (!state->stale && state->fb + state->fl != state->m))
		return 0;
	if (ev_chain_tail(&views->log->chain, state->m, &crc, NULL) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	return crc == state->mc;
}

/* Lists the segments; the log's own file begins behind the last one, or at
 * `least` when that is more. */
static int
list(struct ev_views *views, uint64_t least, struct ev_err *err)
{
	struct ev_log *log = views->log;
	uint64_t was = log->chain.base, base;

	if (ev_chain_list(&log->chain, least) < 0)
		return ev_fail_errno(err, "cannot list the segments of '%s'",
		    views->dir->place->shown);
	base = log->chain.base;
	log->chain.base = was;
	ev_log_settle(log, base);
	return 0;
}

#ifndef EV_MUTANT_NO_REJOIN
/*
 * A rotation was begun, or this does not seem to be the log that the state
 * knows.  Where the last segment ends tells whether it was rotated, and who did
 * so was killed before the state said it.  1 it is that log, 0, -1.
 */
static int
rejoin(struct ev_views *views, struct ev_err *err)
{
	struct ev_state *state = &views->state;
	struct ev_chain *chain = &views->log->chain;
	uint64_t was = state->base;
	int r = list(views, was, err) < 0 ? -1 : same_log(views, err);

	/* with segments that somebody took away went what could be compared;
	 * else the state is newer than all that is there */
	if (r == 0 && chain->base == was && ev_chain_floor(chain, was) == was &&
	    state->m - was >= EV_STATE_TAIL)
		r = list(views, 0, err) < 0 ? -1 : same_log(views, err);
	views->rejoined = state->rotating || chain->base != was;
	state->base = chain->base;
	state->rotating = false;
	return r;
}
#endif

/* Where does the log's own file begin, and is it the state's log?  1, 0, -1. */
static int
settle(struct ev_views *views, struct ev_err *err)
{
	int r = 0;

	views->rejoined = false;
	ev_log_settle(views->log, views->state.base);
	if (!views->state.rotating)
		r = same_log(views, err);
#ifndef EV_MUTANT_NO_REJOIN
	if (r == 0)
		r = rejoin(views, err);
#endif
	return r;
}

static int
read_state(struct ev_views *views, bool make, struct ev_err *err)
{
	struct stat st;
	int r;

	/* the private directory may be another one than at the last write */
	if (views->state_fd >= 0)
		close(views->state_fd);
	views->state_fd = ev_dir_inside(
	    views->dir, "state", make ? O_RDWR | O_CREAT : O_RDONLY, &st, err);
	if (views->state_fd < 0)
		return !ev_guard_refused(errno) && !make ? 0 : -1;
	r = ev_slot_read(views->state_fd, &views->state);
	if (r < 0)
		return ev_dir_fail(views->dir, "read", "state", err);
	return r;
}

int
ev_views_load(struct ev_views *views, bool make, enum ev_views_are *are,
    struct ev_err *err)
{
	struct ev_state *state = &views->state;
	char boot[EV_STATE_HEX];
	int r = read_state(views, make, err);

	ev_intent_clear(&views->intent);
	*are = EV_VIEWS_NONE;
	if (r <= 0) {
		ev_state_new(state);
		state->rv = ev_rows_routing(views->dir->place);
		if (r == 0)
			r = list(views, 0, err);
		state->base = views->log->chain.base;
		return r;
	}
	r = settle(views, err);
	if (r < 0)
		return -1;
	*are = EV_VIEWS_REPLACED;
	if (r == 0)
		return 0;
	*are = EV_VIEWS_STALE;
	if (state->stale || state->rv != ev_rows_routing(views->dir->place))
		return 0;
	*are = EV_VIEWS_FRESH;
	ev_state_boot(boot);
#ifndef EV_MUTANT_NO_BOOT_ID
	if (strcmp(boot, state->boot) != 0) {
		views->rebooted = true;
		r = state->unforced ?
		    0 :
		    ev_audit(views->dir, state, views->log, err);
		if (r < 0)
			return -1;
		if (r == 0)
			*are = EV_VIEWS_BAD;
	}
#endif
	memcpy(state->boot, boot, sizeof(boot));
	if (*are == EV_VIEWS_FRESH && state->wide) {
		r = ev_intent_read(&views->intent, views->dir, state, err);
		if (r < 0)
			return -1;
		if (r == 0)
			*are = EV_VIEWS_BAD;
	}
	return 0;
}

int
ev_views_save(struct ev_views *views, struct ev_err *err)
{
	if (ev_slot_write(views->state_fd, &views->state) < 0)
		return ev_dir_fail(views->dir, "write", "state", err);
	return 0;
}

int
ev_views_force(const struct ev_views *views, struct ev_err *err)
{
	if (views->state_fd >= 0 && fdatasync(views->state_fd) < 0)
		return ev_dir_fail(views->dir, "sync", "state", err);
	return 0;
}

static int
sync_view(struct ev_views *views, int32_t day, struct ev_err *err)
{
	struct stat st;
	int fd = ev_view_open(views->dir, day, O_RDWR, &st, err), r = 0;

	if (fd < 0)
		return -1;
	if (fdatasync(fd) < 0)
		r = ev_view_fail(views->dir, "sync", day, err);
	close(fd);
	return r;
}

int
ev_views_sync(struct ev_views *views, struct ev_err *err)
{
	const struct ev_buf *touched = &views->touched;
	int32_t day;
	size_t at;
	int r = 0;

	if (touched->n > 0)
		r = sync_view(views, EV_VIEW_FEED, err);
	for (at = 0; r == 0 && at < touched->n; at += sizeof(day)) {
		memcpy(&day, touched->p + at, sizeof(day));
		r = sync_view(views, day, err);
	}
	ev_buf_reset(&views->touched);
	if (r == 0)
		r = ev_views_force(views, err);
	return r == 0 ? ev_dir_sync(views->dir, err) : r;
}
