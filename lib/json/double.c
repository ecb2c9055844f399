#include "json/double.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 17 /* tell every double from every other */
#define WHOLE_MOST 9007199254740992.0

/* DIGITS * 10^exponent */
struct shortest {
	char digits[32];
	int count, exponent;
};

static bool
reads_back(const struct shortest *s, double number)
{
	char text[48];

	/* without a dot no locale matters */
	snprintf(text, sizeof(text), "%se%d", s->digits, s->exponent);
	return strtod(text, NULL) == number;
}

/* The `count` digits nearest to a positive number. */
static void
digits_of(struct shortest *s, double number, int count)
{
	char text[48];
	const char *e;

	snprintf(text, sizeof(text), "%.*e", count - 1, number);
	e = text + strcspn(text, "e");
	s->count = count;
	s->digits[0] = text[0];
	memcpy(s->digits + 1, e - (count - 1), (size_t)count - 1);
	s->digits[count] = '\0';
	s->exponent = (int)strtol(e + 1, NULL, 10) - (count - 1);
}

/* The next larger number of as many digits; false: it would need one more. */
static bool
step_up(struct shortest *s)
{
	int i = s->count - 1;

	while (i >= 0 && s->digits[i] == '9')
		s->digits[i--] = '0';
	if (i >= 0)
		s->digits[i]++;
	return i >= 0;
}

/*
 * A power of two has half as much room below it as above: there the digits
 * nearest to it may miss it, and the next larger ones hit.
 */
static void
find_shortest(struct shortest *s, double number)
{
	int count;

	for (count = 1; count <= MOST_DIGITS; count++) {
		digits_of(s, number, count);
		if (reads_back(s, number) ||
		    (step_up(s) && reads_back(s, number)))
			return;
	}
}

/* Digits with the dot behind the first `point` of them, 0 < point <= 21. */
static void
put_plain(struct ev_buf *out, const struct shortest *s, int point)
{
	int i;

	for (i = 0; i < s->count || i < point; i++) {
		if (i == point)
			ev_buf_addc(out, '.');
		ev_buf_addc(out, i < s->count ? s->digits[i] : '0');
	}
}

static void
put_scientific(struct ev_buf *out, const struct shortest *s, int point)
{
	ev_buf_addc(out, s->digits[0]);
	if (s->count > 1)
		ev_buf_addf(out, ".%s", s->digits + 1);
	ev_buf_addf(out, "e%+d", point - 1);
}

void
ev_double_print(struct ev_buf *out, double number)
{
	struct shortest s;
	int point;

	if (!isfinite(number)) {
		ev_buf_adds(out, "null");
		return;
	}
	/* also of -0, which has no sign here */
	if (fabs(number) < WHOLE_MOST && floor(number) == number) {
		ev_buf_addf(out, "%lld", (long long)number);
		return;
	}
	if (number < 0)
		ev_buf_addc(out, '-');
	find_shortest(&s, fabs(number));
	point = s.exponent + s.count;
	if (point > 21 || point <= -6) {
		put_scientific(out, &s, point);
	} else if (point > 0) {
		put_plain(out, &s, point);
	} else {
		ev_buf_addf(out, "0.%.*s%s", -point, "000000", s.digits);
	}
}
