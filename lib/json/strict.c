#include "json/strict.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "json/quote.h"
#include "json/span.h"
#include "json/token.h"

#define KEYS_HERE 256 /* open keys of a usual line */
#define MANY 64	      /* keys of one object that are compared one by one */
#define SHOWN 80      /* bytes of a key that a message shows */

/* A container that is open. */
struct level {
	struct ev_slice key; /* the member that is being read, as written */
	struct ev_map *many; /* all keys, once there are MANY */
	uint64_t bits;	     /* which tags there are, modulo 64 */
	size_t first;	     /* its first key in the table of keys */
	bool object;
};

/* The keys of all open objects; tag[i] tells most unequal keys apart. */
struct strict {
	const char *end;
	struct level *level;
	size_t depth;
	struct ev_slice *key;
	uint32_t *tag;
	size_t nkey, cap;
	struct ev_slice key_here[KEYS_HERE];
	uint32_t tag_here[KEYS_HERE];
	struct ev_buf decoded; /* never moves: as big as the line */
};

/* "data.items[]": the first `count` open containers' members. */
static void
place(const struct strict *s, size_t count, struct ev_buf *out)
{
	const struct level *l;
	size_t i;

	for (i = 1; i <= count; i++) {
		l = &s->level[i];
		if (!l->object) {
			ev_buf_adds(out, "[]");
			continue;
		}
		if (out->n > 0)
			ev_buf_addc(out, '.');
		ev_buf_add(out, l->key.p, l->key.n < SHOWN ? l->key.n : SHOWN);
	}
}

static int
refuse(const struct strict *s, const char *what, struct ev_slice key,
    size_t count, struct ev_err *err)
{
	struct ev_buf at = EV_BUF_INIT, named = EV_BUF_INIT;

	ev_buf_adds(&named, what);
	if (key.p != NULL) {
		ev_buf_adds(&named, " \"");
		ev_buf_add(&named, key.p, key.n < SHOWN ? key.n : SHOWN);
		ev_buf_addc(&named, '"');
	}
	place(s, count, &at);
	if (at.n > 0)
		ev_fail(err, "%s in %s", ev_buf_str(&named), ev_buf_str(&at));
	else
		ev_fail(err, "%s", ev_buf_str(&named));
	ev_buf_clear(&at);
	ev_buf_clear(&named);
	return -1;
}

/* A string that holds a backslash. */
static int
check_escapes(const struct strict *s, const char *p, const char *end,
    bool is_key, struct ev_err *err)
{
	struct ev_slice none = { NULL, 0 }, key = { p, (size_t)(end - p) };
	size_t in = is_key ? s->depth - 1 : s->depth;
	uint32_t cp;

	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		cp = ev_token_unescape(&p);
		if (cp != 0 && (cp < 0xd800 || cp > 0xdfff))
			continue;
		if (is_key)
			return refuse(s,
			    cp == 0 ? "\\u0000 in the key" :
				      "a lone surrogate in the key",
			    key, in, err);
		return refuse(
		    s, cp == 0 ? "\\u0000" : "a lone surrogate", none, in, err);
	}
	return 0;
}

static uint32_t
tag_of(struct ev_slice key)
{
	uint64_t head = 0, tail = 0;
	size_t i;

	if (key.n >= 8) {
		memcpy(&head, key.p, 8);
		memcpy(&tail, key.p + key.n - 8, 8);
	} else {
		for (i = 0; i < key.n; i++)
			head = head << 8 | (unsigned char)key.p[i];
	}
	head ^= tail << 29 | tail >> 35;
	return (uint32_t)((head + key.n) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

static void
grow(struct strict *s)
{
	struct ev_slice *key = s->key;
	uint32_t *tag = s->tag;
	bool here = key == s->key_here;

	s->cap *= 2;
	s->key = ev_realloc(here ? NULL : key, s->cap, sizeof(*key));
	s->tag = ev_realloc(here ? NULL : tag, s->cap, sizeof(*tag));
	if (here) {
		memcpy(s->key, key, sizeof(s->key_here));
		memcpy(s->tag, tag, sizeof(s->tag_here));
	}
}

/* Notes a key of the innermost object; false: it was there. */
static bool
fresh(struct strict *s, struct ev_slice key)
{
	struct level *l = &s->level[s->depth];
	uint32_t tag = tag_of(key);
	uint64_t bit = UINT64_C(1) << (tag >> 26);
	bool made;
	size_t i;

	if (l->many != NULL) {
		ev_map_at(l->many, key.p, key.n, &made);
		return made;
	}
	if ((l->bits & bit) != 0)
		for (i = l->first; i < s->nkey; i++)
			if (s->tag[i] == tag && ev_slice_eq(s->key[i], key))
				return false;
	l->bits |= bit;
	if (s->nkey == s->cap)
		grow(s);
	s->tag[s->nkey] = tag;
	s->key[s->nkey++] = key;
	if (s->nkey - l->first < MANY)
		return true;
	l->many = ev_map_new();
	for (i = l->first; i < s->nkey; i++)
		ev_map_at(l->many, s->key[i].p, s->key[i].n, NULL);
	s->nkey = l->first;
	return true;
}

/* p: the opening quote of a key; end: the closing one. */
static int
check_key(struct strict *s, const char *p, const char *end, bool escaped,
    struct ev_err *err)
{
	struct ev_slice key = { p + 1, (size_t)(end - p - 1) }, text = key;
	struct ev_val val = { key.p, (uint32_t)key.n, EV_STRING, 1 };

	if (escaped) {
		if (check_escapes(s, key.p, end, true, err) < 0)
			return -1;
		if (s->decoded.p == NULL)
			ev_buf_reserve(&s->decoded, (size_t)(s->end - p));
		text.p = s->decoded.p + s->decoded.n;
		ev_unquote(&s->decoded, &val);
		text.n = s->decoded.n - (size_t)(text.p - s->decoded.p);
	}
	if (!fresh(s, text))
		return refuse(s, "duplicate key", key, s->depth - 1, err);
	s->level[s->depth].key = key;
	return 0;
}

static void
open_level(struct strict *s, bool is_object)
{
	struct level *l = &s->level[++s->depth];

	*l = (struct level){ { NULL, 0 }, NULL, 0, s->nkey, is_object };
}

static void
close_level(struct strict *s)
{
	struct level *l = &s->level[s->depth--];

	ev_map_free(l->many);
	s->nkey = l->first;
}

static int
check(struct strict *s, const char *p, struct ev_err *err)
{
	bool key = false, escaped;
	const char *close;
	int r = 0;

	while (p < s->end && r == 0) {
		switch (*p) {
		case '{':
		case '[':
			key = *p++ == '{';
			open_level(s, key);
			break;
		case '}':
		case ']':
			p++;
			close_level(s);
			break;
		case ',':
			p++;
			key = s->level[s->depth].object;
			break;
		case '"':
			close = ev_span_string(p + 1, s->end, &escaped);
			if (key)
				r = check_key(s, p, close, escaped, err);
			else if (escaped)
				r = check_escapes(s, p + 1, close, false, err);
			key = false;
			p = close + 1;
			break;
		default:
			/* white space, a colon, or in a number or a word */
			for (p++; p<s->end && * p> ',' && *p <= ':'; p++)
				continue;
		}
	}
	return r;
}

int
ev_strict(const struct ev_val *root, struct ev_err *err)
{
	struct level level[EV_SCAN_DEPTH + 1];
	struct ev_slice raw = ev_val_raw(root);
	struct strict s;
	int r;

	s.end = raw.p + raw.n;
	s.level = level;
	s.depth = 0;
	s.key = s.key_here;
	s.tag = s.tag_here;
	s.nkey = 0;
	s.cap = KEYS_HERE;
	s.decoded = (struct ev_buf)EV_BUF_INIT;
	r = check(&s, raw.p, err);
	while (s.depth > 0)
		close_level(&s);
	if (s.key != s.key_here) {
		free(s.key);
		free(s.tag);
	}
	ev_buf_clear(&s.decoded);
	return r;
}
