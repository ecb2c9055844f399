#include "fold/board.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "event/ident.h"

#define CHUNK 4096 /* rows that are allocated at once */
#define SMALL 1024 /* bytes of a state that stays text */

enum form { GONE, TEXT, TREE };

/* blob: the id, then the state's text, or its node. */
struct row {
	char *blob;
	uint32_t hash;
	uint32_t id_n, n;
	uint16_t view;
	uint8_t form;
};

struct ev_board {
	struct row **chunk;
	uint32_t chunks, count;
	uint32_t *index; /* number + 1 */
	uint32_t mask;
	struct ev_buf text;
};

struct ev_board *
ev_board_new(void)
{
	struct ev_board *board = ev_calloc(1, sizeof(*board));

	board->mask = 1023;
	board->index = ev_calloc(board->mask + 1, sizeof(*board->index));
	return board;
}

static struct row *
row_of(const struct ev_board *board, uint32_t number)
{
	return &board->chunk[number / CHUNK][number % CHUNK];
}

static struct ev_node
node_of(const struct row *row)
{
	struct ev_node node;

	memcpy(&node, row->blob + row->id_n, sizeof(node));
	return node;
}

static void
clear_row(struct row *row)
{
	struct ev_node node;

	if (row->form == TREE) {
		node = node_of(row);
		ev_node_clear(&node);
	}
	free(row->blob);
	row->blob = NULL;
	row->form = GONE;
}

void
ev_board_free(struct ev_board *board)
{
	uint32_t i;

	if (board == NULL)
		return;
	for (i = 0; i < board->count; i++)
		clear_row(row_of(board, i));
	for (i = 0; i < board->chunks; i++)
		free(board->chunk[i]);
	free(board->chunk);
	free(board->index);
	ev_buf_clear(&board->text);
	free(board);
}

static uint32_t
hash_of(unsigned view, struct ev_slice id)
{
	return (uint32_t)ev_sip(id.p, id.n) ^ (uint32_t)view * 0x9e3779b9u;
}

static uint32_t
find(const struct ev_board *board, unsigned view, struct ev_slice id,
    uint32_t hash)
{
	uint32_t i = hash & board->mask, n;
	const struct row *row;

	for (; (n = board->index[i]) != 0; i = (i + 1) & board->mask) {
		row = row_of(board, n - 1);
		if (row->hash == hash && row->form != GONE &&
		    row->view == view && row->id_n == id.n &&
		    memcmp(row->blob, id.p, id.n) == 0)
			return n - 1;
	}
	return EV_BOARD_NONE;
}

uint32_t
ev_board_find(const struct ev_board *board, unsigned view, struct ev_slice id)
{
	return find(board, view, id, hash_of(view, id));
}

static void
enter(struct ev_board *board, uint32_t number)
{
	uint32_t i = row_of(board, number)->hash & board->mask;

	while (board->index[i] != 0)
		i = (i + 1) & board->mask;
	board->index[i] = number + 1;
}

static void
grow_index(struct ev_board *board)
{
	uint32_t i;

	if (board->mask > UINT32_MAX / 4)
		ev_no_memory();
	board->mask = board->mask * 2 + 1;
	free(board->index);
	board->index =
	    ev_calloc((size_t)board->mask + 1, sizeof(*board->index));
	for (i = 0; i < board->count; i++)
		if (row_of(board, i)->form != GONE)
			enter(board, i);
}

uint32_t
ev_board_make(struct ev_board *board, unsigned view, struct ev_slice id)
{
	uint32_t hash = hash_of(view, id), number;
	struct row *row;

	number = find(board, view, id, hash);
	if (number != EV_BOARD_NONE)
		return number;
	number = board->count;
	if (number / CHUNK == board->chunks) {
		board->chunk = ev_realloc(
		    board->chunk, board->chunks + 1, sizeof(*board->chunk));
		board->chunk[board->chunks++] =
		    ev_calloc(CHUNK, sizeof(**board->chunk));
	}
	board->count++;
	row = row_of(board, number);
	*row = (struct row){ ev_malloc(id.n + 2), hash, (uint32_t)id.n, 2,
		(uint16_t)view, TEXT };
	memcpy(row->blob, id.p, id.n);
	memcpy(row->blob + id.n, "{}", 2);
	if (board->count > board->mask / 4 * 3)
		grow_index(board);
	else
		enter(board, number);
	return number;
}

uint32_t
ev_board_end(const struct ev_board *board)
{
	return board->count;
}

bool
ev_board_gone(const struct ev_board *board, uint32_t number)
{
	return row_of(board, number)->form == GONE;
}

unsigned
ev_board_view(const struct ev_board *board, uint32_t number)
{
	return row_of(board, number)->view;
}

struct ev_slice
ev_board_id(const struct ev_board *board, uint32_t number)
{
	const struct row *row = row_of(board, number);

	return (struct ev_slice){ row->blob, row->id_n };
}

struct ev_node
ev_board_take(struct ev_board *board, uint32_t number, bool *large)
{
	const struct row *row = row_of(board, number);

	*large = row->form == TREE;
	if (*large)
		return node_of(row);
	return ev_leaf_lend((struct ev_slice){ row->blob + row->id_n, row->n });
}

static void
store(struct row *row, const void *p, uint32_t n)
{
	if (row->n != n) {
		row->blob = ev_realloc(row->blob, (size_t)row->id_n + n, 1);
		row->n = n;
	}
	memcpy(row->blob + row->id_n, p, n);
}

void
ev_board_put(struct ev_board *board, uint32_t number, struct ev_node state)
{
	struct row *row = row_of(board, number);

	if (row->form == TEXT) {
		ev_buf_reset(&board->text);
		ev_node_print(&state, &board->text);
		if (board->text.n <= SMALL) {
			ev_node_clear(&state);
			store(row, board->text.p, (uint32_t)board->text.n);
			return;
		}
		ev_node_own(&state);
		row->form = TREE;
	}
	store(row, &state, sizeof(state));
}

void
ev_board_drop(struct ev_board *board, uint32_t number)
{
	clear_row(row_of(board, number));
}

void
ev_board_print(
    const struct ev_board *board, uint32_t number, struct ev_buf *out)
{
	const struct row *row = row_of(board, number);
	struct ev_node node;

	if (row->form == TEXT) {
		ev_buf_add(out, row->blob + row->id_n, row->n);
		return;
	}
	node = node_of(row);
	ev_node_print(&node, out);
}

static int
by_id(const void *left, const void *right, void *arg)
{
	const struct ev_board *board = arg;
	const struct row *a = row_of(board, *(const uint32_t *)left);
	const struct row *b = row_of(board, *(const uint32_t *)right);

	if (a->view != b->view)
		return a->view < b->view ? -1 : 1;
	return ev_ident_cmp((struct ev_slice){ a->blob, a->id_n },
	    (struct ev_slice){ b->blob, b->id_n });
}

uint32_t *
ev_board_sorted(const struct ev_board *board, int view, size_t *count)
{
	uint32_t *list, i;

	list = ev_malloc(((size_t)board->count + 1) * sizeof(*list));
	*count = 0;
	for (i = 0; i < board->count; i++)
		if (row_of(board, i)->form != GONE &&
		    (view < 0 || row_of(board, i)->view == (unsigned)view))
			list[(*count)++] = i;
	qsort_r(list, *count, sizeof(*list), by_id, (void *)(uintptr_t)board);
	return list;
}
