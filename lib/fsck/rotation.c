#include "fsck/rotation.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cli/opt.h"
#include "event/event.h"
#include "fsck/aside.h"
#include "git/index.h"
#include "store/lines.h"
#include "store/rotate.h"
#include "store/store.h"
#include "text/duration.h"
#include "text/time.h"

/* A rotation that may be due. */
struct rotation {
	bool by_age;
	struct timespec then; /* by_age: an event of then, or before */
	size_t size;
	struct ev_findings *findings;
};

/* A length of time, such as 30d, else a size. */
static int
read_limit(struct rotation *r, const char *limit, struct ev_err *err)
{
	struct ev_duration length;
	struct timespec now;
	struct ev_err why;

	r->by_age = ev_duration_parse(limit, &length, &why) == 1;
	if (!r->by_age && ev_opt_size(limit, &r->size, &why) < 0)
		return ev_fail(err,
		    "--rotate: '%s' is neither a size, such as 64M, nor a "
		    "length of time, such as 30d (m: minutes, M: MiB)",
		    limit);
	if (!r->by_age)
		return 0;
	return ev_now(&now, err) == -1 ||
		ev_duration_before(
		    &length, now, ev_zone_of(true), &r->then, err) == -1 ?
	    -1 :
	    0;
}

/* The time of the first event in the log's own file that has one.  1, 0, -1
 * with errno. */
static int
first_time(struct ev_views *views, struct timespec *time)
{
	struct ev_log *log = views->log;
	struct ev_model *model = ev_model_new(NULL);
	struct ev_event *event;
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	ev_model_custom(model, views->dir->place->custom);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	event = ev_event_new(model);
	ev_lines_of(&lines, &log->chain, log->chain.base, log->size);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (line.p != NULL &&
		    ev_event_read(event, line.p, line.n) == EV_SCAN_OK &&
		    ev_event_time(event, time))
			break;
	ev_lines_clear(&lines);
	ev_event_free(event);
	ev_model_free(model);
	return r;
}

/* 1, 0, -1. */
static int
is_due(const struct rotation *r, struct ev_views *views, struct ev_err *err)
{
	struct timespec first;
	int found;

	if (!r->by_age)
		return views->log->size - views->log->chain.base >= r->size;
	found = first_time(views, &first);
	if (found < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	return found == 1 &&
	    (first.tv_sec < r->then.tv_sec ||
		(first.tv_sec == r->then.tv_sec &&
		    first.tv_nsec <= r->then.tv_nsec));
}

static int
rotate(void *arg, struct ev_views *views, struct ev_err *err)
{
	const struct ev_place *place = views->dir->place;
	struct rotation *r = arg;
	uint64_t from = views->log->chain.base;
	char *name, *shown;
	int done = is_due(r, views, err);

	if (done == 1)
		done = ev_rotate(views, err);
	if (done == 0)
		ev_finding_add(r->findings, EV_FINDING_NOTE, place->shown, 0,
		    "kept", "not yet that %s", r->by_age ? "old" : "large");
	if (done != 1)
		return done;
	name = ev_segment_name(place->log, from, views->state.base);
	shown = ev_place_shown(place, name);
	ev_finding_add(r->findings, EV_FINDING_MENDED, shown, 0, "rotated",
	    "holds %" PRIu64 " bytes; '%s' begins anew",
	    views->state.base - from, place->shown);
	free(shown);
	free(name);
	return 0;
}

int
ev_rotation(const struct ev_place *place, const char *limit,
    struct ev_findings *findings, struct ev_err *err)
{
	const struct ev_store_options options = { .sync = EV_SYNC_FULL };
	struct rotation rotation = { .findings = findings };
	struct ev_place again;
	struct ev_store *store;
	int r;

	if (read_limit(&rotation, limit, err) < 0)
		return -1;
	r = ev_index_has(place->dir, place->log, err);
	if (r == 1)
		return ev_fail(err,
		    "git tracks '%s': it is not rotated, each clone would "
		    "do so at another place",
		    place->shown);
	if (r < 0)
		return -1;
	again = ev_aside_place(place);
	store = ev_store_open(&again, &options, err);
	r = store == NULL ? -1 : ev_store_upkeep(store, rotate, &rotation, err);
	ev_store_close(store);
	ev_place_clear(&again);
	return r;
}
