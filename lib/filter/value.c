#include "filter/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "event/level.h"
#include "json/number.h"
#include "text/time.h"
#include "text/when.h"

static bool
begins_with_date(const char *text)
{
	static const char form[] = "dddd-dd-dd";
	size_t i;

	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' :
				     text[i] != form[i])
			return false;
	return true;
}

static int
read_time(struct ev_value *value, const struct ev_subject *field,
    const struct ev_scope *scope, size_t column, struct ev_err *err)
{
	bool wanted = field->source == EV_FROM_TIME;
	struct ev_err why;

	if (!wanted && !begins_with_date(value->text))
		return 0;
	value->moment = ev_when_parse(value->text, scope->now, scope->utc,
			    &value->time, &why) == 0;
	if (wanted && !value->moment)
		return ev_fail(
		    err, "column %zu: expected a time: %s", column, why.text);
	return 0;
}

int
ev_value_read(struct ev_value *value, const struct ev_subject *field,
    enum ev_lex_op op, const struct ev_scope *scope,
    const struct ev_lex_word *token, struct ev_err *err)
{
	*value = (struct ev_value){ .text = ev_strdup(token->text) };
	value->slice = ev_slice_of(value->text);
	if (op == EV_LEX_GLOB)
		return 0;
	value->number = ev_lex_number(token);
	value->null = !token->quoted && strcmp(value->text, "null") == 0;
	if (ev_subject_numeric(field) && op != EV_LEX_EQ && !token->quoted &&
	    value->number == NULL)
		return ev_fail(
		    err, "column %zu: expected a number", token->column);
	return read_time(value, field, scope, token->column, err);
}

void
ev_value_clear(struct ev_value *value)
{
	free(value->text);
	free(value->number);
	*value = (struct ev_value){ .text = NULL };
}

/* Does "left op right" hold when left compares so with right? */
static bool
holds(enum ev_lex_op op, int cmp)
{
	switch (op) {
	case EV_LEX_EQ:
		return cmp == 0;
	case EV_LEX_LT:
		return cmp < 0;
	case EV_LEX_LE:
		return cmp <= 0;
	case EV_LEX_GT:
		return cmp > 0;
	case EV_LEX_GE:
		return cmp >= 0;
	case EV_LEX_REGEX:
	case EV_LEX_GLOB:
	case EV_LEX_EXISTS:
		break;
	}
	return false;
}

bool
ev_value_holds(const struct ev_value *value, const struct ev_subject *field,
    enum ev_lex_op op, const struct ev_val *val, struct ev_slice text)
{
	struct timespec time;

	if (val->kind == EV_NULL)
		return op == EV_LEX_EQ && value->null;
	if (value->number != NULL &&
	    (val->kind == EV_NUMBER ||
		(ev_subject_numeric(field) && ev_num_valid(text))))
		return holds(op, ev_num_cmp(text, ev_slice_of(value->number)));
	if (value->moment && val->kind == EV_STRING &&
	    ev_time_rfc3339(text, &time))
		return ev_value_holds_time(value, op, time);
	if (op != EV_LEX_EQ &&
	    (val->kind != EV_STRING ||
		(value->number != NULL && ev_subject_numeric(field))))
		return false;
	return holds(op, ev_slice_cmp(text, value->slice));
}

bool
ev_value_holds_text(const struct ev_value *value,
    const struct ev_subject *field, enum ev_lex_op op, struct ev_slice text)
{
	int a, b;

	if (field->source == EV_FROM_LEVEL) {
		a = ev_level_parse(text);
		b = ev_level_parse(value->slice);
		if (a >= 0 && b >= 0)
			return holds(op, (a > b) - (a < b));
	}
	return holds(op, ev_slice_cmp(text, value->slice));
}

bool
ev_value_holds_time(
    const struct ev_value *value, enum ev_lex_op op, struct timespec time)
{
	return holds(op, ev_time_cmp(time, value->time));
}
