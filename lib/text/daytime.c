#include "text/daytime.h"

#include <ctype.h>

/* Exactly two digits and no third at *p, moved behind them; else -1. */
static int
two(const char **p)
{
	const char *s = *p;

	if (!isdigit((unsigned char)s[0]) || !isdigit((unsigned char)s[1]) ||
	    isdigit((unsigned char)s[2]))
		return -1;
	*p = s + 2;
	return (s[0] - '0') * 10 + (s[1] - '0');
}

static int
read_fraction(const char **p, long *nsec)
{
	long scale = 1000000000;
	const char *s = *p;

	*nsec = 0;
	for (; isdigit((unsigned char)*s); s++) {
		if (scale == 1)
			return -1;
		scale /= 10;
		*nsec += scale * (*s - '0');
	}
	if (s == *p)
		return -1;
	*p = s;
	return 0;
}

/* Z or an offset at *p, when one is there. */
static int
read_zone(const char **p, struct ev_daytime *out, struct ev_err *err)
{
	const char *s = *p;
	int hour, min = -1;

	s += *s == ' ';
	if (*s == 'Z' || *s == 'z') {
		s++;
	} else if (*s == '+' || *s == '-') {
		bool west = *s++ == '-';

		hour = two(&s);
		if (hour >= 0 && *s == ':') {
			s++;
			min = two(&s);
		}
		if (hour < 0 || hour > 23 || min < 0 || min > 59)
			return ev_fail(err,
			    "'%s' is not an offset from UTC; "
			    "write +01:00",
			    *p);
		out->zone.east = (hour * 60L + min) * (west ? -60 : 60);
	} else {
		return 0;
	}
	out->has_zone = true;
	*p = s;
	return 0;
}

int
ev_daytime_parse(const char **text, struct ev_daytime *out, struct ev_err *err)
{
	const char *p = *text;
	int hour, min, sec = 0;

	*out = (struct ev_daytime){ 0, 0, false, { false, 0 } };
	if (!isdigit((unsigned char)*p))
		return 0;
	if (p[1] == ':')
		hour = *p++ - '0';
	else if ((hour = two(&p)) < 0 || *p != ':')
		return 0;
	p++;
	min = two(&p);
	if (min < 0)
		return ev_fail(err,
		    "'%s': minutes have two digits; write "
		    "%02d:00",
		    *text, hour);
	if (*p == ':') {
		p++;
		sec = two(&p);
		if (sec < 0)
			return ev_fail(err,
			    "'%s': seconds have two digits; "
			    "write %02d:%02d:00",
			    *text, hour, min);
		if (*p == '.') {
			p++;
			if (read_fraction(&p, &out->nsec) < 0)
				return ev_fail(err,
				    "'%s': a second has 1 to 9 "
				    "digits behind its dot",
				    *text);
		}
	}
	if (hour > 23 || min > 59 || sec > 60)
		return ev_fail(err, "'%s': there is no %s %d", *text,
		    hour > 23	 ? "hour" :
			min > 59 ? "minute" :
				   "second",
		    hour > 23	 ? hour :
			min > 59 ? min :
				   sec);
	out->sec = hour * 3600L + min * 60 + sec;
	if (read_zone(&p, out, err) < 0)
		return -1;
	*text = p;
	return 1;
}
