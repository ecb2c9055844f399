/*
 * dateword: dates in words: yesterday, last tuesday, last-month.
 */
#ifndef EV_TEXT_DATEWORD_H
#define EV_TEXT_DATEWORD_H

#include "base/err.h"
#include "text/date.h"

/*
 * As ev_date_parse, and words as well, in any case and whole: today,
 * yesterday, tomorrow, a weekday (the latest, today included), last and a
 * weekday (before today), this or last and week (from Monday on), month or
 * year.  today: a day since 1970-01-01.
 */
int	ev_dateword_parse(const char **text, long today, struct ev_date *out,
	    struct ev_err *err);

/* Words that a time can begin with, for ev_nearest; a NULL ends them. */
extern const char *const ev_dateword_list[];

#endif
