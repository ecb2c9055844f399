#include "fold/kept.h"

#include <string.h>

#include "fold/board.h"
#include "json/member.h"
#include "json/quote.h"
#include "ledger/parts.h"

/* The two boards of a fold, by the member that names the view. */
static const char *const parts[] = { "view", "ledger" };
#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* NULL: the fold has none. */
static struct ev_board *
board_of(struct ev_fold *fold, unsigned part)
{
	return part == 0 ? ev_fold_board(fold) : ev_fold_ledgers(fold);
}

static const char *
name_of(const struct ev_fold *fold, unsigned part, unsigned view)
{
	return part == 0 ? ev_fold_views(fold)[view] : ev_parts[view].name;
}

/* The number of a view, or -1. */
static int
view_of(const struct ev_fold *fold, unsigned part, const struct ev_val *name)
{
	const char *const *view = ev_fold_views(fold);
	int i;

	for (i = 0; part == 0 && view[i] != NULL; i++)
		if (ev_val_is(name, view[i]))
			return i;
	for (i = 0; part == 1 && i < EV_PARTS; i++)
		if (ev_val_is(name, ev_parts[i].name))
			return i;
	return -1;
}

/* Moves to an entity; NULL: there is no more. */
static struct ev_board *
settle(struct ev_fold *fold, struct ev_kept *at)
{
	struct ev_board *board;

	for (; at->part < PARTS; at->part++, at->number = 0) {
		board = board_of(fold, at->part);
		for (; board != NULL && at->number < ev_board_end(board);
		     at->number++)
			if (!ev_board_gone(board, at->number))
				return board;
	}
	return NULL;
}

bool
ev_kept_next(struct ev_fold *fold, struct ev_kept *at, struct ev_buf *out)
{
	struct ev_board *board = settle(fold, at);

	if (board == NULL)
		return false;
	ev_buf_addf(out, "{\"%s\":", parts[at->part]);
	ev_quote(out,
	    ev_slice_of(
		name_of(fold, at->part, ev_board_view(board, at->number))));
	ev_buf_adds(out, ",\"id\":");
	ev_quote(out, ev_board_id(board, at->number));
	ev_buf_adds(out, ",\"state\":");
	ev_board_print(board, at->number, out);
	ev_buf_adds(out, "}\n");
	at->number++;
	return true;
}

int
ev_kept_load(struct ev_fold *fold, const struct ev_val *line, bool dry)
{
	struct ev_val name = { .kind = EV_NONE }, id, state;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_board *board;
	unsigned part;
	int view;

	for (part = 0; part < PARTS && name.kind == EV_NONE; part++)
		name = ev_member_of(line, parts[part]);
	part--;
	board = board_of(fold, part);
	view = name.kind == EV_STRING ? view_of(fold, part, &name) : -1;
	id = ev_member_of(line, "id");
	state = ev_member_of(line, "state");
	if (board == NULL || view < 0 || id.kind != EV_STRING ||
	    state.kind != EV_OBJECT)
		return -1;
	if (!dry)
		ev_board_put(board,
		    ev_board_make(
			board, (unsigned)view, ev_val_text(&id, &text)),
		    ev_node_of(&state));
	ev_buf_clear(&text);
	return 0;
}
