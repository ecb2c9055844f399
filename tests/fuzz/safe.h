/*
 * safe: which bytes may reach a terminal, by a decoder of its own.
 */
#ifndef FUZZ_SAFE_H
#define FUZZ_SAFE_H

#include "reference.h"

static inline bool
safe_char(uint32_t c)
{
	return c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) &&
	    c != 0x61c && c != 0x200e && c != 0x200f &&
	    !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
}

/* UTF-8 without controls, C1 and bidirectional controls; `also` are allowed. */
static inline bool
safe_text(struct ev_slice text, const char *also)
{
	struct ref r = { (const unsigned char *)text.p, text.n, 0, EV_SCAN_OK };
	static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t len, k;
	uint32_t c;

	for (; r.i < r.n; r.i += len) {
		len = ref_utf8(&r, r.i);
		if (len == 0)
			return false;
		c = r.p[r.i] & lead[len];
		for (k = 1; k < len; k++)
			c = c << 6 | (r.p[r.i + k] & 0x3f);
		if (!safe_char(c) &&
		    (c == 0 || c > 0x7f || strchr(also, (int)c) == NULL))
			return false;
	}
	return true;
}

#endif
