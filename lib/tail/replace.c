/*
 * What has the name of a file that is followed, when that is another file.
 */
#include "tail/live.h"

#include <sys/stat.h>

#include "tail/version.h"

/* The file by which it is known whether the name still leads to it. */
static void
take_name(struct ev_live *live, const struct ev_trail *trail)
{
	struct stat st = { 0 };

	fstat(trail->chain.fd, &st);
	live->dev = st.st_dev;
	live->ino = st.st_ino;
	if (live->aside != NULL)
		ev_aside_begin(live->aside);
}

void
ev_live_take(struct ev_live *live, struct ev_trail *trail)
{
	ev_trail_drop(live->trail);
	live->trail = trail;
	take_name(live, trail);
	live->at = 0;
	live->tail_n = 0;
	live->cut.part_n = 0;
	ev_buf_reset(&live->cut.part);
}

/* The log was rotated: goes on at `to`.  What was read behind that comes
 * again. */
static int
follow_on(
    struct ev_live *live, struct ev_trail *now, uint64_t to, struct ev_err *err)
{
	struct ev_trail *was = live->trail;
	uint64_t beyond = ev_live_place(live);
	bool gap = to - ev_chain_floor(&now->chain, to) < live->tail_n;
	int r = 0;

	live->trail = now;
	if (was->gap) {
		now->gap = true;
		now->lack = was->lack;
	}
	now->strict = was->strict;
	if (beyond > to) {
		if (live->past == NULL)
			live->past = ev_past_new();
		r = ev_past_again(live->past, &was->chain, to, beyond);
	}
	ev_trail_drop(was);
	if (r == -1)
		return ev_fail_errno(err, "cannot read '%s'", live->name);
	return to != live->at || gap ? ev_live_seek(live, to, err) : 0;
}

/* Is it the next version of the log that we read, or another file?  1 it is
 * ours now; 0 not to be told yet; -1. */
static int
succeed(struct ev_live *live, struct ev_trail *now, struct ev_err *err)
{
	struct ev_reached was = { live->trail, live->at, live->tail,
		live->tail_n };
	uint64_t to;

	switch (ev_version_is(now, &was, &to)) {
	case EV_VERSION_OPEN:
		return 0;
	case EV_VERSION_ROTATED:
#ifdef EV_MUTANT_SKIP_OLD
		to = now->chain.base;
#endif
		take_name(live, now);
		return follow_on(live, now, to, err) == -1 ? -1 : 1;
	case EV_VERSION_OTHER:
		ev_past_free(live->past);
		live->past = NULL;
		break;
	default:
		if (live->past == NULL)
			live->past = ev_past_new();
		if (ev_past_add(live->past, &live->trail->chain,
			ev_live_place(live)) == -1)
			return ev_fail_errno(
			    err, "cannot read '%s'", live->name);
	}
	ev_live_take(live, now);
	return 1;
}

/* The path of what came behind our file; *aside: it was a feed and is none any
 * more. */
static const char *
next_path(struct ev_live *live, bool *aside)
{
	const char *path = NULL;
	bool gap = false;

	if (live->aside != NULL && live->trail != NULL)
		path = ev_aside_next(live->aside, live->ino, &gap);
	if (gap)
		live->note(live->note_arg, live,
		    "was begun anew more than once, and what came between is "
		    "gone; the log has it");
	*aside = path != NULL;
	return path != NULL ? path : live->path;
}

int
ev_live_replace(struct ev_live *live, struct ev_err *err)
{
	struct ev_trail *now, *feed = NULL;
	const char *path;
	bool aside;
	int r;

	/* what has the name now is held while what came before it is sought */
	r = ev_version_open(&feed, live->path, live->name, live->store, err);
	if (r <= 0)
		return r;
	path = next_path(live, &aside);
	now = feed;
	if (aside &&
	    ev_version_open(&now, path, live->name, live->store, err) == 1)
		ev_trail_drop(feed);
	else
		aside = false;
	if (live->trail == NULL)
		ev_live_take(live, now);
	else
		r = succeed(live, now, err);
	if (live->trail != now)
		ev_trail_drop(now);
	return r == 1 && aside ? 2 : r;
}
