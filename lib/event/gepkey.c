#include "event/gepkey.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "json/canon.h"
#include "json/double.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/lower.h"

#define ERROR_UNITS 220

uint32_t
ev_gepkey_hash(struct ev_slice text)
{
	struct ev_utf16 unit = { text.p, text.p + text.n, 0 };
	uint32_t hash = UINT32_C(0x811c9dc5);
	uint16_t c;

	while (ev_utf16_next(&unit, &c))
		hash = (hash ^ c) * UINT32_C(0x01000193);
	return hash;
}

/* The length of the white space of ECMA-262 at p, or 0. */
static int
space_at(const char *p, const char *end)
{
	uint32_t cp = 0;
	int n = ev_utf8_next(p, end, &cp);

	if (n == 0)
		return 0;
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xa0 ||
		cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
		cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f ||
		cp == 0x3000 || cp == 0xfeff ?
	    n :
	    0;
}

static struct ev_slice
trim(struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *last;
	int n;

	while (p < end && (n = space_at(p, end)) > 0)
		p += n;
	for (last = end; last > p;) {
		do
			last--;
		while (last > p && (*last & 0xc0) == 0x80);
		if (space_at(last, end) != end - last)
			break;
		end = last;
	}
	return (struct ev_slice){ p, (size_t)(end - p) };
}

/* A path goes on up to one of these. */
static bool
ends_path(const char *p, const char *end)
{
	return p == end || memchr(" \n\r\t", *p, 4) != NULL;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The end of the path that begins at p, in lower case: x:\... or /...; or p. */
static const char *
path_end(const char *p, const char *end)
{
	const char *q = p;

	if (*p >= 'a' && *p <= 'z' && end - p > 3 && p[1] == ':' &&
	    p[2] == '\\')
		q = p + 3;
	else if (*p == '/')
		q = p + 1;
	if (q == p || ends_path(q, end))
		return p;
	while (!ends_path(q, end))
		q++;
	return q;
}

/* Appends a whole word, or what stands for it. */
static void
put_word(struct ev_buf *out, struct ev_slice word)
{
	static const char hex[] = "0123456789abcdef";
	size_t i = 0;
	bool prefix = word.n > 2 && memcmp(word.p, "0x", 2) == 0;
	size_t kinds = prefix ? 16 : 10;

	for (i = prefix ? 2 : 0; i < word.n; i++)
		if (memchr(hex, word.p[i], kinds) == NULL) {
			ev_buf_addslice(out, word);
			return;
		}
	ev_buf_adds(out, prefix ? "<hex>" : "<n>");
}

/* Paths first, as a path's place is no place where a word goes on. */
static void
put_paths(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *q;

	while (p < end) {
		q = path_end(p, end);
		if (q > p)
			ev_buf_adds(out, "<path>");
		else
			ev_buf_addc(out, *q++);
		p = q;
	}
}

static void
put_words(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *q;
	int n;

	while (p < end) {
		for (q = p; q < end && is_word(*q);)
			q++;
		if (q > p) {
			put_word(out, (struct ev_slice){ p, (size_t)(q - p) });
		} else if ((n = space_at(p, end)) > 0) {
			for (q = p + n; q < end; q += n)
				if ((n = space_at(q, end)) == 0)
					break;
			ev_buf_addc(out, ' ');
		} else {
			ev_buf_addc(out, *q++);
		}
		p = q;
	}
}

/* Appends the first units of a text; of a pair that is cut its half. */
static void
put_units(struct ev_buf *out, struct ev_slice text, int most)
{
	struct ev_utf16 unit = { text.p, text.p + text.n, 0 };
	const char *whole = text.p;
	uint16_t c = 0;
	int i;

	for (i = 0; i < most && ev_utf16_next(&unit, &c); i++)
		if (unit.low == 0)
			whole = unit.p;
	ev_buf_add(out, text.p, (size_t)(whole - text.p));
	if (unit.low != 0)
		ev_utf8_put(out, c);
}

void
ev_gepkey_error(struct ev_buf *out, struct ev_slice text)
{
	struct ev_buf a = EV_BUF_INIT, b = EV_BUF_INIT;

	ev_lower(&a, trim(text));
	put_paths(&b, ev_buf_slice(&a));
	ev_buf_reset(&a);
	put_words(&a, ev_buf_slice(&b));
	put_units(out, ev_buf_slice(&a), ERROR_UNITS);
	ev_buf_clear(&a);
	ev_buf_clear(&b);
}

void
ev_gepkey_text(struct ev_buf *out, const struct ev_val *val)
{
	struct ev_buf scratch = EV_BUF_INIT;
	double number;

	if (val->kind == EV_STRING)
		ev_buf_addslice(out, ev_val_text(val, &scratch));
	else if (val->kind == EV_TRUE)
		ev_buf_adds(out, "true");
	else if (val->kind == EV_NUMBER) {
		number = ev_num_double(ev_val_slice(val));
		if (number < 0 || number > 0)
			ev_double_print(out, number);
	}
	ev_buf_clear(&scratch);
}

/* Appends one signal as it stands in the key; nothing: it is dropped. */
static void
put_signal(struct ev_buf *out, const struct ev_val *val)
{
	static const char prefix[] = "errsig:";
	struct ev_buf text = EV_BUF_INIT, error = EV_BUF_INIT;
	struct ev_slice signal;

	ev_gepkey_text(&text, val);
	signal = trim(ev_buf_slice(&text));
	if (!ev_slice_starts(signal, prefix)) {
		ev_buf_addslice(out, signal);
	} else {
		signal.p += sizeof(prefix) - 1;
		signal.n -= sizeof(prefix) - 1;
		ev_gepkey_error(&error, signal);
		if (error.n > 0)
			ev_buf_addf(out, "errsig_norm:%08x",
			    ev_gepkey_hash(ev_buf_slice(&error)));
	}
	ev_buf_clear(&text);
	ev_buf_clear(&error);
}

static int
by_units(const void *left, const void *right)
{
	const struct ev_slice *a = left, *b = right;

	return ev_canon_cmp(*a, *b);
}

void
ev_gepkey_signals(struct ev_buf *out, const struct ev_val *signals)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_slice *list = NULL;
	struct ev_walk walk;
	struct ev_val each;
	size_t i, count = 0, from = 0, begin = out->n;

	if (signals->kind == EV_ARRAY) {
		ev_walk_begin(&walk, signals);
		for (; ev_walk_next(&walk, NULL, &each); from = text.n) {
			put_signal(&text, &each);
			if (text.n == from)
				continue;
			list = ev_realloc(list, count + 1, sizeof(*list));
			list[count++].n = text.n - from;
		}
	}
	for (i = 0, from = 0; i < count; from += list[i++].n)
		list[i].p = text.p + from;
	if (count > 0)
		qsort(list, count, sizeof(*list), by_units);
	for (i = 0; i < count; i++) {
		if (i > 0 && ev_slice_eq(list[i - 1], list[i]))
			continue;
		if (out->n > begin)
			ev_buf_addc(out, '|');
		ev_buf_addslice(out, list[i]);
	}
	if (count == 0)
		ev_buf_adds(out, "(none)");
	ev_buf_clear(&text);
	free(list);
}
