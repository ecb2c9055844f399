/*
 * leaf: a JSON value in 16 bytes; the nodes of a tree (fold/tree.h).
 *
 * What a leaf holds is the raw text of a sound JSON value without white space
 * outside its strings: no number and no string is ever read and written anew.
 * A text of up to 13 bytes stands in the node itself.
 */
#ifndef EV_FOLD_LEAF_H
#define EV_FOLD_LEAF_H

#include <stdint.h>
#include <string.h>

#include "base/slice.h"
#include "json/scan.h"

#define EV_LEAF_HERE 13

enum ev_leaf_form {
	EV_LEAF_IN,	/* the text is in the node */
	EV_LEAF_OWN,	/* the node's memory */
	EV_LEAF_LENT,	/* somebody else's */
	EV_LEAF_OPEN	/* no text: a container whose members are nodes */
};

struct ev_members;	/* fold/members.h */

struct ev_node {
	union {
		struct {
			uint8_t	kind;	/* enum ev_kind; EV_NONE: nothing */
			uint8_t	form;
		};
		struct {
			uint8_t	head[2], n;
			char	text[EV_LEAF_HERE];
		} in;
		struct {
			uint8_t	head[2], spare[2];
			uint32_t n;
			union {
				char			*own;
				const char		*lent;
				struct ev_members	*open;
			};
		} far;
	};
};

/* Nothing at all; needs no clearing. */
#define EV_NODE_NONE ((struct ev_node){ .kind = EV_NONE })

/* A copy of a raw text, and one that borrows it. */
struct ev_node ev_leaf_keep(struct ev_slice raw);
static inline struct ev_node ev_leaf_lend(struct ev_slice raw);
/* Makes a lent text the leaf's own. */
void	ev_leaf_own(struct ev_node *leaf);
/* Frees what is the leaf's own; it becomes EV_NODE_NONE. */
void	ev_leaf_clear(struct ev_node *leaf);

/* The text of a leaf, good until the node is moved or changed. */
static inline struct ev_slice
ev_leaf_raw(const struct ev_node *leaf)
{
	if (leaf->form == EV_LEAF_IN)
		return (struct ev_slice){ leaf->in.text, leaf->in.n };
	return (struct ev_slice){ leaf->far.lent, leaf->far.n };
}

/* A known number of bytes is copied without a call. */
static inline void
ev_leaf_copy(char *to, const char *from, size_t n)
{
	if (n >= 8) {
		memcpy(to, from, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else if (n >= 4) {
		memcpy(to, from, 4);
		memcpy(to + n - 4, from + n - 4, 4);
	} else {
		memcpy(to, from, n);
	}
}

/* Writes the node where it will stay: one that is passed on as a value right
 * after its bytes were written waits for them. */
static inline void
ev_leaf_lend_to(struct ev_node *leaf, struct ev_slice raw)
{
	leaf->kind = ev_kind_of(*raw.p);
	if (raw.n <= EV_LEAF_HERE) {
		leaf->form = EV_LEAF_IN;
		leaf->in.n = (uint8_t)raw.n;
		ev_leaf_copy(leaf->in.text, raw.p, raw.n);
	} else {
		leaf->form = EV_LEAF_LENT;
		leaf->far.n = (uint32_t)raw.n;
		leaf->far.lent = raw.p;
	}
}

static inline struct ev_node
ev_leaf_lend(struct ev_slice raw)
{
	struct ev_node leaf = EV_NODE_NONE;

	ev_leaf_lend_to(&leaf, raw);
	return leaf;
}

/* The same as a value for json/. */
struct ev_val ev_leaf_val(const struct ev_node *leaf);

#endif
