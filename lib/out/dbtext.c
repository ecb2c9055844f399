#include "out/dbtext.h"

#include <string.h>

#include "base/utf8.h"
#include "json/number.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define DIGITS_MOST 1000	   /* of a number that is surely held */
#define YEAR_ZERO "0000-"

void
ev_dbtext_clean(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *from = p;
	uint32_t cp;
	int len;

	for (; p < end; p += len) {
		len = ev_utf8_next(p, end, &cp);
		if (len > 0 && cp != 0)
			continue;
		ev_buf_add(out, from, (size_t)(p - from));
		ev_buf_adds(out, REPLACEMENT);
		/* a surrogate is three bytes that are wrong together */
		if (len == 0)
			len = (unsigned char)*p == 0xed && end - p >= 3 ? 3 : 1;
		from = p + len;
	}
	ev_buf_add(out, from, (size_t)(end - from));
}

/* The unit of the \uXXXX at p, or -1. */
static int
unit_at(const char *p, const char *end)
{
	static const char hex[] = "0123456789abcdef";
	int unit = 0, i;
	const char *digit;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (i = 2; i < 6; i++) {
		digit = memchr(hex, p[i] | 0x20, 16);
		if (digit == NULL || p[i] == '\0')
			return -1;
		unit = unit << 4 | (int)(digit - hex);
	}
	return unit;
}

static bool
is_high(int unit)
{
	return unit >= 0xd800 && unit < 0xdc00;
}

static bool
is_low(int unit)
{
	return unit >= 0xdc00 && unit < 0xe000;
}

/* Copies the escape at p; gives its length. */
static size_t
copy_escape(struct ev_buf *out, const char *p, const char *end)
{
	int unit = unit_at(p, end);
	size_t n = unit >= 0 ? 6 : 2;

	if (is_high(unit) && is_low(unit_at(p + 6, end)))
		n = 12;
	else if (unit == 0 || is_high(unit) || is_low(unit)) {
		ev_buf_adds(out, "\\ufffd");
		return n;
	}
	ev_buf_add(out, p, n);
	return n;
}

/* Copies the number at p, in quotes when it may be more than is held; gives
 * its length. */
static size_t
copy_number(struct ev_buf *out, const char *p, const char *end)
{
	size_t n = 0, digits = 0;
	bool large;

	while (p + n < end && strchr("+-.0123456789eE", p[n]) != NULL)
		n++;
	for (large = n > DIGITS_MOST; digits < n; digits++)
		if ((p[digits] | 0x20) == 'e')
			break;
	large |= n - digits > sizeof("e+999") - 1;
	if (large)
		ev_buf_addc(out, '"');
	ev_buf_add(out, p, n);
	if (large)
		ev_buf_addc(out, '"');
	return n;
}

/* The sound JSON of a line with what jsonb does not hold replaced. */
static void
clean_json(struct ev_buf *out, struct ev_slice json)
{
	const char *p = json.p, *end = p + json.n;
	bool string = false;
	size_t n;

	for (; p < end; p += n) {
		n = 1;
		if (string && *p == '\\') {
			n = copy_escape(out, p, end);
		} else if (!string && (*p == '-' || (*p >= '0' && *p <= '9'))) {
			n = copy_number(out, p, end);
		} else {
			string ^= *p == '"';
			ev_buf_addc(out, *p);
		}
	}
}

const char *
ev_dbtext_name(const struct ev_columns *columns, size_t i)
{
	const char *name = ev_columns_name(columns, i);

	return strcmp(name, "raw") == 0 ? "event" : name;
}

/* Is it a cell that its typed column of the table takes? */
static bool
fits(const char *name, struct ev_slice cell)
{
	int64_t number;

	if (strcmp(name, "severity") == 0)
		return ev_num_valid(cell) && ev_num_int(cell, &number) &&
		    number >= INT32_MIN && number <= INT32_MAX &&
		    cell.n <= sizeof("-2147483648") - 1 &&
		    strspn(cell.p, "-0123456789") >= cell.n;
	return strcmp(name, "time") != 0 || !ev_slice_starts(cell, YEAR_ZERO);
}

bool
ev_dbtext(const struct ev_columns *columns, size_t i, struct ev_event *ev,
    struct ev_buf *out)
{
	const char *name = ev_columns_name(columns, i);
	struct ev_buf cell = EV_BUF_INIT;
	size_t from = out->n;

	ev_columns_text(columns, i, ev, &cell);
	ev_buf_str(&cell);
	if (cell.n > 0 && fits(name, ev_buf_slice(&cell))) {
		if (strcmp(name, "raw") == 0)
			clean_json(out, ev_buf_slice(&cell));
		else
			ev_dbtext_clean(out, ev_buf_slice(&cell));
	}
	ev_buf_clear(&cell);
	return out->n > from;
}
