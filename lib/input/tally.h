/*
 * tally: what was read, and what of it was no event.
 */
#ifndef EV_INPUT_TALLY_H
#define EV_INPUT_TALLY_H

#include <stdint.h>

#include "base/buf.h"
#include "json/scan.h"

struct ev_tally {
	uint64_t	bytes;
	uint64_t	lines;			/* all, blank ones too */
	uint64_t	kind[EV_SCAN_KINDS];	/* EV_SCAN_OK: events */
	uint64_t	first;			/* first damaged line, from 1; 0: none */
	uint64_t	at;			/* its byte in the source */
	enum ev_scan	why;			/* and what it was */
};

/* Lines that are neither events nor blank. */
uint64_t ev_tally_damaged(const struct ev_tally *tally);

/* Adds what came behind (line numbers of `more` count from its own start). */
void	ev_tally_join(struct ev_tally *tally, const struct ev_tally *more);

/*
 * Appends "3 damaged lines skipped (first: line 17: torn)"; nothing when there
 * are none.  place: where the first one is, when that is in another file
 * (".events.0-4711.jsonl:17"), or NULL.
 */
void	ev_tally_say(const struct ev_tally *tally, const char *place,
	    struct ev_buf *out);

#endif
