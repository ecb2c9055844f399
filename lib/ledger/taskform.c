#include "ledger/taskform.h"

#include "fold/plus.h"
#include "ledger/roll.h"

/* clang-format off */
static const char *const statuses[] = {
	"todo", "doing", "done", "blocked", NULL
};
static const char *const phases[] = {
	"align", "investigate", "execute", "verify", "blocked", "done", NULL
};
static const char *const healths[] = {
	"ok", "needs_spec", "blocked", "verification_failed",
	"budget_pressure", "unknown", NULL
};
static const char *const levels[] = { "quick", "standard", "strict", NULL };
static const char *const schemas[] = { EV_TASK_SPEC, NULL };

const struct ev_form ev_task_new_item[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "text", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "status", EV_FORM_WORD, EV_FORM_MAY, "\"todo\"", statuses },
	{ .name = NULL }
};
const struct ev_form ev_task_changed_item[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "text", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "status", EV_FORM_WORD, EV_FORM_MAY, NULL, statuses },
	{ .name = NULL }
};
/* Of checkpoint_set. */
const struct ev_form ev_task_kept_item[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "text", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "status", EV_FORM_WORD, EV_FORM_MAY, "\"todo\"", statuses },
	{ "createdAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "updatedAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
/* Of a tape's checkpoint. */
static const struct ev_form strict_item[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "text", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "status", EV_FORM_WORD, EV_FORM_MUST, NULL, statuses },
	{ "createdAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "updatedAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
const struct ev_form ev_task_new_blocker[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "message", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "source", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "truthFactId", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
const struct ev_form ev_task_kept_blocker[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "message", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "createdAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "source", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "truthFactId", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
const struct ev_form ev_task_set_status[] = {
	{ "phase", EV_FORM_WORD, EV_FORM_MUST, NULL, phases },
	{ "health", EV_FORM_WORD, EV_FORM_MUST, NULL, healths },
	{ "reason", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "updatedAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "truthFactIds", EV_FORM_SOME, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form strict_status[] = {
	{ "phase", EV_FORM_WORD, EV_FORM_MUST, NULL, phases },
	{ "health", EV_FORM_WORD, EV_FORM_MUST, NULL, healths },
	{ "reason", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "updatedAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "truthFactIds", EV_FORM_ALL, EV_FORM_SOUND, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form strict_spec[] = {
	{ "schema", EV_FORM_WORD, EV_FORM_MUST, NULL, schemas },
	{ "goal", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "targets", EV_FORM_OBJECT, EV_FORM_SOUND, NULL, NULL },
	{ "expectedBehavior", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "constraints", EV_FORM_STRINGS, EV_FORM_MAY, NULL, NULL },
	{ "verification", EV_FORM_OBJECT, EV_FORM_SOUND, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form targets[] = {
	{ "files", EV_FORM_STRINGS, EV_FORM_MAY, NULL, NULL },
	{ "symbols", EV_FORM_STRINGS, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form verification[] = {
	{ "level", EV_FORM_WORD, EV_FORM_MAY, NULL, levels },
	{ "commands", EV_FORM_STRINGS, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
const struct ev_form ev_task_lists[] = {
	{ "items", EV_FORM_ARRAY, EV_FORM_MUST, NULL, NULL },
	{ "blockers", EV_FORM_ARRAY, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
/* clang-format on */

/* A part of a spec, of which only the known members stay. */
static void
narrow(struct ev_node *spec, const char *name, const struct ev_form *form)
{
	struct ev_node part;

	if (ev_form_take(form, ev_form_get(spec, name), &part))
		ev_form_put(spec, name, part);
}

/* Puts an object that may be missing, but not wrong; false: it is wrong. */
static bool
put_sound(struct ev_node *from, struct ev_node *to, const char *name,
    const struct ev_form *form)
{
	struct ev_node part;

	if (ev_form_get(from, name) == NULL)
		return true;
	if (!ev_form_take(form, ev_form_get(from, name), &part))
		return false;
	ev_form_put(to, name, part);
	return true;
}

bool
ev_tasks_restore(struct ev_node *from, struct ev_node *out)
{
	const struct ev_node *time = ev_form_get(from, "updatedAt");
	struct ev_node items, blockers;
	bool sound;

	*out = ev_node_open(EV_OBJECT);
	sound =
	    ev_form_list(strict_item, ev_form_get(from, "items"), true, &items);
	ev_form_put(out, "items", items);
	sound &= ev_form_list(ev_task_kept_blocker,
	    ev_form_get(from, "blockers"), true, &blockers);
	ev_form_put(out, "blockers", blockers);
	sound &= time == NULL || time->kind == EV_NULL || ev_plus_finite(time);
	ev_form_put(out, "updatedAt",
	    time != NULL ? ev_node_copy(time) : ev_node_word(EV_NULL));
	sound &= put_sound(from, out, "spec", strict_spec);
	sound &= put_sound(from, out, "status", strict_status);
	if (!sound) {
		ev_node_clear(out);
		return false;
	}
	ev_roll_enter(out, "items");
	ev_roll_enter(out, "blockers");
	narrow(ev_form_get(out, "spec"), "targets", targets);
	narrow(ev_form_get(out, "spec"), "verification", verification);
	return true;
}
