#include "tail/live.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tail/version.h"

#define CHUNK (256u << 10)
#define FEW 64 /* bytes that may stand anywhere */

static void
on_event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct ev_live *live = state;

	if (live->past != NULL && !ev_past_fresh(live->past, ev->line))
		return;
	live->stop = offset + ev->line.n + (live->cut.unended ? 0 : 1);
	live->event(live->event_arg, live, ev, offset);
}

void
ev_live_init(
    struct ev_live *live, const char *name, const char *path, bool store)
{
	*live = (struct ev_live){ .store = store };
	live->name = ev_strdup(name);
	if (path != NULL) {
		live->path = ev_strdup(path);
		live->aside = ev_aside_new(path);
	}
	live->cut.event = on_event;
	live->cut.state = live;
}

void
ev_live_clear(struct ev_live *live)
{
	ev_trail_drop(live->trail);
	free(live->name);
	free(live->path);
	ev_past_free(live->past);
	ev_aside_free(live->aside);
	ev_cut_clear(&live->cut);
}

static int
cannot(const struct ev_live *live, const char *verb, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot %s '%s'", verb, live->name);
}

/* Nothing of a line was read: forgets the one that was pending. */
static void
forget(struct ev_live *live)
{
	live->cut.part_n = 0;
	ev_buf_reset(&live->cut.part);
}

int
ev_live_seek(struct ev_live *live, uint64_t offset, struct ev_err *err)
{
	size_t n = offset < EV_LIVE_TAIL ? (size_t)offset : EV_LIVE_TAIL;
	ssize_t got = ev_trail_read(live->trail, live->tail, n, offset - n);

	if (got < 0)
		return cannot(live, "read", err);
	if ((size_t)got < n)
		return ev_fail(
		    err, "'%s' was cut off while it was read", live->name);
	live->at = live->stop = offset;
	live->tail_n = n;
	forget(live);
	return 0;
}

int
ev_live_adopt(
    struct ev_live *live, struct ev_source *source, struct ev_err *err)
{
	uint64_t end;

	if (source->trail == NULL)
		source->trail = ev_trail_file(source->fd);
	ev_live_take(live, ev_trail_hold(source->trail));
	if (!source->seekable)
		return 0;
	if (ev_version_end(live->trail, source->size,
		source->store ? NULL : live->cut.ev, &end) == -1)
		return cannot(live, "read", err);
	source->size = end;
	return ev_live_seek(live, end, err);
}

/* Bytes that follow on what was read; the buffer goes on behind them. */
static void
feed(struct ev_live *live, const char *p, size_t n)
{
	const char *end = p + n, *lf;
	struct ev_cut *cut = &live->cut;

	if (cut->part_n > 0) {
		lf = memchr(p, '\n', n);
		lf = lf == NULL ? end : lf + 1;
		ev_cut_part(cut, p, (size_t)(lf - p), live->at);
		live->at += (uint64_t)(lf - p);
		p = lf;
	}
	lf = memrchr(p, '\n', (size_t)(end - p));
	lf = lf == NULL ? p : lf + 1;
	if (lf > p)
		ev_cut_lines(cut, p, (size_t)(lf - p), live->at);
	live->at += (uint64_t)(lf - p);
	if (end > lf)
		ev_cut_part(cut, lf, (size_t)(end - lf), live->at);
	live->at += (uint64_t)(end - lf);
}

/*
 * A line without its LF at the end of what there is: an event at once when it
 * is a whole object (I7).  What follows is then a line of its own, so that the
 * LF alone is a blank one.
 */
static void
look_unended(struct ev_live *live)
{
	struct ev_cut *cut = &live->cut;
	size_t skip = ev_cut_mark(cut->part.p, cut->part.n, cut->part_at);
	char *p = cut->part.p + skip;
	size_t n = cut->part.n - skip, end = n;

	while (end > 0 && (p[end - 1] == ' ' || p[end - 1] == '\r'))
		end--;
	if (end == 0 || p[end - 1] != '}')
		return;
	ev_buf_reserve(&cut->part, EV_SCAN_PAD);
	p = cut->part.p + skip;
	memset(p + n, 0, EV_SCAN_PAD);
	if (ev_event_read(cut->ev, p, n) != EV_SCAN_OK)
		return;
	cut->unended = true;
	cut->tally.lines++;
	cut->tally.kind[EV_SCAN_OK]++;
	on_event(live, cut->ev, cut->part_at + skip);
	cut->unended = false;
	forget(live);
}

/* Behind the same last bytes as were read, with their line's begin when it is
 * known; 0: nowhere. */
static uint64_t
find_again(const struct ev_live *live)
{
	const char *end = live->tail + live->tail_n, *from;

	if (live->tail_n < FEW)
		return 0;
	from = memrchr(live->tail, '\n', live->tail_n - 1);
	from = from == NULL || end - from <= FEW ? live->tail : from + 1;
	return ev_version_find(
	    live->trail, live->trail->chain.base, from, (size_t)(end - from));
}

/* The file was cut off or written over: where to go on. */
static void
lost(struct ev_live *live, bool shorter)
{
	uint64_t at = shorter ? 0 : find_again(live);

	if (at > 0) {
		live->at = at;
		live->cut.part_at = at - live->cut.part_n;
		return;
	}
	live->note(live->note_arg, live,
	    shorter ? "was cut off, it is read from its start" :
		      "was written over, it is read from its start");
	live->at =
	    live->at < live->trail->chain.base ? 0 : live->trail->chain.base;
	live->tail_n = 0;
	forget(live);
}

/* The last bytes before `at`, of n that end there. */
static void
remember(struct ev_live *live, const char *p, size_t n)
{
	live->tail_n = n < EV_LIVE_TAIL ? n : EV_LIVE_TAIL;
	memcpy(live->tail, p + n - live->tail_n, live->tail_n);
}

/* Segments do not change: of what stands before `at` that counts which is in
 * the same file. */
static void
forget_segment(struct ev_live *live)
{
	uint64_t base = live->trail->chain.base;
	size_t n = live->tail_n;

	if (live->at < base || live->at - base >= n)
		return;
	live->tail_n = (size_t)(live->at - base);
	memmove(live->tail, live->tail + n - live->tail_n, live->tail_n);
}

/* One read behind what is known: 1 there may be more, 0 not, -1. */
static int
read_once(struct ev_live *live, char *buf, struct ev_err *err)
{
	size_t keep, most = CHUNK;
	ssize_t got;

	forget_segment(live);
	keep = live->tail_n;
	if (live->once && live->at + most > live->end)
		most =
		    live->at < live->end ? (size_t)(live->end - live->at) : 0;
	got = ev_trail_read(live->trail, buf, keep + most, live->at - keep);
	if (got < 0)
		return cannot(live, "read", err);
	if ((size_t)got < keep || !ev_version_same(live->tail, buf, keep)) {
		lost(live, (size_t)got < keep);
		return 1;
	}
	if ((size_t)got == keep)
		return 0;
	feed(live, buf + keep, (size_t)got - keep);
	remember(live, buf, (size_t)got);
	return most > 0 && (size_t)got == keep + most;
}

static bool
is_stopped(int (*stop)(void))
{
	return stop != NULL && stop() != 0;
}

static int
read_on(struct ev_live *live, int (*stop)(void), struct ev_err *err)
{
	struct ev_cut *cut = &live->cut;
	char *buf = ev_malloc(EV_LIVE_TAIL + CHUNK + EV_SCAN_PAD);
	int r = 1;

	while (r == 1 && !cut->stopped && !is_stopped(stop))
		r = read_once(live, buf, err);
	free(buf);
#ifdef EV_MUTANT_READ_EOF
	forget(live);
#endif
	if (r == 0 && !live->store && cut->part_n > 0 &&
	    cut->part_n == cut->part.n && !cut->stopped)
		look_unended(live);
	if (r != -1 && cut->stopped && cut->strict && cut->tally.first > 0)
		return ev_fail(
		    err, "%s: %s", live->name, ev_scan_word(cut->tally.why));
	return r == -1 ? -1 : 0;
}

int
ev_live_look(struct ev_live *live, int (*stop)(void), struct ev_err *err)
{
	struct stat st = { 0 };
	bool other = false;
	int r;

	if (live->over || live->cut.stopped)
		return 0;
	if (live->path != NULL && !live->once && stat(live->path, &st) == 0)
		other = live->trail == NULL || st.st_dev != live->dev ||
		    st.st_ino != live->ino;
		/* the old one to its end first */
#ifdef EV_MUTANT_SKIP_OLD
	if (!other)
#endif
		if (live->trail != NULL && read_on(live, stop, err) == -1)
			return -1;
	if (!other || live->cut.stopped || is_stopped(stop))
		return 0;
	do {
		r = ev_live_replace(live, err);
		if (r > 0 && read_on(live, stop, err) == -1)
			return -1;
	} while (r == 2 && !live->cut.stopped && !is_stopped(stop));
	return r == -1 ? -1 : 0;
}

void
ev_live_stop(struct ev_live *live)
{
	struct ev_slice line = live->cut.ev->line;
	size_t lf = live->cut.unended ? 0 : 1;
	size_t n = line.n < EV_LIVE_TAIL - lf ? line.n : EV_LIVE_TAIL - lf;

	live->cut.stopped = true;
	memcpy(live->stop_tail, line.p + line.n - n, n);
	live->stop_tail[n] = '\n';
	live->stop_n = n + lf;
}

void
ev_live_resume(struct ev_live *live)
{
	live->cut.stopped = false;
	live->at = live->stop;
	live->tail_n = live->stop_n;
	memcpy(live->tail, live->stop_tail, live->stop_n);
	forget(live);
}

uint64_t
ev_live_place(const struct ev_live *live)
{
	return live->cut.stopped ? live->stop : live->at - live->cut.part_n;
}
