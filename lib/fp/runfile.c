#include "fp/runfile.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/canon.h"
#include "json/member.h"
#include "json/quote.h"
#include "json/walk.h"

struct field {
	size_t from, n; /* its key in the text */
	struct ev_slice key;
	struct ev_val val;
};

/* What belongs to no event alone. */
static const char *const common[] = { "kind", "id", "timestamp",
	"fingerprint" };

/* Appends a value as JSON.stringify does.  The scanner bounds the depth. */
static void
put_value(struct ev_buf *out, const struct ev_val *val)
{
	struct ev_val key, each;
	struct ev_walk walk;
	size_t from;

	if (val->kind != EV_OBJECT && val->kind != EV_ARRAY) {
		ev_canon(out, val, NULL);
		return;
	}
	ev_buf_addc(out, val->kind == EV_OBJECT ? '{' : '[');
	from = out->n;
	ev_walk_begin(&walk, val);
	while (ev_walk_next(&walk, &key, &each)) {
		if (out->n > from)
			ev_buf_addc(out, ',');
		if (val->kind == EV_OBJECT) {
			ev_canon(out, &key, NULL);
			ev_buf_addc(out, ':');
		}
		put_value(out, &each);
	}
	ev_buf_addc(out, val->kind == EV_OBJECT ? '}' : ']');
}

static int
by_key(const void *left, const void *right)
{
	const struct field *a = left, *b = right;

	return ev_canon_cmp(a->key, b->key);
}

/* The event's own members; of a key that comes twice the later value. */
static size_t
gather(const struct ev_val *event, struct ev_buf *keys, struct field **fields)
{
	struct ev_val key, val;
	struct ev_walk walk;
	size_t i, n = 0, cap = 0;
	struct field *v = NULL;

	ev_walk_begin(&walk, event);
	while (ev_walk_next(&walk, &key, &val)) {
		if (n == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			v = ev_realloc(v, cap, sizeof(*v));
		}
		v[n] = (struct field){ .from = keys->n, .val = val };
		ev_unquote(keys, &key);
		v[n].n = keys->n - v[n].from;
		n++;
	}
	for (i = 0; i < n; i++)
		v[i].key = (struct ev_slice){ keys->p + v[i].from, v[i].n };
	*fields = v;
	return n;
}

static bool
is_own(const struct field *v, size_t n, size_t i)
{
	size_t k;

	for (k = 0; k < sizeof(common) / sizeof(common[0]); k++)
		if (ev_slice_is(v[i].key, common[k]))
			return false;
	for (k = i + 1; k < n; k++)
		if (ev_slice_eq(v[i].key, v[k].key))
			return false;
	return true;
}

void
ev_runfile_print(const struct ev_val *event, char out[EV_FINGER_SIZE])
{
	struct ev_buf keys = EV_BUF_INIT, text = EV_BUF_INIT;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val kind = ev_member_of(event, "kind");
	size_t i, own = 0, n;
	struct field *v;

	n = gather(event, &keys, &v);
	for (i = 0; i < n; i++)
		if (is_own(v, n, i))
			v[own++] = v[i];
	if (own > 0)
		qsort(v, own, sizeof(*v), by_key);
	ev_buf_addslice(&text, ev_val_text(&kind, &scratch));
	ev_buf_addc(&text, ':');
	for (i = 0; i < own; i++) {
		if (i > 0)
			ev_buf_addc(&text, ',');
		ev_buf_addslice(&text, v[i].key);
		ev_buf_addc(&text, '=');
		put_value(&text, &v[i].val);
	}
	ev_finger_simple(ev_buf_slice(&text), out);
	free(v);
	ev_buf_clear(&keys);
	ev_buf_clear(&text);
	ev_buf_clear(&scratch);
}
