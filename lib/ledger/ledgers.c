#include "ledger/ledgers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/quote.h"
#include "ledger/cost.h"
#include "ledger/evidence.h"
#include "ledger/facts.h"
#include "ledger/form.h"
#include "ledger/memory.h"
#include "ledger/schedule.h"
#include "ledger/tape.h"
#include "ledger/tasks.h"
#include "ledger/wal.h"

struct ev_ledgers {
	struct ev_board *board;
	int payload; /* the model's path */
	bool keeps[EV_PARTS];
	struct ev_buf session, type;
	struct ev_showing showing; /* made when asked, until the next event */
	bool shows;
};

/* clang-format off */
static const struct change {
	const char *type;
	uint8_t part;
	void (*fn)(struct ev_node *state, struct ev_note *note);
} changes[] = {
	{ "task_event", EV_PART_TASKS, ev_tasks },
	{ "task_event", EV_PART_TAPE_TASKS, ev_tasks },
	{ "truth_event", EV_PART_FACTS, ev_facts },
	{ "truth_event", EV_PART_TAPE_FACTS, ev_facts },
	{ "schedule_intent", EV_PART_SCHEDULE, ev_schedule },
	{ "anchor", EV_PART_EVIDENCE, ev_evidence_anchor },
	{ "tool_result_recorded", EV_PART_EVIDENCE, ev_evidence_result },
	{ "cost_update", EV_PART_COST, ev_cost_update },
	{ "budget_alert", EV_PART_COST, ev_cost_alert },
	{ "memory_crystal_compiled", EV_PART_MEMORY, ev_memory },
	{ "turn_wal_recovery_completed", EV_PART_WAL, ev_wal_recovery },
};
#define CHANGES (sizeof(changes) / sizeof(changes[0]))
/* clang-format on */

struct ev_ledgers *
ev_ledgers_new(struct ev_model *model)
{
	static const enum ev_role wanted[] = { EV_ID, EV_TYPE, EV_TIME,
		EV_SESSION, EV_TURN };
	struct ev_ledgers *ledgers = ev_calloc(1, sizeof(*ledgers));
	struct ev_path path;
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		ev_model_want(model, wanted[i]);
	ev_path_parse(&path, EV_SLICE("payload"), NULL);
	ledgers->payload = ev_model_path(model, &path);
	ev_path_clear(&path);
	for (i = 0; i < EV_PARTS; i++)
		ledgers->keeps[i] = true;
	ledgers->board = ev_board_new();
	return ledgers;
}

static void
forget_shown(struct ev_ledgers *ledgers)
{
	if (ledgers->shows)
		ev_showing_clear(&ledgers->showing);
	ledgers->shows = false;
}

void
ev_ledgers_free(struct ev_ledgers *ledgers)
{
	if (ledgers == NULL)
		return;
	forget_shown(ledgers);
	ev_board_free(ledgers->board);
	ev_buf_clear(&ledgers->session);
	ev_buf_clear(&ledgers->type);
	free(ledgers);
}

void
ev_ledgers_only(struct ev_ledgers *ledgers, int view)
{
	size_t i;

	for (i = 0; i < EV_PARTS; i++)
		ledgers->keeps[i] = (int)i == view;
	for (i = 0; i < EV_TAPE_PARTS && view == EV_PART_TAPE; i++)
		ledgers->keeps[ev_parts_tape[i]] = true;
}

/* One part changed by an event, made when it is not there. */
static void
change(struct ev_ledgers *ledgers, const struct change *how, struct ev_slice id,
    struct ev_note *note)
{
	struct ev_board *board = ledgers->board;
	uint32_t number = ev_board_find(board, how->part, id);
	struct ev_node state;
	bool large;

	if (number == EV_BOARD_NONE) {
		number = ev_board_make(board, how->part, id);
		ev_board_put(
		    board, number, ev_form_json(ev_parts[how->part].empty));
	}
	state = ev_board_take(board, number, &large);
	how->fn(&state, note);
	ev_board_put(board, number, state);
}

static void
replace(struct ev_ledgers *ledgers, unsigned part, struct ev_slice id,
    struct ev_node state)
{
	uint32_t number = ev_board_make(ledgers->board, part, id);
	struct ev_node old;
	bool large;

	old = ev_board_take(ledgers->board, number, &large);
	ev_node_clear(&old);
	ev_board_put(ledgers->board, number, state);
}

static bool
restore(
    struct ev_ledgers *ledgers, struct ev_slice session, struct ev_note *note)
{
	struct ev_node part[EV_TAPE_PARTS];
	size_t i;

	if (!ev_tape_restore(note, part))
		return false;
	for (i = 0; i < EV_TAPE_PARTS; i++) {
		if (ledgers->keeps[ev_parts_tape[i]])
			replace(ledgers, ev_parts_tape[i], session, part[i]);
		else
			ev_node_clear(&part[i]);
	}
	return true;
}

static void
enter(struct ev_ledgers *ledgers, struct ev_slice session, struct ev_note *note,
    const struct ev_tape_entry *entry)
{
	struct ev_board *board = ledgers->board;
	uint32_t number = ev_board_find(board, EV_PART_TAPE, session);
	struct ev_node state;
	bool large;

	if (number == EV_BOARD_NONE) {
		number = ev_board_make(board, EV_PART_TAPE, session);
		ev_board_put(board, number, ev_form_json(EV_TAPE_EMPTY));
	}
	state = ev_board_take(board, number, &large);
	ev_tape(&state, note, entry);
	ev_board_put(board, number, state);
}

static int
keep_value(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 1;
}

/* Whether the payload of events of a type is looked at. */
static bool
matters(struct ev_slice type)
{
	const struct change *how;

	for (how = changes; how < changes + CHANGES; how++)
		if (ev_slice_is(type, how->type))
			return true;
	return ev_slice_is(type, "checkpoint");
}

/* What the event says; false: it has no time that is a number. */
static bool
read_note(struct ev_ledgers *ledgers, struct ev_event *ev, bool whole_of_it,
    struct ev_note *note)
{
	static const struct ev_form whole = { NULL, EV_FORM_WHOLE, 0, NULL,
		NULL };
	struct ev_val time = ev_event_role(ev, EV_TIME);
	struct ev_val turn = ev_event_role(ev, EV_TURN);
	struct ev_val payload = { .kind = EV_NONE };
	struct ev_node node;

	if (time.kind != EV_NUMBER)
		return false;
	note->time = ev_leaf_keep(ev_val_slice(&time));
	note->turn = EV_NODE_NONE;
	if (turn.kind != EV_NONE) {
		node = ev_node_lend(&turn);
		note->turn = ev_form_value(&whole, &node);
		ev_node_clear(&node);
	}
	if (note->turn.kind == EV_NONE)
		note->turn = ev_node_int(0);
	if (whole_of_it)
		ev_event_field(ev, ledgers->payload, keep_value, &payload);
	note->payload =
	    payload.kind == EV_OBJECT ? ev_node_lend(&payload) : EV_NODE_NONE;
	return true;
}

static void
add_event(struct ev_ledgers *ledgers, struct ev_event *ev)
{
	struct ev_val of = ev_event_role(ev, EV_SESSION);
	struct ev_val type = ev_event_role(ev, EV_TYPE);
	struct ev_val id = ev_event_role(ev, EV_ID);
	struct ev_slice session;
	struct ev_tape_entry entry;
	struct ev_note note;
	const struct change *how;

	if (of.kind != EV_STRING || type.kind != EV_STRING ||
	    id.kind != EV_STRING)
		return;
	session = ev_val_text(&of, &ledgers->session);
	entry = (struct ev_tape_entry){ ev_val_text(&type, &ledgers->type),
		ev_node_lend(&id), false };
	if (!read_note(ledgers, ev, matters(entry.type), &note))
		return;
	for (how = changes; how < changes + CHANGES; how++)
		if (ledgers->keeps[how->part] &&
		    ev_slice_is(entry.type, how->type))
			change(ledgers, how,
			    how->part == EV_PART_SCHEDULE ? EV_SLICE("") :
							    session,
			    &note);
	/* a tape has all parts that a cost has */
	if (ledgers->keeps[EV_PART_COST] &&
	    ev_slice_is(entry.type, "checkpoint"))
		entry.restored = restore(ledgers, session, &note);
	if (ledgers->keeps[EV_PART_TAPE])
		enter(ledgers, session, &note, &entry);
	ev_node_clear(&note.payload);
	ev_node_clear(&note.time);
	ev_node_clear(&note.turn);
	ev_node_clear(&entry.id);
}

static void
add_line(struct ev_ledgers *ledgers, const struct ev_event *ev)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node line, record;
	struct ev_val whole;

	/* the scanner found it sound, and keeps a sentinel behind it */
	if (ev_scan_value(ev->line.p, ev->line.n, &whole, NULL) != EV_SCAN_OK)
		return;
	line = ev_node_lend(&whole);
	if (ev_wal_read(&line, &record))
		replace(ledgers, EV_PART_WAL,
		    ev_node_words(ev_form_get(&line, "walId"), &scratch),
		    record);
	ev_node_clear(&line);
	ev_buf_clear(&scratch);
}

void
ev_ledgers_add(struct ev_ledgers *ledgers, struct ev_event *ev)
{
	if (ev->dialect == &ev_dialects[EV_BREWVA])
		add_event(ledgers, ev);
	else if (ev->dialect == &ev_dialects[EV_BREWVA_WAL] &&
	    ledgers->keeps[EV_PART_WAL])
		add_line(ledgers, ev);
	else
		return;
	forget_shown(ledgers);
}

const struct ev_shown *
ev_ledgers_shown(struct ev_ledgers *ledgers, size_t *count)
{
	if (!ledgers->shows)
		ev_showing_make(&ledgers->showing, ledgers->board);
	ledgers->shows = true;
	*count = ledgers->showing.count;
	return ledgers->showing.v;
}

struct ev_board *
ev_ledgers_board(struct ev_ledgers *ledgers)
{
	return ledgers->board;
}
