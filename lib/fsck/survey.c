#include "fsck/survey.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "fsck/compare.h"
#include "fsck/cursors.h"
#include "fsck/lack.h"
#include "fsck/segments.h"
#include "fsck/truth.h"
#include "json/scan.h"
#include "seal/seal.h"
#include "store/dayfile.h"
#include "store/layout.h"
#include "store/lines.h"
#include "store/rows.h"
#include "store/view.h"

/* A check in its course. */
struct course {
	struct ev_survey *check;
	struct ev_shot shot;
	struct ev_truth truth;
	struct ev_lack lack;
	const char *file; /* that is looked through for what the log lacks */
};

static void
damaged(void *arg, uint64_t at, uint64_t line, enum ev_scan why)
{
	struct course *c = arg;
	char *log = ev_segments_file(&c->shot, at);

	/* it was never committed: its writer was killed, or its disk full */
	if (why == EV_SCAN_TORN)
		ev_finding_add(&c->check->findings, EV_FINDING_NOTE, log, line,
		    "torn", "a line that was never finished");
	else
		ev_finding_add(&c->check->findings, EV_FINDING_PROBLEM, log,
		    line, "damaged", "%s", ev_scan_word(why));
	free(log);
}

static int
check_log(struct course *c, struct ev_err *err)
{
	struct ev_shot *shot = &c->shot;
	struct ev_truth *truth = &c->truth;
	uint64_t m = shot->are == EV_VIEWS_FRESH || shot->are == EV_VIEWS_BAD ?
	    shot->views.state.m :
	    0;

	truth->damaged = damaged;
	truth->arg = c;
	if (ev_truth_read(truth, &shot->dir, &shot->log.chain,
		&shot->views.route, m, shot->end, err) < 0)
		return -1;
	c->check->torn = shot->end < shot->log.size;
	if (c->check->torn)
		ev_finding_add(&c->check->findings, EV_FINDING_PROBLEM,
		    shot->dir.place->shown,
		    (truth->until == UINT64_MAX ? truth->lines - truth->before :
						  0) +
			1,
		    "torn", "the last line is not finished");
	c->check->lines = truth->lines;
	c->check->events = truth->sound;
	c->check->days = truth->n - (ev_truth_day(truth, -1) != NULL);
	return 0;
}

static int
lacking(void *arg, const struct ev_lacking *it, struct ev_err *err)
{
	struct course *c = arg;
	bool other = it->other;

	(void)err;
	ev_finding_add(&c->check->findings,
	    other ? EV_FINDING_NOTE : EV_FINDING_PROBLEM, c->file, it->line,
	    other ? "other" : "lost",
	    other ? "the log has another line with this id" :
		    "the log lacks this event");
	return 0;
}

static int
check_segments(struct course *c, struct ev_err *err)
{
	return ev_segments_check(
	    &c->shot, &c->lack, &c->file, &c->check->findings, err);
}

/* A view that is not what it should be may have what the log has not. */
static int
bad_view(struct course *c, int32_t day, struct ev_err *err)
{
	char *file = ev_dayfile_shown(&c->shot.dir, day, false);
	int r;

	c->check->views = true;
	c->check->bad = ev_realloc(
	    c->check->bad, c->check->nbad + 1, sizeof(*c->check->bad));
	c->check->bad[c->check->nbad++] = day;
	c->file = file;
	r = ev_lack_view(&c->lack, day, err);
	free(file);
	return r;
}

/* A day that a killed ev-fsck was dropping or compressing: its lines are safe,
 * and the next writer, or ev-fsck, goes on with it. */
static bool
is_left(const struct course *c, int32_t day)
{
	const struct ev_state *state = &c->shot.views.state;

	return ev_state_dropped(state, day) ||
	    (state->packing > 0 && (uint64_t)day == state->packing);
}

static int
check_view(struct course *c, int32_t day, struct ev_err *err)
{
	enum ev_verdict verdict;
	uint64_t line;
	char *file;

	if (is_left(c, day))
		return 0;
	if (ev_compare(&c->shot, &c->truth, day, &verdict, &line, err) < 0)
		return -1;
	if (verdict == EV_VIEW_RIGHT)
		return 0;
	file = ev_dayfile_shown(&c->shot.dir, day, verdict == EV_VIEW_BROKEN);
	ev_finding_add(&c->check->findings, EV_FINDING_PROBLEM, file, line,
	    ev_verdict_what(verdict), "%s", ev_verdict_why(verdict));
	free(file);
	return bad_view(c, day, err);
}

static int
has_day(const struct ev_listing *days, int32_t day)
{
	size_t i;

	for (i = 0; i < days->count; i++)
		if (days->day[i] == day)
			return 1;
	return ev_listing_packed(days, day);
}

/* Every view there is or should be: compared, or (of another log) only looked
 * through. */
static int
check_views(struct course *c, bool compare, struct ev_err *err)
{
	int (*one)(struct course *, int32_t, struct ev_err *) =
	    compare ? check_view : bad_view;
	const struct ev_listing *days = &c->shot.days;
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < days->count; i++)
		r = one(c, days->day[i], err);
	for (i = 0; r == 0 && i < days->npacked; i++)
		/* of a day with both, the plain one stands for it */
		if (ev_shot_size(&c->shot, days->packed[i]) == 0)
			r = one(c, days->packed[i], err);
	for (i = 0; r == 0 && compare && i < c->truth.n; i++)
		if (!has_day(days, c->truth.v[i].day))
			r = one(c, c->truth.v[i].day, err);
	return r == 0 && c->shot.feed ? one(c, EV_VIEW_FEED, err) : r;
}

/* The views as a whole, by the state.  0 or -1. */
static int
check_state(struct course *c, struct ev_err *err)
{
	static const char *const why[] = {
		[EV_VIEWS_NONE] = "no record in it is sound",
		[EV_VIEWS_REPLACED] = "the log is another one, or shorter, "
				      "than the day files and the feed are of",
		[EV_VIEWS_STALE] = "day files and feed are marked as stale",
	};
	const struct ev_shot *shot = &c->shot;
	bool some = shot->days.count > 0 || shot->days.npacked > 0;
	char *path, *state;

	if (shot->are == EV_VIEWS_FRESH || shot->are == EV_VIEWS_BAD)
		return check_views(c, true, err);
	/* a log that ev-emit never wrote has none */
	if (shot->are == EV_VIEWS_NONE && !shot->state && !some)
		return 0;
	path = ev_layout_join(shot->dir.place->priv, "state");
	state = ev_place_shown(shot->dir.place, path);
	if (shot->are == EV_VIEWS_STALE && !shot->views.state.stale) {
		/* the next writer does, without being told */
		ev_finding_add(&c->check->findings, EV_FINDING_NOTE, state, 0,
		    "stale", "day files will be made anew by other dialects");
		free(state);
		free(path);
		return 0;
	}
	ev_finding_add(&c->check->findings, EV_FINDING_PROBLEM, state, 0,
	    shot->are == EV_VIEWS_NONE ? "damaged" : "stale", "%s",
	    why[shot->are]);
	free(state);
	free(path);
	c->check->views = true;
	return check_views(c, false, err);
}

/* What an earlier repair, by whomever, could not leave in the views. */
static int
check_lost(struct course *c, struct ev_err *err)
{
	struct stat st;
	char *path, *file;
	int fd, r;

	fd = ev_dir_inside(&c->shot.dir, "lost.jsonl", O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	path = ev_layout_join(c->shot.dir.place->priv, "lost.jsonl");
	file = ev_place_shown(c->shot.dir.place, path);
	c->file = file;
	r = ev_lack_file(&c->lack, fd, (uint64_t)st.st_size, err);
	free(file);
	free(path);
	close(fd);
	return r;
}

/* Or one that was never finished. */
static bool
is_seal(struct ev_slice line)
{
	enum ev_scan is = EV_SCAN_LONG;

	if (line.p != NULL)
		is = ev_scan_line(NULL, line.p, line.n, NULL, NULL);
	return is == EV_SCAN_OK || is == EV_SCAN_BLANK || ev_seal_torn(line);
}

/* Seals are read by who verifies them; here they need only be such. */
static int
check_seals(struct course *c, struct ev_err *err)
{
	char *path = ev_layout_join(c->shot.dir.place->priv, "seals.log");
	char *file = ev_place_shown(c->shot.dir.place, path);
	struct ev_lines lines;
	struct ev_slice text;
	uint64_t at, number = 0;
	struct stat st;
	int fd, r = 0;

	fd = ev_dir_inside(&c->shot.dir, "seals.log", O_RDONLY, &st, err);
	if (fd >= 0) {
		ev_lines_begin(&lines, fd, 0, (uint64_t)st.st_size);
		while ((r = ev_lines_next(&lines, &text, &at)) == 1) {
			number++;
			if (!is_seal(text))
				ev_finding_add(&c->check->findings,
				    EV_FINDING_PROBLEM, file, number, "damaged",
				    "not a seal");
		}
		ev_lines_clear(&lines);
		close(fd);
		if (r < 0)
			ev_fail_errno(err, "cannot read '%s'", file);
	} else if (errno != ENOENT) {
		r = -1;
	}
	free(file);
	free(path);
	return r;
}

static int
run(struct course *c, bool keep, struct ev_err *err)
{
	struct ev_survey *check = c->check;
	int r = ev_shot_take(&c->shot, check->place, keep, err);

	if (r < 0)
		return -1;
	ev_lack_init(&c->lack, &c->shot);
	c->lack.line = lacking;
	c->lack.arg = c;
	if (r == 0) {
		ev_finding_add(&check->findings, EV_FINDING_PROBLEM,
		    check->place->shown, 0, "missing", "there is no log");
		c->shot.are = EV_VIEWS_REPLACED;
	} else if (check_log(c, err) < 0 || check_segments(c, err) < 0) {
		return -1;
	}
	if (c->shot.dir.priv < 0)
		return 0;
	if (check_state(c, err) < 0 || check_lost(c, err) < 0 ||
	    check_seals(c, err) < 0)
		return -1;
	return r == 1 ? ev_cursors_check(&c->shot, &check->findings, err) : 0;
}

static int
attempt(struct ev_survey *check, bool keep, struct ev_err *err)
{
	struct course c = { .check = check };
	int r;

	ev_survey_clear(check);
	check->views = false;
	r = run(&c, keep, err);
	ev_lack_clear(&c.lack);
	ev_truth_clear(&c.truth);
	ev_shot_clear(&c.shot);
	return r;
}

int
ev_survey(struct ev_survey *check, struct ev_err *err)
{
	struct ev_err rows;
	int r;

	if (ev_rows_read(check->place, &rows) < 0 || check->place->unsure)
		return ev_fail(err, "%s; nobody knows the days", rows.text);
	r = attempt(check, false, err);
	return r < 0 || !check->views ? r : attempt(check, true, err);
}

void
ev_survey_clear(struct ev_survey *check)
{
	ev_findings_clear(&check->findings);
	free(check->bad);
	check->bad = NULL;
	check->nbad = 0;
}
