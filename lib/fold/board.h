/*
 * board: the states of all entities, by view and id.
 *
 * A small state is kept as its JSON text behind its id, in one piece of
 * memory; only one that grew large stays a tree, so that an event changes it
 * without the rest being touched.  Beside its id and its text an entity takes
 * a row of 24 bytes, 6 to 11 of an index, and what malloc adds.
 */
#ifndef EV_FOLD_BOARD_H
#define EV_FOLD_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "fold/node.h"

struct ev_board;

#define EV_BOARD_NONE UINT32_MAX

struct ev_board *ev_board_new(void);
void	ev_board_free(struct ev_board *board);

/* The number of an entity, good until it is renamed; or EV_BOARD_NONE. */
uint32_t ev_board_find(const struct ev_board *board, unsigned view,
	    struct ev_slice id);
/* The same, made with the state {} when there was none. */
uint32_t ev_board_make(struct ev_board *board, unsigned view,
	    struct ev_slice id);
/* One past the greatest number; some below may be of entities that are gone. */
uint32_t ev_board_end(const struct ev_board *board);
bool	ev_board_gone(const struct ev_board *board, uint32_t number);

unsigned ev_board_view(const struct ev_board *board, uint32_t number);
/* Good until the board changes. */
struct ev_slice ev_board_id(const struct ev_board *board, uint32_t number);

/*
 * The state of an entity, out of the board, to be changed and put back.
 * *large: it may not get borrowed bytes; else it borrows from the board itself
 * until it is put back.
 */
struct ev_node ev_board_take(struct ev_board *board, uint32_t number,
	    bool *large);
/* The node is the board's from then on. */
void	ev_board_put(struct ev_board *board, uint32_t number,
	    struct ev_node state);

/* An entity is gone. */
void	ev_board_drop(struct ev_board *board, uint32_t number);

/* Appends the state's JSON. */
void	ev_board_print(const struct ev_board *board, uint32_t number,
	    struct ev_buf *out);

/*
 * The entities of a view (or, < 0, of all, view by view) in the order of their
 * ids (event/ident.h); *count of them, for free().
 */
uint32_t *ev_board_sorted(const struct ev_board *board, int view,
	    size_t *count);

#endif
