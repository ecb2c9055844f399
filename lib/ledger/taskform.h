/*
 * taskform: the parts of a task ledger (ledger/tasks.h), as events and
 * checkpoints have to spell them.
 */
#ifndef EV_LEDGER_TASKFORM_H
#define EV_LEDGER_TASKFORM_H

#include <stdbool.h>

#include "ledger/form.h"

/* The schema of a spec. */
#define EV_TASK_SPEC "brewva.task.v1"

/* An item as it is added, changed, and kept by a checkpoint_set; a blocker as
 * it is recorded and kept; a status; the two lists that a state must have. */
extern const struct ev_form ev_task_new_item[], ev_task_changed_item[],
    ev_task_kept_item[], ev_task_new_blocker[], ev_task_kept_blocker[],
    ev_task_set_status[], ev_task_lists[];

/* The ledger that a checkpoint of a tape has: false, and EV_NODE_NONE, when it
 * is not sound through and through. */
bool	ev_tasks_restore(struct ev_node *from, struct ev_node *out);

#endif
