/*
 * regex: Perl patterns; the one door to PCRE2.
 *
 * UTF-8; match, depth and heap limits are set, so that no pattern of a user can
 * hang on a text of a log.  A pattern without an upper-case letter matches any
 * case when smart is set (the S of \S and the name in \p{Lu} are no letters).
 */
#ifndef EV_TEXT_REGEX_H
#define EV_TEXT_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct ev_regex;

/* NULL: the pattern is wrong; the message has the place in it. */
struct ev_regex *ev_regex_new(const char *pattern, bool smart,
	    struct ev_err *err);
void	ev_regex_free(struct ev_regex *regex);

/*
 * 1 match, 0 none, -1 a limit was hit (callers treat it as none; it is counted).
 * Bytes that are not UTF-8 (a surrogate, too) match nothing, what stands
 * between them is searched.  May be called by several threads at once.
 */
int	ev_regex_match(const struct ev_regex *regex, struct ev_slice text);
/*
 * As ev_regex_match, and on a match group[i] becomes what the pattern's group
 * i + 1 took, inside text (p NULL: it took no part).
 */
int	ev_regex_groups(const struct ev_regex *regex, struct ev_slice text,
	    struct ev_slice *group, size_t count);
/* How many texts hit a limit so far: of these nobody knows the answer. */
uint64_t ev_regex_unsolved(const struct ev_regex *regex);

/*
 * A text of at least 3 bytes that stands, byte for byte, in everything that
 * the pattern matches (NULL: none is known, or case is folded); the pattern's.
 */
const char *ev_regex_literal(const struct ev_regex *regex);

#endif
