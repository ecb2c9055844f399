/*
 * roll: records with an id, found by it without a look at all of them, in order
 * of arrival.
 *
 * It is an object whose keys are NTH:ID, NTH being 0 but for records whose id
 * another one has already.
 */
#ifndef EV_LEDGER_ROLL_H
#define EV_LEDGER_ROLL_H

#include "fold/tree.h"

/* The records with an id (a string), one by one; *nth starts as 0.  NULL: no
 * more. */
struct ev_node *ev_roll_next(struct ev_node *roll, const struct ev_node *id,
	    uint32_t *nth);
/* Puts a record, which has a member "id", behind the others. */
void	ev_roll_add(struct ev_node *roll, struct ev_node record);
/* Removes all records with an id. */
void	ev_roll_drop(struct ev_node *roll, const struct ev_node *id);

/* Makes a roll of an array of records at a member of an object, and the other
 * way round. */
void	ev_roll_enter(struct ev_node *object, const char *name);
void	ev_roll_list(struct ev_node *object, const char *name);

#endif
