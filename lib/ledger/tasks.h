/*
 * tasks: the task ledger of a session of Brewva (brewva.task.ledger.v1).
 *
 *	{"items":[{"id","text","status","createdAt","updatedAt"},…],
 *	 "blockers":[{"id","message","createdAt","source","truthFactId"},…],
 *	 "updatedAt":MS,"spec":{…},"status":{…}}
 *
 * The rules are those of the Brewva runtime, as the vectors brewva.taskFold
 * and brewva.replay show them; ev-rules(5) has them in words.
 */
#ifndef EV_LEDGER_TASKS_H
#define EV_LEDGER_TASKS_H

#include "ledger/note.h"

/* The state before the first event. */
#define EV_TASKS_EMPTY "{\"items\":{},\"blockers\":{},\"updatedAt\":null}"

/* A task_event changes the state; a payload that is not sound does not. */
void	ev_tasks(struct ev_node *state, struct ev_note *note);

/* Of a state, whose lists are rolls (ledger/roll.h), makes what is shown. */
void	ev_tasks_list(struct ev_node *state);

#endif
