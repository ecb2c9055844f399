/*
 * upkeep: stores to be kept up, and what keeps them up, for the tests that
 * disturb it.
 */
#ifndef EV_UPKEEP_H
#define EV_UPKEEP_H

#include "fsck/aside.h"
#include "fsck/redact.h"
#include "fsck/repair.h"
#include "fsck/retain.h"
#include "fsck/rotation.h"
#include "fsck/shrink.h"
#include "fsck/survey.h"
#include "fsck/usage.h"
#include "seal/make.h"
#include "seal/verify.h"
#include "store/rows.h"
#include "storing.h"

#define DAYS 6
#define TODAY (DAY0 / 86400 + DAYS - 1)
#define SECRET "of-nobody-else"

static struct ev_findings found = EV_FINDINGS_INIT;

/* One event a day. */
static inline void
plain(void)
{
	static const char *const ids[DAYS] = { "d0", "d1", "d2", "d3", "d4",
		"d5" };
	int day;

	for (day = 0; day < DAYS; day++)
		write_one(
		    entry(EV_HAND_ID, ids[day], day, day == 1 ? SECRET : "x"));
	emit(DAYS - 1, "last");
}

static inline int
run(int (*fn)(struct ev_place *place, struct ev_err *err))
{
	struct ev_place place = EV_PLACE_INIT, again;
	int r = ev_place_find(&place, scratch(""), true, &last_err);

	ev_findings_clear(&found);
	last_err.text[0] = '\0';
	if (r == 0) {
		again = ev_aside_place(&place);
		r = ev_rows_read(&again, &last_err);
		if (r == 0)
			r = fn(&again, &last_err);
		ev_place_clear(&again);
	}
	ev_place_clear(&place);
	return r;
}

static inline int
compress(struct ev_place *place, struct ev_err *err)
{
	return ev_compress(place, TODAY - 1, &found, err);
}

/* A compressed day that got a line later. */
static inline void
late(void)
{
	plain();
	CHECK_INT(run(compress), 0);
	write_one(entry(EV_HAND_ID, "late", 1, "late"));
}

static inline int
keep_days(struct ev_place *place, struct ev_err *err)
{
	const struct ev_retain retain = { .day = TODAY - 2 };

	return ev_retain(place, &retain, &found, err);
}

static inline int
keep_bytes(struct ev_place *place, struct ev_err *err)
{
	const struct ev_retain retain = { .by_size = true, .size = 300 };

	return ev_retain(place, &retain, &found, err);
}

/* A feed was set aside, and days dropped, before. */
static inline void
dropped(void)
{
	late();
	CHECK_INT(run(keep_days), 0);
	emit(DAYS - 1, "more");
	emit(DAYS - 2, "more");
}

static inline int
redact(struct ev_place *place, struct ev_err *err)
{
	int r = ev_redact_event(place, "d1", &found, err);

	return r == 1 ? 0 : r;
}

/* It stands in what was lost and set aside, too. */
static inline void
scattered(void)
{
	char *log;

	late();
	log = slurp(".events.jsonl");
	*strstr(strstr(log, SECRET), "\n") = '\0';
	put_more(".events/lost.jsonl", strstr(log, "{\"event_id\":\"d1\""));
	put_more(".events/lost.jsonl", "\n");
	put_more(".events/2026-01-06.jsonl.bad",
	    strstr(log, "{\"event_id\":\"d1\""));
	put_more(".events/2026-01-06.jsonl.bad", "\n");
	free(log);
}

static inline int
repair(struct ev_place *place, struct ev_err *err)
{
	return ev_repair(place, &found, err);
}

static inline int
rebuild(struct ev_place *place, struct ev_err *err)
{
	return ev_repair_views(place, &found, err);
}

/* Views that are not what they should be, and have what the log lacks. */
static inline void
bad(void)
{
	late();
	put_more(".events/2026-01-08.jsonl",
	    "{\"event_id\":\"v1\","
	    "\"event_type\":\"t\",\"timestamp\":\"2026-01-08T01:00:00Z\"}\n");
	scratch_put(".events/2026-01-10.jsonl", "");
	put_more(".events/feed.jsonl", "{\"torn\"");
	mkdir(scratch(".events/cursors"), 0755);
	scratch_put(".events/cursors/reader", "no cursor\n");
	put_more(".events.jsonl", "{\"event_id\":\"torn\"");
}

/* The log was set back, and its end is in the views. */
static inline void
reset(void)
{
	char *log;

	plain();
	log = slurp(".events.jsonl");
	*strstr(log, "{\"event_id\":\"d3\"") = '\0';
	scratch_put(".events.jsonl", log);
	free(log);
}

static inline int
seal(struct ev_place *place, struct ev_err *err)
{
	struct ev_make make = {
		.place = place, .to = TODAY, .threads = 1, .findings = &found
	};

	return ev_make(&make, err);
}

static inline int
verify(struct ev_place *place, struct ev_err *err)
{
	struct ev_verify verify = {
		.place = place, .threads = 1, .findings = &found
	};

	return ev_verify(&verify, err);
}

/* Days that are sealed, one of which got a line later. */
static inline void
sealed(void)
{
	plain();
	CHECK_INT(run(seal), 0);
	write_one(entry(EV_HAND_ID, "late", 1, "late"));
}

/* A seal's writer was killed. */
static inline void
torn_seal(void)
{
	sealed();
	put_more(".events/seals.log", "{\"date\":\"2026-01-0");
}

static inline int
rotation(struct ev_place *place, struct ev_err *err)
{
	return ev_rotation(place, "1", &found, err);
}

static inline int
survey(struct ev_place *place, struct ev_err *err)
{
	struct ev_survey check = { .place = place };
	int r = ev_survey(&check, err);

	found = check.findings;
	check.findings = (struct ev_findings)EV_FINDINGS_INIT;
	ev_survey_clear(&check);
	return r;
}

static inline int
usage(struct ev_place *place, struct ev_err *err)
{
	struct ev_grid grid;
	int r = ev_usage(&grid, place, err);

	ev_grid_clear(&grid);
	return r;
}

static inline void
segments(void)
{
	plain();
	rotate_log();
	emit(0, "new");
}

enum { WHOLE = 1, UNSOUND = 2, SEALED = 4 };

/* clang-format off */
static const struct scene {
	const char	*name;
	void		(*prepare)(void);
	int		(*run)(struct ev_place *place, struct ev_err *err);
	unsigned	 then;	/* WHOLE: the views have all; UNSOUND: some
				 * findings stay; SEALED: what was sealed is */
} scenes[] = {
	{ "compress", plain, compress, WHOLE },
	{ "compress-late", late, compress, WHOLE },
	{ "keep", late, keep_days, 0 },
	{ "keep-size", dropped, keep_bytes, 0 },
	{ "redact", scattered, redact, UNSOUND },
	{ "redact-sealed", sealed, redact, SEALED },
	{ "repair", bad, repair, WHOLE | UNSOUND },
	{ "repair-log", reset, repair, WHOLE },
	{ "rebuild", bad, rebuild, UNSOUND },
	{ "seal", plain, seal, WHOLE | SEALED },
	{ "seal-more", torn_seal, seal, WHOLE | SEALED },
	{ "verify", sealed, verify, WHOLE | SEALED },
	{ "rotate", sealed, rotation, WHOLE | SEALED },
	{ "survey", bad, survey, UNSOUND },
	{ "survey-segments", segments, survey, WHOLE },
	{ "usage", dropped, usage, 0 },
};
/* clang-format on */
#define SCENES (sizeof(scenes) / sizeof(scenes[0]))

#endif
