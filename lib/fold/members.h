/*
 * members: what stands in an open object or array, in order of arrival.
 *
 * An object with many members gets an index; a removed one leaves a hole of
 * kind EV_NONE until enough of them are there to close up.
 */
#ifndef EV_FOLD_MEMBERS_H
#define EV_FOLD_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold/leaf.h"

struct ev_members {
	struct ev_node	*val;	/* EV_NONE: a hole */
	struct ev_node	*key;	/* strings; NULL: an array */
	uint32_t	 used, cap;
	uint32_t	 live;	/* used without the holes */
	uint32_t	*index;	/* NULL: none yet; else number + 1, by key,
				 * in arrays by value */
	uint32_t	 mask;
	uint32_t	 indexed; /* arrays: so many stand in the index */
};

#define EV_MEMBERS_NONE UINT32_MAX

struct ev_members *ev_members_new(bool object);
/* Frees the list and its keys; the values are the caller's to clear before. */
void	ev_members_free(struct ev_members *members);

/* The number of the member with a key (decoded text), or EV_MEMBERS_NONE. */
uint32_t ev_members_find(const struct ev_members *members,
	    struct ev_slice name);
/*
 * The number of an element that is the same (hash: equal for all that are), or
 * EV_MEMBERS_NONE.  Many elements get an index; who changes one in place says
 * so with ev_members_changed.
 */
uint32_t ev_members_holding(struct ev_members *members,
	    const struct ev_node *val, uint32_t (*hash)(const struct ev_node *),
	    bool (*same)(const struct ev_node *, const struct ev_node *));
void	ev_members_changed(struct ev_members *members);
/* Appends a member whose key is known to be new, or (key EV_NODE_NONE) an
 * element; both are moved in.  Gives its number. */
uint32_t ev_members_add(struct ev_members *members, struct ev_node key,
	    struct ev_node val);
/* The same for a member of an object whose bytes are lent. */
void	ev_members_lend(struct ev_members *members, struct ev_slice key,
	    struct ev_slice val);
/* Takes a member out and gives its value, the caller's from then on; the
 * numbers of those behind it may change. */
struct ev_node ev_members_take(struct ev_members *members, uint32_t number);
/* Gives a member another key, which no other member has. */
void	ev_members_rename(struct ev_members *members, uint32_t number,
	    struct ev_node key);

#endif
