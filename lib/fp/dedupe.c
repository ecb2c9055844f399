#include "fp/dedupe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fp/put.h"
#include "json/quote.h"
#include "out/escape.h"
#include "text/time.h"
#include "text/when.h"

struct ev_copy {
	uint64_t count, rich;
	bool timed;
	struct timespec first, last;
	struct timespec opened; /* of a window */
	/* the richest */
	size_t source;
	uint64_t offset;
	uint32_t length;
	char *line; /* NULL: it is read again */
	/* of a window, to be found by; NULL: it is nobody's copy */
	char *key;
	size_t key_n;
};

int
ev_dedupe_window(struct ev_dedupe *dedupe, const char *text, struct ev_err *err)
{
	struct ev_err why;

	dedupe->by = EV_DEDUPE_SESSION;
	if (text == NULL || strcmp(text, "session") == 0)
		return 0;
	dedupe->by = EV_DEDUPE_ALL;
	if (strcmp(text, "none") == 0)
		return 0;
	dedupe->by = EV_DEDUPE_WINDOW;
	if (ev_when_duration(text, &dedupe->window_ms, &why) == -1)
		return ev_fail(err,
		    "--window: 'session', 'none' or a length of time: %s",
		    why.text);
	if (dedupe->window_ms == 0)
		return ev_fail(err, "--window: '%s' joins nothing", text);
	return 0;
}

void
ev_dedupe_begin(struct ev_dedupe *dedupe)
{
	dedupe->index = ev_map_new();
	dedupe->seen = ev_seen_new_keyed();
	dedupe->before = ev_seen_new_keyed();
}

static void
drop(struct ev_copy *copy)
{
	free(copy->line);
	free(copy->key);
}

void
ev_dedupe_clear(struct ev_dedupe *dedupe)
{
	for (; dedupe->head < dedupe->n; dedupe->head++)
		drop(&dedupe->copy[dedupe->head]);
	free(dedupe->copy);
	ev_map_free(dedupe->index);
	ev_seen_free(dedupe->seen);
	ev_seen_free(dedupe->before);
	ev_buf_clear(&dedupe->key);
	ev_buf_clear(&dedupe->line);
	ev_buf_clear(&dedupe->text);
}

static int64_t
apart_ms(struct timespec a, struct timespec b)
{
	return ev_time_ms(a) - ev_time_ms(b);
}

/* The memory of what is out is given back, and only what is open can be
 * found. */
static void
tidy(struct ev_dedupe *dedupe)
{
	const struct ev_copy *copy;
	size_t i;

	memmove(dedupe->copy, dedupe->copy + dedupe->head,
	    (dedupe->n - dedupe->head) * sizeof(*dedupe->copy));
	dedupe->base += dedupe->head;
	dedupe->n -= dedupe->head;
	dedupe->head = 0;
	ev_map_free(dedupe->index);
	dedupe->index = ev_map_new();
	for (i = 0; i < dedupe->n; i++) {
		copy = &dedupe->copy[i];
		if (copy->key != NULL)
			*ev_map_at(dedupe->index, copy->key, copy->key_n,
			    NULL) = dedupe->base + i + 1;
	}
}

/* Time goes on.  After a window's length nothing is known any more of the
 * lines of the window before the last. */
static void
advance(struct ev_dedupe *dedupe, const struct ev_sight *s)
{
	if (!s->timed || dedupe->by != EV_DEDUPE_WINDOW)
		return;
	if (!dedupe->timed)
		dedupe->turn = dedupe->now = s->time;
	dedupe->timed = true;
	if (ev_time_cmp(s->time, dedupe->now) > 0)
		dedupe->now = s->time;
	if (apart_ms(dedupe->now, dedupe->turn) < dedupe->window_ms)
		return;
	dedupe->turn = dedupe->now;
	ev_seen_free(dedupe->before);
	dedupe->before = dedupe->seen;
	dedupe->seen = ev_seen_new_keyed();
	tidy(dedupe);
}

/* Does an event belong to a copy that is there? */
static bool
belongs(const struct ev_dedupe *dedupe, const struct ev_copy *copy,
    const struct ev_sight *s)
{
	struct timespec time = s->timed ? s->time : dedupe->now;

	return dedupe->by != EV_DEDUPE_WINDOW ||
	    llabs(apart_ms(time, copy->opened)) < dedupe->window_ms;
}

static struct ev_copy *
add_copy(struct ev_dedupe *dedupe, const struct ev_sight *s)
{
	struct ev_copy *copy;

	if (dedupe->n == dedupe->cap) {
		dedupe->cap = dedupe->cap == 0 ? 64 : dedupe->cap * 2;
		dedupe->copy =
		    ev_realloc(dedupe->copy, dedupe->cap, sizeof(*copy));
	}
	copy = &dedupe->copy[dedupe->n++];
	memset(copy, 0, sizeof(*copy));
	copy->opened = s->timed ? s->time : dedupe->now;
	return copy;
}

/* The copy that an event belongs to, which may be a new one. */
static struct ev_copy *
copy_of(struct ev_dedupe *dedupe, const struct ev_sight *s)
{
	struct ev_buf *key = &dedupe->key;
	struct ev_copy *copy;
	uint64_t *at;

	/* what has no fingerprint, or decides on one, is like nothing else */
	if (s->mark.n == 0 || s->verdict != EV_MARK_OCCURRED)
		return add_copy(dedupe, s);
	ev_buf_reset(key);
	ev_buf_addslice(key, s->mark);
	if (dedupe->by == EV_DEDUPE_SESSION) {
		ev_buf_addc(key, '\0');
		ev_buf_addslice(key, s->session);
	}
	at = ev_map_at(dedupe->index, key->p, key->n, NULL);
	if (*at > dedupe->base + dedupe->head) {
		copy = &dedupe->copy[*at - 1 - dedupe->base];
		if (belongs(dedupe, copy, s))
			return copy;
	}
	copy = add_copy(dedupe, s);
	*at = dedupe->base + dedupe->n;
	if (dedupe->by == EV_DEDUPE_WINDOW) {
		copy->key = ev_memdup(key->p, key->n);
		copy->key_n = key->n;
	}
	return copy;
}

static void
count(struct ev_copy *copy, const struct ev_sight *s)
{
	copy->count++;
	if (!s->timed)
		return;
	if (!copy->timed || ev_time_cmp(s->time, copy->first) < 0)
		copy->first = s->time;
	if (!copy->timed || ev_time_cmp(s->time, copy->last) > 0)
		copy->last = s->time;
	copy->timed = true;
}

void
ev_dedupe_expect(const void *arg, const struct ev_sight *s)
{
	const struct ev_dedupe *dedupe = arg;

	ev_seen_expect(dedupe->seen, s->digest);
}

int
ev_dedupe_see(void *arg, const struct ev_sight *s, struct ev_err *err)
{
	struct ev_dedupe *dedupe = arg;
	struct ev_copy *copy;

	(void)err;
	advance(dedupe, s);
	if (!ev_sight_first(dedupe->seen, s, 0) ||
	    (dedupe->by == EV_DEDUPE_WINDOW &&
		!ev_sight_first(dedupe->before, s, 0)))
		return 0;
	copy = copy_of(dedupe, s);
	count(copy, s);
	if (copy->count > 1 && s->rich <= copy->rich)
		return 0;
	copy->rich = s->rich;
	copy->source = s->source;
	copy->offset = s->offset;
	copy->length = s->length;
	if (dedupe->again == NULL) {
		free(copy->line);
		copy->line = ev_memdup(s->line.p, s->line.n);
	}
	return 0;
}

static void
put_summary(const struct ev_copy *copy, struct ev_buf *out)
{
	char first[EV_TIME_SIZE], last[EV_TIME_SIZE];

	ev_buf_addf(out, "{\"count\":%" PRIu64, copy->count);
	if (copy->timed) {
		ev_time_format(copy->first, first);
		ev_time_format(copy->last, last);
		ev_buf_addf(
		    out, ",\"first\":\"%s\",\"last\":\"%s\"}", first, last);
	} else {
		ev_buf_adds(out, ",\"first\":null,\"last\":null}");
	}
}

/* Appends a copy. */
static int
print(struct ev_dedupe *dedupe, const struct ev_copy *copy, struct ev_buf *out,
    struct ev_err *err)
{
	struct ev_slice line = { copy->line, copy->length };
	size_t from = out->n;

	if (copy->line == NULL) {
		ev_buf_reset(&dedupe->line);
		if (ev_again_line(dedupe->again, copy->source, copy->offset,
			copy->length, &dedupe->line, err) == -1)
			return -1;
		line.p = dedupe->line.p;
	}
	ev_buf_reset(&dedupe->key);
	put_summary(copy, &dedupe->key);
	ev_put_member(out, line, "dedup", ev_buf_slice(&dedupe->key));
	if (dedupe->writer->terminal)
		ev_escape_lines(out, from);
	ev_buf_addc(out, dedupe->writer->nul ? '\0' : '\n');
	return 0;
}

static bool
is_closed(const struct ev_dedupe *dedupe, const struct ev_copy *copy)
{
	return dedupe->by == EV_DEDUPE_WINDOW && dedupe->timed &&
	    apart_ms(dedupe->now, copy->opened) >= dedupe->window_ms;
}

/* Appends the next copy that is closed (all: or not), as long as nothing open
 * stands before it.  1; 0: there is none; -1. */
static int
print_next(
    struct ev_dedupe *dedupe, bool all, struct ev_buf *out, struct ev_err *err)
{
	struct ev_copy *copy = &dedupe->copy[dedupe->head];

	if (dedupe->head == dedupe->n || (!all && !is_closed(dedupe, copy)))
		return 0;
	if (print(dedupe, copy, out, err) == -1)
		return -1;
	drop(copy);
	dedupe->head++;
	return 1;
}

/* The same for all such copies, to the sink. */
static int
print_some(struct ev_dedupe *dedupe, bool all, struct ev_err *err)
{
	struct ev_buf *text = &dedupe->text;
	int r;

	for (;;) {
		ev_buf_reset(text);
		r = print_next(dedupe, all, text, err);
		if (r != 1)
			return r;
		if (ev_sink_write(dedupe->sink, text->p, text->n, err) == -1)
			return -1;
	}
}

int
ev_dedupe_pause(void *arg, bool live, struct ev_err *err)
{
	struct ev_dedupe *dedupe = arg;

	if (print_some(dedupe, false, err) == -1)
		return -1;
	return live ? ev_sink_flush(dedupe->sink, err) : 0;
}

int
ev_dedupe_closed(
    struct ev_dedupe *dedupe, struct ev_buf *out, struct ev_err *err)
{
	int r;

	while ((r = print_next(dedupe, false, out, err)) == 1)
		;
	return r;
}

int
ev_dedupe_end(struct ev_dedupe *dedupe, struct ev_err *err)
{
	return print_some(dedupe, true, err);
}
