#include "input/cut.h"

#include <string.h>

/* memory kept from one long line to the next */
#define PART_KEEP (4u << 20)

size_t
ev_cut_limit(size_t max_line)
{
	if (max_line == 0)
		return EV_CUT_MAX_LINE;
	return max_line < EV_LINE_MOST ? max_line : EV_LINE_MOST;
}

size_t
ev_cut_mark(const char *p, size_t n, uint64_t offset)
{
	if (offset == 0 && n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return 3;
	return 0;
}

static void
damaged(struct ev_cut *cut, enum ev_scan why, uint64_t offset)
{
	if (cut->tally.first == 0) {
		cut->tally.first = cut->tally.lines;
		cut->tally.why = why;
		cut->tally.at = offset;
	}
	cut->stopped = cut->strict;
}

/* Counts a line of n bytes that the scanner calls `got`; true: an event. */
static inline bool
count(struct ev_cut *cut, enum ev_scan got, size_t n, uint64_t offset)
{
	if (n > cut->max_line)
		got = EV_SCAN_LONG;
	if (cut->unended && got > EV_SCAN_BLANK && got != EV_SCAN_LONG)
		got = EV_SCAN_TORN;
	cut->tally.lines++;
	cut->tally.kind[got]++;
	if (got > EV_SCAN_BLANK)
		damaged(cut, got, offset);
	return got == EV_SCAN_OK;
}

/* Takes the line that an LF below limit ends; gives its length without it. */
static inline size_t
look(struct ev_cut *cut, const char *line, const char *limit, uint64_t offset)
{
	enum ev_scan got = ev_event_next(cut->ev, line, limit);
	size_t n = cut->ev->line.n;

	if (count(cut, got, n, offset))
		cut->event(cut->state, cut->ev, offset);
	return n;
}

static void
look_at_all(struct ev_cut *cut, const char *p, const char *end, uint64_t offset)
{
	const char *first = p;

	while (p < end && !cut->stopped)
		p += look(cut, p, end, offset + (uint64_t)(p - first)) + 1;
}

/* Validates the lines from p to end, and no more. */
static void
check(struct ev_cut *cut, const char *p, const char *end, uint64_t offset)
{
	const char *first = p;
	enum ev_scan got;
	size_t n;

	while (p < end && !cut->stopped) {
		got = ev_scan_next(cut->plan, p, end, cut->ev->slot, &n);
		count(cut, got, n, offset + (uint64_t)(p - first));
		p += n + 1;
	}
}

/* The start of the next line with a hit; NULL: there is none. */
static const char *
next_hit(struct ev_cut *cut, const char *p, const char *end, uint64_t *lines)
{
	const char *hit = ev_skim_next(cut->skim, p, end, lines);
	const char *lf;

	if (hit == NULL)
		return NULL;
	lf = memrchr(p, '\n', (size_t)(hit - p));
	return lf == NULL ? p : lf + 1;
}

/* Takes the lines with a hit. */
static void
look_at_some(
    struct ev_cut *cut, const char *p, const char *end, uint64_t offset)
{
	const char *first = p, *line;
	uint64_t passed;

	while (p < end && !cut->stopped) {
		passed = 0;
		line = next_hit(cut, p, end, &passed);
		if (cut->plan == NULL)
			cut->tally.lines += passed;
		else
			check(cut, p, line != NULL ? line : end,
			    offset + (uint64_t)(p - first));
		if (line == NULL || cut->stopped)
			return;
		p = line + 1 +
		    look(cut, line, end, offset + (uint64_t)(line - first));
	}
}

void
ev_cut_lines(struct ev_cut *cut, const char *p, size_t n, uint64_t offset)
{
	size_t skip = ev_cut_mark(p, n, offset);

	if (cut->stopped)
		return;
	cut->tally.bytes += n;
	if (cut->skim == NULL)
		look_at_all(cut, p + skip, p + n, offset + skip);
	else
		look_at_some(cut, p + skip, p + n, offset + skip);
}

/* The pending line, n bytes without its LF, is whole; it gets an LF anew. */
static void
part_done(struct ev_cut *cut, uint64_t n)
{
	static const char after[EV_SCAN_PAD] = "\n";

	if (n <= cut->max_line) {
		cut->part.n = (size_t)n;
		ev_buf_add(&cut->part, after, sizeof(after));
		ev_cut_lines(cut, cut->part.p, (size_t)n + 1, cut->part_at);
		/* the LF may be ours alone */
		cut->tally.bytes -= (uint64_t)n + 1;
	} else {
		cut->tally.lines++;
		cut->tally.kind[EV_SCAN_LONG]++;
		damaged(cut, EV_SCAN_LONG, cut->part_at);
	}
	cut->tally.bytes += cut->part_n;
	cut->part_n = 0;
	if (cut->part.cap > PART_KEEP)
		ev_buf_clear(&cut->part);
	ev_buf_reset(&cut->part);
}

void
ev_cut_part(struct ev_cut *cut, const char *p, size_t n, uint64_t offset)
{
	bool whole = p[n - 1] == '\n';
	uint64_t length;

	if (cut->stopped)
		return;
	if (cut->part_n == 0)
		cut->part_at = offset;
	cut->part_n += n;
	length = cut->part_n - (whole ? 1 : 0);
	if (length <= cut->max_line)
		ev_buf_add(&cut->part, p, n);
	else
		ev_buf_clear(&cut->part);
	if (whole)
		part_done(cut, length);
}

void
ev_cut_end(struct ev_cut *cut, bool store)
{
	size_t skip = ev_cut_mark(cut->part.p, cut->part.n, cut->part_at);

	cut->unended = true;
	if (cut->part_n > skip && !cut->stopped && !store)
		part_done(cut, cut->part_n);
	cut->unended = false;
	cut->part_n = 0;
	ev_buf_reset(&cut->part);
}

void
ev_cut_clear(struct ev_cut *cut)
{
	ev_buf_clear(&cut->part);
}
