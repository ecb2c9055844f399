#include "emit/word.h"

#include <stddef.h>

bool
ev_word_has(char c, unsigned set)
{
	if (c >= '0' && c <= '9')
		return (set & EV_WORD_DIGIT) != 0;
	if (c >= 'A' && c <= 'Z')
		return (set & EV_WORD_UPPER) != 0;
	if (c >= 'a' && c <= 'z')
		return (set & EV_WORD_LOWER) != 0;
	switch (c) {
	case '-':
		return (set & EV_WORD_DASH) != 0;
	case '_':
		return (set & EV_WORD_UNDER) != 0;
	case '.':
		return (set & EV_WORD_DOT) != 0;
	case '~':
	case '+':
	case '/':
	case '=':
		return (set & EV_WORD_MORE) != 0;
	default:
		return false;
	}
}

const char *
ev_word_pass(const char *p, const char *end, unsigned set)
{
	while (p < end && ev_word_has(*p, set))
		p++;
	return p;
}

/* Is what ends before p an escape sequence that sets colours ("ESC[31m")? */
static bool
is_colour(const char *begin, const char *p)
{
	const char *q = p - 1;

	if (q < begin || *q != 'm')
		return false;
	while (q > begin && p - q < 24 &&
	    (ev_word_has(q[-1], EV_WORD_DIGIT) || q[-1] == ';'))
		q--;
	return q - begin >= 2 && q[-1] == '[' && q[-2] == '\x1b';
}

bool
ev_word_begins(const char *begin, const char *p)
{
	size_t before = (size_t)(p - begin);

	if (before == 0 || !ev_word_has(p[-1], EV_WORD_ALNUM))
		return true;
	if (before >= 2 && p[-2] == '\\')
		return true;
	if (before >= 3 && p[-3] == '%')
		return true;
	if (before >= 6 && p[-6] == '\\' && p[-5] == 'u')
		return true;
	return is_colour(begin, p);
}

bool
ev_word_spelt(const char *begin, const char *p)
{
	const char *from = p - begin > 32 ? p - 32 : begin;

	while (p > from && p[-1] != '\\' && p[-1] != '%')
		p--;
	return p > from;
}
