#include "json/strict.h"

#include "json/keys.h"
#include "json/quote.h"
#include "json/span.h"
#include "json/token.h"

#define SHOWN 80 /* bytes of a key that a message shows */

/* A container that is open. */
struct level {
	struct ev_slice key; /* the member that is being read, as written */
	struct ev_keys_object keys;
	bool object;
};

struct strict {
	const char *end;
	struct level *level;
	size_t depth;
	struct ev_keys keys;
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

/* The escapes from the first one that may be a bad one on. */
static int
check_escapes(const struct strict *s, struct ev_slice string, const char *p,
    bool is_key, struct ev_err *err)
{
	const char *end = string.p + string.n;
	struct ev_slice none = { NULL, 0 };
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
			    string, in, err);
		return refuse(
		    s, cp == 0 ? "\\u0000" : "a lone surrogate", none, in, err);
	}
	return 0;
}

static int
check_key(
    struct strict *s, struct ev_slice key, bool escaped, struct ev_err *err)
{
	struct ev_val val = { key.p, (uint32_t)key.n, EV_STRING, 1 };
	struct ev_slice text = key;

	if (escaped) {
		if (s->decoded.p == NULL)
			ev_buf_reserve(&s->decoded, (size_t)(s->end - key.p));
		text.p = s->decoded.p + s->decoded.n;
		ev_unquote(&s->decoded, &val);
		text.n = s->decoded.n - (size_t)(text.p - s->decoded.p);
	}
	if (!ev_keys_add(&s->keys, &s->level[s->depth].keys, text))
		return refuse(s, "duplicate key", key, s->depth - 1, err);
	s->level[s->depth].key = key;
	return 0;
}

/* True for the beginning of a \u0000 or of a surrogate's escape. */
static inline bool
is_suspect(const char *p)
{
	return p[1] == 'u' &&
	    ((p[2] | 0x20) == 'd' || (p[2] == '0' && p[3] == '0'));
}

/* The string behind the quote at *at, which moves behind its closing one. */
static int
check_string(struct strict *s, const char **at, bool is_key, struct ev_err *err)
{
	const char *from = *at + 1, *p = from, *suspect = NULL;
	struct ev_slice string = { from, 0 };
	bool escaped = false;

	while (*(p = ev_span_plain(p, s->end)) != '"') {
		escaped = true;
		if (suspect == NULL && is_suspect(p))
			suspect = p;
		p += 2;
	}
	*at = p + 1;
	string.n = (size_t)(p - from);
	if (suspect != NULL &&
	    check_escapes(s, string, suspect, is_key, err) < 0)
		return -1;
	return is_key ? check_key(s, string, escaped, err) : 0;
}

static void
open_level(struct strict *s, bool is_object)
{
	struct level *l = &s->level[++s->depth];

	l->key = (struct ev_slice){ NULL, 0 };
	l->object = is_object;
	ev_keys_open(&s->keys, &l->keys);
}

static void
close_level(struct strict *s)
{
	ev_keys_close(&s->keys, &s->level[s->depth--].keys);
}

/* True for most bytes of numbers, and for a colon. */
static inline bool
in_scalar(char c)
{
	return c > ',' && c <= ':';
}

static int
check(struct strict *s, const char *p, struct ev_err *err)
{
	bool key = false;
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
			r = check_string(s, &p, key, err);
			key = false;
			break;
		default:
			/* white space, a colon, or in a number or a word */
			p++;
			while (p < s->end && in_scalar(*p))
				p++;
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
	ev_keys_init(&s.keys);
	s.decoded = (struct ev_buf)EV_BUF_INIT;
	r = check(&s, raw.p, err);
	while (s.depth > 0)
		close_level(&s);
	ev_keys_clear(&s.keys);
	ev_buf_clear(&s.decoded);
	return r;
}
