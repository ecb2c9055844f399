#include "filter/compare.h"

#include <stdlib.h>

#include "base/mem.h"
#include "filter/literal.h"
#include "filter/value.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/glob.h"
#include "text/regex.h"

struct ev_compare {
	struct ev_subject field;
	enum ev_lex_op op;
	bool negate;
	struct ev_value *value;
	size_t count;
	struct ev_regex *regex;
};

struct ev_compare *
ev_compare_new(const struct ev_scope *scope, const struct ev_lex_word *field,
    struct ev_err *err)
{
	struct ev_compare *compare = ev_calloc(1, sizeof(*compare));

	if (ev_subject_find(&compare->field, scope, field, err) == 0)
		return compare;
	ev_compare_free(compare);
	return NULL;
}

void
ev_compare_free(struct ev_compare *compare)
{
	size_t i;

	if (compare == NULL)
		return;
	for (i = 0; i < compare->count; i++)
		ev_value_clear(&compare->value[i]);
	free(compare->value);
	ev_regex_free(compare->regex);
	free(compare);
}

void
ev_compare_operator(struct ev_compare *compare, enum ev_lex_op op, bool negate)
{
	compare->op = op;
	compare->negate = negate;
}

static int
read_pattern(struct ev_compare *compare, const struct ev_lex_word *token,
    struct ev_err *err)
{
	struct ev_err why;

	compare->regex = ev_regex_new(token->text, true, &why);
	if (compare->regex == NULL)
		return ev_fail(err, "column %zu: %s", token->column, why.text);
	return 0;
}

int
ev_compare_value(struct ev_compare *compare, const struct ev_scope *scope,
    const struct ev_lex_word *token, struct ev_err *err)
{
	if (compare->op == EV_LEX_REGEX)
		return read_pattern(compare, token, err);
	compare->value = ev_realloc(
	    compare->value, compare->count + 1, sizeof(*compare->value));
	return ev_value_read(&compare->value[compare->count++], &compare->field,
	    compare->op, scope, token, err);
}

/* The operators that look at text alone. */
static bool
is_pattern(const struct ev_compare *compare)
{
	return compare->op == EV_LEX_REGEX || compare->op == EV_LEX_GLOB;
}

static bool
pattern_holds(const struct ev_compare *compare, struct ev_slice text)
{
	if (compare->op == EV_LEX_REGEX)
		return ev_regex_match(compare->regex, text) > 0;
	return ev_glob_match(compare->value[0].slice, text);
}

static bool
text_holds(const struct ev_compare *compare, struct ev_slice text)
{
	size_t i;

	if (compare->op == EV_LEX_EXISTS)
		return true;
	if (is_pattern(compare))
		return pattern_holds(compare, text);
	for (i = 0; i < compare->count; i++)
		if (ev_value_holds_text(
			&compare->value[i], &compare->field, compare->op, text))
			return true;
	return false;
}

struct question {
	const struct ev_compare *compare;
	struct ev_buf *scratch;
};

static int
ask_value(void *arg, const struct ev_val *val)
{
	const struct question *q = arg;
	const struct ev_compare *compare = q->compare;
	struct ev_slice text;
	size_t i;

	if (val->kind == EV_NONE)
		return 0;
	if (compare->op == EV_LEX_EXISTS)
		return val->kind != EV_NULL;
	text = ev_val_text(val, q->scratch);
	if (is_pattern(compare))
		return val->kind != EV_NULL && pattern_holds(compare, text);
	for (i = 0; i < compare->count; i++)
		if (ev_value_holds(&compare->value[i], &compare->field,
			compare->op, val, text))
			return 1;
	return 0;
}

static int
ask(void *arg, const struct ev_val *val)
{
	const struct question *q = arg;
	struct ev_walk walk;
	struct ev_val element;

	if (val->kind != EV_ARRAY || q->compare->op == EV_LEX_EXISTS)
		return ask_value(arg, val);
	ev_walk_begin(&walk, val);
	while (ev_walk_next(&walk, NULL, &element))
		if (ask_value(arg, &element))
			return 1;
	return 0;
}

static bool
ask_role(
    const struct ev_compare *compare, struct ev_event *ev, struct question *q)
{
	struct ev_val val;

	if (compare->op != EV_LEX_EXISTS)
		return ev_event_each(ev, compare->field.role, ask, q) != 0;
	val = ev_event_role(ev, compare->field.role);
	return ask_value(q, &val);
}

static bool
ask_time(const struct ev_compare *compare, struct ev_event *ev)
{
	struct timespec time;
	size_t i;

	if (!ev_event_time(ev, &time))
		return false;
	for (i = 0; i < compare->count; i++)
		if (ev_value_holds_time(&compare->value[i], compare->op, time))
			return true;
	return false;
}

static bool
ask_source(
    const struct ev_compare *compare, struct ev_event *ev, struct question *q)
{
	bool exists = compare->op == EV_LEX_EXISTS;

	switch (compare->field.source) {
	case EV_FROM_ROLE:
		return ask_role(compare, ev, q);
	case EV_FROM_PATH:
		return ev_event_field(ev, compare->field.path, ask, q) != 0;
	case EV_FROM_TIME:
		return exists || is_pattern(compare) ?
		    ask_role(compare, ev, q) :
		    ask_time(compare, ev);
	case EV_FROM_ID:
		return exists ? ask_role(compare, ev, q) :
				text_holds(compare, ev_event_id(ev));
	case EV_FROM_LEVEL:
		return text_holds(compare, ev_slice_of(ev_event_level(ev)));
	case EV_FROM_DIALECT:
		return text_holds(compare, ev_slice_of(ev->dialect->name));
	case EV_FROM_CATEGORY:
		return text_holds(compare, ev_slice_of(ev_event_category(ev)));
	case EV_FROM_RAW:
		return text_holds(compare, ev->line);
	}
	return false;
}

bool
ev_compare_match(const struct ev_compare *compare, struct ev_event *ev)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct question q = { compare, &scratch };
	bool found = ask_source(compare, ev, &q);

	ev_buf_clear(&scratch);
	return found != compare->negate;
}

uint64_t
ev_compare_unsolved(const struct ev_compare *compare)
{
	return compare->regex != NULL ? ev_regex_unsolved(compare->regex) : 0;
}

const char *
ev_compare_literal(const struct ev_compare *compare)
{
	const char *text;

	if (compare->negate)
		return NULL;
	if (compare->op == EV_LEX_REGEX) {
		text = ev_regex_literal(compare->regex);
		if (compare->field.source == EV_FROM_RAW || text == NULL)
			return text;
	} else if (compare->op == EV_LEX_EQ && compare->count == 1 &&
	    compare->value[0].number == NULL && !compare->value[0].moment) {
		text = compare->value[0].text;
	} else {
		return NULL;
	}
	if (!ev_subject_stored(&compare->field) ||
	    !ev_literal_plain(ev_slice_of(text)))
		return NULL;
	return text;
}
