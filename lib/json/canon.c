#include "json/canon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "json/double.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

/* A string as JSON.stringify has it: raw but for what must be escaped. */
static void
put_string(struct ev_buf *out, struct ev_slice text)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *p = text.p, *end = p + text.n, *known;
	struct ev_utf16 unit;
	uint32_t cp;
	uint16_t half;
	int n;

	ev_buf_reserve(out, text.n + 2);
	ev_buf_addc(out, '"');
	for (; p < end; p += n) {
		n = ev_utf8_next(p, end, &cp);
		known = memchr(from, *p, sizeof(from) - 1);
		if (known != NULL) {
			ev_buf_addc(out, '\\');
			ev_buf_addc(out, to[known - from]);
		} else if (n > 0 && cp >= 0x20) {
			ev_buf_add(out, p, (size_t)n);
		} else {
			/* C0, or half of a pair that was unquoted */
			unit = (struct ev_utf16){ p, end, 0 };
			ev_utf16_next(&unit, &half);
			ev_buf_addf(out, "\\u%04x", half);
			n = (int)(unit.p - p);
		}
	}
	ev_buf_addc(out, '"');
}

int
ev_canon_cmp(struct ev_slice a, struct ev_slice b)
{
	struct ev_utf16 x = { a.p, a.p + a.n, 0 }, y = { b.p, b.p + b.n, 0 };
	uint16_t c, d;
	bool more;

	for (;;) {
		more = ev_utf16_next(&x, &c);
		if (!ev_utf16_next(&y, &d))
			return more ? 1 : 0;
		if (!more)
			return -1;
		if (c != d)
			return c < d ? -1 : 1;
	}
}

struct member {
	struct ev_slice key; /* decoded */
	struct ev_val val;
	size_t at; /* its place in the object */
};

static int
by_key(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	int diff = ev_canon_cmp(a->key, b->key);

	return diff != 0 ? diff : (a->at > b->at) - (a->at < b->at);
}

/* The members of an object, sorted; their keys stand in *text. */
static struct member *
sorted(const struct ev_val *object, struct ev_buf *text, size_t *count)
{
	struct member *list = NULL;
	struct ev_walk walk;
	struct ev_val key, val;
	size_t cap = 0, i, from = 0;

	ev_walk_begin(&walk, object);
	for (*count = 0; ev_walk_next(&walk, &key, &val); ++*count) {
		if (*count == cap) {
			cap = cap == 0 ? 32 : cap * 2;
			list = ev_realloc(list, cap, sizeof(*list));
		}
		ev_unquote(text, &key);
		list[*count] =
		    (struct member){ { NULL, text->n - from }, val, *count };
		from = text->n;
	}
	for (i = 0, from = 0; i < *count; from += list[i++].key.n)
		list[i].key.p = text->p + from;
	if (*count > 0)
		qsort(list, *count, sizeof(*list), by_key);
	return list;
}

static void
put_object(struct ev_buf *out, const struct ev_val *object, const char *without)
{
	struct ev_buf text = EV_BUF_INIT;
	struct member *list;
	size_t i, count;
	bool any = false;

	list = sorted(object, &text, &count);
	ev_buf_addc(out, '{');
	for (i = 0; i < count; i++) {
		if (i + 1 < count && ev_slice_eq(list[i].key, list[i + 1].key))
			continue;
		if (without != NULL && ev_slice_is(list[i].key, without))
			continue;
		if (any)
			ev_buf_addc(out, ',');
		any = true;
		put_string(out, list[i].key);
		ev_buf_addc(out, ':');
		ev_canon(out, &list[i].val, NULL);
	}
	ev_buf_addc(out, '}');
	ev_buf_clear(&text);
	free(list);
}

static void
put_array(struct ev_buf *out, const struct ev_val *array)
{
	struct ev_walk walk;
	struct ev_val each;
	size_t from = out->n;

	ev_walk_begin(&walk, array);
	while (ev_walk_next(&walk, NULL, &each)) {
		ev_buf_addc(out, out->n == from ? '[' : ',');
		ev_canon(out, &each, NULL);
	}
	if (out->n == from)
		ev_buf_addc(out, '[');
	ev_buf_addc(out, ']');
}

void
ev_canon(struct ev_buf *out, const struct ev_val *val, const char *without)
{
	struct ev_buf scratch = EV_BUF_INIT;

	switch (val->kind) {
	case EV_OBJECT:
		put_object(out, val, without);
		break;
	case EV_ARRAY:
		put_array(out, val);
		break;
	case EV_STRING:
		put_string(out, ev_val_text(val, &scratch));
		break;
	case EV_NUMBER:
		ev_double_print(out, ev_num_double(ev_val_slice(val)));
		break;
	default:
		ev_buf_addslice(out, ev_val_slice(val));
		break;
	}
	ev_buf_clear(&scratch);
}
