#include "ledger/trim.h"

/* clang-format off */
static const struct ev_slice spaces[] = {
	EV_SLICE_INIT("\t"), EV_SLICE_INIT("\n"), EV_SLICE_INIT("\v"),
	EV_SLICE_INIT("\f"), EV_SLICE_INIT("\r"), EV_SLICE_INIT(" "),
	EV_SLICE_INIT("\u00a0"), EV_SLICE_INIT("\u1680"),
	EV_SLICE_INIT("\u2000"), EV_SLICE_INIT("\u2001"),
	EV_SLICE_INIT("\u2002"), EV_SLICE_INIT("\u2003"),
	EV_SLICE_INIT("\u2004"), EV_SLICE_INIT("\u2005"),
	EV_SLICE_INIT("\u2006"), EV_SLICE_INIT("\u2007"),
	EV_SLICE_INIT("\u2008"), EV_SLICE_INIT("\u2009"),
	EV_SLICE_INIT("\u200a"), EV_SLICE_INIT("\u2028"),
	EV_SLICE_INIT("\u2029"), EV_SLICE_INIT("\u202f"),
	EV_SLICE_INIT("\u205f"), EV_SLICE_INIT("\u3000"),
	EV_SLICE_INIT("\ufeff"),
};
/* clang-format on */

/* How many bytes of white space a text begins (or ends) with. */
static size_t
space(struct ev_slice text, bool end)
{
	size_t i, n;
	const char *p;

	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		n = spaces[i].n;
		if (n > text.n)
			continue;
		p = end ? text.p + text.n - n : text.p;
		if (memcmp(p, spaces[i].p, n) == 0)
			return n;
	}
	return 0;
}

struct ev_slice
ev_trim(struct ev_slice text)
{
	size_t n;

	while (text.n > 0 && (n = space(text, false)) > 0) {
		text.p += n;
		text.n -= n;
	}
	while (text.n > 0 && (n = space(text, true)) > 0)
		text.n -= n;
	return text;
}

bool
ev_trim_word(struct ev_slice *text, struct ev_slice *word)
{
	struct ev_slice rest = ev_trim(*text);

	*word = (struct ev_slice){ rest.p, 0 };
	while (rest.n > 0 && space(rest, false) == 0) {
		rest.p++;
		rest.n--;
		word->n++;
	}
	*text = rest;
	return word->n > 0;
}
