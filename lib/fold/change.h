/*
 * change: what differs between two folds of the same rules, as the states at
 * two times.
 */
#ifndef EV_FOLD_CHANGE_H
#define EV_FOLD_CHANGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "fold/fold.h"

enum ev_change_form {
	EV_CHANGE_PATCH,	/* JSON merge patch (RFC 7396) */
	EV_CHANGE_LINES		/* -PATH VALUE and +PATH VALUE */
};

/*
 * Appends what makes the second state of one entity of the first: one line
 * with the merge patch of its state ("null" when it is gone), or the lines of
 * ev_patch_lines.  False: they are the same; nothing is appended.
 */
bool	ev_change_one(const struct ev_fold *from, const struct ev_fold *to,
	    struct ev_slice id, enum ev_change_form form, struct ev_buf *out);

/*
 * The same for all entities of a view (or, -1, of all views): a line
 * {"entity":ID,"patch":PATCH} for each that differs, or the lines with ID in
 * front of the path.  In the order of ev_fold_entities.
 */
bool	ev_change_all(const struct ev_fold *from, const struct ev_fold *to,
	    int view, enum ev_change_form form, struct ev_buf *out);

#endif
