#include "ledger/tape.h"

#include "fold/plus.h"
#include "json/number.h"
#include "ledger/cost.h"
#include "ledger/evidence.h"
#include "ledger/facts.h"
#include "ledger/form.h"
#include "ledger/memory.h"
#include "ledger/taskform.h"
#include "ledger/tasks.h"

/* clang-format off */
static const char *const checkpoint_schemas[] = {
	"brewva.tape.checkpoint.v1", NULL
};
static const char *const anchor_schemas[] = { "brewva.tape.anchor.v1", NULL };

static const struct ev_form checkpoint[] = {
	{ "schema", EV_FORM_WORD, EV_FORM_MUST, NULL, checkpoint_schemas },
	{ "reason", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "createdAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form anchor[] = {
	{ "schema", EV_FORM_WORD, EV_FORM_MUST, NULL, anchor_schemas },
	{ "name", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "createdAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};

/* From so many entries behind the last anchor on. */
static const struct {
	int64_t least;
	const char *name;
} pressures[] = {
	{ 280, "high" }, { 160, "medium" }, { 80, "low" }, { 0, "none" },
};

static const char *const part_names[EV_TAPE_PARTS] = {
	[EV_TAPE_TASKS] = "taskState", [EV_TAPE_FACTS] = "truthState",
	[EV_TAPE_COST] = "costState", [EV_TAPE_EVIDENCE] = "evidenceState",
	[EV_TAPE_MEMORY] = "memoryState",
};
/* clang-format on */

bool
ev_tape_restore(struct ev_note *note, struct ev_node part[EV_TAPE_PARTS])
{
	struct ev_node *state = ev_form_get(&note->payload, "state"), head;
	bool sound;
	size_t i;

	for (i = 0; i < EV_TAPE_PARTS; i++)
		part[i] = EV_NODE_NONE;
	if (!ev_form_take(checkpoint, &note->payload, &head))
		return false;
	ev_node_clear(&head);
	sound = ev_tasks_restore(
		    ev_form_get(state, "task"), &part[EV_TAPE_TASKS]) &&
	    ev_facts_restore(
		ev_form_get(state, "truth"), &part[EV_TAPE_FACTS]) &&
	    ev_cost_restore(ev_form_get(state, "cost"),
		ev_form_get(state, "costSkillLastTurnByName"), &note->time,
		&part[EV_TAPE_COST]) &&
	    ev_evidence_restore(
		ev_form_get(state, "evidence"), &part[EV_TAPE_EVIDENCE]) &&
	    ev_memory_restore(
		ev_form_get(state, "memory"), &part[EV_TAPE_MEMORY]);
	for (i = 0; i < EV_TAPE_PARTS && !sound; i++)
		ev_node_clear(&part[i]);
	return sound;
}

static struct ev_node
anchor_name(struct ev_note *note)
{
	struct ev_node read, name;

	if (!ev_form_take(anchor, &note->payload, &read))
		return ev_node_word(EV_NULL);
	name = ev_node_copy(ev_form_get(&read, "name"));
	ev_node_clear(&read);
	return name;
}

void
ev_tape(struct ev_node *state, struct ev_note *note,
    const struct ev_tape_entry *entry)
{
	struct ev_node *entries = ev_form_get(state, "entries");

	ev_plus_add(entries, EV_SLICE("1"));
	if (ev_slice_is(entry->type, "anchor")) {
		ev_form_put(state, "anchorAt", ev_node_copy(entries));
		ev_form_put(state, "lastAnchor", anchor_name(note));
	} else if (ev_slice_is(entry->type, "checkpoint")) {
		ev_form_put(state, "checkpointAt", ev_node_copy(entries));
	}
	if (entry->restored)
		ev_form_put(
		    state, "checkpointEventId", ev_node_copy(&entry->id));
	ev_form_put(state, "latestEventId", ev_node_copy(&entry->id));
	ev_form_put(state, "turn",
	    ev_plus_later(ev_form_get(state, "turn"), &note->turn));
}

static int64_t
count_of(struct ev_node *state, const char *name)
{
	const struct ev_node *node = ev_form_get(state, name);
	int64_t count;

	if (node == NULL || node->kind != EV_NUMBER ||
	    !ev_num_int(ev_leaf_raw(node), &count))
		return 0;
	return count;
}

static struct ev_node
status_of(struct ev_node *state)
{
	struct ev_node status = ev_node_open(EV_OBJECT);
	int64_t all = count_of(state, "entries"), since;
	size_t i = 0;

	since = all - count_of(state, "anchorAt");
	while (since < pressures[i].least)
		i++;
	ev_form_put(&status, "totalEntries", ev_node_int(all));
	ev_form_put(&status, "entriesSinceAnchor", ev_node_int(since));
	ev_form_put(&status, "entriesSinceCheckpoint",
	    ev_node_int(all - count_of(state, "checkpointAt")));
	ev_form_put(&status, "tapePressure",
	    ev_node_text(ev_slice_of(pressures[i].name)));
	ev_form_put(&status, "lastAnchor",
	    ev_node_copy(ev_form_get(state, "lastAnchor")));
	return status;
}

struct ev_node
ev_tape_show(struct ev_node *state, struct ev_node part[EV_TAPE_PARTS])
{
	static const char *const own[] = { "turn", "latestEventId",
		"checkpointEventId" };
	struct ev_node view = ev_node_open(EV_OBJECT);
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		ev_form_put(
		    &view, own[i], ev_node_copy(ev_form_get(state, own[i])));
	ev_tasks_list(&part[EV_TAPE_TASKS]);
	ev_facts_list(&part[EV_TAPE_FACTS]);
	for (i = 0; i < EV_TAPE_PARTS; i++) {
		ev_form_put(&view, part_names[i], part[i]);
		part[i] = EV_NODE_NONE;
	}
	ev_form_put(&view, "status", status_of(state));
	return view;
}
