/*
 * cron: when a line of five cron fields is due next, in UTC.
 *
 * minute 0-59, hour 0-23, day of the month 1-31, month 1-12, day of the week
 * 0-7 (Sunday is 0 and 7), each a comma list of N, N-M and *, with /STEP behind.
 * When both days are restricted one of them suffices.  These are the fields of
 * Brewva's scheduler; there are no names.
 */
#ifndef EV_LEDGER_CRON_H
#define EV_LEDGER_CRON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define EV_CRON_FIELDS 5

struct ev_cron {
	uint64_t	at[EV_CRON_FIELDS]; /* the values, as bits */
	bool		any_day, any_weekday;
};

/* False: no such line. */
bool	ev_cron_read(struct ev_cron *cron, struct ev_slice text);

/* The first whole minute behind `sec` (seconds since 1970) at which it is due,
 * in seconds; false: none within five years. */
bool	ev_cron_next(const struct ev_cron *cron, int64_t sec, int64_t *next);

#endif
