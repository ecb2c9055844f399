#include "stats/field.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/number.h"
#include "text/time.h"

/* Roles that are lists (1-events 1.1). */
static bool
is_list(enum ev_role role)
{
	return role == EV_ARCHETYPE || role == EV_SKILL || role == EV_GENE ||
	    role == EV_SIGNAL;
}

/* Does a path go over elements? */
static bool
over_elements(const char *text)
{
	struct ev_path path = EV_PATH_INIT;
	bool many = false;
	size_t i;

	if (*text == '.')
		text++;
	if (ev_path_parse(&path, ev_slice_of(text), NULL) == -1)
		return false;
	for (i = 0; i < path.count; i++)
		many |= path.step[i].key == NULL;
	ev_path_clear(&path);
	return many;
}

int
ev_field_parse(struct ev_field *field, struct ev_slice text,
    struct ev_model *model, struct ev_err *err)
{
	const struct ev_scope scope = { .model = model };
	struct ev_lex_word word = { .column = 1 };
	struct ev_err why;
	const char *colon;

	*field = (struct ev_field){ .name = ev_memdup(text.p, text.n) };
	word.text = field->name;
	if (ev_subject_find(&field->subject, &scope, &word, &why) == -1) {
		colon = strrchr(why.text, ':');
		ev_fail(err, "'%s' is no field%s", field->name,
		    colon != NULL ? colon : "");
		ev_field_clear(field);
		return -1;
	}
	field->many = field->subject.source == EV_FROM_PATH ?
	    over_elements(field->name) :
	    field->subject.source == EV_FROM_ROLE &&
		is_list(field->subject.role);
	return 0;
}

void
ev_field_clear(struct ev_field *field)
{
	free(field->name);
	field->name = NULL;
}

int
ev_field_role(const struct ev_field *field)
{
	switch (field->subject.source) {
	case EV_FROM_PATH:
	case EV_FROM_DIALECT:
	case EV_FROM_CATEGORY:
	case EV_FROM_RAW:
		return -1;
	default:
		return (int)field->subject.role;
	}
}

/* What is computed, as a string of JSON. */
static struct ev_val
string_of(struct ev_slice text)
{
	return (struct ev_val){
		.p = text.p, .n = (uint32_t)text.n, .kind = EV_STRING
	};
}

struct each {
	int (*fn)(void *arg, const struct ev_val *val);
	void *arg;
};

static int
pass_on(void *arg, const struct ev_val *val)
{
	const struct each *each = arg;

	return val->kind > EV_NULL ? each->fn(each->arg, val) : 0;
}

static int
each_time(struct ev_event *ev, struct ev_buf *scratch, const struct each *each)
{
	struct timespec time;
	char text[EV_TIME_SIZE];
	struct ev_val val;

	if (!ev_event_time(ev, &time))
		return 0;
	ev_time_format(time, text);
	ev_buf_reset(scratch);
	ev_buf_adds(scratch, text);
	val = string_of(ev_buf_slice(scratch));
	return each->fn(each->arg, &val);
}

static int
each_role(const struct ev_field *field, struct ev_event *ev, struct each *each)
{
	struct ev_val val;

	if (field->many)
		return ev_event_each(
		    ev, field->subject.role, each->fn, each->arg);
	val = ev_event_role(ev, field->subject.role);
	return pass_on(each, &val);
}

int
ev_field_each(const struct ev_field *field, struct ev_event *ev,
    struct ev_buf *scratch, int (*fn)(void *arg, const struct ev_val *val),
    void *arg)
{
	struct each each = { fn, arg };
	struct ev_val val;

	switch (field->subject.source) {
	case EV_FROM_ROLE:
		return each_role(field, ev, &each);
	case EV_FROM_PATH:
		return ev_event_field(ev, field->subject.path, pass_on, &each);
	case EV_FROM_TIME:
		return each_time(ev, scratch, &each);
	case EV_FROM_ID:
		val = string_of(ev_event_id(ev));
		break;
	case EV_FROM_LEVEL:
		val = string_of(ev_slice_of(ev_event_level(ev)));
		break;
	case EV_FROM_DIALECT:
		val = string_of(ev_slice_of(ev->dialect->name));
		break;
	case EV_FROM_CATEGORY:
		val = string_of(ev_slice_of(ev_event_category(ev)));
		break;
	default:
		val = string_of(ev->line);
		break;
	}
	return fn(arg, &val);
}

bool
ev_field_number(const struct ev_field *field, const struct ev_val *val,
    struct ev_slice *out)
{
	*out = ev_val_slice(val);
	if (val->kind == EV_NUMBER)
		return true;
	return val->kind == EV_STRING && !val->escaped &&
	    ev_subject_numeric(&field->subject) && ev_num_valid(*out);
}

bool
ev_field_next(const char **at, struct ev_slice *out)
{
	const char *p = *at, *from, *end;
	int deep = 0;
	char quote = '\0';

	if (*p == '\0')
		return false;
	for (from = p; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			p++;
		} else if (quote != '\0') {
			quote = *p == quote ? '\0' : quote;
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
		} else if (*p == '(' || *p == ')') {
			deep += *p == '(' ? 1 : -1;
		} else if (*p == ',' && deep <= 0)
			break;
	}
	*at = *p == ',' ? p + 1 : p;
	for (end = p; from < end && *from == ' '; from++)
		continue;
	while (end > from && end[-1] == ' ')
		end--;
	*out = (struct ev_slice){ from, (size_t)(end - from) };
	return true;
}
