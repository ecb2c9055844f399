/*
 * interest: which events can change what is asked of a fold.
 *
 * Events that cannot need not be sorted, nor read a second time.
 */
#ifndef EV_FOLD_INTEREST_H
#define EV_FOLD_INTEREST_H

#include <stdbool.h>

#include "base/buf.h"
#include "fold/rules.h"

/*
 * Appends an expression (filter/expr.h) that holds for every event that may
 * change entities of a view (NULL: of any) with an id (NULL: with any); it may
 * hold for others, too.  False, nothing appended: nothing is known.
 */
bool	ev_interest(const struct ev_rules *rules, const char *view,
	    const char *id, struct ev_buf *expr);

#endif
