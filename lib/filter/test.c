#include "filter/test.h"

#include <stdlib.h>

#include "base/mem.h"
#include "filter/literal.h"
#include "filter/value.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/glob.h"
#include "text/regex.h"

struct ev_test {
	struct ev_field field;
	enum ev_lex_op op;
	bool negate;
	struct ev_value *value;
	size_t count;
	struct ev_regex *regex;
};

struct ev_test *
ev_test_new(const struct ev_scope *scope, const struct ev_lex_word *field,
    struct ev_err *err)
{
	struct ev_test *test = ev_calloc(1, sizeof(*test));

	if (ev_field_find(&test->field, scope, field, err) == 0)
		return test;
	ev_test_free(test);
	return NULL;
}

void
ev_test_free(struct ev_test *test)
{
	size_t i;

	if (test == NULL)
		return;
	for (i = 0; i < test->count; i++)
		ev_value_clear(&test->value[i]);
	free(test->value);
	ev_regex_free(test->regex);
	free(test);
}

void
ev_test_operator(struct ev_test *test, enum ev_lex_op op, bool negate)
{
	test->op = op;
	test->negate = negate;
}

static int
read_pattern(
    struct ev_test *test, const struct ev_lex_word *token, struct ev_err *err)
{
	struct ev_err why;

	test->regex = ev_regex_new(token->text, true, &why);
	if (test->regex == NULL)
		return ev_fail(err, "column %zu: expected a pattern: %s",
		    token->column, why.text);
	return 0;
}

int
ev_test_value(struct ev_test *test, const struct ev_scope *scope,
    const struct ev_lex_word *token, struct ev_err *err)
{
	if (test->op == EV_LEX_REGEX)
		return read_pattern(test, token, err);
	test->value =
	    ev_realloc(test->value, test->count + 1, sizeof(*test->value));
	return ev_value_read(&test->value[test->count++], &test->field,
	    test->op, scope, token, err);
}

/* The operators that look at text alone. */
static bool
is_pattern(const struct ev_test *test)
{
	return test->op == EV_LEX_REGEX || test->op == EV_LEX_GLOB;
}

static bool
pattern_holds(const struct ev_test *test, struct ev_slice text)
{
	if (test->op == EV_LEX_REGEX)
		return ev_regex_match(test->regex, text) > 0;
	return ev_glob_match(test->value[0].slice, text);
}

static bool
text_holds(const struct ev_test *test, struct ev_slice text)
{
	size_t i;

	if (test->op == EV_LEX_EXISTS)
		return true;
	if (is_pattern(test))
		return pattern_holds(test, text);
	for (i = 0; i < test->count; i++)
		if (ev_value_holds_text(
			&test->value[i], &test->field, test->op, text))
			return true;
	return false;
}

struct question {
	const struct ev_test *test;
	struct ev_buf *scratch;
};

static int
ask_value(void *arg, const struct ev_val *val)
{
	const struct question *q = arg;
	const struct ev_test *test = q->test;
	struct ev_slice text;
	size_t i;

	if (val->kind == EV_NONE)
		return 0;
	if (test->op == EV_LEX_EXISTS)
		return val->kind != EV_NULL;
	text = ev_val_text(val, q->scratch);
	if (is_pattern(test))
		return val->kind != EV_NULL && pattern_holds(test, text);
	for (i = 0; i < test->count; i++)
		if (ev_value_holds(
			&test->value[i], &test->field, test->op, val, text))
			return 1;
	return 0;
}

static int
ask(void *arg, const struct ev_val *val)
{
	const struct question *q = arg;
	struct ev_walk walk;
	struct ev_val element;

	if (val->kind != EV_ARRAY || q->test->op == EV_LEX_EXISTS)
		return ask_value(arg, val);
	ev_walk_begin(&walk, val);
	while (ev_walk_next(&walk, NULL, &element))
		if (ask_value(arg, &element))
			return 1;
	return 0;
}

static bool
ask_role(const struct ev_test *test, struct ev_event *ev, struct question *q)
{
	struct ev_val val;

	if (test->op != EV_LEX_EXISTS)
		return ev_event_each(ev, test->field.role, ask, q) != 0;
	val = ev_event_role(ev, test->field.role);
	return ask_value(q, &val);
}

static bool
ask_time(const struct ev_test *test, struct ev_event *ev)
{
	struct timespec time;
	size_t i;

	if (!ev_event_time(ev, &time))
		return false;
	for (i = 0; i < test->count; i++)
		if (ev_value_holds_time(&test->value[i], test->op, time))
			return true;
	return false;
}

static bool
ask_source(const struct ev_test *test, struct ev_event *ev, struct question *q)
{
	bool exists = test->op == EV_LEX_EXISTS;

	switch (test->field.source) {
	case EV_FROM_ROLE:
		return ask_role(test, ev, q);
	case EV_FROM_PATH:
		return ev_event_field(ev, test->field.path, ask, q) != 0;
	case EV_FROM_TIME:
		return exists || is_pattern(test) ? ask_role(test, ev, q) :
						    ask_time(test, ev);
	case EV_FROM_ID:
		return exists ? ask_role(test, ev, q) :
				text_holds(test, ev_event_id(ev));
	case EV_FROM_LEVEL:
		return text_holds(test, ev_slice_of(ev_event_level(ev)));
	case EV_FROM_DIALECT:
		return text_holds(test, ev_slice_of(ev->dialect->name));
	case EV_FROM_CATEGORY:
		return text_holds(test, ev_slice_of(ev_event_category(ev)));
	case EV_FROM_RAW:
		return text_holds(test, ev->line);
	}
	return false;
}

bool
ev_test_match(const struct ev_test *test, struct ev_event *ev)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct question q = { test, &scratch };
	bool found = ask_source(test, ev, &q);

	ev_buf_clear(&scratch);
	return found != test->negate;
}

const char *
ev_test_literal(const struct ev_test *test)
{
	const char *text;

	if (test->negate)
		return NULL;
	if (test->op == EV_LEX_REGEX) {
		text = ev_regex_literal(test->regex);
		if (test->field.source == EV_FROM_RAW || text == NULL)
			return text;
	} else if (test->op == EV_LEX_EQ && test->count == 1 &&
	    !test->value[0].number && !test->value[0].moment) {
		text = test->value[0].text;
	} else {
		return NULL;
	}
	if (!ev_field_stored(&test->field) ||
	    !ev_literal_plain(ev_slice_of(text)))
		return NULL;
	return text;
}
