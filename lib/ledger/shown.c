#include "ledger/shown.h"

#include <stdlib.h>

#include "base/mem.h"
#include "event/ident.h"
#include "json/quote.h"
#include "ledger/facts.h"
#include "ledger/form.h"
#include "ledger/parts.h"
#include "ledger/schedule.h"
#include "ledger/tape.h"
#include "ledger/tasks.h"
#include "ledger/wal.h"

static struct ev_slice
keep_text(struct ev_showing *showing, struct ev_slice text)
{
	char *copy = ev_memdup(text.p, text.n);

	showing->text =
	    ev_realloc(showing->text, showing->texts + 1, sizeof(copy));
	showing->text[showing->texts++] = copy;
	return (struct ev_slice){ copy, text.n };
}

static struct ev_shown *
show(struct ev_showing *showing, unsigned view, struct ev_slice id,
    struct ev_node state)
{
	struct ev_shown *shown;

	showing->v = ev_realloc(showing->v, showing->count + 1, sizeof(*shown));
	shown = &showing->v[showing->count++];
	*shown = (struct ev_shown){ .view = view,
		.state = state,
		.id = id,
		.has_id = true,
		.place = (uint32_t)showing->count };
	return shown;
}

/* A copy of what a board keeps. */
static struct ev_node
copy_of(struct ev_board *board, uint32_t number)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node state;

	ev_board_print(board, number, &text);
	state = ev_leaf_keep(ev_buf_slice(&text));
	ev_buf_clear(&text);
	return state;
}

/* The text of a member "id". */
static struct ev_slice
id_of(struct ev_showing *showing, struct ev_node *object)
{
	const struct ev_node *id = ev_form_get(object, "id");
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice text = { "", 0 };

	if (id != NULL)
		text = ev_node_words(id, &scratch);
	text = keep_text(showing, text);
	ev_buf_clear(&scratch);
	return text;
}

/* What stands in a list of a session's ledger. */
static void
show_list(struct ev_showing *showing, unsigned view, struct ev_slice session,
    struct ev_node *list)
{
	struct ev_shown *shown;
	struct ev_node *each;
	uint32_t at = 0;

	while ((each = ev_tree_next(list, &at, NULL)) != NULL) {
		shown = show(
		    showing, view, id_of(showing, each), ev_node_copy(each));
		shown->session = session;
	}
}

static void
show_tasks(
    struct ev_showing *showing, struct ev_slice session, struct ev_node state)
{
	static const char *const name[] = { "spec", "status", "blockers",
		"updatedAt" };
	struct ev_node ledger = ev_node_open(EV_OBJECT);
	const struct ev_node *each;
	struct ev_shown *shown;
	size_t i, first = showing->count;

	show_list(
	    showing, EV_PART_TASKS, session, ev_form_get(&state, "items"));
	for (i = first; i < showing->count; i++)
		showing->v[i].has_session = true;
	ev_form_put(&ledger, "kind", ev_form_json("\"ledger\""));
	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		each = ev_form_get(&state, name[i]);
		if (each != NULL)
			ev_form_put(&ledger, name[i], ev_node_copy(each));
	}
	shown = show(showing, EV_PART_TASKS, session, ledger);
	shown->session = session;
	shown->has_session = true;
	shown->has_id = false;
	ev_node_clear(&state);
}

static void
show_facts(
    struct ev_showing *showing, struct ev_slice session, struct ev_node state)
{
	show_list(
	    showing, EV_PART_FACTS, session, ev_form_get(&state, "facts"));
	ev_node_clear(&state);
}

/* Facts of several sessions say of which they are. */
static void
tell_sessions(struct ev_showing *showing, size_t first)
{
	const struct ev_shown *v = showing->v;
	bool several = false;
	size_t i;

	for (i = first + 1; i < showing->count && !several; i++)
		several = !ev_slice_eq(v[i].session, v[first].session);
	for (i = first; i < showing->count; i++)
		showing->v[i].has_session = several;
}

static void
sort(struct ev_showing *showing, size_t first,
    int (*cmp)(const void *left, const void *right))
{
	if (showing->count > first)
		qsort(showing->v + first, showing->count - first,
		    sizeof(*showing->v), cmp);
}

static int
by_id(const void *left, const void *right)
{
	return ev_shown_cmp(left, right);
}

static void
show_intents(struct ev_showing *showing, struct ev_node state)
{
	struct ev_node intents = ev_schedule_intents(&state), *each, key;
	struct ev_buf scratch = EV_BUF_INIT;
	size_t first = showing->count;
	uint32_t at = 0;

	while ((each = ev_tree_next(&intents, &at, &key)) != NULL)
		show(showing, EV_PART_SCHEDULE,
		    keep_text(showing, ev_node_words(&key, &scratch)),
		    ev_node_copy(each));
	sort(showing, first, by_id);
	ev_buf_clear(&scratch);
	ev_node_clear(&intents);
	ev_node_clear(&state);
}

static void
show_tape(struct ev_showing *showing, struct ev_board *board,
    struct ev_slice session, struct ev_node state)
{
	struct ev_node part[EV_TAPE_PARTS];
	uint32_t number;
	size_t i;

	for (i = 0; i < EV_TAPE_PARTS; i++) {
		number = ev_board_find(board, ev_parts_tape[i], session);
		part[i] = number != EV_BOARD_NONE ?
		    copy_of(board, number) :
		    ev_form_json(ev_parts[ev_parts_tape[i]].empty);
	}
	show(showing, EV_PART_TAPE, session, ev_tape_show(&state, part));
	ev_node_clear(&state);
}

/* Records by their times, of equal ones the first to come first; recoveries
 * last. */
static int
by_times(const void *left, const void *right)
{
	const struct ev_shown *a = left, *b = right;
	struct ev_node x = a->state, y = b->state;
	bool late_a = ev_form_get(&x, "createdAt") == NULL;
	bool late_b = ev_form_get(&y, "createdAt") == NULL;
	int diff = late_a - late_b;

	if (diff == 0 && !late_a)
		diff = ev_wal_cmp(&x, &y);
	return diff != 0 ? diff : a->place < b->place ? -1 : 1;
}

static void
show_kept(struct ev_showing *showing, struct ev_board *board, uint32_t number)
{
	unsigned part = ev_board_view(board, number);
	struct ev_slice id = keep_text(showing, ev_board_id(board, number));
	struct ev_node state = copy_of(board, number);

	ev_tree_count(&state); /* opened for good */
	switch (part) {
	case EV_PART_TAPE:
		show_tape(showing, board, id, state);
		break;
	case EV_PART_TASKS:
		ev_tasks_list(&state);
		show_tasks(showing, id, state);
		break;
	case EV_PART_FACTS:
		ev_facts_list(&state);
		show_facts(showing, id, state);
		break;
	case EV_PART_SCHEDULE:
		show_intents(showing, state);
		break;
	default:
		show(showing, part, id, state)->place = number;
		break;
	}
}

void
ev_showing_make(struct ev_showing *showing, struct ev_board *board)
{
	size_t count, i, first;
	uint32_t *kept;
	int view;

	*showing = (struct ev_showing){ .count = 0 };
	for (view = 0; view < EV_PART_VIEWS; view++) {
		first = showing->count;
		kept = ev_board_sorted(board, view, &count);
		for (i = 0; i < count; i++)
			show_kept(showing, board, kept[i]);
		free(kept);
		if (view == EV_PART_FACTS)
			tell_sessions(showing, first);
		if (view == EV_PART_WAL)
			sort(showing, first, by_times);
	}
}

void
ev_showing_clear(struct ev_showing *showing)
{
	size_t i;

	for (i = 0; i < showing->count; i++)
		ev_node_clear(&showing->v[i].state);
	for (i = 0; i < showing->texts; i++)
		free(showing->text[i]);
	free(showing->v);
	free(showing->text);
}

void
ev_shown_row(const struct ev_shown *shown, struct ev_buf *out)
{
	struct ev_node row = ev_node_open(EV_OBJECT);
	struct ev_node state = ev_node_copy(&shown->state), *each, key;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice name;
	uint32_t at = 0;

	if (shown->has_id)
		ev_form_put(&row, "id", ev_node_text(shown->id));
	if (shown->has_session)
		ev_form_put(&row, "session", ev_node_text(shown->session));
	while ((each = ev_tree_next(&state, &at, &key)) != NULL) {
		name = ev_node_words(&key, &scratch);
		if (ev_tree_get(&row, name) == NULL)
			ev_tree_put(&row, name, ev_node_copy(each));
	}
	ev_node_print(&row, out);
	ev_node_clear(&row);
	ev_node_clear(&state);
	ev_buf_clear(&scratch);
}

int
ev_shown_cmp(const struct ev_shown *a, const struct ev_shown *b)
{
	int diff = 0;

	if (a->session.p != NULL && b->session.p != NULL)
		diff = ev_ident_cmp(a->session, b->session);
	return diff != 0 ? diff : ev_ident_cmp(a->id, b->id);
}
