#include "text/time.h"

#include <stdlib.h>

#include "json/number.h"

#define DAY 86400L

/* Two digits as a number; above 99 when they are none. */
static unsigned
two(const char *p)
{
	unsigned a = (unsigned char)p[0] - (unsigned)'0';
	unsigned b = (unsigned char)p[1] - (unsigned)'0';

	return a > 9 || b > 9 ? 100 : a * 10 + b;
}

/* 2026-01-06 at p, as days since 1970. */
static bool
read_date(const char *p, long *days)
{
	unsigned high = two(p), low = two(p + 2);
	unsigned month = two(p + 5), day = two(p + 8);
	long year = high * 100L + low;

	if (high > 99 || low > 99 || p[4] != '-' || p[7] != '-')
		return false;
	if (month < 1 || month > 12 || day < 1)
		return false;
	if (day > 28 && day > (unsigned)ev_month_days(year, (int)month))
		return false;
	*days = ev_days_from_civil(year, (int)month, (int)day);
	return true;
}

/* 10:30:00 at p, as seconds of the day. */
static bool
read_clock(const char *p, long *sec)
{
	unsigned hour = two(p), min = two(p + 3), s = two(p + 6);

	if (hour > 23 || min > 59 || s > 60 || p[2] != ':' || p[5] != ':')
		return false;
	*sec = hour * 3600L + min * 60 + s;
	return true;
}

/* The digits behind a dot, nine at most, as nanoseconds; NULL: none. */
static const char *
read_fraction(const char *p, const char *end, long *nsec)
{
	long value = 0, scale = 1000000000;

	for (; p < end && *p >= '0' && *p <= '9' && scale > 1; p++) {
		value = value * 10 + (*p - '0');
		scale /= 10;
	}
	if (scale == 1000000000)
		return NULL;
	*nsec = value * scale;
	return p;
}

/* Nothing, Z, or an offset, up to the end. */
static bool
read_zone(const char *p, const char *end, long *east)
{
	unsigned hour, min;

	*east = 0;
	if (p == end)
		return true;
	if (end - p == 1)
		return *p == 'Z' || *p == 'z';
	if (end - p != 6 || (*p != '+' && *p != '-') || p[3] != ':')
		return false;
	hour = two(p + 1);
	min = two(p + 4);
	if (hour > 23 || min > 59)
		return false;
	*east = hour * 3600L + min * 60;
	if (*p == '-')
		*east = -*east;
	return true;
}

bool
ev_time_rfc3339(struct ev_slice text, struct timespec *out)
{
	const char *p = text.p, *end;
	long days, sec, east, nsec = 0;

	if (text.n < 19 || (p[10] != 'T' && p[10] != ' ' && p[10] != 't'))
		return false;
	end = p + text.n;
	if (!read_date(p, &days) || !read_clock(p + 11, &sec))
		return false;
	p += 19;
	if (p < end && *p == '.') {
		p = read_fraction(p + 1, end, &nsec);
		if (p == NULL)
			return false;
	}
	if (!read_zone(p, end, &east))
		return false;
	out->tv_sec = (time_t)(days * DAY + sec - east);
	out->tv_nsec = nsec;
	return ev_time_ok(*out);
}

/* The power of ten of a number's unit, by its size. */
static int
scale_of(struct ev_slice n)
{
	static const struct {
		struct ev_slice below;
		size_t digits;
		int scale;
	} class[] = {
		{ { "1e11", 4 }, 11, 0 },
		{ { "1e14", 4 }, 14, -3 },
		{ { "1e17", 4 }, 17, -6 },
	};
	size_t i, digits = 0;

	if (n.n > 0 && *n.p == '-') {
		n.p++;
		n.n--;
	}
	while (digits < n.n && n.p[digits] >= '0' && n.p[digits] <= '9')
		digits++;
	/* no leading zeros: digits tell the size unless an exponent follows */
	if (memchr(n.p, 'e', n.n) != NULL || memchr(n.p, 'E', n.n) != NULL)
		digits = 0;
	for (i = 0; i < sizeof(class) / sizeof(class[0]); i++)
		if (digits > 0 ? digits <= class[i].digits :
				 ev_num_cmp(n, class[i].below) < 0)
			return class[i].scale;
	return -9;
}

bool
ev_time_number(struct ev_slice number, bool ms, struct timespec *out)
{
	int64_t sec;
	int32_t nsec;

	if (!ev_num_time(number, ms ? -3 : scale_of(number), &sec, &nsec))
		return false;
	out->tv_sec = (time_t)sec;
	out->tv_nsec = nsec;
	return true;
}

/* Writes n with at least width digits; gives the place behind them. */
static char *
put(char *p, long n, int width)
{
	char digit[24];
	int i = 0;

	if (n < 0)
		*p++ = '-';
	do {
		digit[i++] = (char)('0' + labs(n % 10));
		n /= 10;
	} while (n != 0 || i < width);
	while (i > 0)
		*p++ = digit[--i];
	return p;
}

static char *
put_date(char *p, long days)
{
	long year;
	int month, day;

	ev_civil_from_days(days, &year, &month, &day);
	p = put(p, year, 4);
	*p++ = '-';
	p = put(p, month, 2);
	*p++ = '-';
	return put(p, day, 2);
}

static char *
put_seconds(char *p, struct timespec t)
{
	long days = ev_day_of(t.tv_sec);
	long sec = (long)(t.tv_sec % DAY);

	if (sec < 0)
		sec += DAY;
	p = put_date(p, days);
	*p++ = 'T';
	p = put(p, sec / 3600, 2);
	*p++ = ':';
	p = put(p, sec / 60 % 60, 2);
	*p++ = ':';
	return put(p, sec % 60, 2);
}

void
ev_time_format(struct timespec t, char out[EV_TIME_SIZE])
{
	char *p = put_seconds(out, t);

	*p++ = '.';
	p = put(p, t.tv_nsec / 1000000, 3);
	*p++ = 'Z';
	*p = '\0';
}

void
ev_time_format_s(struct timespec t, char out[EV_TIME_SIZE])
{
	char *p = put_seconds(out, t);

	*p++ = 'Z';
	*p = '\0';
}

void
ev_time_format_day(struct timespec t, char out[EV_TIME_SIZE])
{
	*put_date(out, ev_day_of(t.tv_sec)) = '\0';
}

int
ev_now(struct timespec *out, struct ev_err *err)
{
	const char *text = getenv("EV_NOW");
	struct ev_slice s;

	if (text == NULL || *text == '\0') {
		*out = ev_clock_real();
		return 0;
	}
	s = ev_slice_of(text);
	if (ev_time_rfc3339(s, out))
		return 0;
	if (ev_num_valid(s) && ev_time_number(s, false, out))
		return 0;
	return ev_fail(err,
	    "EV_NOW '%s' is not a time: give RFC 3339 "
	    "(2026-01-06T10:30:00Z) or milliseconds since 1970",
	    text);
}
