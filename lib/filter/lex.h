/*
 * lex: the words and signs of an expression (filter/expr.h).
 *
 * What a word may hold depends on its place: "type*=bead.?losed" is a field,
 * an operator and a value.  So the parser says what it looks for, and each
 * function skips the blanks before it.
 */
#ifndef EV_FILTER_LEX_H
#define EV_FILTER_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct ev_lex {
	const char	*text;
	size_t		 at;	/* offset of what comes next */
};

enum ev_lex_op {
	EV_LEX_EQ, EV_LEX_LT, EV_LEX_LE, EV_LEX_GT, EV_LEX_GE,
	EV_LEX_REGEX, EV_LEX_GLOB, EV_LEX_EXISTS
};

/* A field or a value; text is yours, for free(). */
struct ev_lex_word {
	char	*text;
	size_t	 column;	/* in characters, from 1 */
	bool	 quoted;
};

/* True at the end of the text. */
bool	ev_lex_end(struct ev_lex *lex);
/* Takes the sign when it stands next. */
bool	ev_lex_sign(struct ev_lex *lex, char sign);
/* Takes the word (lower case) when it stands next, in any case. */
bool	ev_lex_keyword(struct ev_lex *lex, const char *word);
/* Takes an operator; != and !~ give EV_LEX_EQ and EV_LEX_REGEX with *negate. */
bool	ev_lex_operator(struct ev_lex *lex, enum ev_lex_op *op, bool *negate);

/*
 * Takes a field, or a value.  In quotes a backslash before a quote or a
 * backslash is dropped, any other stands for itself (so that patterns need not
 * double theirs).  -1: nothing of the kind stands there.
 */
int	ev_lex_field(struct ev_lex *lex, struct ev_lex_word *out,
	    struct ev_err *err);
int	ev_lex_value(struct ev_lex *lex, struct ev_lex_word *out,
	    struct ev_err *err);

/* The number that the word is, as JSON writes it (.5 is 0.5), yours, for
 * free(); NULL: none, or in quotes. */
char	*ev_lex_number(const struct ev_lex_word *word);

/* "column N: expected WHAT" for what stands next.  Gives -1. */
int	ev_lex_fail(struct ev_lex *lex, struct ev_err *err,
	    const char *expected);

#endif
