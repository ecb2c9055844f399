/*
 * tree: a JSON value that is built and changed; the state of an entity.
 *
 *	struct ev_node t = ev_node_open(EV_OBJECT);
 *	ev_tree_put(&t, EV_SLICE("status"), ev_node_text(EV_SLICE("open")));
 *	ev_node_print(&t, &out);	{"status":"open"}
 *	ev_node_clear(&t);
 *
 * Leaves are the bytes that the log has (9007199254740993, 1.10 and "\u00e9"
 * stay as they are); a container stays one leaf until something asks for its
 * members.  Members keep their order of arrival; keys compare decoded, and of
 * a key that comes twice the later value counts, in the first one's place.
 *
 * A struct ev_node is a value of 16 bytes that may be moved by assignment.
 * What is put into a tree belongs to it from then on; what is borrowed from
 * one (pointers, slices) is good until that tree changes.
 */
#ifndef EV_FOLD_TREE_H
#define EV_FOLD_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "fold/node.h"

/* Opens a text that ev_node_print made of an open object: there no key comes
 * twice. */
void	ev_tree_reopen(struct ev_node *tree);
/* How many members or elements; 0 for all but containers. */
uint32_t ev_tree_count(struct ev_node *tree);
/* The member with a key (decoded text), or NULL: none, or no object. */
struct ev_node *ev_tree_get(struct ev_node *tree, struct ev_slice name);
/* Element i (from 0), or NULL. */
struct ev_node *ev_tree_at(struct ev_node *tree, uint32_t i);
/* Does an array have such an element (ev_node_same)? */
bool	ev_tree_holds(struct ev_node *tree, const struct ev_node *val);
/*
 * The members or elements one by one; *at starts as 0.  key may be NULL, else
 * it is a string node (EV_NODE_NONE in arrays).  NULL at the end.  The tree
 * must not get or lose members meanwhile; its values may change.
 */
struct ev_node *ev_tree_next(struct ev_node *tree, uint32_t *at,
	    struct ev_node *key);

/*
 * Puts a value at a key: replaced in its place, or appended.  A tree that is
 * no object becomes one first.  Gives the value's place.
 */
struct ev_node *ev_tree_put(struct ev_node *tree, struct ev_slice name,
	    struct ev_node val);
/* The same with a key as it is spelled in a line (EV_STRING). */
struct ev_node *ev_tree_put_key(struct ev_node *tree,
	    const struct ev_val *key, struct ev_node val);
/* Appends an element; a tree that is no array becomes one first. */
struct ev_node *ev_tree_push(struct ev_node *tree, struct ev_node val);
/* Removes a member, or element i; false when there was none. */
bool	ev_tree_drop(struct ev_node *tree, struct ev_slice name);
bool	ev_tree_drop_at(struct ev_node *tree, uint32_t i);
/* The member gets another key, in its place; a member that had that key goes.
 * False: there is no such member. */
bool	ev_tree_rename(struct ev_node *tree, struct ev_slice from,
	    struct ev_slice to);

#endif
