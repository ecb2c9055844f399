/*
 * metrics: a player that gives the view metrics, the rows of the report
 * evaluation (4-views 4.2, 4.3).
 */
#ifndef EV_REPLAY_METRICS_H
#define EV_REPLAY_METRICS_H

#include "base/buf.h"
#include "base/err.h"
#include "event/model.h"
#include "read/play.h"

struct ev_metrics;

/* Wants of the model what it asks; not yet sealed.  NULL: why. */
struct ev_metrics *ev_metrics_new(struct ev_model *model, struct ev_err *err);
void	ev_metrics_free(struct ev_metrics *metrics);

/* Sets the functions and arg of the play. */
void	ev_metrics_play(struct ev_metrics *metrics, struct ev_play *play);

/* Appends the rows {"metric","value","numerator","denominator"}, which uses
 * them up.  0 or -1. */
int	ev_metrics_print(struct ev_metrics *metrics, struct ev_buf *out,
	    struct ev_err *err);

#endif
