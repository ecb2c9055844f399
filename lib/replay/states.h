/*
 * states: a player that folds the events into the states of things
 * (4-views 4.2), and what is asked about these.
 */
#ifndef EV_REPLAY_STATES_H
#define EV_REPLAY_STATES_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/model.h"
#include "fold/change.h"
#include "fold/fold.h"
#include "read/play.h"

/* What is asked. */
struct ev_states_ask {
	const char	*rules;		/* a file, "seed", or NULL: built in */
	const char	*entity;	/* an id, or patterns; NULL: all */
	const char	*view;		/* of --project, or NULL */
	const char	*at;		/* a time as people type it; NULL: all */
	const char	*const *diff;	/* two of these; NULL: no difference */
	enum ev_change_form form;	/* of a difference */
	bool		 utc;
	bool		 resumed;	/* of a checkpoint: all states are kept,
					 * and there is a spare fold */
};

struct ev_states;

/* Wants of the model what the rules ask; not yet sealed.  The ask and its texts
 * stay the caller's and there.  NULL: what is wrong with it. */
struct ev_states *ev_states_new(const struct ev_states_ask *ask,
	    struct ev_model *model, struct ev_err *err);
void	ev_states_free(struct ev_states *states);

/* Appends an expression that holds for every event that can matter to what is
 * asked (fold/interest.h).  False: any may. */
bool	ev_states_interest(const struct ev_states *states,
	    struct ev_buf *expr);

/*
 * A text that stands in the lines of all events that can matter to what is
 * asked, if ev_states_enough says so when these were played; else there is a
 * fresh fold in place of the present one, for all events.  NULL: none.
 */
const char *ev_states_literal(const struct ev_states *states);
bool	ev_states_enough(void *states);

/* Sets the functions and arg of the play. */
void	ev_states_play(struct ev_states *states, struct ev_play *play);

/* The fold, of a state at one time, and a fresh one in its place, once. */
struct ev_fold *ev_states_fold(struct ev_states *states);
void	ev_states_anew(struct ev_states *states);

/*
 * Appends the answer: of one id its state, else a line of {"entity","state"}
 * or, of a view, a row for each; of a difference what differs.  1; 0: there is
 * no such entity (*err says so, else it is empty), or nothing differs; -1: a
 * rule was not tried to its end.
 */
int	ev_states_print(struct ev_states *states, struct ev_buf *out,
	    struct ev_err *err);

#endif
