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
};

/* The entity is made when the first rule applies to it. */
void	ev_turn(struct ev_turn *turn, struct ev_slice id);

#endif
