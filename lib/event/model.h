/*
 * model: what a command wants of every line, compiled for all dialects.
 *
 * event/event.h says how it is used.
 */
#ifndef EV_EVENT_MODEL_H
#define EV_EVENT_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "event/custom.h"
#include "event/derive.h"
#include "event/detect.h"
#include "event/dialect.h"
#include "event/reach.h"
#include "json/scan.h"

struct ev_model;

/* forced: the dialect that every line has (--dialect), or NULL to detect. */
struct ev_model *ev_model_new(const struct ev_dialect *forced);
void	ev_model_free(struct ev_model *model);
/* The user's rows (NULL: none), to be tried first; borrowed. */
void	ev_model_custom(struct ev_model *model,
	    const struct ev_custom *custom);
/* Forces a dialect of the user's, which was not known at ev_model_new. */
void	ev_model_force(struct ev_model *model,
	    const struct ev_dialect *forced);
void	ev_model_want(struct ev_model *model, enum ev_role role);
/*
 * A path of the user's, as ev_path_parse reads it (the path is copied).  Gives
 * the field's number for ev_event_field.
 */
int	ev_model_path(struct ev_model *model, const struct ev_path *path);
/* After the last want; from then on threads may share the model. */
void	ev_model_seal(struct ev_model *model);

/* The rest is for event/event.c. */

/* One alternative of a cell: a plain slot, a computed value, or a path. */
struct ev_alt {
	int			 slot;	/* -1: ask derive, or else reach[0] */
	bool			 ms;
	const struct ev_derive	*derive;
	struct ev_reach		*reach;	/* derive: one per operand */
};

struct ev_alts {
	struct ev_alt	*alt;
	size_t		 count;
	enum { EV_ALTS_NEW, EV_ALTS_BUSY, EV_ALTS_READY } state;
};

struct ev_row {
	const struct ev_dialect	*dialect;
	struct ev_alts		 cell[EV_ROLES];
};

struct ev_model {
	const struct ev_dialect	*forced;
	const struct ev_custom	*custom;
	struct ev_plan		*plan;
	struct ev_detector	*detector;
	struct ev_row		*row;
	size_t			 rows;
	size_t			 otherwise; /* the row when none is detected */
	struct ev_reach		*field;
	size_t			 fields;
	bool			 wanted[EV_ROLES];
};

#endif
