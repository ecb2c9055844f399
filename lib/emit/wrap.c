#include "emit/wrap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "emit/build.h"
#include "emit/draft.h"
#include "emit/assign.h"
#include "emit/raw.h"
#include "event/event.h"
#include "exec/command.h"
#include "json/quote.h"
#include "text/time.h"

/* What the command learns of its event. */
struct told {
	struct ev_buf id, correlation, session;
};

/* A file that a field names is read now: after the command it may be another,
 * or none. */
static int
read_file(const struct ev_wrap *w, char **arg, struct ev_err *err)
{
	struct ev_assign field = EV_ASSIGN_INIT;
	struct ev_buf text = EV_BUF_INIT;

	if (ev_assign_parse(&field, *arg, w->given->max_line, err) == -1) {
		ev_buf_clear(&field.raw);
		return -1;
	}
	if (field.file) {
		ev_buf_addslice(&text, field.name);
		ev_buf_adds(&text, ":=");
		ev_buf_addslice(&text, ev_buf_slice(&field.raw));
		*arg = ev_strdup(ev_buf_str(&text));
	}
	ev_buf_clear(&text);
	ev_buf_clear(&field.raw);
	return 0;
}

/* The event as it is when the command ended so.  As ev_build. */
static int
build(struct ev_wrap *w, struct ev_entry **entry, struct ev_err *err)
{
	bool other = w->on_error != NULL && !ev_said_ran_well(&w->ran);
	struct ev_extra *extra;

	*entry = ev_queue_next(&w->record->queue, &extra);
	return ev_build(w->given, other ? w->on_error : w->type, w->fields,
	    w->count, *entry, extra, err);
}

/* The id that the event of an entry gets, in w->id and as people see it. */
static int
make_id(struct ev_wrap *w, const struct ev_entry *e, struct ev_slice parent,
    struct ev_buf *id, struct ev_err *err)
{
	const char *prefix = w->given->shape->id_prefix;
	struct ev_buf last = EV_BUF_INIT;
	struct timespec now;
	unsigned n = 1;

	if (e->identity == EV_HAND_ID)
		ev_buf_addslice(id, e->own_id);
	if (e->identity == EV_HAND_ID || e->identity == EV_NO_ID)
		return 0;
	if (ev_now(&now, err) == -1)
		return -1;
	if (ev_slice_starts(parent, prefix))
		ev_buf_add(&last, parent.p + strlen(prefix),
		    parent.n - strlen(prefix));
	ev_buf_str(&last);
	do
		if (e->identity == EV_NEW_STAMP)
			ev_ident_stamp(e->finger, e->time, n, w->id);
		else if (e->identity == EV_NEW_GUARD)
			ev_ident_agentguard(e->time, e->finger, n, w->id);
		else
			ev_uuid7_early(now, last.p, w->id);
	while (n++, strcmp(w->id, last.p) == 0);
	ev_buf_addf(id, "%s%s", prefix, w->id);
	ev_buf_clear(&last);
	return 0;
}

/* The event's own correlation and session, by its dialect. */
static void
read_roles(struct ev_wrap *w, const struct ev_entry *e, struct told *told)
{
	const char *session = ev_setting(w->given->settings, EV_SET_SESSION);
	struct ev_model *model = ev_model_new(e->dialect);
	struct ev_event *event;

	ev_model_want(model, EV_CORRELATION);
	ev_model_want(model, EV_SESSION);
	ev_model_seal(model);
	event = ev_event_new(model);
	if (ev_event_read(event, e->line.p, e->line.n) == EV_SCAN_OK) {
		ev_buf_addslice(
		    &told->correlation, ev_event_text(event, EV_CORRELATION));
		ev_buf_addslice(
		    &told->session, ev_event_text(event, EV_SESSION));
	}
	/* a record of GEP's without signals */
	if (ev_slice_is(ev_buf_slice(&told->correlation), "(none)"))
		ev_buf_reset(&told->correlation);
	if (told->session.n == 0 && session != NULL)
		ev_buf_adds(&told->session, session);
	ev_event_free(event);
	ev_model_free(model);
}

/* All that the command emits hangs together with its event: by what the event
 * correlates with, else by its id, and then it says so itself. */
static int
correlate(struct ev_wrap *w, struct told *told, struct ev_err *err)
{
	if (told->correlation.n > 0 || told->id.n == 0)
		return 0;
	ev_buf_addslice(&told->correlation, ev_buf_slice(&told->id));
	return ev_given_say(w->given, EV_SAY_CORRELATION,
	    ev_buf_str(&told->correlation), true, err);
}

static void
put_variable(const char *name, struct ev_buf *value)
{
	if (value->n > 0)
		setenv(name, ev_buf_str(value), 1);
}

/* An event that has no id, or that nobody will find, is left out of the chain:
 * what caused it causes what the command emits, too. */
static void
put_environment(struct told *told, bool kept, struct ev_slice parent)
{
	if (!kept || told->id.n == 0) {
		ev_buf_reset(&told->id);
		ev_buf_addslice(&told->id, parent);
	}
	put_variable("EV_CAUSED_BY", &told->id);
	put_variable("EV_CORRELATION", &told->correlation);
	put_variable("EV_SESSION", &told->session);
}

/* Both ends are tried: what is not allowed after one of them is said now. */
static int
rehearse(struct ev_wrap *w, struct told *told, struct ev_slice parent,
    struct ev_err *err)
{
	struct ev_entry *entry;
	struct ev_err why;
	int well, ill;

	well = build(w, &entry, err);
	if (well == -1 || make_id(w, entry, parent, &told->id, err) == -1)
		return -1;
	read_roles(w, entry, told);
	if (correlate(w, told, err) == -1)
		return -1;
	w->ran.end = (struct ev_exec_end){ .status = 127, .error = ENOENT };
	ill = build(w, &entry, &why);
	if (ill == -1)
		return ev_fail(err, "if the command fails: %s", why.text);
	put_environment(told, well == 1 || ill == 1, parent);
	return 0;
}

/* The store must be one that can be written. */
static int
try_store(struct ev_record *record, struct ev_err *err)
{
	if (record->dry_run || record->best_effort)
		return 0;
	if (ev_record_open(record, err) == -1)
		return -1;
	return ev_store_write(record->store, NULL, 0, err);
}

int
ev_wrap_begin(struct ev_wrap *w, struct ev_err *err)
{
	const struct ev_buf *said = &w->given->said[EV_SAY_PARENT].raw;
	struct ev_val val = { .kind = EV_NONE };
	struct told told = { EV_BUF_INIT, EV_BUF_INIT, EV_BUF_INIT };
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice parent = { NULL, 0 };
	size_t i;
	int r;

	for (i = 0; i < w->count; i++)
		if (read_file(w, &w->fields[i], err) == -1)
			return -1;
	if (ev_draft_time(w->given, &w->given->time, err) == -1)
		return -1;
	w->given->timed = true;
	w->given->ran = &w->ran;
	w->ran.cwd = getcwd(NULL, 0);
	w->ran.test = w->given->shape->dialect == &ev_dialects[EV_GOVERN] &&
	    strcmp(w->type, "test") == 0;
	if (said->n > 0) {
		val = ev_raw_val(ev_buf_slice(said));
		parent = ev_val_text(&val, &scratch);
	}
	r = rehearse(w, &told, parent, err);
	ev_buf_clear(&told.id);
	ev_buf_clear(&told.correlation);
	ev_buf_clear(&told.session);
	ev_buf_clear(&scratch);
	return r == 0 ? try_store(w->record, err) : -1;
}

void
ev_wrap_run(struct ev_wrap *w)
{
	struct ev_buf name = EV_BUF_INIT;
	char *const word[] = { w->ran.argv[0], NULL };

	ev_exec_run(w->ran.argv, &w->signals, &w->ran.end);
	if (w->ran.end.error == 0)
		return;
	ev_exec_redacted(word, &name);
	ev_record_say(w->record, "cannot run %s: %s", ev_buf_str(&name),
	    strerror(w->ran.end.error));
	ev_buf_clear(&name);
}

int
ev_wrap_end(struct ev_wrap *w, struct ev_err *err)
{
	struct ev_entry *entry;
	int r;

	/* what the rehearsal found is found again */
	if (w->given->redact != NULL)
		ev_redact_forget(w->given->redact);
	ev_buf_reset(&w->given->actor);
	r = build(w, &entry, err);
	if (r != 1)
		return r;
	memcpy(entry->id, w->id, sizeof(entry->id));
	ev_queue_keep(&w->record->queue);
	if (ev_record_commit(w->record, err) == -1)
		return -1;
	if (w->id[0] != '\0' && strcmp(entry->id, w->id) != 0)
		ev_record_say(w->record,
		    "the id %s was taken while the command ran; the event "
		    "is %s",
		    w->id, entry->id);
	return 1;
}
