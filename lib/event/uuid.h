/*
 * uuid: the text form of UUIDs (RFC 9562), and new ones.
 */
#ifndef EV_EVENT_UUID_H
#define EV_EVENT_UUID_H

#include <stdbool.h>
#include <time.h>

#include "base/slice.h"

#define EV_UUID_CHARS	36
#define EV_UUID_SIZE	37	/* text form with its NUL */

/* True when text begins with the text form of a UUID, in either case. */
bool	ev_uuid_starts(struct ev_slice text);

/*
 * A new UUIDv7 (RFC 9562) for the time, later than `last` (text form; NULL or
 * not a UUIDv7: no bound) also when the clock stepped back.
 */
void	ev_uuid7(struct timespec now, const char *last,
	    char out[EV_UUID_SIZE]);
/*
 * Goes on from a UUIDv7 by a random step (RFC 9562, 6.2, method 2): for who
 * cannot see what others make who go on from the same one.  Any other text
 * stays.
 */
void	ev_uuid7_skip(char last[EV_UUID_SIZE]);
/*
 * The same as ev_uuid7, but nearly always before what ev_uuid7 gives for the
 * same millisecond without a bound, and no one's who has the same `last`: of a
 * cause, whose effects are made soon.
 */
void	ev_uuid7_early(struct timespec now, const char *last,
	    char out[EV_UUID_SIZE]);
/* True for the text form of a UUIDv7. */
bool	ev_uuid7_is(struct ev_slice text);

#endif
