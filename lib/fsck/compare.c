#include "fsck/compare.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "store/dayfile.h"
#include "store/lines.h"
#include "store/view.h"

#define BLOCK 65536

const char *
ev_verdict_what(enum ev_verdict verdict)
{
	static const char *const words[] = {
		[EV_VIEW_RIGHT] = "sound",
		[EV_VIEW_MISSING] = "missing",
		[EV_VIEW_SHORT] = "short",
		[EV_VIEW_DIFFERS] = "differs",
		[EV_VIEW_EXTRA] = "extra",
		[EV_VIEW_BROKEN] = "broken",
	};

	return words[verdict];
}

const char *
ev_verdict_why(enum ev_verdict verdict)
{
	static const char *const texts[] = {
		[EV_VIEW_RIGHT] = "as the log says",
		[EV_VIEW_MISSING] = "the log has lines of this day",
		[EV_VIEW_SHORT] = "from here on lines of the log are missing",
		[EV_VIEW_DIFFERS] = "not the line that the log has here",
		[EV_VIEW_EXTRA] = "the log has no more lines of this day",
		[EV_VIEW_BROKEN] = "cannot be unpacked",
	};

	return texts[verdict];
}

/* What follows on the applied part must be a beginning of what is due. */
static enum ev_verdict
compare_rest(struct ev_dayfile *file, const struct ev_truth_day *day)
{
	char block[BLOCK];
	size_t at = 0;
	ssize_t got;

	for (;;) {
		got = ev_dayfile_fill(file, block, BLOCK, NULL);
		if (got < 0)
			return EV_VIEW_BROKEN;
		if (got == 0)
			return EV_VIEW_RIGHT;
		if (day == NULL || (size_t)got > day->due.n - at ||
		    memcmp(block, day->due.p + at, (size_t)got) != 0)
			return EV_VIEW_EXTRA;
		at += (size_t)got;
	}
}

static enum ev_verdict
compare_bytes(struct ev_dayfile *file, const struct ev_truth_day *day)
{
	unsigned char is[EV_SHA256_SIZE], should[EV_SHA256_SIZE];
	uint64_t left = day != NULL ? day->n : 0;
	struct ev_sha256 *sha = ev_sha256_new();
	char block[BLOCK];
	ssize_t got = 0;

	for (; left > 0; left -= (uint64_t)got) {
		got = ev_dayfile_read(
		    file, block, left < BLOCK ? (size_t)left : BLOCK, NULL);
		if (got <= 0)
			break;
		ev_sha256_add(sha, block, (size_t)got);
	}
	ev_sha256_end(sha, is);
	ev_sha256_free(sha);
	if (got < 0)
		return EV_VIEW_BROKEN;
	if (day != NULL)
		ev_sha256_end(day->sha, should);
	if (day != NULL && (left > 0 || memcmp(is, should, sizeof(is)) != 0))
		return EV_VIEW_DIFFERS;
	return compare_rest(file, day);
}

/* Is this line of the log the next one of the view?  1, 0, -1 it ended. */
static int
is_next(struct ev_dayfile *file, const char *p, size_t n)
{
	char block[BLOCK];
	size_t m;
	ssize_t got;

	for (; n > 0; n -= m, p += m) {
		m = n < BLOCK ? n : BLOCK;
		got = ev_dayfile_fill(file, block, m, NULL);
		if (got == 0)
			return -1;
		if ((size_t)got != m || memcmp(block, p, m) != 0)
			return 0;
	}
	return 1;
}

/* The first line that is not the log's. */
static int
locate(struct ev_shot *shot, struct ev_dayfile *file,
    const struct ev_truth_day *day, enum ev_verdict *verdict, uint64_t *line,
    struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice text;
	uint64_t at;
	int r, next = 1;

	*line = 1;
	ev_lines_of(&lines, &shot->log.chain, 0, shot->views.state.m);
	while (next == 1 && (r = ev_lines_next(&lines, &text, &at)) == 1) {
		if (ev_route_line(&shot->views.route, text, at == 0) !=
		    day->day)
			continue;
		/* of an over-long line nobody says where it is wrong */
		next = text.p == NULL ? 0 : is_next(file, text.p, text.n + 1);
		*line += next == 1;
	}
	ev_lines_clear(&lines);
	if (next == 1 && r < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", shot->dir.place->shown);
	*verdict = next == -1 ? EV_VIEW_SHORT : EV_VIEW_DIFFERS;
	return 0;
}

/* Whole lines in so many bytes of it. */
static uint64_t
count_lines(struct ev_shot *shot, int32_t number, uint64_t n)
{
	struct ev_dayfile file;
	uint64_t lines = 0;
	char block[BLOCK];
	const char *p;
	ssize_t got = 0;

	if (ev_dayfile_open(&file, &shot->dir, number, NULL) == 1)
		for (; n > 0; n -= (uint64_t)got) {
			got = ev_dayfile_read(
			    &file, block, n < BLOCK ? (size_t)n : BLOCK, NULL);
			if (got <= 0)
				break;
			for (p = block;
			     (p = memchr(p, '\n', (size_t)(block + got - p))) !=
			     NULL;
			     p++)
				lines++;
		}
	ev_dayfile_close(&file);
	return lines;
}

static int
open_view(struct ev_shot *shot, struct ev_dayfile *file, int32_t day,
    struct ev_err *err)
{
	uint64_t size = ev_shot_size(shot, day);
	int r = ev_dayfile_open(file, &shot->dir, day, err);

	/* what came since is not looked at */
	if (file->end > size)
		file->end = size;
	return r;
}

/* Of the feed: the first byte that is not the log's. */
static int
compare_feed(struct ev_shot *shot, struct ev_dayfile *file,
    enum ev_verdict *verdict, uint64_t *line, struct ev_err *err)
{
	const struct ev_state *state = &shot->views.state;
	char is[BLOCK], should[BLOCK];
	uint64_t at = 0;
	ssize_t got, want = 0, n;

	*verdict = EV_VIEW_RIGHT;
	while ((got = ev_dayfile_fill(file, is, BLOCK, err)) > 0) {
		want = ev_log_read(&shot->log, &shot->dir, should, (size_t)got,
		    state->fb + at, err);
		if (want < 0 && errno != ENODATA)
			return -1;
		if (want < got || memcmp(is, should, (size_t)got) != 0)
			break;
		at += (uint64_t)got;
	}
	if (got < 0)
		return -1;
	if (got > 0) {
		for (n = 0; n < want && is[n] == should[n];)
			n++;
		*verdict = EV_VIEW_DIFFERS;
		*line = count_lines(shot, EV_VIEW_FEED, at + (size_t)n) + 1;
	} else if (at < state->fl && at > 0) {
		*verdict = EV_VIEW_SHORT;
		*line = count_lines(shot, EV_VIEW_FEED, at) + 1;
	}
	/* an empty or missing one begins anew with the next line */
	return 0;
}

static int
compare_day(struct ev_shot *shot, const struct ev_truth_day *day,
    struct ev_dayfile *file, int32_t number, enum ev_verdict *verdict,
    uint64_t *line, struct ev_err *err)
{
	int r = 0;

	*verdict = compare_bytes(file, day);
	if (*verdict == EV_VIEW_EXTRA)
		*line = count_lines(shot, number, day != NULL ? day->n : 0) + 1;
	if (*verdict != EV_VIEW_DIFFERS)
		return 0;
	ev_dayfile_close(file);
	r = open_view(shot, file, number, err);
	if (r == 1)
		r = locate(shot, file, day, verdict, line, err);
	return r;
}

int
ev_compare(struct ev_shot *shot, const struct ev_truth *truth, int32_t number,
    enum ev_verdict *verdict, uint64_t *line, struct ev_err *err)
{
	const struct ev_truth_day *day = ev_truth_day(truth, number);
	struct ev_dayfile file;
	int r = open_view(shot, &file, number, err);

	*line = 0;
	*verdict = EV_VIEW_RIGHT;
	if (r == 0 && day != NULL && day->n > 0)
		*verdict = EV_VIEW_MISSING;
	if (r == 1 && number == EV_VIEW_FEED)
		r = compare_feed(shot, &file, verdict, line, err);
	else if (r == 1)
		r = compare_day(shot, day, &file, number, verdict, line, err);
	ev_dayfile_close(&file);
	return r < 0 ? -1 : 0;
}
