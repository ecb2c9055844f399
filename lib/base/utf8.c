#include "base/utf8.h"

int
ev_utf8_next(const char *p, const char *end, uint32_t *cp)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)p;
	uint32_t c = u[0];
	int i, n;

	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	if (c < 0xc2 || c > 0xf4 || end - p < n)
		return 0;
	c &= 0xffu >> (n + 1);
	for (i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*cp = c;
	return n;
}

bool
ev_utf8_valid(const char *p, size_t n)
{
	const char *end = p + n;
	uint32_t cp;
	int len;

	for (; p < end; p += len) {
		len = ev_utf8_next(p, end, &cp);
		if (len == 0)
			return false;
	}
	return true;
}

void
ev_utf8_put(struct ev_buf *buf, uint32_t cp)
{
	char out[4];
	size_t n;

	if (cp < 0x80) {
		out[0] = (char)cp;
		n = 1;
	} else if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		n = 2;
	} else if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		n = 3;
	} else {
		out[0] = (char)(0xf0 | cp >> 18);
		out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
		out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[3] = (char)(0x80 | (cp & 0x3f));
		n = 4;
	}
	ev_buf_add(buf, out, n);
}

bool
ev_utf16_next(struct ev_utf16 *unit, uint16_t *out)
{
	uint32_t cp;
	int len;

	if (unit->low != 0) {
		*out = (uint16_t)unit->low;
		unit->low = 0;
		return true;
	}
	if (unit->p >= unit->end)
		return false;
	len = ev_utf8_next(unit->p, unit->end, &cp);
	if (len == 0) {
		cp = 0xfffd;
		len = 1;
		/* WTF-8: a lone surrogate that ev_utf8_put wrote */
		if (unit->end - unit->p >= 3 &&
		    (unsigned char)unit->p[0] == 0xed &&
		    ((unsigned char)unit->p[1] & 0xe0) == 0xa0) {
			cp = 0xd000u | ((uint32_t)unit->p[1] & 0x3f) << 6 |
			    ((uint32_t)unit->p[2] & 0x3f);
			len = 3;
		}
	}
	unit->p += len;
	if (cp >= 0x10000) {
		cp -= 0x10000;
		unit->low = 0xdc00 | (cp & 0x3ff);
		cp = 0xd800 | cp >> 10;
	}
	*out = (uint16_t)cp;
	return true;
}

bool
ev_utf8_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0x61c ||
	    cp == 0x200e || cp == 0x200f || (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2066 && cp <= 0x2069);
}
