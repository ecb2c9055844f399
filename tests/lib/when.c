/* when: times, periods and durations as people type them. */
#include "test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "base/slice.h"
#include "text/time.h"
#include "text/when.h"

static struct timespec now;

/* False, and a word about it, when the system does not know the zone. */
static bool
zone(const char *name, const char *at)
{
	char path[128];
	FILE *file;

	if (!ev_time_rfc3339(ev_slice_of(at), &now))
		return false;
	setenv("TZ", name, 1);
	tzset();
	if (strcmp(name, "UTC") == 0)
		return true;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	file = fopen(path, "r");
	if (file == NULL) {
		printf("skipped: %s is not there\n", path);
		return false;
	}
	fclose(file);
	return true;
}

static void
when(const char *text, const char *want)
{
	struct timespec t = { 0, 0 };
	struct ev_err err = { "" };
	char out[EV_TIME_SIZE] = "";

	if (ev_when_parse(text, now, false, &t, &err) == 0)
		ev_time_format(t, out);
	CHECK_STR(out[0] != '\0' ? out : err.text, want);
	if (strcmp(out[0] != '\0' ? out : err.text, want) != 0)
		printf("  of '%s'\n", text);
}

static void
period(const char *text, const char *want_from, const char *want_to)
{
	struct timespec from = { 0, 0 }, to = { 0, 0 };
	struct ev_err err = { "" };
	char out[EV_TIME_SIZE] = "";

	if (ev_when_period(text, now, false, &from, &to, &err) < 0) {
		CHECK_STR(err.text, want_from);
		return;
	}
	ev_time_format(from, out);
	CHECK_STR(out, want_from);
	ev_time_format(to, out);
	CHECK_STR(out, want_to);
	if (strcmp(out, want_to) != 0)
		printf("  of '%s'\n", text);
}

static void
test_forms(void)
{
	if (!zone("UTC", "2026-01-06T10:30:00.500Z")) /* a Tuesday */
		return;
	when("now", "2026-01-06T10:30:00.500Z");
	when("2026-01-06", "2026-01-06T00:00:00.000Z");
	when("2026-01-06 10:30", "2026-01-06T10:30:00.000Z");
	when("2026-01-06T10:30:15.25", "2026-01-06T10:30:15.250Z");
	when("2026-01-06 10:30+05:30", "2026-01-06T05:00:00.000Z");
	when("2026-01-06 10:30 -01:00", "2026-01-06T11:30:00.000Z");
	when("2026-01-06T10:30:00Z", "2026-01-06T10:30:00.000Z");
	when("9:05", "2026-01-06T09:05:00.000Z");
	when("  YESTERDAY \t 18:00 ", "2026-01-05T18:00:00.000Z");
	when("today", "2026-01-06T00:00:00.000Z");
	when("tomorrow 9:30", "2026-01-07T09:30:00.000Z");
	when("tuesday", "2026-01-06T00:00:00.000Z");
	when("Wed", "2025-12-31T00:00:00.000Z");
	when("last tuesday 18:00", "2025-12-30T18:00:00.000Z");
	when("last-mon", "2026-01-05T00:00:00.000Z");
	when("2026-W02", "2026-01-05T00:00:00.000Z");
	when("2026-w53-7", "2027-01-03T00:00:00.000Z");
	when("2025-W01", "2024-12-30T00:00:00.000Z");
	when("2026-W02-3 12:00", "2026-01-07T12:00:00.000Z");
	when("2026-01", "2026-01-01T00:00:00.000Z");
	when("@1709856000.5", "2024-03-08T00:00:00.500Z");
	when("@-1", "1969-12-31T23:59:59.000Z");
	when("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z");
}

static void
test_durations(void)
{
	if (!zone("UTC", "2026-01-06T10:30:00.500Z"))
		return;
	when("2h", "2026-01-06T08:30:00.500Z");
	when("-2h", "2026-01-06T08:30:00.500Z");
	when("2 hours ago", "2026-01-06T08:30:00.500Z");
	when("90 Minutes AGO", "2026-01-06T09:00:00.500Z");
	when("1h30m ago", "2026-01-06T09:00:00.500Z");
	when("1d12h", "2026-01-04T22:30:00.500Z");
	when("1 day 12 hours", "2026-01-04T22:30:00.500Z");
	when("1.5d", "2026-01-04T22:30:00.500Z");
	when("0.5w", "2026-01-02T22:30:00.500Z");
	when("700ms", "2026-01-06T10:29:59.800Z");
	when("1.5 s", "2026-01-06T10:29:59.000Z");
	when("0s", "2026-01-06T10:30:00.500Z");
	when("1mo", "2025-12-06T10:30:00.500Z");
	when("14 months ago", "2024-11-06T10:30:00.500Z");
	if (!zone("UTC", "2024-03-31T00:00:00Z"))
		return;
	when("1mo", "2024-02-29T00:00:00.000Z");
	when("13mo", "2023-02-28T00:00:00.000Z");
}

static void
test_wrong(void)
{
	static const char *const wrong[][2] = {
		{ "banana",
		    "'banana' is not a time; try '2026-01-06 10:30', "
		    "'yesterday', '2h' or '@1709856000'" },
		{ "yesturday",
		    "'yesturday' is not a time; did you mean "
		    "'yesterday'?" },
		{ "todya 18:00",
		    "'todya 18:00' is not a time; did you mean "
		    "'today 18:00'?" },
		{ "", "an empty text is not a time" },
		{ "2026-13-01", "'2026-13-01': month 13 does not exist" },
		{ "2026-02-29",
		    "'2026-02-29': day 29 does not exist; 2026-02 "
		    "has 28 days" },
		{ "2026-W54",
		    "'2026-W54': week 54 does not exist; the weeks "
		    "of 2026 are 1 to 53" },
		{ "2026/01/06", "'2026/01/06': write 2026-01-06" },
		{ "2026-1-6 10:30",
		    "'2026-1-6 10:30': write "
		    "2026-01-06 10:30" },
		{ "20260106", "'20260106': write 2026-01-06" },
		{ "10.30", "'10.30': write 10:30" },
		{ "6:30 pm", "'6:30 pm': write 18:30" },
		{ "12am", "'12am': write 00:00" },
		{ "24:00", "'24:00': there is no hour 24" },
		{ "10:30 UTC", "'10:30 UTC': write Z for UTC" },
		{ "1709856000123",
		    "'1709856000123': write seconds since 1970 "
		    "as @1709856000.123" },
		{ "5", "'5': a number needs a unit, as in 5m, 5h or 5d" },
		{ "5M", "'5M': write m for minutes or mo for months" },
		{ "2 fortnights ago",
		    "'2 fortnights': 'fortnights' is no "
		    "unit; units are ms, s, m (minutes), h, "
		    "d, w, mo (months)" },
		{ "2y", "'2y': 'y' is no unit; write a year as 12mo" },
		{ "1.5mo", "'1.5mo': months are whole" },
		{ "2026",
		    "'2026' is a period, not a time; try "
		    "'2026-01-01 00:00:00'" },
		{ "last-month",
		    "'last-month' is a period, not a time; try "
		    "'2025-12-01 00:00:00'" },
		{ "2026-01 10:30",
		    "'2026-01 10:30': a clock time goes with "
		    "one day, as in 2026-01-06 10:30" },
		{ "18:00 yesterday",
		    "'18:00 yesterday': the day stands "
		    "before the clock time" },
		{ "99999999999999999999h",
		    "'99999999999999999999h' is too "
		    "long a time" },
		{ "18446744073709551617m",
		    "'18446744073709551617m' is too "
		    "long a time" },
		{ "3000000d", "'3000000d' is before the year 0000" },
		{ "@9999999999999",
		    "'@9999999999999' is outside the years "
		    "0000 to 9999; @ counts seconds" },
	};
	size_t i;

	if (!zone("UTC", "2026-01-06T10:30:00Z"))
		return;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		when(wrong[i][0], wrong[i][1]);
}

/* Whatever comes: an answer, and a message when it is no. */
static void
test_ugly(void)
{
	static const char *const ugly[] = {
		"-", "@", "..", "-..-", "1..", "\xff\xfe", "\x1b[31m", "2026-",
		"2026-W", "2026-W0", "2026-01-", "2026-01-06T",
		"2026-01-06TT10:30", "10:", "10:3", "10:30:", "10:30:0",
		"10:30:00.", "10:30+", "10:30+1", "last", "last ", "last-",
		"this", "this-", "-1", "--2h", "-2h ago", "ago", " ago", "1h1",
		"1h-1m", "1h+1m", "1e5s", "0x10s", "now now", "a..b..c",
		"1h..2h", "9999-12-31 23:59:60Z", "@1e400", "@1e-400",
		"10:30Z Z", "2026-01-06..", "%s%n", "1.s", ".5h", "1..5h",
		("00000000000000000000000000000000000000000000000000000000000"
		 "000000000000000000000000000000000000000000000000000000001h")
	};
	struct timespec t, to;
	struct ev_err err;
	int64_t ms;
	size_t i;

	for (i = 0; i < sizeof(ugly) / sizeof(ugly[0]); i++) {
		err.text[0] = '\0';
		CHECK(ev_when_parse(ugly[i], now, true, &t, &err) == 0 ||
		    err.text[0] != '\0');
		err.text[0] = '\0';
		CHECK(ev_when_period(ugly[i], now, true, &t, &to, &err) == 0 ||
		    err.text[0] != '\0');
		err.text[0] = '\0';
		CHECK(ev_when_duration(ugly[i], &ms, &err) == 0 ||
		    err.text[0] != '\0');
		CHECK(ev_when_parse(ugly[i], now, true, &t, NULL) <= 0);
	}
	CHECK_INT(ev_when_parse("1h-1m", now, true, &t, &err), -1);
	CHECK_INT(ev_when_parse("--2h", now, true, &t, &err), -1);
}

static void
test_periods(void)
{
	if (!zone("UTC", "2026-01-06T10:30:00Z"))
		return;
	period("today", "2026-01-06T00:00:00.000Z", "2026-01-07T00:00:00.000Z");
	period("Yesterday", "2026-01-05T00:00:00.000Z",
	    "2026-01-06T00:00:00.000Z");
	period(
	    "2026-02", "2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z");
	period(
	    "2026-W02", "2026-01-05T00:00:00.000Z", "2026-01-12T00:00:00.000Z");
	period("2026", "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z");
	period("this week", "2026-01-05T00:00:00.000Z",
	    "2026-01-12T00:00:00.000Z");
	period("last-week", "2025-12-29T00:00:00.000Z",
	    "2026-01-05T00:00:00.000Z");
	period("last-month", "2025-12-01T00:00:00.000Z",
	    "2026-01-01T00:00:00.000Z");
	period("last-year", "2025-01-01T00:00:00.000Z",
	    "2026-01-01T00:00:00.000Z");
	period(
	    "monday", "2026-01-05T00:00:00.000Z", "2026-01-06T00:00:00.000Z");
	period(
	    "2h..now", "2026-01-06T08:30:00.000Z", "2026-01-06T10:30:00.000Z");
	period("2026-01-01..2026-02", "2026-01-01T00:00:00.000Z",
	    "2026-02-01T00:00:00.000Z");
	period("now..2h",
	    "'now..2h' is empty: it ends before it begins (the "
	    "end is not in it)",
	    "");
	period("2026-01..",
	    "'2026-01..': a period has two ends, T1..T2; for "
	    "one alone there are --since and --until",
	    "");
	period(
	    "10:29", "'10:29' is a time, not a period; try '10:29..now'", "");
	period("2026-01-06 25:00", "'25:00': there is no hour 25", "");
	period("lastweek",
	    "'lastweek' is not a period; did you mean "
	    "'last-week'?",
	    "");
}

/* An event of this very moment is in the last seven days. */
static void
test_period_has_now(void)
{
	struct timespec from, to;
	struct ev_err err;

	CHECK_INT(ev_when_period("7d", now, true, &from, &to, &err), 0);
	CHECK_INT(ev_time_cmp(now, to), -1);
	CHECK_INT(to.tv_nsec, now.tv_nsec + 1);
	CHECK_INT(now.tv_sec - from.tv_sec, 7 * 86400);
	now.tv_nsec = 999999999;
	CHECK_INT(ev_when_period("1s", now, true, &from, &to, &err), 0);
	CHECK_INT(to.tv_sec, now.tv_sec + 1);
	CHECK_INT(to.tv_nsec, 0);
}

/* 2026-03-29 01:00Z is the jump to +02:00, 2026-10-25 01:00Z the one back. */
static void
test_berlin(void)
{
	if (!zone("Europe/Berlin", "2026-03-30T08:00:00Z"))
		return;
	when("2026-03-29 01:59", "2026-03-29T00:59:00.000Z");
	when("2026-03-29 02:00", "2026-03-29T01:00:00.000Z");
	when("2026-03-29 02:30", "2026-03-29T01:00:00.000Z");
	when("2026-03-29 03:00", "2026-03-29T01:00:00.000Z");
	when("2026-03-29 04:00", "2026-03-29T02:00:00.000Z");
	when("2026-10-25 01:59", "2026-10-24T23:59:00.000Z");
	when("2026-10-25 02:30", "2026-10-25T00:30:00.000Z");
	when("2026-10-25 03:00", "2026-10-25T02:00:00.000Z");
	when("2d", "2026-03-28T09:00:00.000Z");
	when("48h", "2026-03-28T08:00:00.000Z");
	when("1mo", "2026-02-28T09:00:00.000Z");
	period("2026-03-29", "2026-03-28T23:00:00.000Z",
	    "2026-03-29T22:00:00.000Z");
	period("2026-10-25", "2026-10-24T22:00:00.000Z",
	    "2026-10-25T23:00:00.000Z");
	when("23:30Z", "2026-03-30T23:30:00.000Z");
	/* already tomorrow here, still today in UTC */
	if (!zone("Europe/Berlin", "2026-01-06T23:30:00Z"))
		return;
	when("today", "2026-01-06T23:00:00.000Z");
	when("today 12:00Z", "2026-01-06T12:00:00.000Z");
}

static void
test_far_zones(void)
{
	char out[40];

	if (zone("America/New_York", "2026-03-08T12:00:00Z")) {
		when("2026-03-08 02:30", "2026-03-08T07:00:00.000Z");
		when("2026-11-01 01:30", "2026-11-01T05:30:00.000Z");
		when("yesterday 8:00", "2026-03-07T13:00:00.000Z");
		ev_when_local(now, false, out);
		CHECK_STR(out, "2026-03-08 08:00:00");
		ev_when_local(now, true, out);
		CHECK_STR(out, "2026-03-08 12:00:00");
	}
	/* midnight did not exist that day */
	if (zone("America/Sao_Paulo", "2018-11-04T12:00:00Z"))
		when("today", "2018-11-04T03:00:00.000Z");
	/* UTC+14; a whole day was left out there at the end of 1994 */
	if (zone("Pacific/Kiritimati", "2026-01-06T10:30:00Z")) {
		when("today", "2026-01-06T10:00:00.000Z");
		when("1995-01-01", "1994-12-31T10:00:00.000Z");
		when("1994-12-31 12:00", "1994-12-31T10:00:00.000Z");
		when("1994-12-30 12:00", "1994-12-30T22:00:00.000Z");
	}
}

static void
test_lengths(void)
{
	static const struct {
		const char *text;
		long long ms;
	} good[] = { { "0", 0 }, { "500ms", 500 }, { "90s", 90000 },
		{ "5m", 300000 }, { "1.5h", 5400000 }, { "1d12h", 129600000 },
		{ "2w", 1209600000 }, { "1mo", 2592000000 }, { "0.0005s", 0 },
		{ "2 Hours 30 minutes", 9000000 } };
	static const char *const bad[] = { "", "5", "-5m", "5m ago", "m", "1x",
		"1h 5", "1h,5m", "9223372036854775807ms", "1000000mo",
		"999999999999w" };
	struct ev_err err;
	int64_t ms;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CHECK_INT(ev_when_duration(good[i].text, &ms, &err), 0);
		CHECK_INT(ms, good[i].ms);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(ev_when_duration(bad[i], &ms, &err), -1);
}

int
main(void)
{
	test_forms();
	test_durations();
	test_wrong();
	test_ugly();
	test_periods();
	test_period_has_now();
	test_berlin();
	test_far_zones();
	test_lengths();
	return test_end();
}
