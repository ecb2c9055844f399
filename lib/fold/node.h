/*
 * node: a JSON value as a whole: made, copied, compared, printed.
 *
 * Leaves are the bytes that the log has (9007199254740993, 1.10 and "\u00e9"
 * stay as they are).  A struct ev_node is a value of 16 bytes that may be moved
 * by assignment; what it owns is freed once, with ev_node_clear.
 */
#ifndef EV_FOLD_NODE_H
#define EV_FOLD_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "fold/leaf.h"
#include "json/scan.h"

/* A copy of a sound value, and one that borrows the line where it can. */
struct ev_node ev_node_of(const struct ev_val *val);
struct ev_node ev_node_lend(const struct ev_val *val);
/* An empty EV_OBJECT or EV_ARRAY. */
struct ev_node ev_node_open(enum ev_kind kind);
/* A string, quoted as ev_quote does. */
struct ev_node ev_node_text(struct ev_slice text);
struct ev_node ev_node_int(int64_t number);
/* null, false, true: by their kind. */
struct ev_node ev_node_word(enum ev_kind kind);

/* Frees it all; the tree is EV_NODE_NONE afterwards. */
void	ev_node_clear(struct ev_node *tree);
/* From then on nothing in it is borrowed. */
void	ev_node_own(struct ev_node *tree);
/* A copy that shares nothing. */
struct ev_node ev_node_copy(const struct ev_node *tree);

/* Equal for all values that are the same (ev_node_same). */
uint32_t ev_node_hash(const struct ev_node *tree);
/* Is it the same JSON (json/equal.h)?  EV_NODE_NONE is only like itself. */
bool	ev_node_same(const struct ev_node *a, const struct ev_node *b);
/* The text of a value: a string decoded (in *scratch, which is reset, or the
 * tree's own), else its raw text; empty for null, EV_NODE_NONE, containers. */
struct ev_slice ev_node_words(const struct ev_node *tree,
	    struct ev_buf *scratch);
/* Appends the JSON text, without white space. */
void	ev_node_print(const struct ev_node *tree, struct ev_buf *out);

#endif
