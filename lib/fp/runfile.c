#include "fp/runfile.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "event/lex.h"
#include "json/canon.h"
#include "json/member.h"
#include "json/quote.h"
#include "json/walk.h"

struct field {
	size_t from, n; /* its key in the text */
	struct ev_slice key;
	struct ev_val name, val;
	size_t place;  /* among the members */
	int64_t index; /* the key is this number; -1: it is none */
};

/* What belongs to no event alone. */
static const char *const common[] = { "kind", "id", "timestamp",
	"fingerprint" };

/* The number of a key that is the index of an array to JavaScript, or -1. */
static int64_t
index_of(struct ev_slice key)
{
	int64_t n = 0;
	size_t i;

	if (key.n == 0 || key.n > 10 || (key.p[0] == '0' && key.n > 1))
		return -1;
	for (i = 0; i < key.n; i++) {
		if (!ev_is_digit(key.p[i]))
			return -1;
		n = n * 10 + (key.p[i] - '0');
	}
	return n < UINT32_MAX ? n : -1;
}

static int
by_key(const void *left, const void *right)
{
	const struct field *a = left, *b = right;
	int diff = ev_canon_cmp(a->key, b->key);

	return diff != 0 ? diff : (a->place > b->place) - (a->place < b->place);
}

/* As JavaScript lists the members of an object: indexes first. */
static int
by_place(const void *left, const void *right)
{
	const struct field *a = left, *b = right;

	if ((a->index < 0) != (b->index < 0))
		return a->index < 0 ? 1 : -1;
	if (a->index != b->index)
		return a->index < b->index ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* Of a key that comes twice the first place and the later value. */
static size_t
join_twins(struct field *v, size_t n)
{
	size_t i, own = 0;

	for (i = 0; i < n; i++) {
		if (own > 0 && ev_slice_eq(v[own - 1].key, v[i].key))
			v[own - 1].val = v[i].val;
		else
			v[own++] = v[i];
	}
	return own;
}

/* The members of an object by key, each once; their keys stand in *keys. */
static size_t
gather(const struct ev_val *object, struct ev_buf *keys, struct field **fields)
{
	struct ev_val key, val;
	struct ev_walk walk;
	size_t i, n = 0, cap = 0;
	struct field *v = NULL;

	ev_walk_begin(&walk, object);
	while (ev_walk_next(&walk, &key, &val)) {
		if (n == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			v = ev_realloc(v, cap, sizeof(*v));
		}
		v[n] =
		    (struct field){ .from = keys->n, .name = key, .val = val };
		ev_unquote(keys, &key);
		v[n].n = keys->n - v[n].from;
		v[n].place = n;
		n++;
	}
	for (i = 0; i < n; i++) {
		v[i].key = (struct ev_slice){ keys->p + v[i].from, v[i].n };
		v[i].index = index_of(v[i].key);
	}
	if (n > 0)
		qsort(v, n, sizeof(*v), by_key);
	*fields = v;
	return join_twins(v, n);
}

static void put_value(struct ev_buf *out, const struct ev_val *val);

static void
put_object(struct ev_buf *out, const struct ev_val *object)
{
	struct ev_buf keys = EV_BUF_INIT;
	struct field *v;
	size_t i, n = gather(object, &keys, &v);

	if (n > 0)
		qsort(v, n, sizeof(*v), by_place);
	ev_buf_addc(out, '{');
	for (i = 0; i < n; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_canon(out, &v[i].name, NULL);
		ev_buf_addc(out, ':');
		put_value(out, &v[i].val);
	}
	ev_buf_addc(out, '}');
	free(v);
	ev_buf_clear(&keys);
}

/* Appends a value as JSON.stringify does.  The scanner bounds the depth. */
static void
put_value(struct ev_buf *out, const struct ev_val *val)
{
	struct ev_val each;
	struct ev_walk walk;
	size_t from = out->n;

	if (val->kind == EV_OBJECT) {
		put_object(out, val);
	} else if (val->kind == EV_ARRAY) {
		ev_walk_begin(&walk, val);
		while (ev_walk_next(&walk, NULL, &each)) {
			ev_buf_addc(out, out->n == from ? '[' : ',');
			put_value(out, &each);
		}
		ev_buf_adds(out, out->n == from ? "[]" : "]");
	} else {
		ev_canon(out, val, NULL);
	}
}

static bool
is_own(const struct field *field)
{
	size_t k;

	for (k = 0; k < sizeof(common) / sizeof(common[0]); k++)
		if (ev_slice_is(field->key, common[k]))
			return false;
	return true;
}

void
ev_runfile_print(const struct ev_val *event, char out[EV_FINGER_SIZE])
{
	struct ev_buf keys = EV_BUF_INIT, text = EV_BUF_INIT;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val kind = ev_member_of(event, "kind");
	struct field *v;
	size_t i, n = gather(event, &keys, &v);
	bool any = false;

	ev_buf_addslice(&text, ev_val_text(&kind, &scratch));
	ev_buf_addc(&text, ':');
	for (i = 0; i < n; i++) {
		if (!is_own(&v[i]))
			continue;
		if (any)
			ev_buf_addc(&text, ',');
		any = true;
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
