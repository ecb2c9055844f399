/*
 * members: the members of all shapes, read from a line in the pass that
 * validates it.
 */
#ifndef EV_EMIT_MEMBERS_H
#define EV_EMIT_MEMBERS_H

#include <stdbool.h>

#include "emit/draft.h"
#include "event/event.h"

/* The model's fields, by shape and member. */
struct ev_members {
	int	field[EV_SHAPES][EV_SHAPE_MOST];
	int	also[EV_SHAPES][EV_SHAPE_MOST];	/* -1: none */
	int	summary;
};

/* Asks a model that is not yet sealed for them. */
void	ev_members_want(struct ev_members *members, struct ev_model *model);

/* Begins a draft with the members that the event's line has. */
void	ev_members_read(const struct ev_members *members,
	    struct ev_event *event, const struct ev_shape *shape,
	    struct ev_draft *draft);

/* Is it a line of Gas Town's feed?  Those are copies, with a summary. */
bool	ev_members_feed(const struct ev_members *members,
	    struct ev_event *event);

#endif
