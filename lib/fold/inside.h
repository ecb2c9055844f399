/*
 * inside: what a fold is made of.
 */
#ifndef EV_FOLD_INSIDE_H
#define EV_FOLD_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "event/reach.h"
#include "fold/board.h"
#include "fold/choice.h"
#include "fold/program.h"
#include "fold/rules.h"
#include "ledger/ledgers.h"

/* Entities of ledgers have numbers from here on, by what is shown of them. */
#define EV_FOLD_SHOWN	UINT32_C(0x80000000)

struct ev_fold {
	const struct ev_rules	*rules;
	struct ev_program	*program;
	struct ev_choice	*choice;
	struct ev_board		*board;
	struct ev_ledgers	*ledgers; /* NULL: the rules have none */
	const char		**view;	/* names, NULL behind them */
	struct ev_pool		 pool;	/* objects that stood inside strings */
	struct ev_buf		 id;
	char			*only;	/* NULL: all */
	size_t			 only_n;
	bool			 renamed; /* that one took over another */
	/* the entities of one event: the first, and all when there are more */
	struct ev_buf		 met;
	struct ev_map		*more;
};

#endif
