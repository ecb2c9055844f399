#include "stats/sum.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "json/double.h"
#include "json/number.h"
#include "json/walk.h"

#define WHOLE INT64_C(1000000000000000000) /* 10^18 */
#define PLACES 18
#define TWO_64 18446744073709551616.0L

static void
add_wide(struct ev_sum *sum, int64_t hi, uint64_t lo)
{
	sum->lo += lo;
	/* as unsigned: more than 2^127 cannot come together */
	sum->hi = (int64_t)((uint64_t)sum->hi + (uint64_t)hi +
	    (sum->lo < lo ? 1 : 0));
}

static void
add_int(struct ev_sum *sum, int64_t number)
{
	add_wide(sum, number < 0 ? -1 : 0, (uint64_t)number);
}

static void
add_frac(struct ev_sum *sum, int64_t frac)
{
	sum->frac += frac;
	if (sum->frac >= WHOLE) {
		sum->frac -= WHOLE;
		add_int(sum, 1);
	} else if (sum->frac <= -WHOLE) {
		sum->frac += WHOLE;
		add_int(sum, -1);
	}
}

/* A number without exponent, few enough digits; false: another one. */
static bool
add_decimal(struct ev_sum *sum, struct ev_slice number)
{
	const char *p = number.p, *end = p + number.n, *from;
	bool negative = *p == '-';
	int64_t whole = 0, frac = 0;
	int places = 0;

	p += negative;
	for (from = p; p < end && *p >= '0' && *p <= '9'; p++)
		whole = p - from < PLACES ? whole * 10 + (*p - '0') : whole;
	if (p - from > PLACES)
		return false;
	if (p < end && *p == '.') {
		for (p++; p < end && *p >= '0' && *p <= '9'; p++) {
			if (places++ == PLACES)
				return false;
			frac = frac * 10 + (*p - '0');
		}
		for (; places < PLACES; places++)
			frac *= 10;
	}
	if (p < end)
		return false;
	add_int(sum, negative ? -whole : whole);
	if (frac != 0)
		add_frac(sum, negative ? -frac : frac);
	return true;
}

static bool
add_double(struct ev_sum *sum, double number)
{
	if (!isfinite(number))
		return false;
	if (sum->limbs == NULL)
		sum->limbs = ev_calloc(1, sizeof(*sum->limbs));
	ev_limbs_add(sum->limbs, number);
	return true;
}

bool
ev_sum_add(struct ev_sum *sum, struct ev_slice number)
{
	int64_t integer;

	if (!add_decimal(sum, number)) {
		if (ev_num_int(number, &integer))
			add_int(sum, integer);
		else if (!add_double(sum, ev_num_double(number)))
			return false;
	}
	sum->count++;
	return true;
}

void
ev_sum_merge(struct ev_sum *sum, const struct ev_sum *more)
{
	add_wide(sum, more->hi, more->lo);
	add_frac(sum, more->frac);
	sum->count += more->count;
	if (more->limbs == NULL)
		return;
	if (sum->limbs == NULL)
		sum->limbs = ev_calloc(1, sizeof(*sum->limbs));
	ev_limbs_merge(sum->limbs, more->limbs);
}

void
ev_sum_clear(struct ev_sum *sum)
{
	free(sum->limbs);
	*sum = (struct ev_sum)EV_SUM_INIT;
}

static long double
value(const struct ev_sum *sum)
{
	long double high = 0, low = 0, whole;

	if (sum->limbs != NULL)
		ev_limbs_value(sum->limbs, &high, &low);
	if (sum->hi < 0 && sum->lo != 0)
		whole = (long double)(sum->hi + 1) * TWO_64 -
		    (long double)(-sum->lo);
	else
		whole = (long double)sum->hi * TWO_64 + (long double)sum->lo;
	return whole + (long double)sum->frac / WHOLE + high + low;
}

/* hi * 2^64 + lo, not negative, in decimal digits. */
static void
print_wide(uint64_t hi, uint64_t lo, struct ev_buf *out)
{
	char text[48], *p = text + sizeof(text);
	uint64_t part[4] = { hi >> 32, hi & 0xffffffff, lo >> 32,
		lo & 0xffffffff };
	uint64_t rest, left;
	int i;

	do {
		rest = left = 0;
		for (i = 0; i < 4; i++) {
			rest = rest << 32 | part[i];
			part[i] = rest / 10;
			left |= part[i];
			rest %= 10;
		}
		*--p = (char)('0' + rest);
	} while (left != 0);
	ev_buf_add(out, p, (size_t)(text + sizeof(text) - p));
}

void
ev_sum_print(const struct ev_sum *sum, struct ev_buf *out)
{
	struct ev_sum s = *sum;
	int64_t frac;

	if (s.count == 0) {
		ev_buf_adds(out, "null");
		return;
	}
	if (s.limbs != NULL) {
		ev_double_print(out, (double)value(sum));
		return;
	}
	/* the fraction and the whole get one sign */
	if (s.hi < 0 && s.frac > 0) {
		s.frac -= WHOLE;
		add_int(&s, 1);
	} else if (s.frac < 0 && s.hi >= 0 && (s.hi > 0 || s.lo > 0)) {
		s.frac += WHOLE;
		add_int(&s, -1);
	}
	if (s.hi < 0 || s.frac < 0)
		ev_buf_addc(out, '-');
	if (s.hi < 0) {
		s.lo = -s.lo;
		s.hi = (int64_t)(~(uint64_t)s.hi + (s.lo == 0));
	}
	print_wide((uint64_t)s.hi, s.lo, out);
	frac = s.frac < 0 ? -s.frac : s.frac;
	if (frac == 0)
		return;
	ev_buf_addf(out, ".%018" PRId64, frac);
	while (out->p[out->n - 1] == '0')
		out->n--;
}

void
ev_sum_mean(const struct ev_sum *sum, struct ev_buf *out)
{
	if (sum->count == 0)
		ev_buf_adds(out, "null");
	else
		ev_double_print(
		    out, (double)(value(sum) / (long double)sum->count));
}

void
ev_sum_save(const struct ev_sum *sum, struct ev_buf *out)
{
	ev_buf_addf(out, "[%" PRIu64 ",%" PRId64 ",%" PRId64 ",%" PRId64,
	    sum->count, sum->hi, (int64_t)sum->lo, sum->frac);
	if (sum->limbs != NULL) {
		ev_buf_addc(out, ',');
		ev_limbs_save(sum->limbs, out);
	}
	ev_buf_addc(out, ']');
}

int
ev_sum_load(struct ev_sum *sum, const struct ev_val *array, struct ev_err *err)
{
	struct ev_sum more = EV_SUM_INIT;
	int64_t part[4];
	struct ev_walk walk;
	struct ev_val val;
	int i, r = 0;

	ev_walk_begin(&walk, array);
	for (i = 0; i < 4; i++)
		if (!ev_walk_next(&walk, NULL, &val) || val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &part[i]))
			return ev_fail(err, "a sum is no sum");
	if (part[0] < 0 || part[3] <= -WHOLE || part[3] >= WHOLE)
		return ev_fail(err, "a sum is out of range");
	more.count = (uint64_t)part[0];
	more.hi = part[1];
	more.lo = (uint64_t)part[2];
	more.frac = part[3];
	if (ev_walk_next(&walk, NULL, &val)) {
		more.limbs = ev_calloc(1, sizeof(*more.limbs));
		r = ev_limbs_load(more.limbs, &val, err);
	}
	if (r == 0)
		ev_sum_merge(sum, &more);
	ev_sum_clear(&more);
	return r;
}
