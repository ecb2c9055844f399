#include "input/probe.h"

#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "input/block.h"

#define WINDOW 65536u
#define COARSE 20 /* windows at even distances */
#define NEAR 4	  /* windows between which bisecting ends */

struct probe {
	struct ev_source *source;
	struct ev_event *ev;
	char *data;
	const char *end; /* of what the last look read */
};

/* Reads window `index`; gives its first line's start or NULL. */
static const char *
look(struct probe *probe, uint64_t index)
{
	const char *lf;
	ssize_t got;

	got = ev_source_at(
	    probe->source, probe->data, WINDOW, index * WINDOW, NULL);
	if (got <= 0)
		return NULL;
	probe->end = probe->data + got;
	if (index == 0)
		return probe->data + ev_cut_mark(probe->data, (size_t)got, 0);
	lf = memchr(probe->data, '\n', (size_t)got);
	return lf == NULL ? NULL : lf + 1;
}

/* The latest time among the whole lines of a window; false: there is none. */
static bool
latest(struct probe *probe, uint64_t index, struct timespec *out)
{
	const char *p = look(probe, index), *lf;
	struct timespec time;
	bool found = false;

	if (p == NULL)
		return false;
	for (; (lf = memchr(p, '\n', (size_t)(probe->end - p))) != NULL;
	     p = lf + 1) {
		if (ev_event_read(probe->ev, p, (size_t)(lf - p)) !=
			EV_SCAN_OK ||
		    !ev_event_time(probe->ev, &time))
			continue;
		if (!found || ev_time_cmp(time, *out) > 0)
			*out = time;
		found = true;
	}
	return found;
}

/* A window and its latest time. */
struct post {
	uint64_t index;
	struct timespec time;
};

/*
 * The last window before `since` and the first not before it, *hi being `count`
 * when there is none; false when windows contradict or none is before.
 */
static bool
coarse(struct probe *probe, uint64_t count, struct timespec since,
    struct post *lo, struct post *hi)
{
	struct post post, last = { 0, { 0, 0 } };
	bool before = false;
	int i;

	hi->index = count;
	for (i = 0; i < COARSE; i++, last = post) {
		post.index = (count - 1) * (uint64_t)i / (COARSE - 1);
		if (!latest(probe, post.index, &post.time) ||
		    (i > 0 && ev_time_cmp(post.time, last.time) < 0))
			return false;
		if (ev_time_cmp(post.time, since) < 0) {
			*lo = post;
			before = true;
		} else if (hi->index == count) {
			*hi = post;
		}
	}
	return before;
}

/* Brings lo and hi near each other; false when windows contradict. */
static bool
bisect(struct probe *probe, struct timespec since, struct post *lo,
    struct post *hi)
{
	struct post post;

	while (hi->index - lo->index > NEAR) {
		post.index = lo->index + (hi->index - lo->index) / 2;
		if (!latest(probe, post.index, &post.time) ||
		    ev_time_cmp(post.time, lo->time) < 0 ||
		    ev_time_cmp(post.time, hi->time) > 0)
			return false;
		if (ev_time_cmp(post.time, since) < 0)
			*lo = post;
		else
			*hi = post;
	}
	return true;
}

static uint64_t
search(struct probe *probe, struct timespec since)
{
	uint64_t count = probe->source->size / WINDOW;
	struct post lo = { 0, { 0, 0 } }, hi = lo;
	const char *line;

	if (!coarse(probe, count, since, &lo, &hi))
		return 0;
	if (hi.index < count && !bisect(probe, since, &lo, &hi))
		return 0;
	/* one window more, as lines near the border may stand out of order */
	if (lo.index < 2 || (line = look(probe, lo.index - 1)) == NULL)
		return 0;
	return (lo.index - 1) * WINDOW + (uint64_t)(line - probe->data);
}

uint64_t
ev_probe_since(struct ev_source *source, const struct ev_model *model,
    struct timespec since)
{
	struct probe probe = { .source = source };
	uint64_t at;

	if (!source->seekable || source->size <= EV_PROBE_OVER)
		return 0;
	probe.ev = ev_event_new(model);
	probe.data = ev_block_alloc(WINDOW);
	at = search(&probe, since);
	ev_block_free(probe.data, WINDOW);
	ev_event_free(probe.ev);
	return at;
}
