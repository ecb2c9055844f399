/*
 * civil: days and the Gregorian calendar, at any distance.
 *
 * A day is a count from 1970-01-01 (day 0); it has 86400 seconds.
 */
#ifndef EV_TEXT_CIVIL_H
#define EV_TEXT_CIVIL_H

#include <stdint.h>

/* The day of a date (month 1..12), and the date of a day. */
long	ev_days_from_civil(long year, int month, int day);
void	ev_civil_from_days(long days, long *year, int *month, int *day);

/* How many days the month (1..12) has, 28 to 31. */
int	ev_month_days(long year, int month);

/* 0 Monday .. 6 Sunday. */
int	ev_weekday(long days);

/* The first day of a month; -11..0 and 13..24 are in the years beside. */
long	ev_month_start(long year, int month);

/* The day in which a second since 1970 lies (rounded down). */
long	ev_day_of(int64_t sec);

#endif
