#include "fold/origin.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "filter/subject.h"
#include "json/quote.h"

struct field {
	bool payload;
	struct ev_subject subject;
	int *path; /* payload: by the keys of `key` */
};

struct ev_origin {
	struct field *field;
	size_t count;
	struct ev_buf text; /* a computed value, quoted */
};

/* The payload keys of the dialects that are built in. */
static const char *const payload_key[] = { "data", "metadata", "payload" };
#define KEYS (sizeof(payload_key) / sizeof(payload_key[0]))

static void
want_payload(struct field *field, struct ev_model *model)
{
	struct ev_path path;
	size_t i;

	field->payload = true;
	field->path = ev_calloc(KEYS, sizeof(*field->path));
	for (i = 0; i < KEYS; i++) {
		ev_path_parse(&path, ev_slice_of(payload_key[i]), NULL);
		field->path[i] = ev_model_path(model, &path);
		ev_path_clear(&path);
	}
}

static int
read_field(struct field *field, struct ev_slice name, struct ev_model *model,
    struct ev_err *err)
{
	struct ev_scope scope = { model, { 0, 0 }, true };
	struct ev_lex_word word = { NULL, 1, false };
	struct ev_err why;
	int r;

	if (ev_slice_is(name, "payload")) {
		want_payload(field, model);
		return 0;
	}
	word.text = ev_memdup(name.p, name.n);
	r = ev_subject_find(&field->subject, &scope, &word, &why);
	free(word.text);
	if (r == -1)
		/* "column 1: expected a field: path 'a..b': an empty key" */
		return ev_fail(err, "%s", strstr(why.text, "path"));
	return 0;
}

struct ev_origin *
ev_origin_new(const char *fields, struct ev_model *model, struct ev_err *err)
{
	struct ev_origin *origin = ev_calloc(1, sizeof(*origin));
	struct field *field;
	size_t n;

	for (;; fields += n + 1) {
		fields += strspn(fields, " ");
		n = strcspn(fields, ",");
		origin->field = ev_realloc(
		    origin->field, origin->count + 1, sizeof(*field));
		field = &origin->field[origin->count++];
		*field = (struct field){ .payload = false };
		if (read_field(field,
			(struct ev_slice){ fields, strcspn(fields, ", ") },
			model, err) == -1) {
			ev_origin_free(origin);
			return NULL;
		}
		if (fields[n] == '\0')
			return origin;
	}
}

void
ev_origin_free(struct ev_origin *origin)
{
	size_t i;

	if (origin == NULL)
		return;
	for (i = 0; i < origin->count; i++)
		free(origin->field[i].path);
	free(origin->field);
	ev_buf_clear(&origin->text);
	free(origin);
}

bool
ev_origin_stored(const struct ev_origin *origin)
{
	size_t i;

	for (i = 0; i < origin->count; i++)
		if (origin->field[i].payload ||
		    !ev_subject_stored(&origin->field[i].subject))
			return false;
	return true;
}

/* A value that is not in the line. */
static struct ev_val
quoted(struct ev_origin *origin, struct ev_slice text)
{
	ev_buf_reset(&origin->text);
	ev_quote(&origin->text, text);
	return (struct ev_val){ origin->text.p + 1,
		(uint32_t)origin->text.n - 2, EV_STRING,
		memchr(origin->text.p, '\\', origin->text.n) != NULL };
}

/* The event's object without the blanks around it. */
static struct ev_val
whole(const struct ev_event *ev)
{
	const char *p = memchr(ev->line.p, '{', ev->line.n);
	const char *end = ev->line.p + ev->line.n;

	while (end > p && end[-1] != '}')
		end--;
	return (struct ev_val){ p, (uint32_t)(end - p), EV_OBJECT, 0 };
}

static struct ev_val
id_of(struct ev_origin *origin, struct ev_event *ev)
{
	struct ev_val val = ev_event_role(ev, EV_ID);

	if (val.kind == EV_NUMBER || (val.kind == EV_STRING && val.n > 0))
		return val;
	return quoted(origin, ev_event_id(ev));
}

static struct ev_val
subject_of(struct ev_origin *origin, struct ev_event *ev,
    const struct ev_subject *subject)
{
	switch (subject->source) {
	case EV_FROM_ID:
		return id_of(origin, ev);
	case EV_FROM_LEVEL:
		return quoted(origin, ev_slice_of(ev_event_level(ev)));
	case EV_FROM_DIALECT:
		return quoted(origin, ev_slice_of(ev->dialect->name));
	case EV_FROM_CATEGORY:
		return quoted(origin, ev_slice_of(ev_event_category(ev)));
	case EV_FROM_RAW:
		return whole(ev);
	default:
		return ev_event_role(ev, subject->role);
	}
}

struct found {
	int (*fn)(void *arg, const struct ev_val *val);
	void *arg;
	bool any;
};

static int
pass_on(void *arg, const struct ev_val *val)
{
	struct found *found = arg;

	found->any = true;
	return found->fn(found->arg, val);
}

static int
payload_of(struct ev_event *ev, const struct field *field, struct found *found)
{
	const char *key = ev->dialect->payload;
	struct ev_val val;
	size_t i;

	if (key == NULL) {
		val = whole(ev);
		return pass_on(found, &val);
	}
	for (i = 0; i < KEYS; i++)
		if (strcmp(key, payload_key[i]) == 0)
			return ev_event_field(
			    ev, field->path[i], pass_on, found);
	val = ev_event_payload(ev);
	return val.kind != EV_NONE ? pass_on(found, &val) : 0;
}

int
ev_origin_each(struct ev_origin *origin, struct ev_event *ev,
    int (*fn)(void *arg, const struct ev_val *val), void *arg)
{
	struct found found = { fn, arg, false };
	const struct field *field = origin->field;
	struct ev_val val;
	int r = 0;

	for (; field < origin->field + origin->count && !found.any; field++) {
		if (field->payload) {
			r = payload_of(ev, field, &found);
		} else if (field->subject.source == EV_FROM_PATH) {
			r = ev_event_field(
			    ev, field->subject.path, pass_on, &found);
		} else {
			val = subject_of(origin, ev, &field->subject);
			if (val.kind != EV_NONE)
				r = pass_on(&found, &val);
		}
	}
	return r;
}
