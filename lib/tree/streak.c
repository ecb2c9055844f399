#include "tree/streak.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "event/ident.h"
#include "json/quote.h"
#include "out/cells.h"
#include "out/escape.h"
#include "read/seen.h"
#include "text/time.h"

const enum ev_role ev_streak_roles[] = { EV_TYPE, EV_TIME, EV_ENTITY,
	EV_OUTCOME, EV_ROLES };

struct streak {
	char *capsule;
	size_t n; /* bytes of capsule */
	uint64_t count;
	struct timespec last;
	bool has_last;
};

struct ev_streaks {
	struct streak *v;
	size_t n, cap;
	struct ev_map *map; /* capsule -> number + 1 */
	struct ev_seen *seen;
	/* while it is read */
	const struct ev_reading *reading;
	struct ev_source *sources;
};

/* An event of a block that counts. */
struct hit {
	size_t capsule, n; /* in the block's text */
	struct ev_print128 print;
	struct timespec time;
	bool has_time, success;
};

struct block {
	struct ev_streaks *streaks;
	struct ev_sha256 *sha;
	struct ev_buf text;
	struct hit *v;
	size_t n, cap;
};

struct ev_streaks *
ev_streaks_new(void)
{
	struct ev_streaks *streaks = ev_calloc(1, sizeof(*streaks));

	streaks->map = ev_map_new();
	streaks->seen = ev_seen_new();
	return streaks;
}

void
ev_streaks_free(struct ev_streaks *streaks)
{
	size_t i;

	for (i = 0; i < streaks->n; i++)
		free(streaks->v[i].capsule);
	free(streaks->v);
	ev_map_free(streaks->map);
	ev_seen_free(streaks->seen);
	free(streaks);
}

static void *
start(void *arg)
{
	struct block *block = ev_calloc(1, sizeof(*block));

	block->streaks = arg;
	block->sha = ev_sha256_new();
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	ev_sha256_free(block->sha);
	ev_buf_clear(&block->text);
	free(block->v);
	free(block);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	struct ev_slice capsule;
	struct hit *hit;

	(void)offset;
	if (ev->dialect != &ev_dialects[EV_GEP] ||
	    !ev_slice_is(ev_event_text(ev, EV_TYPE), "EvolutionEvent") ||
	    !ev_filter_match(block->streaks->reading->filter, ev))
		return;
	capsule = ev_event_text(ev, EV_ENTITY);
	if (capsule.n == 0)
		return;
	if (block->n == block->cap) {
		block->cap = block->cap == 0 ? 256 : block->cap * 2;
		block->v = ev_realloc(block->v, block->cap, sizeof(*block->v));
	}
	hit = &block->v[block->n++];
	hit->capsule = block->text.n;
	hit->n = capsule.n;
	ev_buf_addslice(&block->text, capsule);
	hit->print = ev_seen_print(block->sha, ev->line);
	hit->has_time = ev_event_time(ev, &hit->time);
	hit->success = ev_slice_is(ev_event_text(ev, EV_OUTCOME), "success");
}

static struct streak *
streak_of(struct ev_streaks *streaks, const char *capsule, size_t n)
{
	bool fresh;
	uint64_t *at = ev_map_at(streaks->map, capsule, n, &fresh);
	struct streak *streak;

	if (!fresh)
		return &streaks->v[*at - 1];
	if (streaks->n == streaks->cap) {
		streaks->cap = streaks->cap == 0 ? 64 : streaks->cap * 2;
		streaks->v =
		    ev_realloc(streaks->v, streaks->cap, sizeof(*streak));
	}
	streak = &streaks->v[streaks->n];
	*streak = (struct streak){ .capsule = ev_memdup(capsule, n), .n = n };
	*at = ++streaks->n;
	return streak;
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct ev_streaks *streaks = arg;
	struct block *block = state;
	struct streak *streak;
	const struct hit *hit;

	(void)err;
	for (hit = block->v; hit < block->v + block->n; hit++) {
		if (!ev_seen_add(streaks->seen, &hit->print))
			continue;
		streak =
		    streak_of(streaks, block->text.p + hit->capsule, hit->n);
		streak->count = hit->success ? streak->count + 1 : 0;
		streak->has_last = hit->has_time;
		streak->last = hit->time;
	}
	block->n = 0;
	ev_buf_reset(&block->text);
	return 0;
}

static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct ev_streaks *streaks = arg;
	struct ev_pass pass = { .arg = streaks,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };

	return ev_reading_pass(
	    streaks->reading, &pass, &streaks->sources[i], tally, err);
}

static int
by_capsule(const void *a, const void *b)
{
	const struct streak *x = a, *y = b;

	return ev_ident_cmp((struct ev_slice){ x->capsule, x->n },
	    (struct ev_slice){ y->capsule, y->n });
}

int
ev_streaks_read(struct ev_streaks *streaks, const struct ev_reading *reading,
    struct ev_source *sources, size_t count)
{
	static const bool broken;
	int r;

	streaks->reading = reading;
	streaks->sources = sources;
	r = ev_reading_each(
	    reading, sources, count, &broken, read_one, streaks);
	if (streaks->n > 0)
		qsort(streaks->v, streaks->n, sizeof(*streaks->v), by_capsule);
	return r;
}

size_t
ev_streaks_count(const struct ev_streaks *streaks)
{
	return streaks->n;
}

static void
put_time(const struct streak *streak, struct ev_buf *out, const char *none)
{
	char text[EV_TIME_SIZE];

	if (streak->has_last)
		ev_time_format(streak->last, text);
	ev_buf_adds(out, streak->has_last ? text : none);
}

static void
put_row(const struct streak *streak, struct ev_buf *out)
{
	ev_buf_adds(out, "{\"capsule\":");
	ev_quote(out, (struct ev_slice){ streak->capsule, streak->n });
	ev_buf_addf(out, ",\"streak\":%" PRIu64 ",\"last\":", streak->count);
	if (streak->has_last) {
		ev_buf_addc(out, '"');
		put_time(streak, out, "");
		ev_buf_addc(out, '"');
	} else
		ev_buf_adds(out, "null");
	ev_buf_addc(out, '}');
}

/* Appends the escaped id, with blanks up to `cells` columns; gives its own. */
static size_t
put_capsule(const struct streak *streak, size_t cells, struct ev_buf *out)
{
	struct ev_buf name = EV_BUF_INIT;
	size_t used;

	ev_escape(&name, (struct ev_slice){ streak->capsule, streak->n });
	used = ev_cells(ev_buf_slice(&name));
	ev_buf_addf(out, "%s%*s", ev_buf_str(&name),
	    used < cells ? (int)(cells - used) : 0, "");
	ev_buf_clear(&name);
	return used;
}

static void
put_table(const struct ev_streaks *streaks, struct ev_buf *out)
{
	size_t widest = strlen("capsule"), from = out->n, cells, i;

	for (i = 0; i < streaks->n; i++) {
		cells = put_capsule(&streaks->v[i], 0, out);
		widest = cells > widest ? cells : widest;
	}
	out->n = from; /* that was to measure them */
	ev_buf_addf(out, "%-*s  streak  last\n", (int)widest, "capsule");
	for (i = 0; i < streaks->n; i++) {
		put_capsule(&streaks->v[i], widest, out);
		ev_buf_addf(out, "  %6" PRIu64 "  ", streaks->v[i].count);
		put_time(&streaks->v[i], out, "-");
		ev_buf_addc(out, '\n');
	}
}

void
ev_streaks_print(
    const struct ev_streaks *streaks, const char *format, struct ev_buf *out)
{
	bool array = strcmp(format, "json") == 0;
	size_t i;

	if (!array && strcmp(format, "jsonl") != 0) {
		put_table(streaks, out);
		return;
	}
	for (i = 0; i < streaks->n; i++) {
		if (array)
			ev_buf_adds(out, i == 0 ? "[\n" : ",\n");
		put_row(&streaks->v[i], out);
		if (!array)
			ev_buf_addc(out, '\n');
	}
	if (array)
		ev_buf_adds(out, streaks->n == 0 ? "[]\n" : "\n]\n");
}
