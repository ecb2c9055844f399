#include "replay/run.h"

#include "read/sources.h"
#include "replay/stand.h"

/* A player whose events pass by somebody who looks for ids. */
struct watched {
	struct ev_replay *replay;
	struct ev_play *play;
};

static int
watch(void *arg, struct ev_event *ev, struct ev_err *err)
{
	struct watched *watched = arg;
	struct ev_play *play = watched->play;

	ev_twice_add(watched->replay->twice, ev, watched->replay->reading->say);
	if (play->event != NULL)
		return play->event(play->arg, ev, err);
	if (play->bytes != NULL)
		return play->bytes(play->arg, ev->line.p, ev->line.n + 1, err);
	return 0;
}

static int
play_sorted(const struct ev_reading *reading, struct ev_sources *sources,
    struct ev_play *play)
{
	bool onward = !play->reverse && play->limit.kind != EV_LIMIT_LAST;
	bool broken = false;
	struct ev_sorted *sorted;
	struct ev_err err;
	int r;

	sorted = ev_sorted_new(reading, sources->v, sources->count, onward);
	r = ev_reading_each(reading, sources->v, sources->count, &broken,
	    ev_sorted_read, sorted);
	if (!(r == -1 && reading->strict) &&
	    (ev_sorted_sort(sorted, &err) == -1 ||
		ev_play(play, sorted, &err) == -1)) {
		ev_say_err(reading->say, &err);
		r = -1;
	}
	ev_sorted_free(sorted);
	return r;
}

/* First those lines that may suffice, then all. */
static int
play_some(
    struct ev_replay *replay, struct ev_sources *sources, struct ev_play *play)
{
	struct ev_say hush = *replay->reading->say;
	struct ev_reading reading = *replay->reading;
	int r;

	reading.literal = replay->literal;
	reading.check = !hush.quiet || reading.strict;
	r = play_sorted(&reading, sources, play);
	if (replay->enough(replay->arg) || (r == -1 && reading.strict))
		return r;
	/* damage was told of */
	hush.quiet = true;
	hush.progress->base = 0;
	reading = *replay->reading;
	reading.say = &hush;
	return play_sorted(&reading, sources, play);
}

static int
play_sources(
    struct ev_replay *replay, struct ev_sources *sources, struct ev_play *play)
{
	if (replay->file_order)
		return ev_stand_play(
		    play, replay->reading, sources->v, sources->count);
	if (replay->literal != NULL)
		return play_some(replay, sources, play);
	return play_sorted(replay->reading, sources, play);
}

int
ev_replay_run(struct ev_replay *replay, const struct ev_inputs *inputs,
    struct ev_play *play)
{
	const struct ev_say *say = replay->reading->say;
	struct watched watched = { replay, play };
	struct ev_play watching = *play;
	struct ev_sources sources;
	int r;

	if (replay->twice != NULL) {
		watching.event = watch;
		watching.bytes = NULL;
		watching.arg = &watched;
	}
	r = ev_sources_open(&sources, inputs, say);
	if (sources.count > 0) {
		ev_sources_progress(sources.v, sources.count, say);
		if (play_sources(replay, &sources, &watching) == -1)
			r = -1;
		ev_progress_end(say->progress);
	}
	ev_sources_close(&sources);
	play->matches = watching.matches;
	return r;
}
