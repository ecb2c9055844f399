/*
 * forest: events and what each came from (4-views 4.4).
 *
 * An event is known by the number of its node, and its bytes by their place:
 * 40 bytes a node, and each id once (base/names.h).  No function here goes
 * deeper into the stack for a deeper tree.
 */
#ifndef EV_TREE_FOREST_H
#define EV_TREE_FOREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/names.h"
#include "base/slice.h"

#define EV_FOREST_NONE UINT32_MAX

enum ev_forest_flag {
	EV_FOREST_MATCH = 1,	/* an event that passed the filter */
	EV_FOREST_KEEP = 2,	/* to be shown */
	EV_FOREST_MISSING = 4,	/* no event: an id that events name as parent */
	EV_FOREST_GROUP = 8,	/* no event: what its children share */
	EV_FOREST_SAME = 16,	/* equal to an event before it: no node */
	EV_FOREST_AGAIN = 32,	/* other bytes under an id that is there */
	EV_FOREST_CYCLE = 64,	/* its parent was cut off: it came of itself */
	EV_FOREST_BUSY = 128	/* for one walk */
};

#define EV_FOREST_TIME 3 /* words */

struct ev_forest_node {
	uint64_t	at;	/* ev_item_at of its line */
	uint32_t	length;	/* bytes of that */
	uint32_t	id;	/* number of its id */
	uint32_t	link;	/* number of its parent's id, or none */
	uint32_t	group;	/* number of its group, or none */
	uint32_t	flags;
	union {
		/* its time, of which each word weighs more than the next */
		uint32_t	time[EV_FOREST_TIME];
		/* from ev_forest_ready on nodes, or none */
		struct {
			uint32_t up, child; /* parent, first child */
			uint32_t next;	/* of the same parent, or root */
		};
	};
};

struct ev_forest {
	struct ev_forest_node	*node;
	uint32_t	 count, cap;
	uint32_t	 events;	/* nodes [0, events) are events, in the
					 * order of their places */
	uint32_t	*order;		/* numbers of events in the order in
					 * which they are shown; NULL: as they
					 * stand */
	uint32_t	 first;		/* root, or none */
	uint32_t	*holder;	/* id number -> node, or none */
	struct ev_names	*ids, *groups;
	struct ev_slice	 no_group;	/* text of the node of events that have
					 * no group */
};

/* An event to be added; group.p NULL: it has none; parent.n 0: it is a root. */
struct ev_branch {
	uint64_t	at;	/* ev_item_at */
	uint32_t	length;
	uint32_t	time[EV_FOREST_TIME];
	bool		match;
	struct ev_slice	id, parent, group;
	uint64_t	id_hash, parent_hash; /* ev_names_hash */
};

void	ev_forest_init(struct ev_forest *forest);
void	ev_forest_clear(struct ev_forest *forest);

/* Adds an event, in the order of places.  -1: there are 2^31 - 2 already. */
int	ev_forest_add(struct ev_forest *forest,
	    const struct ev_branch *branch);
/* All events are there, and order is set: times are no longer known. */
void	ev_forest_ready(struct ev_forest *forest);

/* A node that is no event: of an id (MISSING) or a group, by its number. */
uint32_t ev_forest_name(struct ev_forest *forest, unsigned flag,
	    uint32_t number);
/* The id of an event, the text of a node that is none. */
struct ev_slice ev_forest_text(const struct ev_forest *forest, uint32_t node);

/* Says that the text of a node is asked for soon (the steps 0 and 1 of
 * ev_names_expect_text). */
void	ev_forest_expect(const struct ev_forest *forest, uint32_t node,
	    unsigned step);

/* The first event with this id, a missing one, or none. */
uint32_t ev_forest_find(const struct ev_forest *forest, struct ev_slice id);

#endif
