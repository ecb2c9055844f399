/*
 * reference_val: the values of sound JSON, found the plainest way.
 */
#ifndef EV_REFERENCE_VAL_H
#define EV_REFERENCE_VAL_H

#include "reference.h"

/* Puts one character of a sound string's text as WTF-8; gives its bytes. */
static inline size_t
ref_char(const unsigned char *s, size_t *i, unsigned char out[4])
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	uint32_t cp[2] = { 0, 0 };
	size_t k, j;

	out[0] = s[(*i)++];
	if (out[0] != '\\')
		return 1;
	out[0] = s[(*i)++];
	for (k = 0; k < 5; k++)
		if (out[0] == (unsigned char)from[k]) {
			out[0] = (unsigned char)to[k];
			return 1;
		}
	if (out[0] != 'u')
		return 1;
	for (j = 0; j < 2; j++) {
		for (k = 0; k < 4; k++)
			cp[j] = cp[j] * 16 +
			    (uint32_t)ref_hex(s[*i + 6 * j + k]);
		if (cp[0] < 0xd800 || cp[0] > 0xdbff || s[*i + 4] != '\\' ||
		    s[*i + 5] != 'u')
			break;
	}
	*i += 4;
	if (cp[1] >= 0xdc00 && cp[1] <= 0xdfff) {
		*i += 6;
		cp[0] = 0x10000 + (cp[0] - 0xd800) * 0x400 + cp[1] - 0xdc00;
		out[0] = (unsigned char)(0xf0 | cp[0] >> 18);
		out[1] = (unsigned char)(0x80 | (cp[0] >> 12 & 0x3f));
		out[2] = (unsigned char)(0x80 | (cp[0] >> 6 & 0x3f));
		out[3] = (unsigned char)(0x80 | (cp[0] & 0x3f));
		return 4;
	}
	if (cp[0] < 0x80) {
		out[0] = (unsigned char)cp[0];
		return 1;
	}
	if (cp[0] < 0x800) {
		out[0] = (unsigned char)(0xc0 | cp[0] >> 6);
		out[1] = (unsigned char)(0x80 | (cp[0] & 0x3f));
		return 2;
	}
	out[0] = (unsigned char)(0xe0 | cp[0] >> 12);
	out[1] = (unsigned char)(0x80 | (cp[0] >> 6 & 0x3f));
	out[2] = (unsigned char)(0x80 | (cp[0] & 0x3f));
	return 3;
}

/* True when the string text s[i..end) means key. */
static inline bool
ref_means(const unsigned char *s, size_t i, size_t end, struct ev_slice key)
{
	unsigned char c[4];
	size_t n, at = 0;

	while (i < end) {
		n = ref_char(s, &i, c);
		if (key.n - at < n || memcmp(key.p + at, c, n) != 0)
			return false;
		at += n;
	}
	return at == key.n;
}

/*
 * The value that begins at `from` of sound JSON, as the scanner would give it.
 */
static inline struct ev_val
ref_val(const void *p, size_t n, size_t from)
{
	static const char first[] = "ntf\"{[";
	static const uint8_t kind[] = { EV_NULL, EV_TRUE, EV_FALSE, EV_STRING,
		EV_OBJECT, EV_ARRAY };
	struct ref r = { p, n, from, EV_SCAN_OK };
	struct ev_val val = { (const char *)p + from, 0, EV_NUMBER, 0 };
	bool escaped = false;
	size_t k;

	for (k = 0; k < sizeof(kind); k++)
		if (*val.p == first[k])
			val.kind = kind[k];
	if (val.kind == EV_STRING)
		ref_string(&r, &escaped);
	else
		ref_value(&r, 0);
	val.n = (uint32_t)(r.i - from);
	val.escaped = escaped;
	if (val.kind == EV_STRING) {
		val.p++;
		val.n -= 2;
	}
	return val;
}

/* The last member of a sound object that has this key; EV_NONE: none. */
static inline struct ev_val
ref_member(const struct ev_val *object, struct ev_slice key)
{
	struct ref r = { (const unsigned char *)object->p, object->n, 1,
		EV_SCAN_OK };
	struct ev_val found = { .kind = EV_NONE };
	size_t from, end;
	bool escaped;

	if (object->kind != EV_OBJECT)
		return found;
	ref_blanks(&r);
	while (ref_peek(&r) == '"') {
		from = r.i + 1;
		ref_string(&r, &escaped);
		end = r.i - 1;
		ref_blanks(&r);
		r.i++;
		ref_blanks(&r);
		if (ref_means(r.p, from, end, key))
			found = ref_val(r.p, r.n, r.i);
		ref_value(&r, 0);
		ref_blanks(&r);
		r.i++;
		ref_blanks(&r);
	}
	return found;
}

#endif
