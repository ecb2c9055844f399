#include "emit/fill.h"

#include <stdio.h>
#include <string.h>

#include "emit/gep.h"
#include "event/finger.h"
#include "event/severity.h"
#include "json/member.h"
#include "json/quote.h"
#include "text/time.h"

static void
fill_time(struct ev_draft *d, size_t i, struct timespec t)
{
	char text[EV_TIME_SIZE];

	if (d->shape->member[i].form == EV_FORM_TIME) {
		ev_time_format(t, text);
		ev_draft_text(d, i, text);
	} else {
		snprintf(text, sizeof(text), "%lld", (long long)ev_time_ms(t));
		ev_draft_raw(d, i, ev_slice_of(text));
	}
}

static void
fill_severity(struct ev_draft *d, size_t i)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice type = ev_draft_role(d, EV_TYPE, &scratch);
	char text[16];

	snprintf(text, sizeof(text), "%d", ev_severity_of(type));
	ev_draft_raw(d, i, ev_slice_of(text));
	ev_buf_clear(&scratch);
}

static void
finger_of(const struct ev_draft *d, char out[EV_FINGER_SIZE])
{
	struct ev_buf scratch[4] = { EV_BUF_INIT, EV_BUF_INIT, EV_BUF_INIT,
		EV_BUF_INIT };
	struct ev_finger parts;
	size_t i;

	parts.type = ev_draft_role(d, EV_TYPE, &scratch[0]);
	parts.message = ev_draft_role(d, EV_MESSAGE, &scratch[1]);
	parts.file = ev_draft_role(d, EV_FILE, &scratch[2]);
	parts.line = ev_draft_role(d, EV_LINE, &scratch[3]);
	ev_finger_print(&parts, out);
	for (i = 0; i < 4; i++)
		ev_buf_clear(&scratch[i]);
}

static void
fill_finger(struct ev_draft *d, size_t i)
{
	char finger[EV_FINGER_SIZE];

	finger_of(d, finger);
	ev_draft_text(d, i, finger);
}

/* Room for the id: the prefix alone. */
static void
fill_new_id(struct ev_draft *d, size_t i)
{
	ev_draft_text(d, i, d->shape->id_prefix);
	d->new_id = true;
}

static int
fill_actor(
    struct ev_draft *d, size_t i, struct ev_given *given, struct ev_err *err)
{
	struct ev_slice raw;

	if (ev_given_actor(given, &raw, err) == -1)
		return -1;
	ev_draft_raw(d, i, raw);
	return 0;
}

static int
fill_now(struct ev_draft *d, size_t i, const struct ev_given *given,
    struct ev_err *err)
{
	struct timespec t;

	if (ev_draft_time(given, &t, err) == -1)
		return -1;
	fill_time(d, i, t);
	return 0;
}

static int
fill_member(
    struct ev_draft *d, size_t i, struct ev_given *given, struct ev_err *err)
{
	const struct ev_member *m = &d->shape->member[i];

	switch (m->fill) {
	case EV_FILL_NOTHING:
	case EV_FILL_MUST:
		return 0;
	case EV_FILL_ID:
		fill_new_id(d, i);
		return 0;
	case EV_FILL_NOW:
		return fill_now(d, i, given, err);
	case EV_FILL_ACTOR:
		return fill_actor(d, i, given, err);
	case EV_FILL_SEVERITY:
		fill_severity(d, i);
		return 0;
	case EV_FILL_FINGER:
		fill_finger(d, i);
		return 0;
	case EV_FILL_LITERAL:
		ev_draft_raw(d, i, ev_slice_of(m->literal));
		return 0;
	case EV_FILL_INNER:
		return ev_gep_inner(d, i, given, err);
	case EV_FILL_MACHINE:
		return ev_gep_machine(d, i, err);
	case EV_FILL_ENV_KEY:
		ev_gep_env_key(d, i);
		return 0;
	case EV_FILL_SIGNALS: /* inside an object */
		return 0;
	case EV_FILL_ALL_OK:
		ev_gep_all_ok(d, i);
		return 0;
	case EV_FILL_ASSET:
		ev_draft_text(d, i, "");
		return 0;
	}
	return 0;
}

/* The event's own time, as readers will see it. */
static void
note_time(const struct ev_draft *d, struct ev_entry *entry)
{
	int i = ev_shape_role(d->shape, EV_TIME);
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val meta = ev_draft_named(d, "meta"), val;
	struct ev_slice text;

	if (d->has_time) {
		entry->has_time = true;
		entry->time = d->time;
		return;
	}
	val = ev_member_of(&meta, "at");
	if (val.kind == EV_NONE && i >= 0)
		val = d->val[i];
	text = ev_val_text(&val, &scratch);
	if (val.kind == EV_NUMBER)
		entry->has_time = ev_time_number(text, true, &entry->time);
	else
		entry->has_time = ev_time_rfc3339(text, &entry->time);
	ev_buf_clear(&scratch);
}

/*
 * The fingerprint that a new AgentGuard id is made from: the event's own, when
 * it can stand in an id.
 */
static void
note_finger(const struct ev_draft *d, struct ev_entry *entry)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice own = ev_draft_role(d, EV_FINGERPRINT, &scratch);
	char made[EV_FINGER_SIZE];

	snprintf(
	    entry->finger, sizeof(entry->finger), "%.*s", (int)own.n, own.p);
	if (strspn(entry->finger, plain) != own.n) {
		finger_of(d, made);
		snprintf(entry->finger, sizeof(entry->finger), "%s", made);
	}
	ev_buf_clear(&scratch);
}

/* A record of GEP's stays as it was written, but for an id and a time: its
 * digest is of all of it. */
static bool
wanted(const struct ev_draft *d, size_t i)
{
	enum ev_fill fill = d->shape->member[i].fill;

	if (d->shape->stamp == NULL || d->fresh || fill == EV_FILL_ID)
		return true;
	return !d->has_time && (fill == EV_FILL_NOW || fill == EV_FILL_INNER);
}

int
ev_fill(struct ev_draft *d, struct ev_given *given, struct ev_entry *entry,
    struct ev_err *err)
{
	size_t i;

	for (i = 0; i < d->shape->count; i++)
		if ((d->val[i].kind == EV_NONE && wanted(d, i) &&
			fill_member(d, i, given, err) == -1) ||
		    (ev_gep_lacks(d, i) &&
			ev_gep_inner(d, i, given, err) == -1))
			return -1;
	entry->dialect = d->shape->dialect;
	note_time(d, entry);
	if (!d->new_id) {
		entry->identity = EV_NO_ID;
		return 0;
	}
	entry->identity = d->shape->guard_ids ? EV_NEW_GUARD : EV_NEW_UUID;
	if (d->shape->guard_ids)
		note_finger(d, entry);
	if (d->shape->stamp != NULL) {
		entry->identity = EV_NEW_STAMP;
		snprintf(entry->finger, sizeof(entry->finger), "%s",
		    d->shape->stamp);
	}
	return 0;
}
