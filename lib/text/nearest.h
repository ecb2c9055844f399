/*
 * nearest: the word that was meant.
 */
#ifndef EV_TEXT_NEAREST_H
#define EV_TEXT_NEAREST_H

#include "base/slice.h"

/*
 * Of a NULL-ended list, the word that text (in any case) is at most two
 * slips, and at most one in three characters, away from: a letter missing,
 * added, changed, or two swapped.  The first of the nearest; NULL: none.
 */
const char *ev_nearest(struct ev_slice text, const char *const *words);

#endif
