/*
 * filter: which events a reader takes (3-commands 3.1).
 *
 * What the options gave is compiled onto the model before that is sealed, then
 * asked for each event.
 */
#ifndef EV_FILTER_FILTER_H
#define EV_FILTER_FILTER_H

#include <stdbool.h>

#include "base/err.h"
#include "event/event.h"
#include "filter/options.h"

/*
 * Compiles what the options gave; wants its roles and paths of the model.
 * utc: times without a zone are UTC.  -1: which option, what is wrong.
 */
int	ev_filter_compile(struct ev_filter *filter, struct ev_model *model,
	    bool utc, struct ev_err *err);
/* One more expression that must hold, before the model is sealed.  -1: it is
 * none. */
int	ev_filter_also(struct ev_filter *filter, struct ev_model *model,
	    const char *expr, struct ev_err *err);
void	ev_filter_clear(struct ev_filter *filter);

/* True when the event passes all.  Several threads may ask at once. */
bool	ev_filter_match(const struct ev_filter *filter, struct ev_event *ev);

/*
 * To be asked when all events were: 0, or -1 when a pattern could not be tried
 * to the end on some text, so that nobody knows whether all that matches was
 * taken; the message names the first such pattern.
 */
int	ev_filter_solved(const struct ev_filter *filter, struct ev_err *err);

/*
 * A text that stands byte for byte in every line that can match (or in which
 * a \u escape stands), for ev_pass.literal; NULL when there is none.
 */
const char *ev_filter_literal(const struct ev_filter *filter);

#endif
