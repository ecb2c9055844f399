#include "emit/check.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "emit/rule.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/time.h"

#define SHOWN 60 /* bytes of a wrong value that a message shows */

static const char *const form_word[] = {
	[EV_FORM_TEXT] = "a text",
	[EV_FORM_NAME] = "a text that is not empty",
	[EV_FORM_NAMES] = "an array of texts",
	[EV_FORM_NUMBER] = "a number",
	[EV_FORM_WHOLE] = "a whole number",
	[EV_FORM_BOOL] = "true or false",
	[EV_FORM_OBJECT] = "an object",
	[EV_FORM_TIME] = "a time as in 2026-01-06T10:30:00.000Z",
	[EV_FORM_MS] = "milliseconds since 1970, a number",
	[EV_FORM_ROWS] = "an array of objects",
	[EV_FORM_ANY] = "any JSON",
};

/* A number in quotes: the message then says what is wrong with it. */
static bool
is_quoted_number(const struct ev_member *m, const struct ev_val *val)
{
	return (m->form == EV_FORM_NUMBER || m->form == EV_FORM_WHOLE ||
		   m->form == EV_FORM_MS) &&
	    val->kind == EV_STRING && ev_num_valid(ev_val_slice(val));
}

static int
refuse(const struct ev_member *m, const struct ev_val *val, struct ev_err *err)
{
	struct ev_slice raw = ev_val_raw(val);
	struct ev_buf allowed = EV_BUF_INIT;
	const char *p;

	if (m->words == NULL)
		ev_buf_adds(&allowed, form_word[m->form]);
	for (p = m->words; p != NULL && *p != '\0'; p++)
		if (*p == ' ')
			ev_buf_adds(&allowed, ", ");
		else
			ev_buf_addc(&allowed, *p);
	if (m->low < m->high && m->high == LONG_MAX)
		ev_buf_addf(&allowed, " from %ld on", m->low);
	else if (m->low < m->high)
		ev_buf_addf(&allowed, " %ld to %ld", m->low, m->high);
	if (is_quoted_number(m, val))
		ev_buf_adds(&allowed, ", not a text");
	ev_fail(err, "%s: %.*s%s is not allowed (%s)", m->name,
	    (int)(raw.n < SHOWN ? raw.n : SHOWN), raw.p,
	    raw.n > SHOWN ? "..." : "", ev_buf_str(&allowed));
	ev_buf_clear(&allowed);
	return -1;
}

static bool
word_ok(const char *words, const struct ev_val *val)
{
	const char *p = words, *end;

	for (;; p = end + 1) {
		end = strchrnul(p, ' ');
		if (ev_val_eq(val, (struct ev_slice){ p, (size_t)(end - p) }))
			return true;
		if (*end == '\0')
			return false;
	}
}

static bool
time_ok(const struct ev_val *val)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct timespec t;
	bool ok;

	ok = ev_time_rfc3339(ev_val_text(val, &scratch), &t);
	ev_buf_clear(&scratch);
	return ok;
}

/* Is it an array of elements that are all of a kind? */
static bool
array_ok(const struct ev_val *val, enum ev_kind kind)
{
	struct ev_walk walk;
	struct ev_val each;

	if (val->kind != EV_ARRAY)
		return false;
	ev_walk_begin(&walk, val);
	while (ev_walk_next(&walk, NULL, &each))
		if (each.kind != kind)
			return false;
	return true;
}

static bool
number_ok(const struct ev_member *m, const struct ev_val *val)
{
	struct ev_slice text = ev_val_slice(val);
	char low[24], high[24];
	int64_t whole;
	bool is_whole;

	if (val->kind != EV_NUMBER)
		return false;
	is_whole = ev_num_int(text, &whole);
	if (m->form == EV_FORM_WHOLE && !is_whole)
		return false;
	if (m->low >= m->high)
		return true;
	if (is_whole)
		return whole >= m->low && whole <= m->high;
	snprintf(low, sizeof(low), "%ld", m->low);
	snprintf(high, sizeof(high), "%ld", m->high);
	return ev_num_cmp(text, ev_slice_of(low)) >= 0 &&
	    ev_num_cmp(text, ev_slice_of(high)) <= 0;
}

static bool
ms_ok(const struct ev_val *val)
{
	struct timespec t;

	return val->kind == EV_NUMBER &&
	    ev_time_number(ev_val_slice(val), true, &t);
}

static bool
form_ok(const struct ev_member *m, const struct ev_val *val)
{
	switch (m->form) {
	case EV_FORM_TEXT:
		return val->kind == EV_STRING;
	case EV_FORM_NAME:
		return val->kind == EV_STRING && val->n > 0;
	case EV_FORM_NAMES:
		return array_ok(val, EV_STRING);
	case EV_FORM_NUMBER:
	case EV_FORM_WHOLE:
		return number_ok(m, val);
	case EV_FORM_BOOL:
		return val->kind == EV_TRUE || val->kind == EV_FALSE;
	case EV_FORM_OBJECT:
		return val->kind == EV_OBJECT;
	case EV_FORM_TIME:
		return val->kind == EV_STRING && time_ok(val);
	case EV_FORM_MS:
		return ms_ok(val);
	case EV_FORM_ROWS:
		return array_ok(val, EV_OBJECT);
	case EV_FORM_ANY:
		return true;
	}
	return false;
}

/* May the member be null? */
static bool
null_ok(const struct ev_member *m)
{
	return m->fill == EV_FILL_NOTHING ||
	    (m->fill == EV_FILL_LITERAL && strcmp(m->literal, "null") == 0);
}

static int
missing(const struct ev_member *m, struct ev_err *err)
{
	if (m->hint != NULL)
		return ev_fail(err, "%s: missing (%s)", m->name, m->hint);
	return ev_fail(err, "%s: missing", m->name);
}

/* One object that holds the members of inner. */
static int
check_inner(const struct ev_member *inner, const struct ev_val *object,
    struct ev_err *err)
{
	struct ev_val val;
	int r = 0;

	for (; inner->name != NULL && r == 0; inner++) {
		val = ev_member_of(object, strrchr(inner->name, '.') + 1);
		if (val.kind != EV_NONE)
			r = ev_check_member(inner, &val, err);
		else if (inner->fill == EV_FILL_MUST)
			r = missing(inner, err);
	}
	return r;
}

static int
check_rows(const struct ev_member *inner, const struct ev_val *array,
    struct ev_err *err)
{
	struct ev_walk walk;
	struct ev_val each;
	int r = 0;

	ev_walk_begin(&walk, array);
	while (r == 0 && ev_walk_next(&walk, NULL, &each))
		r = check_inner(inner, &each, err);
	return r;
}

int
ev_check_member(
    const struct ev_member *m, const struct ev_val *val, struct ev_err *err)
{
	if (val->kind == EV_NULL && null_ok(m))
		return 0;
	if (!form_ok(m, val))
		return refuse(m, val, err);
	if (m->words != NULL && !word_ok(m->words, val))
		return refuse(m, val, err);
	if (m->inner == NULL)
		return 0;
	return m->form == EV_FORM_ROWS ? check_rows(m->inner, val, err) :
					 check_inner(m->inner, val, err);
}

int
ev_check(
    const struct ev_shape *shape, const struct ev_val *val, struct ev_err *err)
{
	const struct ev_member *m = shape->member;
	size_t i;

	for (i = 0; i < shape->count; i++, m++) {
		if (val[i].kind != EV_NONE) {
			if (ev_check_member(m, &val[i], err) == -1)
				return -1;
			continue;
		}
		if (m->fill == EV_FILL_MUST)
			return missing(m, err);
	}
	return ev_rule_check(shape, val, err);
}
