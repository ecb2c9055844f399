/*
 * aside: what was wrong with a store is kept under another name, NAME.bad, until
 * nothing of it is missing elsewhere.
 */
#ifndef EV_FSCK_ASIDE_H
#define EV_FSCK_ASIDE_H

#include <stdbool.h>

#include "base/err.h"
#include "event/event.h"
#include "fsck/lack.h"
#include "fsck/survey.h"
#include "store/place.h"

/* Another place of the same store, of which a store may be opened; to be
 * cleared. */
struct ev_place ev_aside_place(const struct ev_place *place);

/* Gives the views that are bad a second name.  0 or -1. */
int	ev_aside_views(const struct ev_survey *survey, struct ev_err *err);

/* Calls fn, as struct ev_lack does, for the events of a file of the private
 * directory that the log lacks.  1; 0 there is no such file; -1. */
int	ev_aside_read(const struct ev_place *place, const char *name,
	    int (*fn)(void *arg, const struct ev_lacking *lacking,
		struct ev_err *err),
	    void *arg, struct ev_err *err);

/* The same with what stands behind the ends of the log's segments.  0 or -1. */
int	ev_aside_behind(const struct ev_place *place,
	    int (*fn)(void *arg, const struct ev_lacking *lacking,
		struct ev_err *err),
	    void *arg, struct ev_err *err);

/* Removes a file of the private directory when each of its lines is an event of
 * the log; while the lock is held, or not.  0 or -1. */
int	ev_aside_drop(const struct ev_place *place, const char *name,
	    struct ev_err *err);
/* The same with all that was set aside. */
int	ev_aside_drop_all(const struct ev_place *place, struct ev_err *err);

#endif
