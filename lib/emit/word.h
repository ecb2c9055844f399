/*
 * word: of which characters secrets are made, and where one may begin.
 */
#ifndef EV_EMIT_WORD_H
#define EV_EMIT_WORD_H

#include <stdbool.h>

/* Sets of ASCII characters. */
enum {
	EV_WORD_DIGIT = 1,
	EV_WORD_UPPER = 2,
	EV_WORD_LOWER = 4,
	EV_WORD_DASH = 8,
	EV_WORD_UNDER = 16,
	EV_WORD_DOT = 32,
	EV_WORD_MORE = 64,	/* ~ + / =, of bearer tokens (RFC 6750) */
	EV_WORD_ALNUM = EV_WORD_DIGIT | EV_WORD_UPPER | EV_WORD_LOWER,
	EV_WORD_BASE64URL = EV_WORD_ALNUM | EV_WORD_DASH | EV_WORD_UNDER
};

/* Is the character one of the set? */
bool	ev_word_has(char c, unsigned set);
/* The first character from p on that is not of the set, or end. */
const char *ev_word_pass(const char *p, const char *end, unsigned set);

/*
 * May a word begin at p in a text that begins at begin?  Not behind a letter
 * or digit (task-...), unless that is the end of a spelling of something else:
 * \n in JSON inside a string, %3D in a URL, a colour of a terminal.
 */
bool	ev_word_begins(const char *begin, const char *p);
/* May what stands before p in raw JSON be such a spelling?  When in doubt. */
bool	ev_word_spelt(const char *begin, const char *p);

#endif
