#include "json/equal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

void
ev_fields_read(struct ev_fields *f, const struct ev_val *object)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val key, val;
	struct ev_slice name;
	struct ev_walk walk;
	size_t cap = 0;
	uint64_t *at;

	*f = (struct ev_fields){ ev_map_new(), NULL, 0 };
	ev_walk_begin(&walk, object);
	while (ev_walk_next(&walk, &key, &val)) {
		name = ev_val_text(&key, &scratch);
		at = ev_map_at(f->index, name.p, name.n, NULL);
		if (*at == 0)
			*at = ++f->count;
		if (f->val == NULL || f->count > cap) {
			cap = cap < 16 ? 16 : cap * 2;
			f->val = ev_realloc(f->val, cap, sizeof(*f->val));
		}
		f->val[*at - 1] = val;
	}
	ev_buf_clear(&scratch);
}

long
ev_fields_find(const struct ev_fields *f, const struct ev_val *key)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice name = ev_val_text(key, &scratch);
	const uint64_t *at = ev_map_find(f->index, name.p, name.n);

	ev_buf_clear(&scratch);
	return at != NULL ? (long)(*at - 1) : -1;
}

void
ev_fields_clear(struct ev_fields *f)
{
	ev_map_free(f->index);
	free(f->val);
	*f = (struct ev_fields){ NULL, NULL, 0 };
}

static bool
same_text(const struct ev_val *a, const struct ev_val *b)
{
	struct ev_buf x = EV_BUF_INIT, y = EV_BUF_INIT;
	bool same;

	if (!a->escaped && !b->escaped)
		return ev_slice_eq(ev_val_slice(a), ev_val_slice(b));
	same = ev_slice_eq(ev_val_text(a, &x), ev_val_text(b, &y));
	ev_buf_clear(&x);
	ev_buf_clear(&y);
	return same;
}

static bool
same_array(const struct ev_val *a, const struct ev_val *b)
{
	struct ev_walk wa, wb;
	struct ev_val x, y;
	bool more, other;

	ev_walk_begin(&wa, a);
	ev_walk_begin(&wb, b);
	for (;;) {
		more = ev_walk_next(&wa, NULL, &x);
		other = ev_walk_next(&wb, NULL, &y);
		if (!more || !other)
			return more == other;
		if (!ev_val_same(&x, &y))
			return false;
	}
}

static bool
same_object(const struct ev_val *a, const struct ev_val *b)
{
	struct ev_fields x, y;
	struct ev_val key, val;
	struct ev_walk walk;
	long at, own;
	bool same;

	ev_fields_read(&x, a);
	ev_fields_read(&y, b);
	same = x.count == y.count;
	ev_walk_begin(&walk, a);
	while (same && ev_walk_next(&walk, &key, &val)) {
		at = ev_fields_find(&y, &key);
		own = ev_fields_find(&x, &key);
		same = at >= 0 && own >= 0 && x.val != NULL && y.val != NULL &&
		    ev_val_same(&x.val[own], &y.val[at]);
	}
	ev_fields_clear(&x);
	ev_fields_clear(&y);
	return same;
}

bool
ev_val_same(const struct ev_val *a, const struct ev_val *b)
{
	if (a->kind != b->kind)
		return false;
	if (ev_slice_eq(ev_val_slice(a), ev_val_slice(b)))
		return true;
	switch (a->kind) {
	case EV_NUMBER:
		return ev_num_cmp(ev_val_slice(a), ev_val_slice(b)) == 0;
	case EV_STRING:
		return same_text(a, b);
	case EV_ARRAY:
		return same_array(a, b);
	case EV_OBJECT:
		return same_object(a, b);
	default:
		return true; /* null, true, false */
	}
}
