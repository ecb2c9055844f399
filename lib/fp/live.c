#include "fp/live.h"

/* The ways of printing; of each event on its own several threads at once. */

static void
put_each(void *arg, struct ev_event *ev, struct ev_buf *out)
{
	const struct ev_fp_live *live = arg;
	struct ev_marker marker = { .way = live->each->way };

	live->each->event(live->each->arg, &marker, ev, out);
	ev_marker_clear(&marker);
}

static void
put_closed(void *arg, struct ev_event *ev, struct ev_buf *out)
{
	const struct ev_fp_live *live = arg;
	struct ev_marker marker = { .way = live->each->way };
	struct ev_sight sight;

	/* lines are kept: neither can fail */
	ev_sight_look(live->sights, &marker, ev, 0, &sight);
	ev_dedupe_see(live->dedupe, &sight, NULL);
	ev_dedupe_closed(live->dedupe, out, NULL);
	ev_marker_clear(&marker);
}

int
ev_fp_live_run(struct ev_fp_live *live)
{
	struct ev_writer writer = {
		.own = live->dedupe != NULL ? put_closed : put_each,
		.own_arg = live,
	};
	struct ev_reading reading = *live->each->reading;
	struct ev_tail tail = {
		.read = &reading, .writer = &writer, .sink = live->each->sink
	};
	struct ev_follow follow = { .inputs = live->inputs, .unlimited = true };
	int r;

	tail.limit.kind = EV_LIMIT_ALL;
	if (live->dedupe != NULL)
		reading.threads = 1;
	r = ev_follow_run(&tail, &follow);
	ev_buf_clear(&tail.text);
	live->matches = tail.matches;
	live->broken = tail.broken;
	live->signal = follow.signal;
	return r;
}
