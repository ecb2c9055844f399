#include "parse/unit.h"

#include "base/utf8.h"
#include "parse/clean.h"

void
ev_unit_begin(struct ev_unit *unit)
{
	struct ev_buf raw = unit->raw;

	ev_buf_reset(&raw);
	memset(unit, 0, sizeof(*unit));
	unit->raw = raw;
}

void
ev_unit_clear(struct ev_unit *unit)
{
	ev_buf_clear(&unit->raw);
}

static enum ev_unit_now
closes(struct ev_unit *unit, char c)
{
	if (unit->depth == 0)
		return EV_UNIT_WRONG;
	unit->depth--;
	if (unit->depth == 0 && unit->list && c == ']')
		return EV_UNIT_END;
	return unit->depth == (unit->list ? 1 : 0) ? EV_UNIT_VALUE :
						     EV_UNIT_MORE;
}

/* One byte outside of strings; `at` is where it stands in raw. */
static enum ev_unit_now
structure(struct ev_unit *unit, char c, size_t at)
{
	switch (c) {
	case '[':
	case '{':
		if (!unit->begun && c == '[')
			unit->list = true;
		else if (unit->depth == (unit->list ? 1 : 0))
			unit->from = at;
		unit->begun = true;
		unit->depth++;
		return EV_UNIT_MORE;
	case ']':
	case '}':
		return closes(unit, c);
	case '"':
		unit->string = true;
		return EV_UNIT_MORE;
	default:
		/* white space, numbers, true, false, null */
		return c != '\0' &&
			strchr(" \t\r\n,:+-.0123456789eEtrufalsn", c) != NULL ?
		    EV_UNIT_MORE :
		    EV_UNIT_WRONG;
	}
}

enum ev_unit_now
ev_unit_feed(struct ev_unit *unit, const char *p, size_t n, size_t *used)
{
	enum ev_unit_now now = EV_UNIT_MORE;
	size_t i, at = unit->raw.n;

	for (i = 0; i < n && now == EV_UNIT_MORE; i++) {
		if (!unit->string)
			now = structure(unit, p[i], at + i);
		else if (p[i] == '\n')
			now = EV_UNIT_WRONG;
		else if (unit->escape)
			unit->escape = false;
		else if (p[i] == '\\')
			unit->escape = true;
		else if (p[i] == '"')
			unit->string = false;
	}
	ev_buf_add(&unit->raw, p, i);
	*used = i;
	if (now == EV_UNIT_MORE && unit->raw.n > EV_UNIT_MOST)
		now = EV_UNIT_WRONG;
	return now;
}

bool
ev_unit_value(struct ev_unit *unit, struct ev_val *val)
{
	struct ev_buf clean = EV_BUF_INIT;
	struct ev_buf *raw = &unit->raw;
	size_t i, n = raw->n - unit->from;

	if (!ev_utf8_valid(raw->p + unit->from, n)) {
		ev_clean_add(
		    &clean, (struct ev_slice){ raw->p + unit->from, n });
		raw->n = unit->from;
		ev_buf_addslice(raw, ev_buf_slice(&clean));
		ev_buf_clear(&clean);
		n = raw->n - unit->from;
	}
	ev_buf_reserve(raw, EV_SCAN_PAD);
	memset(raw->p + raw->n, 0, EV_SCAN_PAD);
	/* to the scanner a line end is the end; none stands in a string */
	for (i = unit->from; i < raw->n; i++)
		if (raw->p[i] == '\n')
			raw->p[i] = ' ';
	return ev_scan_value(raw->p + unit->from, n, val, NULL) == EV_SCAN_OK;
}

void
ev_unit_next(struct ev_unit *unit)
{
	ev_buf_reset(&unit->raw);
	unit->from = 0;
}

bool
ev_unit_opens(struct ev_slice line)
{
	size_t i = 0;
	char open;

	while (i < line.n && strchr(" \t", line.p[i]) != NULL)
		i++;
	if (i == line.n || (line.p[i] != '{' && line.p[i] != '['))
		return false;
	open = line.p[i++];
	while (i < line.n && strchr(" \t\r", line.p[i]) != NULL)
		i++;
	return i == line.n || line.p[i] == (open == '{' ? '"' : '{') ||
	    (open == '[' && line.p[i] == ']');
}
