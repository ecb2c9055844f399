#include "event/label.h"

#include "event/uuid.h"

#define ULID_CHARS 26
#define HEX_LEAST 8

static bool
is_ulid(const char *p, const char *end)
{
	if (end - p != ULID_CHARS || *p < '0' || *p > '7')
		return false;
	for (; p < end; p++)
		if (!ev_is_digit(*p) &&
		    (*p < 'A' || *p > 'Z' || memchr("ILOU", *p, 4) != NULL))
			return false;
	return true;
}

/* The end of the word at p; behind p itself when none begins there. */
static const char *
word_end(const struct ev_lex *lex, const char *p)
{
	return ev_is_word(*p) ? ev_lex_word(lex, p) : p + 1;
}

bool
ev_label_id(struct ev_lex *lex, const char *p, const char **next)
{
	struct ev_slice rest = { p, (size_t)(lex->end - p) };

	*next = word_end(lex, p);
	if (!ev_is_hex(*p))
		return false;
	if (*next - p == 8 && ev_uuid_starts(rest) &&
	    ev_lex_bound(lex, p + EV_UUID_CHARS)) {
		*next = p + EV_UUID_CHARS;
		return true;
	}
	return is_ulid(p, *next);
}

bool
ev_label_hex(struct ev_lex *lex, const char *p, const char **next)
{
	const char *end = word_end(lex, p);
	bool digit = false, letter = false;
	size_t n = (size_t)(end - p);

	*next = end;
	if (n > 2 && p[0] == '0' && (p[1] | 0x20) == 'x') {
		for (p += 2; p < end && ev_is_hex(*p);)
			p++;
		return p == end;
	}
	if (n < HEX_LEAST)
		return false;
	for (; p < end && ev_is_hex(*p); p++) {
		digit |= ev_is_digit(*p);
		letter |= !ev_is_digit(*p);
	}
	return p == end && digit && letter;
}
