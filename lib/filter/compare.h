/*
 * compare: one comparison of an expression: a field, an operator, values.
 *
 * On an array a comparison holds when it holds for one element, its negation
 * when it holds for none; of a field that is missing (or null, unless the
 * value is the bare word null) no comparison holds.
 */
#ifndef EV_FILTER_COMPARE_H
#define EV_FILTER_COMPARE_H

#include <stdbool.h>

#include "base/err.h"
#include "event/event.h"
#include "filter/subject.h"
#include "filter/lex.h"

struct ev_compare;

/* A comparison of the field that a word names.  NULL as ev_subject_find. */
struct ev_compare *ev_compare_new(const struct ev_scope *scope,
	    const struct ev_lex_word *field, struct ev_err *err);
void	ev_compare_free(struct ev_compare *compare);
/* Before the values; EV_LEX_EXISTS takes none, EV_LEX_EQ one or more. */
void	ev_compare_operator(struct ev_compare *compare, enum ev_lex_op op,
	    bool negate);
/* Adds a value.  -1: it is not of the kind that is wanted there (a time, a
 * number, a pattern); the message has the column. */
int	ev_compare_value(struct ev_compare *compare,
	    const struct ev_scope *scope, const struct ev_lex_word *value,
	    struct ev_err *err);

/* Several threads may ask at once, each with its own event. */
bool	ev_compare_match(const struct ev_compare *compare, struct ev_event *ev);

/* How many texts a pattern could not be tried on to the end (text/regex.h). */
uint64_t ev_compare_unsolved(const struct ev_compare *compare);

/*
 * A text that stands byte for byte in every line that can match (or in which
 * a \u escape stands), or NULL; the comparison's.
 */
const char *ev_compare_literal(const struct ev_compare *compare);

#endif
