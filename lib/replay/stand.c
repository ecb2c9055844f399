#include "replay/stand.h"

#include <stdlib.h>

#include "base/mem.h"
#include "read/seen.h"

struct stand {
	struct ev_play *play;
	const struct ev_reading *reading;
	struct ev_source *sources;
	struct ev_seen *seen; /* NULL: equal lines stay */
	struct ev_sha256 *sha;
	struct ev_order *places; /* never sorted; NULL: given at once */
	size_t present;
	bool broken; /* the player failed, or has enough */
	int r;
	struct ev_err err;
};

/* Hands on an event; its line ends in LF. */
static int
give(struct stand *stand, struct ev_event *ev)
{
	struct ev_play *play = stand->play;

	if (play->bytes != NULL)
		return play->bytes(
		    play->arg, ev->line.p, ev->line.n + 1, &stand->err);
	if (play->event != NULL)
		return play->event(play->arg, ev, &stand->err);
	return 0;
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct stand *stand = state;
	struct ev_play *play = stand->play;
	struct ev_print128 print;

	if (stand->r != 0 || !ev_filter_match(stand->reading->filter, ev))
		return;
	if (stand->seen != NULL) {
		print = ev_seen_print(stand->sha, ev->line);
		if (!ev_seen_add(stand->seen, &print))
			return;
	}
	play->matches++;
	if (play->limit.kind == EV_LIMIT_FROM && play->matches < play->limit.n)
		return;
	if (stand->places != NULL)
		ev_order_add(stand->places,
		    ev_order_item(stand->present, offset, ev->line.n, NULL));
	else
		stand->r = give(stand, ev);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct stand *stand = arg;

	(void)state;
	if (stand->r != 0)
		stand->broken = true;
	if (stand->r == -1)
		*err = stand->err;
	return stand->r;
}

/* An ev_reading_one. */
static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct stand *stand = arg;
	struct ev_pass pass = { .arg = stand, .event = event, .flush = flush };

	if (stand->broken)
		return 0;
	if (stand->places != NULL &&
	    ev_source_settle(&stand->sources[i], err) == -1)
		return -1;
	stand->present = i;
	return ev_reading_pass(
	    stand->reading, &pass, &stand->sources[i], tally, err);
}

/* What was noted, as far as it is wanted. */
static int
play_places(struct stand *stand, struct ev_err *err)
{
	const struct ev_play *play = stand->play;
	struct ev_event *ev = ev_event_new(stand->reading->model);
	struct ev_buf line = EV_BUF_INIT;
	size_t n = ev_order_count(stand->places), from = 0, i;
	int r = 0;

	if (play->limit.kind == EV_LIMIT_LAST && play->limit.n < n)
		from = n - (size_t)play->limit.n;
	for (i = from; i < n && r == 0; i++) {
		r = ev_order_line(stand->places,
		    play->reverse ? n - 1 - (i - from) : i, &line, NULL, err);
		if (r == 0 &&
		    ev_event_read(ev, line.p, line.n - 1) != EV_SCAN_OK)
			r = ev_fail(err, "a line changed while it was read");
		if (r == 0)
			r = give(stand, ev);
		if (r == -1 && stand->err.text[0] != '\0')
			*err = stand->err;
	}
	ev_buf_clear(&line);
	ev_event_free(ev);
	return r;
}

int
ev_stand_play(struct ev_play *play, const struct ev_reading *reading,
    struct ev_source *sources, size_t count)
{
	struct stand stand = {
		.play = play, .reading = reading, .sources = sources
	};
	struct ev_err err;
	int r;

	play->matches = 0;
	if (play->distinct) {
		stand.seen = ev_seen_new();
		stand.sha = ev_sha256_new();
	}
	if (play->reverse || play->limit.kind == EV_LIMIT_LAST)
		stand.places = ev_order_new(reading->model, sources, count);
	r = ev_reading_each(
	    reading, sources, count, &stand.broken, read_one, &stand);
	if (stand.places != NULL && !(r == -1 && reading->strict) &&
	    play_places(&stand, &err) == -1) {
		ev_say_err(reading->say, &err);
		r = -1;
	}
	ev_order_free(stand.places);
	if (play->distinct)
		ev_sha256_free(stand.sha);
	ev_seen_free(stand.seen);
	return r;
}
