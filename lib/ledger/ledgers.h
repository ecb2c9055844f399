/*
 * ledgers: the states that the events of Brewva make, for which a table of
 * rules does not suffice (4-views 4.2).
 *
 * They are part of a fold (fold/fold.h) and as pure a function of the events
 * and their order as that; sessions do not touch each other, but for the
 * schedule, which is one for all.
 */
#ifndef EV_LEDGER_LEDGERS_H
#define EV_LEDGER_LEDGERS_H

#include "event/event.h"
#include "fold/board.h"
#include "ledger/parts.h"
#include "ledger/shown.h"

struct ev_ledgers;

/* Wants of the model what the ledgers need (it is not yet sealed). */
struct ev_ledgers *ev_ledgers_new(struct ev_model *model);
void	ev_ledgers_free(struct ev_ledgers *ledgers);

/* From now on only what one view shows is kept; -1: nothing. */
void	ev_ledgers_only(struct ev_ledgers *ledgers, int view);

/* Takes note of an event; what is not of Brewva is none. */
void	ev_ledgers_add(struct ev_ledgers *ledgers, struct ev_event *ev);

/* What the views show, view by view; good until the next event. */
const struct ev_shown *ev_ledgers_shown(struct ev_ledgers *ledgers,
	    size_t *count);

/* What a checkpoint keeps, by the numbers of enum ev_ledger_part. */
struct ev_board *ev_ledgers_board(struct ev_ledgers *ledgers);

#endif
