/*
 * date: dates of digits: 2026-01-06, 2026-W02-3, and runs of days: 2026-01.
 */
#ifndef EV_TEXT_DATE_H
#define EV_TEXT_DATE_H

#include "base/err.h"

enum ev_date_kind {
	EV_DATE_DAY,	/* one day: a clock time may follow */
	EV_DATE_RUN,	/* a week or a month */
	EV_DATE_PERIOD	/* 2026, this-week, ...: never meant as a moment */
};

/* Days since 1970-01-01; to is the first one that is not in it. */
struct ev_date {
	long			from, to;
	enum ev_date_kind	kind;
};

/*
 * Reads 2026-01-06, 2026-01, 2026-W02 (ISO 8601, from Monday on), 2026-W02-3
 * or, with nothing behind it, 2026 at *text and moves *text behind it.  1, or
 * 0: none of them begins there, or -1: one does, but does not exist (the
 * message says why); *text is of no use then.
 */
int	ev_date_parse(const char **text, struct ev_date *out,
	    struct ev_err *err);

#endif
