/*
 * ident: ids, read, compared and made (1-events 1.3).
 */
#ifndef EV_EVENT_IDENT_H
#define EV_EVENT_IDENT_H

#include <stdint.h>
#include <time.h>

#include "base/slice.h"
#include "event/uuid.h"

#define EV_IDENT_SIZE	48	/* room for every id made here */

/*
 * The order of ids: as bytes, except that runs of digits bounded on both sides
 * by a character that is not a letter or digit (or by an end) compare as
 * numbers: evt_1_2 before evt_1_10.  The digits of a UUID are bytes.  Such a
 * number comes before whatever else begins with a digit or letter there, which
 * makes this a total order.  -1, 0, 1; 0 only for equal bytes.
 */
int	ev_ident_cmp(struct ev_slice a, struct ev_slice b);

/* "~" + first 16 hex of SHA-256 of the line: the id of a line without one. */
void	ev_ident_derived(struct ev_slice line, char out[EV_IDENT_SIZE]);

/*
 * prefix + 32 hex of SHA-256 of the line, NUL and its ordinal in decimal: the
 * id of an imported line that has a time but no id.
 */
void	ev_ident_import(const char *prefix, struct ev_slice line,
	    uint64_t ordinal, char out[EV_IDENT_SIZE]);

/*
 * "evt-" + 32 hex of SHA-256 of kind, NUL and a commit's hash, and when `other`
 * is not NULL, NUL and that: the id of what happened to commits, the same in
 * every clone.
 */
void	ev_ident_git(const char *kind, const char *hash, const char *other,
	    char out[EV_IDENT_SIZE]);

/* evt_<ms>_<first 8 of the fingerprint's hex>[_<n>, n > 1]. */
void	ev_ident_agentguard(struct timespec now, const char *fingerprint,
	    unsigned n, char out[EV_IDENT_SIZE]);

/* <prefix><ms>, n - 1 milliseconds after `now`. */
void	ev_ident_stamp(const char *prefix, struct timespec now, unsigned n,
	    char out[EV_IDENT_SIZE]);

#endif
