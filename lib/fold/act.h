/*
 * act: what the operations of rules do to a state.
 */
#ifndef EV_FOLD_ACT_H
#define EV_FOLD_ACT_H

#include <stdbool.h>

#include "event/reach.h"
#include "fold/node.h"
#include "fold/rules.h"
#include "json/path.h"

/*
 * One value comes to a state.  lend: the state may borrow the value's bytes,
 * as long as the line, or what pool holds, is good.  What does not fit (no
 * object for set, merge and patch; no number for add) changes nothing.
 *
 * For set, merge and patch a string that holds an object is that object, as in
 * the old_value and new_value of beads.
 */
struct ev_act {
	enum ev_rule_op		 op;	/* not rename of an entity, not ratio */
	bool			 unique;
	bool			 lend;
	const struct ev_path	*at;
	struct ev_pool		*pool;
};

void	ev_act(struct ev_node *state, const struct ev_act *act,
	    const struct ev_val *val);

/* Removes a place. */
void	ev_act_remove(struct ev_node *state, const struct ev_path *at);
/* Puts one number divided by another at a place, in double precision; null
 * while one of them is missing or the second is 0. */
void	ev_act_ratio(struct ev_node *state, const struct ev_path *at,
	    const struct ev_path *from, const struct ev_path *by);

#endif
