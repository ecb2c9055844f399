#include "text/civil.h"

#define DAY 86400

/* Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in
 * March, eras have 400 of them and 146097 days. */
long
ev_days_from_civil(long year, int month, int day)
{
	long y = month <= 2 ? year - 1 : year;
	long era = (y >= 0 ? y : y - 399) / 400;
	long yoe = y - era * 400;
	long doy = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5;
	long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy + day - 1;

	return era * 146097 + doe - 719468;
}

void
ev_civil_from_days(long days, long *year, int *month, int *day)
{
	long z = days + 719468;
	long era = (z >= 0 ? z : z - 146096) / 146097;
	long doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = yoe + era * 400 + (*month <= 2);
}

int
ev_month_days(long year, int month)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
		31, 30, 31 };

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

int
ev_weekday(long days)
{
	int n = (int)((days + 3) % 7); /* day 0 was a Thursday */

	return n < 0 ? n + 7 : n;
}

long
ev_day_of(int64_t sec)
{
	int64_t day = sec / DAY;

	return (long)(sec % DAY < 0 ? day - 1 : day);
}

long
ev_month_start(long year, int month)
{
	if (month < 1)
		return ev_days_from_civil(year - 1, month + 12, 1);
	if (month > 12)
		return ev_days_from_civil(year + 1, month - 12, 1);
	return ev_days_from_civil(year, month, 1);
}
