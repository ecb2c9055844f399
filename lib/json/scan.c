#include "json/scan.h"

#include "base/utf8.h"

#define LONGEST_KEY 256 /* a wanted key over this is not looked for escaped */

struct scan {
	struct ev_token t;
	const struct ev_plan *plan;
	struct ev_val *slots;
};

const char *
ev_scan_word(enum ev_scan result)
{
	static const char *const word[EV_SCAN_KINDS] = {
		[EV_SCAN_OK] = "sound",
		[EV_SCAN_BLANK] = "blank",
		[EV_SCAN_NOT_OBJECT] = "not a JSON object",
		[EV_SCAN_SYNTAX] = "not JSON",
		[EV_SCAN_TORN] = "torn",
		[EV_SCAN_NUL] = "a NUL byte",
		[EV_SCAN_UTF8] = "not UTF-8",
		[EV_SCAN_DEEP] = "nested too deeply",
		[EV_SCAN_LONG] = "too long",
	};

	return word[result];
}

/* Anything but a container. */
static inline const char *
scalar(struct ev_token *t, const char *p, uint8_t *escaped)
{
	switch (*p) {
	case '"':
		p = ev_token_string(t, p + 1, escaped);
		return p != NULL ? p + 1 : NULL;
	case 't':
		return ev_token_word(t, p, "true", 4);
	case 'f':
		return ev_token_word(t, p, "false", 5);
	case 'n':
		return ev_token_word(t, p, "null", 4);
	default:
		return ev_token_number(t, p);
	}
}

/* A key with its colon; gives the value's place. */
static inline const char *
key_skip(struct ev_token *t, const char *p)
{
	uint8_t escaped;

	if (*p != '"')
		return ev_token_wrong(t, p);
	p = ev_token_string(t, p + 1, &escaped);
	if (p == NULL)
		return NULL;
	p = ev_token_blanks(p + 1);
	if (*p != ':')
		return ev_token_wrong(t, p);
	return ev_token_blanks(p + 1);
}

/*
 * A container in which nothing is wanted, without recursion: bit i of `object`
 * tells what the container at depth i is.
 */
static const char *
skip(struct ev_token *t, const char *p, unsigned depth)
{
	uint64_t object[EV_SCAN_DEPTH / 64 + 1] = { 0 };
	unsigned top = depth;
	uint8_t escaped;
	uint64_t bit;

open:
	if (++top > EV_SCAN_DEPTH)
		return ev_token_fail(t, p, EV_SCAN_DEEP);
	bit = UINT64_C(1) << (top & 63);
	if (*p == '{') {
		object[top >> 6] |= bit;
		p = ev_token_blanks(p + 1);
		if (*p == '}')
			goto close;
		goto member;
	}
	object[top >> 6] &= ~bit;
	p = ev_token_blanks(p + 1);
	if (*p == ']')
		goto close;
	goto value;
member:
	p = key_skip(t, p);
	if (p == NULL)
		return NULL;
value:
	if (*p == '{' || *p == '[')
		goto open;
	p = scalar(t, p, &escaped);
	if (p == NULL)
		return NULL;
next:
	p = ev_token_blanks(p);
	bit = object[top >> 6] >> (top & 63) & 1;
	if (*p == ',') {
		p = ev_token_blanks(p + 1);
		if (bit)
			goto member;
		goto value;
	}
	if (*p != (bit ? '}' : ']'))
		return ev_token_wrong(t, p);
close:
	p++;
	if (--top > depth)
		goto next;
	return p;
}

/* The wanted key that an escaped key means. */
static const struct ev_plan_key *
find_escaped(const struct ev_plan_node *node, const char *p, const char *end)
{
	char room[LONGEST_KEY + 16];
	struct ev_buf key = { room, 0, sizeof(room) };

	memset(room, 0, sizeof(room));
	while (p < end) {
		if (key.n >= LONGEST_KEY)
			return NULL;
		if (*p == '\\')
			ev_utf8_put(&key, ev_token_unescape(&p));
		else
			key.p[key.n++] = *p++;
	}
	return ev_plan_find(node, room, key.n);
}

static const char *object(struct scan *s, const char *p,
    const struct ev_plan_node *node, unsigned depth);

/* A value that is wanted, or holds something that is. */
static const char *
wanted(struct scan *s, const char *p, const struct ev_plan_key *key,
    unsigned depth)
{
	struct ev_val val = { .p = p, .kind = ev_kind_of(*p) };
	const struct ev_plan_node *node = NULL;
	size_t i;

	if (key->node >= 0) {
		/* of a repeated key the last one counts, with all in it */
		node = &s->plan->node[key->node];
		for (i = 0; i < node->nbelow; i++)
			s->slots[node->below[i]].kind = EV_NONE;
	}
	if (node != NULL && val.kind == EV_OBJECT)
		p = object(s, p, node, depth);
	else if (val.kind == EV_OBJECT || val.kind == EV_ARRAY)
		p = skip(&s->t, p, depth);
	else
		p = scalar(&s->t, p, &val.escaped);
	if (p == NULL || key->slot < 0)
		return p;
	val.n = (uint32_t)(p - val.p);
	if (val.kind == EV_STRING) {
		val.p++;
		val.n -= 2;
	}
	s->slots[key->slot] = val;
	return p;
}

/* An object in which something is wanted; recursion as deep as the plan. */
static const char *
object(struct scan *s, const char *p, const struct ev_plan_node *node,
    unsigned depth)
{
	const struct ev_plan_key *found;
	const char *key, *end;
	uint8_t escaped;

	if (++depth > EV_SCAN_DEPTH)
		return ev_token_fail(&s->t, p, EV_SCAN_DEEP);
	p = ev_token_blanks(p + 1);
	if (*p == '}')
		return p + 1;
	for (;;) {
		if (*p != '"')
			return ev_token_wrong(&s->t, p);
		key = p + 1;
		escaped = 0;
		end = ev_token_string(&s->t, key, &escaped);
		if (end == NULL)
			return NULL;
		p = ev_token_blanks(end + 1);
		if (*p != ':')
			return ev_token_wrong(&s->t, p);
		p = ev_token_blanks(p + 1);
		found = escaped ? find_escaped(node, key, end) :
				  ev_plan_find(node, key, (size_t)(end - key));
		if (found != NULL)
			p = wanted(s, p, found, depth);
		else if (*p == '{' || *p == '[')
			p = skip(&s->t, p, depth);
		else
			p = scalar(&s->t, p, &escaped);
		if (p == NULL)
			return NULL;
		p = ev_token_blanks(p);
		if (*p == '}')
			return p + 1;
		if (*p != ',')
			return ev_token_wrong(&s->t, p);
		p = ev_token_blanks(p + 1);
	}
}

static enum ev_scan
failed(const struct ev_token *t, const char *start, size_t *at)
{
	if (at != NULL)
		*at = (size_t)(t->at - start);
	return t->bad;
}

enum ev_scan
ev_scan_value(const char *p, size_t n, struct ev_val *val, size_t *at)
{
	struct ev_token t = { .end = p + n };
	const char *start = p, *q;
	uint8_t escaped = 0;

	p = ev_token_blanks(p);
	if (p == t.end) {
		t.at = p;
		t.bad = EV_SCAN_BLANK;
		return failed(&t, start, at);
	}
	if (*p == '{' || *p == '[')
		q = skip(&t, p, 0);
	else
		q = scalar(&t, p, &escaped);
	if (q == NULL)
		return failed(&t, start, at);
	if (val != NULL) {
		*val = (struct ev_val){ p, (uint32_t)(q - p), ev_kind_of(*p),
			escaped };
		if (val->kind == EV_STRING) {
			val->p++;
			val->n -= 2;
		}
	}
	q = ev_token_blanks(q);
	if (q == t.end)
		return EV_SCAN_OK;
	ev_token_wrong(&t, q);
	return failed(&t, start, at);
}

static inline void
clear(const struct ev_plan *plan, struct ev_val *slots)
{
	size_t i;

	for (i = 0; i < plan->slots; i++)
		slots[i].kind = EV_NONE;
}

enum ev_scan
ev_scan_line(const struct ev_plan *plan, const char *line, size_t n,
    struct ev_val *slots, size_t *at)
{
	struct scan s = { { .end = line + n }, plan, slots };
	const char *p = ev_token_blanks(line), *q;
	enum ev_scan other;

	if (*p != '{' || p == s.t.end) {
		other = ev_scan_value(line, n, NULL, at);
		if (other == EV_SCAN_OK && at != NULL)
			*at = (size_t)(p - line);
		return other == EV_SCAN_OK ? EV_SCAN_NOT_OBJECT : other;
	}
	if (plan != NULL && slots != NULL) {
		clear(plan, slots);
		q = object(&s, p, &plan->node[0], 0);
	} else {
		q = skip(&s.t, p, 0);
	}
	if (q == NULL)
		return failed(&s.t, line, at);
	q = ev_token_blanks(q);
	if (q == s.t.end)
		return EV_SCAN_OK;
	ev_token_wrong(&s.t, q);
	return failed(&s.t, line, at);
}

enum ev_scan
ev_scan_next(const struct ev_plan *plan, const char *line, const char *limit,
    struct ev_val *slots, size_t *n)
{
	struct scan s = { { .end = limit }, plan, slots };
	const char *p = ev_token_blanks(line);

	if (*p == '{') {
		clear(plan, slots);
		p = object(&s, p, &plan->node[0], 0);
		if (p != NULL && *(p = ev_token_blanks(p)) == '\n') {
			*n = (size_t)(p - line);
			return EV_SCAN_OK;
		}
	}
	/* what is wrong with the others is told by their length, too */
	p = memchr(line, '\n', (size_t)(limit - line));
	*n = (size_t)(p - line);
	return ev_scan_line(plan, line, *n, slots, NULL);
}
