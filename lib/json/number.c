#include "json/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * Exponents beyond this count as this: no line is long enough for digits to
 * bring a number back from there.
 */
#define EXP_MOST INT64_C(100000000000000000)

#define DOUBLE_DIGITS 800 /* more never change the nearest double */

#define SEC_LEAST INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define SEC_MOST INT64_C(253402300799)	/* 9999-12-31T23:59:59Z */

/* 0.DIGITS * 10^point, no zero at either end of the digits; n = 0: zero. */
struct decimal {
	const char *p; /* the next digit, or a dot before it */
	size_t n;      /* digits left, dots not counted */
	int64_t point;
	bool neg;
};

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *
digits(const char *p, const char *end)
{
	while (p < end && is_digit(*p))
		p++;
	return p;
}

bool
ev_num_valid(struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *from;

	if (p < end && *p == '-')
		p++;
	from = p;
	p = digits(p, end);
	if (p == from || (*from == '0' && p - from > 1))
		return false;
	if (p < end && *p == '.') {
		from = ++p;
		p = digits(p, end);
		if (p == from)
			return false;
	}
	if (p < end && (*p | 0x20) == 'e') {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		from = p;
		p = digits(p, end);
		if (p == from)
			return false;
	}
	return p == end;
}

/* p: behind the "e". */
static int64_t
exponent(const char *p, const char *end)
{
	bool neg = *p == '-';
	int64_t e = 0;

	if (!is_digit(*p))
		p++;
	for (; p < end && e < EXP_MOST; p++)
		e = e * 10 + (*p - '0');
	if (e > EXP_MOST)
		e = EXP_MOST;
	return neg ? -e : e;
}

static struct decimal
decimal(struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *dot, *last;
	struct decimal d = { .neg = *p == '-' };

	if (d.neg)
		p++;
	dot = digits(p, end);
	last = dot < end && *dot == '.' ? digits(dot + 1, end) : dot;
	if (last < end)
		d.point = exponent(last + 1, end);
	while (p < last && (*p == '0' || *p == '.'))
		p++;
	while (last > p && (last[-1] == '0' || last[-1] == '.'))
		last--;
	d.p = p;
	d.n = (size_t)(last - p);
	d.point += dot - p;
	if (p < dot && last > dot)
		d.n--;
	else if (p > dot)
		d.point++;
	return d;
}

/* The next digit; 0 behind the last one. */
static inline unsigned
take(struct decimal *d)
{
	if (d->n == 0)
		return 0;
	if (*d->p == '.')
		d->p++;
	d->n--;
	return (unsigned)(*d->p++ - '0');
}

static int
sign(const struct decimal *d)
{
	return d->n == 0 ? 0 : d->neg ? -1 : 1;
}

int
ev_num_cmp(struct ev_slice left, struct ev_slice right)
{
	struct decimal a = decimal(left), b = decimal(right);
	unsigned x, y;
	int s = sign(&a);

	if (s != sign(&b))
		return s < sign(&b) ? -1 : 1;
	if (s == 0)
		return 0;
	if (a.point != b.point)
		return a.point < b.point ? -s : s;
	while (a.n > 0 || b.n > 0) {
		x = take(&a);
		y = take(&b);
		if (x != y)
			return x < y ? -s : s;
	}
	return 0;
}

bool
ev_num_int(struct ev_slice text, int64_t *out)
{
	struct decimal d = decimal(text);
	uint64_t v = 0, most = INT64_MAX;
	int64_t i;

	/* 19 digits fit into 64 bits without a sign */
	if (d.n > 0 && (d.point > 19 || (int64_t)d.n > d.point))
		return false;
	for (i = d.n > 0 ? d.point : 0; i > 0; i--)
		v = v * 10 + take(&d);
	if (v > most + d.neg)
		return false;
	*out = d.neg ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

/*
 * strtod gets the digits as a whole number with an exponent: without a dot in
 * it no locale matters.
 */
static double
nearest(struct decimal d)
{
	char room[DOUBLE_DIGITS + 32];
	size_t i, n = d.n < DOUBLE_DIGITS ? d.n : DOUBLE_DIGITS;
	bool more = d.n > n;

	for (i = 0; i < n; i++)
		room[i] = (char)('0' + take(&d));
	if (more)
		room[n++] = '1';
	snprintf(room + n, sizeof(room) - n, "e%d", (int)d.point - (int)n);
	return strtod(room, NULL);
}

double
ev_num_double(struct ev_slice text)
{
	static const double ten[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
		1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
		1e19, 1e20, 1e21, 1e22 };
	struct decimal d = decimal(text);
	int64_t shift = d.point - (int64_t)d.n, whole = 0;
	double v;

	if (d.n == 0 || d.point < -400) {
		v = 0;
	} else if (d.point > 400) {
		v = (double)INFINITY;
	} else if (d.n <= 15 && shift >= -22 && shift <= 22) {
		/* both are exact, so the one rounding is the right one */
		while (d.n > 0)
			whole = whole * 10 + take(&d);
		v = (double)whole;
		v = shift < 0 ? v / ten[-shift] : v * ten[shift];
	} else {
		v = nearest(d);
	}
	return d.neg ? -v : v;
}

bool
ev_num_time(struct ev_slice text, int scale, int64_t *sec, int32_t *nsec)
{
	struct decimal d = decimal(text);
	int64_t i, whole = 0, point = d.point + scale;
	int32_t nano = 0;

	if (d.n > 0 && point > 12)
		return false;
	for (i = 0; i < point && d.n > 0; i++)
		whole = whole * 10 + take(&d);
	for (; i < point && whole > 0; i++)
		whole *= 10;
	for (i = 0; i < 9; i++)
		nano = nano * 10 + (point + i < 0 ? 0 : (int32_t)take(&d));
	if (d.neg) {
		whole = -whole;
		nano = -nano;
		if (d.n > 0)
			nano--;
		if (nano < 0) {
			whole--;
			nano += 1000000000;
		}
	}
	if (whole < SEC_LEAST || whole > SEC_MOST)
		return false;
	*sec = whole;
	*nsec = nano;
	return true;
}
