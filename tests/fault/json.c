#include "json.h"

#include <stdio.h>
#include <string.h>

#define DEPTH 100

struct text {
	const char *p, *end;
	const struct json_want *wants;
};

static bool value(struct text *t, int depth);

static void
blanks(struct text *t)
{
	while (t->p < t->end && memchr(" \t\r\n", *t->p, 4) != NULL)
		t->p++;
}

static bool
take(struct text *t, char c)
{
	if (t->p == t->end || *t->p != c)
		return false;
	t->p++;
	return true;
}

static bool
hex4(struct text *t)
{
	int i;

	for (i = 0; i < 4; i++, t->p++)
		if (t->p == t->end || *t->p == '\0' ||
		    strchr("0123456789abcdefABCDEF", *t->p) == NULL)
			return false;
	return true;
}

/* One character of more than one byte (RFC 3629, section 4). */
static bool
wide(struct text *t)
{
	const unsigned char *p = (const unsigned char *)t->p;
	size_t left = (size_t)(t->end - t->p), n = 0, i;

	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		n = 2;
	else if ((p[0] & 0xf0) == 0xe0)
		n = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		n = 4;
	if (n == 0 || n > left)
		return false;
	for (i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return false;
	t->p += n;
	return !((p[0] == 0xe0 && p[1] < 0xa0) ||
	    (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
	    (p[0] == 0xf4 && p[1] > 0x8f));
}

static bool
string(struct text *t)
{
	unsigned char c;

	if (!take(t, '"'))
		return false;
	while (t->p < t->end && *t->p != '"') {
		if ((unsigned char)*t->p >= 0x80) {
			if (!wide(t))
				return false;
			continue;
		}
		c = (unsigned char)*t->p++;
		if (c < 0x20)
			return false;
		if (c != '\\')
			continue;
		if (t->p == t->end || *t->p == '\0' ||
		    strchr("\"\\/bfnrtu", *t->p) == NULL)
			return false;
		if (*t->p++ == 'u' && !hex4(t))
			return false;
	}
	return take(t, '"');
}

static bool
digits(struct text *t)
{
	const char *from = t->p;

	while (t->p < t->end && *t->p >= '0' && *t->p <= '9')
		t->p++;
	return t->p > from;
}

static bool
number(struct text *t)
{
	take(t, '-');
	if (!take(t, '0') && !digits(t))
		return false;
	if (take(t, '.') && !digits(t))
		return false;
	if (!take(t, 'e') && !take(t, 'E'))
		return true;
	if (!take(t, '+'))
		take(t, '-');
	return digits(t);
}

static bool
word(struct text *t, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(t->end - t->p) < n || memcmp(t->p, text, n) != 0)
		return false;
	t->p += n;
	return true;
}

/* Takes out a top-level member whose text is wanted. */
static void
note(const struct text *t, const char *key, size_t nkey, const char *val)
{
	const struct json_want *want;
	size_t n = (size_t)(t->p - val);

	for (want = t->wants; want->name != NULL; want++)
		if (strlen(want->name) + 2 == nkey && *val == '"' &&
		    memcmp(want->name, key + 1, nkey - 2) == 0 &&
		    n - 2 < want->size)
			snprintf(want->text, want->size, "%.*s", (int)(n - 2),
			    val + 1);
}

static bool
members(struct text *t, int depth)
{
	const char *key, *val;
	size_t nkey;

	do {
		blanks(t);
		key = t->p;
		if (!string(t))
			return false;
		nkey = (size_t)(t->p - key);
		blanks(t);
		if (!take(t, ':'))
			return false;
		blanks(t);
		val = t->p;
		if (!value(t, depth + 1))
			return false;
		if (depth == 0)
			note(t, key, nkey, val);
		blanks(t);
	} while (take(t, ','));
	return take(t, '}');
}

static bool
elements(struct text *t, int depth)
{
	do {
		blanks(t);
		if (!value(t, depth + 1))
			return false;
		blanks(t);
	} while (take(t, ','));
	return take(t, ']');
}

static bool
value(struct text *t, int depth)
{
	if (t->p == t->end || depth > DEPTH)
		return false;
	switch (*t->p) {
	case '{':
		t->p++;
		blanks(t);
		return take(t, '}') || members(t, depth);
	case '[':
		t->p++;
		blanks(t);
		return take(t, ']') || elements(t, depth);
	case '"':
		return string(t);
	case 't':
		return word(t, "true");
	case 'f':
		return word(t, "false");
	case 'n':
		return word(t, "null");
	default:
		return number(t);
	}
}

bool
json_object(const char *p, size_t n, const struct json_want *wants)
{
	struct text t = { p, p + n, wants };
	const struct json_want *want;

	for (want = wants; want->name != NULL; want++)
		want->text[0] = '\0';
	blanks(&t);
	if (t.p == t.end || *t.p != '{' || !value(&t, 0))
		return false;
	blanks(&t);
	return t.p == t.end;
}
