/*
 * turn: the rules of one table, applied to one entity for one event.
 */
#ifndef EV_FOLD_TURN_H
#define EV_FOLD_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "event/reach.h"
#include "fold/act.h"
#include "fold/board.h"
#include "fold/program.h"

struct ev_turn {
	const struct ev_program	*program;
	struct ev_board		*board;
	struct ev_pool		*pool;	/* objects that stood inside strings */
	struct ev_event		*ev;
	unsigned		 view;
	const uint16_t		*rule;	/* numbers in the program */
	size_t			 count;
	/* for the turn itself */
	struct ev_slice		 id;
	struct ev_node		 state;
	struct ev_act		 act;
	bool			 large;	/* the state may not borrow */
	bool			 first;	/* it was empty */
	bool			 renamed; /* a rule made it take over another */
};

/* Does the rule make an entity take over another? */
bool	ev_turn_renames(const struct ev_program_rule *rule);

/* The entity is made when the first rule applies to it. */
void	ev_turn(struct ev_turn *turn, struct ev_slice id);

/* Appends the state of an entity with its ratios, which are worked out only
 * now: rules do not see them. */
void	ev_turn_show(const struct ev_program *program,
	    const struct ev_board *board, uint32_t number, struct ev_buf *out);

#endif
