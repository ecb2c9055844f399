#include "read/reading.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "input/block.h"
#include "input/probe.h"

int
ev_reading_pass(const struct ev_reading *reading, struct ev_pass *pass,
    struct ev_source *source, struct ev_tally *tally, struct ev_err *err)
{
	const struct ev_filter *filter = reading->filter;
	uint64_t from = reading->start, probed = 0;

	pass->model = reading->model;
	pass->max_line = reading->max_line;
	pass->threads = reading->threads;
	pass->strict = reading->strict;
	pass->literal = reading->literal;
	pass->check = reading->check;
	pass->block = reading->block;
	pass->progress = reading->say->progress;
	if (filter->has_since && source->seekable && !reading->strict)
		probed = ev_probe_since(source, reading->model, filter->since);
	if (probed > from)
		from = probed;
	return ev_pass_run(pass, source, from, tally, err);
}

int
ev_reading_settled(const struct ev_reading *reading, struct ev_pass *pass,
    struct ev_source *source, struct ev_tally *tally, struct ev_err *err)
{
	bool whole = ev_source_settle(source, err) == 0;
	struct ev_err other;
	int r;

	if (!whole && (!source->seekable || reading->strict))
		return -1;
	r = ev_reading_pass(reading, pass, source, tally, whole ? err : &other);
	return whole ? r : -1;
}

/* What was wrong in a source; of a log that was rotated with the file that it
 * was in. */
static void
tell(const struct ev_say *say, const struct ev_source *source,
    const struct ev_tally *tally)
{
	struct ev_buf place = EV_BUF_INIT;
	char *segment = NULL;
	uint64_t line;

	ev_say_gap(say, source);
	if (!say->quiet && ev_tally_damaged(tally) > 0 &&
	    source->trail != NULL && source->trail->chain.base > 0) {
		line = ev_block_line(source, tally->at, 0, &segment);
		ev_buf_addf(&place, "%s:%" PRIu64,
		    segment != NULL ? segment : source->name, line);
	}
	ev_say_tally(
	    say, source->name, tally, place.n > 0 ? ev_buf_str(&place) : NULL);
	ev_buf_clear(&place);
	free(segment);
}

int
ev_reading_each(const struct ev_reading *reading,
    const struct ev_source *sources, size_t count, const bool *broken,
    ev_reading_one *one, void *arg)
{
	const struct ev_say *say = reading->say;
	struct ev_tally tally;
	struct ev_err err;
	int status = 0, r;
	size_t i;

	for (i = 0; i < count; i++) {
		memset(&tally, 0, sizeof(tally));
		if (sources[i].trail != NULL)
			sources[i].trail->strict = reading->strict;
		r = one(arg, i, &tally, &err);
		if (r == -1) {
			ev_say_err(say, &err);
			status = -1;
			if (reading->strict || *broken)
				return -1;
		}
		tell(say, &sources[i], &tally);
		say->progress->base += tally.bytes;
	}
	return status;
}
