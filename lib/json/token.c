#include "json/token.h"

#include "base/utf8.h"

const char *
ev_token_fail(struct ev_token *t, const char *p, enum ev_scan why)
{
	if (p >= t->end)
		why = EV_SCAN_TORN;
	else if (*p == '\0')
		why = EV_SCAN_NUL;
	t->bad = why;
	t->at = p;
	return NULL;
}

/* Outside strings no byte of 0x80 and over is JSON; sound UTF-8 or not? */
const char *
ev_token_wrong(struct ev_token *t, const char *p)
{
	uint32_t cp;

	if (p < t->end && ev_utf8_next(p, t->end, &cp) == 0)
		return ev_token_fail(t, p, EV_SCAN_UTF8);
	return ev_token_fail(t, p, EV_SCAN_SYNTAX);
}

static inline bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* p: the backslash. */
static const char *
escape(struct ev_token *t, const char *p)
{
	int i;

	switch (*++p) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return p + 1;
	case 'u':
		for (i = 1; i <= 4; i++)
			if (!is_hex(p[i]))
				return ev_token_fail(t, p + i, EV_SCAN_SYNTAX);
		return p + 5;
	default:
		return ev_token_fail(t, p, EV_SCAN_SYNTAX);
	}
}

/* p: a byte of 0x80 or over. */
static const char *
wide(struct ev_token *t, const char *p)
{
	const char *q;
	uint32_t cp;
	int len;

	for (; (unsigned char)*p >= 0x80; p += len) {
		len = ev_utf8_next(p, t->end, &cp);
#ifdef EV_MUTANT_NO_UTF8
		len = len > 0 ? len : 1;
#endif
		if (len > 0)
			continue;
		for (q = p + 1; q < t->end && (*q & 0xc0) == 0x80; q++)
			continue;
		/* cut inside a character: the line was torn there */
		return ev_token_fail(
		    t, q == t->end && q - p < 4 ? q : p, EV_SCAN_UTF8);
	}
	return p;
}

/* The rest of a string from its first byte that needs a look. */
const char *
ev_token_string_rest(struct ev_token *t, const char *p, uint8_t *escaped)
{
	while (*p != '"') {
		if (*p == '\\') {
			*escaped = 1;
			p = escape(t, p);
		} else if ((unsigned char)*p >= 0x80) {
			p = wide(t, p);
#ifdef EV_MUTANT_RAW_NUL
		} else if (*p == '\0' && p < t->end) {
			p++;
#endif
		} else {
			return ev_token_fail(t, p, EV_SCAN_SYNTAX);
		}
		if (p == NULL)
			return NULL;
		p = ev_token_stop(p);
	}
	return p;
}

static int
hex4(const char *p)
{
	int i, c, v = 0;

	for (i = 0; i < 4; i++) {
		c = (unsigned char)p[i];
		v = v * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return v;
}

/* One escape of a sound string at *p; gives its character. */
uint32_t
ev_token_unescape(const char **p)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *q = *p + 1, *known;
	uint32_t cp, low;

	*p += 2;
	if (*q != 'u') {
		known = strchr(from, *q);
		return (uint32_t)(known != NULL ? to[known - from] : *q);
	}
	cp = (uint32_t)hex4(q + 1);
	*p += 4;
	if (cp >= 0xd800 && cp <= 0xdbff && q[5] == '\\' && q[6] == 'u') {
		low = (uint32_t)hex4(q + 7);
		if (low >= 0xdc00 && low <= 0xdfff) {
			cp = 0x10000 + ((cp - 0xd800) << 10 | (low - 0xdc00));
			*p += 6;
		}
	}
	return cp;
}
