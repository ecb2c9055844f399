/* The mergeable parts of ev-stats: sums, deviations, percentiles, distinct
 * values, buckets of time; in any split and order the same. */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "stats/bucket.h"
#include "stats/distinct.h"
#include "stats/sketch.h"
#include "stats/spread.h"
#include "stats/sum.h"

#include "test.h"

#define PARTS 7

static uint64_t state = 88172645463325252;

/* xorshift64 (Marsaglia 2003). */
static uint64_t
draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static double
draw_double(void)
{
	return ldexp((double)(draw() >> 11), (int)(draw() % 200) - 150) *
	    (draw() % 3 == 0 ? -1 : 1);
}

static const char *
sum_text(const struct ev_sum *sum, struct ev_buf *out)
{
	ev_buf_reset(out);
	ev_sum_print(sum, out);
	return ev_buf_str(out);
}

static void
test_sum(void)
{
	static const struct {
		const char *number[5], *want;
	} rows[] = {
		{ { NULL }, "null" },
		{ { "0" }, "0" },
		{ { "-0.0", "0" }, "0" },
		{ { "0.1", "0.2" }, "0.3" },
		{ { "0.1", "-0.3" }, "-0.2" },
		{ { "-1", "0.25" }, "-0.75" },
		{ { "1", "-0.25" }, "0.75" },
		{ { "-0.5", "-0.5" }, "-1" },
		{ { "9223372036854775807", "9223372036854775807" },
		    "18446744073709551614" },
		{ { "-9223372036854775808", "-9223372036854775808" },
		    "-18446744073709551616" },
		{ { "9223372036854775807", "1", "-9223372036854775808" }, "0" },
		{ { "999999999999999999.999999999999999999",
		      "0.000000000000000001" },
		    "1000000000000000000" },
		{ { "1e3", "5.0" }, "1005" },
		{ { "1e300", "1", "-1e300" }, "1" },
		{ { "1.5e-7", "1" }, "1.00000015" },
		{ { "5e-324", "5e-324" }, "1e-323" },
		{ { "1.7976931348623157e308", "-1.7976931348623157e308", "3" },
		    "3" },
		{ { "1e400", "2" }, "2" },
	};
	struct ev_buf text = EV_BUF_INIT;
	struct ev_sum sum = EV_SUM_INIT;
	size_t i, k;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (k = 0; k < 5 && rows[i].number[k] != NULL; k++)
			ev_sum_add(&sum, ev_slice_of(rows[i].number[k]));
		CHECK_STR(sum_text(&sum, &text), rows[i].want);
		ev_sum_clear(&sum);
	}
	ev_buf_clear(&text);
}

/* Whatever the order, the parts, and their being saved. */
static void
test_sum_order(void)
{
	struct ev_sum whole = EV_SUM_INIT, part[PARTS], back = EV_SUM_INIT;
	struct ev_buf number = EV_BUF_INIT, a = EV_BUF_INIT, b = EV_BUF_INIT;
	struct ev_err err;
	struct ev_val val;
	int i;

	for (i = 0; i < PARTS; i++)
		part[i] = (struct ev_sum)EV_SUM_INIT;
	for (i = 0; i < 5000; i++) {
		ev_buf_reset(&number);
		ev_buf_addf(&number, i % 3 == 0 ? "%.17g" : "%.3f",
		    i % 3 == 0 ? draw_double() :
				 (double)(int32_t)draw() / 1000);
		ev_sum_add(&whole, ev_buf_slice(&number));
		ev_sum_add(&part[draw() % PARTS], ev_buf_slice(&number));
	}
	for (i = PARTS - 1; i >= 0; i--) {
		ev_buf_reset(&number);
		ev_sum_save(&part[i], &number);
		ev_buf_reserve(&number, EV_SCAN_PAD);
		ev_buf_str(&number);
		CHECK_INT(
		    ev_scan_value(number.p, number.n, &val, NULL), EV_SCAN_OK);
		CHECK_INT(ev_sum_load(&back, &val, &err), 0);
		ev_sum_clear(&part[i]);
	}
	CHECK_STR(sum_text(&back, &a), sum_text(&whole, &b));
	ev_sum_clear(&whole);
	ev_sum_clear(&back);
	ev_buf_clear(&number);
	ev_buf_clear(&a);
	ev_buf_clear(&b);
}

/* Far from 0 the squares cancel: 2^40 + {0, 1, 2, …} deviates as {0, 1, …}. */
static void
test_spread(void)
{
	static struct ev_spread near, far, half[2];
	int i;

	CHECK(isnan(ev_spread_value(&near)));
	for (i = 0; i < 1000; i++) {
		ev_spread_add(&near, i);
		ev_spread_add(&far, 1099511627776.0 + i);
		ev_spread_add(&half[i % 2], 1099511627776.0 + i);
	}
	ev_spread_merge(&half[1], &half[0]);
	CHECK(fabs(ev_spread_value(&near) - 288.8194360957494) < 1e-12);
	CHECK(ev_spread_value(&near) == ev_spread_value(&far));
	CHECK(ev_spread_value(&half[1]) == ev_spread_value(&far));
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
check_sketch(struct ev_sketch *sketch, double *all, size_t n, double error)
{
	static const uint32_t at[] = { 0, 1000, 25000, 50000, 75000, 95000,
		99900, 100000 };
	size_t i, rank;
	double got;

	qsort(all, n, sizeof(*all), by_value);
	for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		rank = (size_t)(((uint64_t)n * at[i] + 99999) / 100000);
		got = ev_sketch_at(sketch, at[i]);
		rank = rank == 0 ? 0 : rank - 1;
		CHECK(fabs(got - all[rank]) <=
		    error * fabs(all[rank]) * 1.000001);
	}
}

static void
test_sketch(void)
{
	static const size_t sizes[] = { 1, 2, 9999, 10000, 30000 };
	static double all[30000];
	struct ev_sketch *whole, *part[PARTS];
	size_t s, i, p;

	for (s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		whole = ev_sketch_new();
		for (p = 0; p < PARTS; p++)
			part[p] = ev_sketch_new();
		for (i = 0; i < sizes[s]; i++) {
			all[i] = i % 50 == 0 ? 0 : draw_double();
			ev_sketch_add(whole, all[i]);
			/* one part is large enough for buckets by itself */
			p = draw() % 10 < 6 ? 0 : draw() % PARTS;
			ev_sketch_add(part[p], all[i]);
		}
		for (p = 0; p + 1 < PARTS; p++)
			ev_sketch_merge(part[PARTS - 1], part[p]);
		for (i = 0; i <= 100000; i += 1000)
			CHECK(ev_sketch_at(whole, (uint32_t)i) ==
			    ev_sketch_at(part[PARTS - 1], (uint32_t)i));
		check_sketch(whole, all, sizes[s],
		    sizes[s] < EV_SKETCH_EXACT ? 0 : EV_SKETCH_ERROR);
		for (p = 0; p < PARTS; p++)
			ev_sketch_free(part[p]);
		ev_sketch_free(whole);
	}
}

static void
test_distinct(void)
{
	static const uint64_t sizes[] = { 0, 1, 9999, 10000, 60000, 300000 };
	struct ev_distinct *whole, *odd, *even;
	struct ev_buf saved = EV_BUF_INIT;
	uint64_t i, count;
	char text[32];
	size_t s;

	for (s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		whole = ev_distinct_new();
		odd = ev_distinct_new();
		even = ev_distinct_new();
		for (i = 0; i < sizes[s] * 2; i++) {
			snprintf(text, sizeof(text), "v%llu",
			    (unsigned long long)(i % sizes[s]));
			ev_distinct_add(whole, '"', ev_slice_of(text));
			ev_distinct_add(
			    i % 3 == 0 ? odd : even, '"', ev_slice_of(text));
		}
		ev_distinct_merge(odd, even);
		count = ev_distinct_count(whole);
		CHECK_INT(ev_distinct_count(odd), count);
		if (sizes[s] < EV_DISTINCT_EXACT)
			CHECK_INT(count, sizes[s]);
		else /* four times the standard error */
			CHECK(fabs((double)count - (double)sizes[s]) <
			    (double)sizes[s] * 0.0325);
		ev_distinct_free(whole);
		ev_distinct_free(odd);
		ev_distinct_free(even);
	}
	whole = ev_distinct_new();
	ev_distinct_add(whole, '"', EV_SLICE("1"));
	ev_distinct_add(whole, 'v', EV_SLICE("1"));
	CHECK_INT(ev_distinct_count(whole), 2);
	ev_distinct_free(whole);
	/* what was saved must mean the same to every build */
	whole = ev_distinct_new();
	ev_distinct_add(whole, '"', EV_SLICE("a"));
	ev_distinct_save(whole, &saved);
	CHECK_STR(ev_buf_str(&saved), "\"e43d27375a07f92dd\"");
	ev_buf_clear(&saved);
	ev_distinct_free(whole);
}

/* Buckets lie one behind the other, and each moment is in its own. */
static void
test_bucket(void)
{
	static const char *const zones[] = { "UTC", "Europe/Berlin",
		"America/New_York", "Asia/Kathmandu", "Pacific/Auckland" };
	static const char *const lengths[] = { "1s", "5m", "1h", "6h", "1d",
		"3d", "1w", "1mo", "1 year" };
	struct ev_bucket now, next;
	struct ev_every every;
	struct ev_err err;
	size_t z, i, k;
	int64_t sec;

	for (z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
		setenv("TZ", zones[z], 1);
		tzset();
		for (i = 0; i + 1 < sizeof(lengths) / sizeof(lengths[0]); i++) {
			CHECK_INT(
			    ev_every_parse(&every, lengths[i], false, &err), 0);
			for (k = 0; k < 300; k++) {
				sec =
				    (int64_t)(draw() % 4000000000u) - 500000000;
				now = ev_bucket_at(&every, sec);
				CHECK(now.from <= sec && sec < now.to);
				next = ev_bucket_next(&every, now);
				CHECK(next.from == now.to);
				CHECK_INT(
				    ev_bucket_at(&every, now.from).to, now.to);
			}
		}
	}
	CHECK_INT(ev_every_parse(&every, "1d12h", true, &err), -1);
	CHECK_INT(ev_every_parse(&every, "500ms", true, &err), -1);
	CHECK_INT(ev_every_parse(&every, "0", true, &err), -1);
	CHECK_INT(ev_every_parse(&every, "", true, &err), -1);
}

int
main(void)
{
	test_sum();
	test_sum_order();
	test_spread();
	test_sketch();
	test_distinct();
	test_bucket();
	return test_end();
}
