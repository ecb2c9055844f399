/* time: RFC 3339 and numbers as times, and back. */
#include "test.h"

#include <stdlib.h>

#include "text/time.h"

static void
check_text(const char *text, long long sec, long nsec)
{
	struct timespec t = { 0, 0 };

	CHECK(ev_time_rfc3339(ev_slice_of(text), &t));
	CHECK_INT(t.tv_sec, sec);
	CHECK_INT(t.tv_nsec, nsec);
	if (t.tv_sec != sec)
		printf("  of %s\n", text);
}

static void
test_rfc3339(void)
{
	check_text("1970-01-01T00:00:00Z", 0, 0);
	check_text("2026-01-06T10:30:00Z", 1767695400, 0);
	check_text("2026-01-06t10:30:00z", 1767695400, 0);
	check_text("2026-01-06 10:30:00", 1767695400, 0);
	check_text("2026-01-06T10:30:00.1Z", 1767695400, 100000000);
	check_text("2026-01-06T10:30:00.123456789", 1767695400, 123456789);
	check_text("2026-01-06T10:30:00.000000001+00:00", 1767695400, 1);
	check_text("2026-01-06T12:30:00+02:00", 1767695400, 0);
	check_text("2026-01-06T05:00:00-05:30", 1767695400, 0);
	check_text("2026-01-06T10:30:00-00:00", 1767695400, 0);
	check_text("2024-02-29T00:00:00Z", 1709164800, 0);
	check_text("2000-02-29T00:00:00Z", 951782400, 0);
	check_text("2016-12-31T23:59:60Z", 1483228800, 0);
	check_text("2016-12-31T23:59:60.5Z", 1483228800, 500000000);
	check_text("1969-12-31T23:59:59.5Z", -1, 500000000);
	check_text("0000-01-01T00:00:00Z", EV_TIME_MIN, 0);
	check_text("9999-12-31T23:59:59Z", EV_TIME_MAX, 0);
}

static void
test_not_rfc3339(void)
{
	static const char *const bad[] = { "", "2026", "2026-01-06",
		"2026-01-06T10:30Z", "2026-01-06T10:30:00.",
		"2026-01-06T10:30:00.Z", "2026-01-06T10:30:00.1234567890Z",
		"2026-01-06T10:30:00,5Z", "2026-01-06T10:30:00+0100",
		"2026-01-06T10:30:00+01", "2026-01-06T10:30:00+24:00",
		"2026-01-06T10:30:00+01:60", "2026-01-06T10:30:00 Z",
		"2026-01-06T10:30:00Zx", " 2026-01-06T10:30:00Z",
		"2026-01-06T24:00:00Z", "2026-01-06T10:60:00Z",
		"2026-01-06T10:30:61Z", "2026-02-29T00:00:00Z",
		"1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
		"2026-00-06T00:00:00Z", "2026-13-06T00:00:00Z",
		"2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
		"2026-1-06T10:30:00Z0", "2026/01/06T10:30:00Z",
		"2026-01-06X10:30:00Z", "2026-01-06T10.30.00Z",
		"+026-01-06T10:30:00Z", "12026-01-06T10:30:00Z",
		"9999-12-31T23:59:60Z", "0000-01-01T00:00:00+00:01",
		"9999-12-31T23:59:59-00:01", "2026-01-06T10:30:00\xc3\xa9" };
	struct timespec t;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!ev_time_rfc3339(ev_slice_of(bad[i]), &t));
		if (ev_time_rfc3339(ev_slice_of(bad[i]), &t))
			printf("  taken: %s\n", bad[i]);
	}
	CHECK(!ev_time_rfc3339((struct ev_slice){ NULL, 0 }, &t));
}

static void
check_number(const char *text, bool ms, long long sec, long nsec)
{
	struct timespec t = { 0, 0 };

	CHECK(ev_time_number(ev_slice_of(text), ms, &t));
	CHECK_INT(t.tv_sec, sec);
	CHECK_INT(t.tv_nsec, nsec);
}

static void
test_numbers(void)
{
	struct timespec t;

	check_number("0", false, 0, 0);
	check_number("1767695400", false, 1767695400, 0);
	check_number("1767695400.25", false, 1767695400, 250000000);
	check_number("99999999999", false, 99999999999, 0);
	check_number("99999999999.9", false, 99999999999, 900000000);
	check_number("100000000000", false, 100000000, 0);
	check_number("1767695400123", false, 1767695400, 123000000);
	check_number("1767695400123456", false, 1767695400, 123456000);
	check_number("1767695400123456789", false, 1767695400, 123456789);
	check_number("-1", false, -1, 0);
	check_number("-1.5", false, -2, 500000000);
	check_number("-1767695400123", false, -1767695401, 877000000);
	check_number("1.767695400e9", false, 1767695400, 0);
	check_number("1.767695400123E12", false, 1767695400, 123000000);
	check_number("1e11", false, 100000000, 0);
	check_number("1000", true, 1, 0);
	check_number("1767695400123.5", true, 1767695400, 123500000);
	CHECK(!ev_time_number(EV_SLICE("1e300"), false, &t));
	CHECK(!ev_time_number(EV_SLICE("-1e300"), false, &t));
	CHECK(!ev_time_number(EV_SLICE("1e99999999999999999999"), false, &t));
	CHECK(!ev_time_number(EV_SLICE("-99999999999"), false, &t));
	CHECK(!ev_time_number(EV_SLICE("999999999999999999"), true, &t));
}

static void
check_written(long long sec, long nsec, const char *ms, const char *s)
{
	struct timespec t = { .tv_sec = (time_t)sec, .tv_nsec = nsec };
	char out[EV_TIME_SIZE];

	ev_time_format(t, out);
	CHECK_STR(out, ms);
	ev_time_format_s(t, out);
	CHECK_STR(out, s);
}

static void
test_written(void)
{
	char out[EV_TIME_SIZE];

	check_written(1767695400, 123999999, "2026-01-06T10:30:00.123Z",
	    "2026-01-06T10:30:00Z");
	check_written(
	    -1, 999999999, "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59Z");
	check_written(
	    EV_TIME_MIN, 0, "0000-01-01T00:00:00.000Z", "0000-01-01T00:00:00Z");
	check_written(EV_TIME_MAX + 1, 0, "10000-01-01T00:00:00.000Z",
	    "10000-01-01T00:00:00Z");
	check_written(INT64_MIN, 0, "-292277022657-01-27T08:29:52.000Z",
	    "-292277022657-01-27T08:29:52Z");
	ev_time_format_day((struct timespec){ .tv_sec = -1 }, out);
	CHECK_STR(out, "1969-12-31");
}

static void
test_calendar(void)
{
	long day, year;
	int month, mday;

	for (day = -800000; day < 3000000; day += 61) {
		ev_civil_from_days(day, &year, &month, &mday);
		if (ev_days_from_civil(year, month, mday) != day ||
		    mday > ev_month_days(year, month))
			break;
	}
	CHECK(day >= 3000000);
	CHECK_INT(ev_weekday(0), 3);
	CHECK_INT(ev_weekday(-4), 6);
	CHECK_INT(ev_day_of(-1), -1);
	CHECK_INT(ev_day_of(86400), 1);
	CHECK_INT(ev_month_start(2026, 13), ev_days_from_civil(2027, 1, 1));
	CHECK_INT(ev_month_start(2026, 0), ev_days_from_civil(2025, 12, 1));
}

static void
test_now(void)
{
	struct ev_err err;
	struct timespec t;

	setenv("EV_NOW", "2026-01-06T10:30:00Z", 1);
	CHECK_INT(ev_now(&t, &err), 0);
	CHECK_INT(t.tv_sec, 1767695400);
	setenv("EV_NOW", "1767695400123", 1);
	CHECK_INT(ev_now(&t, &err), 0);
	CHECK_INT(t.tv_sec, 1767695400);
	CHECK_INT(t.tv_nsec, 123000000);
	setenv("EV_NOW", "yesterday", 1);
	CHECK_INT(ev_now(&t, &err), -1);
	CHECK(strstr(err.text, "EV_NOW 'yesterday' is not a time") != NULL);
	setenv("EV_NOW", "", 1);
	CHECK_INT(ev_now(&t, &err), 0);
	CHECK(t.tv_sec > 1767225600);
}

int
main(void)
{
	test_rfc3339();
	test_not_rfc3339();
	test_numbers();
	test_written();
	test_calendar();
	test_now();
	return test_end();
}
