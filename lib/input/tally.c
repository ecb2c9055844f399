#include "input/tally.h"

#include <inttypes.h>

uint64_t
ev_tally_damaged(const struct ev_tally *tally)
{
	uint64_t count = 0;
	int kind;

	for (kind = 0; kind < EV_SCAN_KINDS; kind++)
		if (kind != EV_SCAN_OK && kind != EV_SCAN_BLANK)
			count += tally->kind[kind];
	return count;
}

void
ev_tally_join(struct ev_tally *tally, const struct ev_tally *more)
{
	int kind;

	if (ev_tally_damaged(tally) == 0 && ev_tally_damaged(more) > 0) {
		tally->first = more->first > 0 ? tally->lines + more->first : 0;
		tally->at = more->at;
		tally->why = more->why;
	}
	tally->bytes += more->bytes;
	tally->lines += more->lines;
	for (kind = 0; kind < EV_SCAN_KINDS; kind++)
		tally->kind[kind] += more->kind[kind];
}

void
ev_tally_say(
    const struct ev_tally *tally, const char *place, struct ev_buf *out)
{
	uint64_t count = ev_tally_damaged(tally);

	if (count == 0)
		return;
	ev_buf_addf(out, "%" PRIu64 " damaged line%s skipped (first: ", count,
	    count == 1 ? "" : "s");
	if (place != NULL)
		ev_buf_addf(out, "%s: ", place);
	else if (tally->first > 0)
		ev_buf_addf(out, "line %" PRIu64 ": ", tally->first);
	ev_buf_addf(out, "%s)", ev_scan_word(tally->why));
}
