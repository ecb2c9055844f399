#include "store/keep.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/packed.h"
#include "store/project.h"
#include "store/rebuild.h"
#include "store/rotate.h"
#include "store/slot.h"
#include "store/tomb.h"

/* Milliseconds that are to be left for a rebuild of EV_KEEP_REBUILD bytes. */
#define REBUILD_MS 1500

void
ev_keep_clear(struct ev_keep *keep)
{
	ev_buf_clear(&keep->said);
	ev_buf_clear(&keep->aside);
}

void
ev_keep_say(struct ev_keep *keep, bool aside, const char *fmt, ...)
{
	struct ev_buf *to = aside ? &keep->aside : &keep->said;
	struct ev_err *last = &keep->last[aside], text;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text.text, sizeof(text.text), fmt, ap);
	va_end(ap);
	if (strcmp(text.text, last->text) == 0)
		return;
	*last = text;
	ev_buf_adds(to, text.text);
	ev_buf_addc(to, '\n');
}

static const char *
shown(const struct ev_keep *keep)
{
	return keep->views->dir->place->shown;
}

static void
give_up(struct ev_keep *keep, const struct ev_err *why)
{
	keep->on = false;
	ev_keep_say(keep, false, "day files and feed of '%s' are behind: %s",
	    shown(keep), why->text);
}

static bool
has_time(const struct ev_keep *keep, uint64_t to)
{
	return keep->until - ev_clock_mono() >=
	    (int64_t)(to * REBUILD_MS / EV_KEEP_REBUILD);
}

static int
rebuild(struct ev_keep *keep, bool replaced, uint64_t to, struct ev_err *err)
{
	uint64_t lost;
	int r = ev_rebuild(keep->views, replaced, to, &lost, err);

	keep->on = r == 0;
	if (lost > 0)
		ev_keep_say(keep, false,
		    "%llu line%s that the views held and "
		    "'%s' lacks were kept in lost.jsonl",
		    (unsigned long long)lost, lost == 1 ? "" : "s",
		    shown(keep));
	return r;
}

/* Leaves the rebuild to ev-fsck, and says so once. */
static void
mark_stale(struct ev_keep *keep, bool replaced)
{
	struct ev_err why;

	if (keep->views->state.stale)
		return;
	if (ev_rebuild_later(keep->views, replaced, &why) < 0)
		give_up(keep, &why);
	else
		ev_keep_say(keep, false,
		    "day files and feed of '%s' are "
		    "stale; ev-fsck --rebuild makes them anew",
		    shown(keep));
}

static void
mend(struct ev_keep *keep, enum ev_views_are are, uint64_t end)
{
	static const char *const why[] = {
		[EV_VIEWS_NONE] = "there was no state of them",
		[EV_VIEWS_REPLACED] = "the log was replaced",
		[EV_VIEWS_STALE] = "they were stale",
		[EV_VIEWS_BAD] = "they were damaged",
	};
	bool replaced = are == EV_VIEWS_REPLACED;
	struct ev_err err;

	keep->on = false;
	if (end > EV_KEEP_REBUILD) {
		mark_stale(keep, replaced);
	} else if (!has_time(keep, end)) {
		ev_keep_say(keep, true,
		    "day files and feed of '%s' are left "
		    "to the next writer: %s",
		    shown(keep), why[are]);
	} else if (rebuild(keep, replaced, end, &err) < 0) {
		give_up(keep, &err);
	} else if (end > 0) {
		ev_keep_say(keep, true,
		    "day files and feed of '%s' were made "
		    "anew: %s",
		    shown(keep), why[are]);
	}
}

int
ev_keep_load(
    struct ev_keep *keep, uint64_t *end, bool *anew, struct ev_err *err)
{
	struct ev_views *views = keep->views;
	enum ev_views_are are = EV_VIEWS_FRESH;
	struct ev_err why;

	*anew = false;
	/* without the dialects nobody knows the days; who does goes on later */
	if (views->dir->place->unsure)
		keep->on = ev_fail(&why, "the dialects are wrong") == 0;
	else
		keep->on = ev_views_load(views, true, &are, &why) == 0;
	if (!keep->on)
		ev_state_new(&views->state);
	/* what a killed ev-fsck began is ended */
	else if (views->state.packing > 0)
		keep->on = ev_packed_end(views, &why) == 0;
	if (keep->on && views->state.redact)
		keep->on = ev_tombs_end(views, &why) == 0;
	if (keep->on && views->rejoined)
		keep->on = ev_rotate_end(views, &why) == 0;
	if (!keep->on) {
		give_up(keep, &why);
		if (ev_log_base(views->log, views->dir, err) < 0)
			return -1;
	}
	*end = views->log->size;
	if (keep->on && are == EV_VIEWS_FRESH && views->state.m == *end)
		return 0;
	if (ev_log_end(views->log, views->dir, end, err) < 0)
		return -1;
	if (!keep->on)
		return 0;
	*anew = are == EV_VIEWS_REPLACED;
	if (are != EV_VIEWS_FRESH)
		mend(keep, are, *end);
	return 0;
}

void
ev_keep_follow(struct ev_keep *keep, const struct ev_batch *batch, uint64_t to)
{
	struct ev_views *views = keep->views;
	char last[EV_UUID_SIZE];
	struct ev_err why;
	int r;

	if (!keep->on || views->state.m >= to)
		return;
	r = ev_project(views, batch, to, keep->until, &why);
	if (r == 1)
		return;
	if (r < 0) {
		give_up(keep, &why);
		return;
	}
	ev_keep_say(keep, true, "%s", why.text);
	/* what the failed step thought is not what the file says */
	memcpy(last, views->state.last, sizeof(last));
	if (ev_slot_read(views->state_fd, &views->state) != 1) {
		give_up(keep, &why);
		return;
	}
	memcpy(views->state.last, last, sizeof(last));
	mend(keep, EV_VIEWS_BAD, to);
}

void
ev_keep_end(struct ev_keep *keep, uint64_t to)
{
	struct ev_err why;

	ev_keep_follow(keep, NULL, to);
	if (!keep->on && keep->views->state.stale &&
	    ev_views_save(keep->views, &why) < 0)
		give_up(keep, &why);
}

int
ev_keep_rebuild(struct ev_keep *keep, struct ev_err *err)
{
	struct ev_views *views = keep->views;
	enum ev_views_are are;
	uint64_t end;

	if (ev_views_load(views, true, &are, err) < 0 ||
	    ev_log_end(views->log, views->dir, &end, err) < 0)
		return -1;
	return rebuild(keep, are == EV_VIEWS_REPLACED, end, err);
}
