/*
 * shown: what the views of Brewva's ledgers show, made of the boards where they
 * are kept.
 */
#ifndef EV_LEDGER_SHOWN_H
#define EV_LEDGER_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "fold/board.h"
#include "fold/tree.h"

/* One thing of a view. */
struct ev_shown {
	unsigned	 view;	/* enum ev_ledger_part */
	struct ev_node	 state;
	struct ev_slice	 id;	/* a ledger's: its session */
	struct ev_slice	 session; /* NULL where a view has none */
	bool		 has_id, has_session; /* its row shows them */
	uint32_t	 place;	/* of a WAL: when it came first */
};

struct ev_showing {
	struct ev_shown	*v;
	size_t		 count;
	char		**text;	/* what ids and sessions are slices of */
	size_t		 texts;
};

/* View by view, in each the order that Brewva has. */
void	ev_showing_make(struct ev_showing *showing, struct ev_board *board);
void	ev_showing_clear(struct ev_showing *showing);

/* Appends {"id":…,"session":…} with the members of the state; of these "id" is
 * not repeated. */
void	ev_shown_row(const struct ev_shown *shown, struct ev_buf *out);

/* The order of two things of one view in which two logs can be compared: by
 * session and id.  -1, 0, 1. */
int	ev_shown_cmp(const struct ev_shown *a, const struct ev_shown *b);

#endif
