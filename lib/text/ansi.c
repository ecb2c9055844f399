#include "text/ansi.h"

#define BEL '\a'

/* Behind the bytes of [low, high] from p on. */
static const char *
while_in(const char *p, const char *end, char low, char high)
{
	while (p < end && *p >= low && *p <= high)
		p++;
	return p;
}

const char *
ev_ansi_skip(const char *p, const char *end)
{
	if (++p == end)
		return p;
	if (*p == ']') {
		while (p < end && *p != BEL && *p != EV_ANSI_ESC && *p != '\n')
			p++;
		if (end - p >= 2 && p[0] == EV_ANSI_ESC && p[1] == '\\')
			return p + 2;
		return p < end && *p == BEL ? p + 1 : p;
	}
	if (*p == '[') {
		p = while_in(p + 1, end, 0x30, 0x3f);
		p = while_in(p, end, 0x20, 0x2f);
		return p < end && *p >= 0x40 && *p <= 0x7e ? p + 1 : p;
	}
	p = while_in(p, end, 0x20, 0x2f);
	return p < end && *p >= 0x30 && *p <= 0x7e ? p + 1 : p;
}

bool
ev_ansi_home(const char *p, const char *end)
{
	const char *last = ev_ansi_skip(p, end) - 1;

	return end - p >= 3 && p[1] == '[' && *last == 'G' &&
	    (last == p + 2 || (last == p + 3 && p[2] == '1'));
}
