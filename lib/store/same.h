/*
 * same: is an event that is to be written the one that is there (2-store 2.3,
 * I6)?
 */
#ifndef EV_STORE_SAME_H
#define EV_STORE_SAME_H

#include <stdbool.h>

#include "base/slice.h"
#include "event/dialect.h"

/*
 * given: the object that the caller gave, as it was given or as a whole line.
 * stored: a sound line of the log.  True when every member that was given
 * stands in it and is the same JSON (json/equal.h), and it has besides only
 * members that ev-emit fills itself; also when stored is a tombstone of just
 * these bytes.
 */
bool	ev_same(const struct ev_dialect *dialect, struct ev_slice given,
	    struct ev_slice stored);

#endif
