#include "fp/mark.h"

#include "event/gepkey.h"
#include "fp/runfile.h"
#include "json/quote.h"
#include "json/walk.h"

static const struct {
	const char *name;
	unsigned part;
} part[] = {
	{ "type", EV_MARK_TYPE },
	{ "message", EV_MARK_MESSAGE },
	{ "file", EV_MARK_FILE },
	{ "line", EV_MARK_LINE },
};
#define PARTS (sizeof(part) / sizeof(part[0]))

static const char error_prefix[] = "errsig:";

int
ev_mark_parts(const char *list, unsigned *parts, struct ev_err *err)
{
	const char *p = list;
	struct ev_slice name;
	size_t i;

	*parts = 0;
	for (;;) {
		name = (struct ev_slice){ p, strcspn(p, ",") };
		for (i = 0; i < PARTS && !ev_slice_is(name, part[i].name); i++)
			;
		if (i == PARTS)
			return ev_fail(err,
			    "no part of a fingerprint is called '%.*s' (type, "
			    "message, file, line)",
			    (int)name.n, name.p);
		*parts |= part[i].part;
		p += name.n;
		if (*p == '\0')
			return 0;
		p++;
	}
}

int
ev_mark_field(struct ev_model *model, const char *text)
{
	struct ev_path path = EV_PATH_INIT;
	int field = -1;

	if (ev_path_parse(&path, ev_slice_of(text), NULL) == 0)
		field = ev_model_path(model, &path);
	ev_path_clear(&path);
	return field;
}

void
ev_mark_want(struct ev_mark_way *way, struct ev_model *model)
{
	static const enum ev_role roles[] = { EV_TYPE, EV_MESSAGE, EV_FILE,
		EV_LINE, EV_FINGERPRINT, EV_SIGNAL };
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		ev_model_want(model, roles[i]);
	way->stored = ev_mark_field(model, "fingerprint");
	way->signals = ev_mark_field(model, "signal.signals");
}

void
ev_marker_begin(struct ev_marker *marker, const struct ev_mark_way *way)
{
	*marker = (struct ev_marker){ .way = way, .memo = ev_memo_new() };
}

void
ev_marker_clear(struct ev_marker *marker)
{
	ev_buf_clear(&marker->text);
	ev_buf_clear(&marker->stored);
	ev_memo_free(marker->memo);
}

/* An ev_event_field: keeps the value. */
static int
keep(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 1;
}

struct ev_val
ev_mark_value(struct ev_event *ev, int field)
{
	struct ev_val val = { .kind = EV_NONE };

	ev_event_field(ev, field, keep, &val);
	return val;
}

struct ev_slice
ev_mark_stored(struct ev_marker *marker, struct ev_event *ev)
{
	struct ev_val val = ev_event_role(ev, EV_FINGERPRINT);

	if (val.kind != EV_STRING || val.n == 0)
		val = ev_mark_value(ev, marker->way->stored);
	if (val.kind != EV_STRING)
		return EV_SLICE("");
	return ev_val_text(&val, &marker->stored);
}

bool
ev_mark_stands(
    struct ev_marker *marker, struct ev_event *ev, struct ev_slice mark)
{
	struct ev_val val = ev_mark_value(ev, marker->way->stored);

	return val.kind == EV_STRING && ev_val_eq(&val, mark);
}

struct ev_val
ev_mark_signals(const struct ev_mark_way *way, struct ev_event *ev)
{
	struct ev_val val = ev_event_role(ev, EV_SIGNAL);

	return val.kind != EV_NONE ? val : ev_mark_value(ev, way->signals);
}

void
ev_mark_error(
    const struct ev_mark_way *way, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_slice signal;
	struct ev_val val, each;
	struct ev_walk walk;

	if (ev->dialect != &ev_dialects[EV_GEP]) {
		ev_gepkey_error(out, ev_event_text(ev, EV_MESSAGE));
		return;
	}
	val = ev_mark_signals(way, ev);
	if (val.kind != EV_ARRAY)
		return;
	ev_walk_begin(&walk, &val);
	while (ev_walk_next(&walk, NULL, &each)) {
		if (each.kind != EV_STRING)
			continue;
		signal = ev_val_text(&each, &text);
		if (!ev_slice_starts(signal, error_prefix))
			continue;
		signal.p += sizeof(error_prefix) - 1;
		signal.n -= sizeof(error_prefix) - 1;
		ev_gepkey_error(out, signal);
		break;
	}
	ev_buf_clear(&text);
}

static struct ev_slice
text_of(const struct ev_mark_way *way, struct ev_event *ev, unsigned which,
    enum ev_role role)
{
	return (way->parts & which) != 0 ? ev_event_text(ev, role) :
					   EV_SLICE("");
}

/* Appends a role as it stands in AgentGuard's key, where it is asked for. */
static size_t
put_role(const struct ev_mark_way *way, struct ev_event *ev, unsigned which,
    enum ev_role role, struct ev_buf *out)
{
	size_t from = out->n;
	struct ev_val val = ev_event_role(ev, role);

	if ((way->parts & which) != 0)
		ev_gepkey_text(out, &val);
	return out->n - from;
}

/* A line of 7.0 is 7 to JavaScript, 0 and null are none, but "0" is one. */
static void
print_agentguard(const struct ev_mark_way *way, struct ev_event *ev,
    struct ev_finger *parts, char print[EV_FINGER_SIZE])
{
	struct ev_buf text = EV_BUF_INIT;

	ev_buf_reserve(&text, 1);
	parts->file.n = put_role(way, ev, EV_MARK_FILE, EV_FILE, &text);
	parts->line.n = put_role(way, ev, EV_MARK_LINE, EV_LINE, &text);
	parts->file.p = text.p;
	parts->line.p = text.p + parts->file.n;
	ev_finger_agentguard(parts, print);
	ev_buf_clear(&text);
}

struct ev_slice
ev_mark_anew(struct ev_marker *marker, struct ev_event *ev)
{
	const struct ev_mark_way *way = marker->way;
	struct ev_val whole = { ev->line.p, (uint32_t)ev->line.n, EV_OBJECT,
		0 };
	char print[EV_FINGER_SIZE];
	struct ev_finger parts;

	ev_buf_reset(&marker->text);
	if (way->algo == EV_MARK_GEP) {
		ev_mark_error(way, ev, &marker->text);
		return ev_buf_slice(&marker->text);
	}
	parts = (struct ev_finger){ text_of(way, ev, EV_MARK_TYPE, EV_TYPE),
		text_of(way, ev, EV_MARK_MESSAGE, EV_MESSAGE),
		text_of(way, ev, EV_MARK_FILE, EV_FILE),
		text_of(way, ev, EV_MARK_LINE, EV_LINE) };
	if (way->algo == EV_MARK_FP1 && marker->memo != NULL)
		ev_memo_print(marker->memo, &parts, print);
	else if (way->algo == EV_MARK_FP1)
		ev_finger_print(&parts, print);
	else if (ev->dialect == &ev_dialects[EV_AGENTGUARD_RUN])
		ev_runfile_print(&whole, print);
	else
		print_agentguard(way, ev, &parts, print);
	ev_buf_adds(&marker->text, print);
	return ev_buf_slice(&marker->text);
}

struct ev_slice
ev_mark(struct ev_marker *marker, struct ev_event *ev)
{
	struct ev_slice stored;

	/* a decision names its finding, whatever that is made of */
	if (!marker->way->anew || ev_mark_verdict(ev) != EV_MARK_OCCURRED) {
		stored = ev_mark_stored(marker, ev);
		if (stored.n > 0)
			return stored;
	}
	return ev_mark_anew(marker, ev);
}

enum ev_mark_verdict
ev_mark_verdict(struct ev_event *ev)
{
	struct ev_slice type;

	if (ev->dialect != &ev_dialects[EV_AGENTGUARD])
		return EV_MARK_OCCURRED;
	type = ev_event_text(ev, EV_TYPE);
	if (ev_slice_is(type, "FindingResolved"))
		return EV_MARK_RESOLVED;
	if (ev_slice_is(type, "FindingReopened"))
		return EV_MARK_REOPENED;
	return EV_MARK_OCCURRED;
}
