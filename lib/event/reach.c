#include "event/reach.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/compact.h"
#include "json/quote.h"
#include "json/walk.h"

#define PLAIN_STEPS 4

struct walk {
	const struct ev_path *path;
	size_t from;
	struct ev_pool *pool;
	int (*fn)(void *arg, const struct ev_val *val);
	void *arg;
};

int
ev_reach_plain(struct ev_plan *plan, struct ev_slice text)
{
	struct ev_step step[PLAIN_STEPS];
	struct ev_path path = { step, 0 };
	const char *p = text.p, *end = p + text.n, *from = p;

	for (;; p++) {
		if (p < end && *p != '.') {
			if (*p == '\\' || *p == '[')
				return -1;
			continue;
		}
		if (p == from || path.count == PLAIN_STEPS)
			return -1;
		/* the plan only reads it */
		step[path.count].key = (char *)(uintptr_t)from;
		step[path.count++].n = (size_t)(p - from);
		if (p == end)
			return ev_plan_add(plan, &path, path.count);
		from = p + 1;
	}
}

void
ev_reach_init(struct ev_reach *reach, struct ev_plan *plan,
    const struct ev_path *path, bool inner)
{
	size_t i;

	reach->path.count = path->count;
	reach->path.step =
	    ev_calloc(path->count + 1, sizeof(*reach->path.step));
	for (i = 0; i < path->count; i++) {
		reach->path.step[i].n = path->step[i].n;
		if (path->step[i].key != NULL)
			reach->path.step[i].key =
			    ev_memdup(path->step[i].key, path->step[i].n);
	}
	for (i = 0; i < path->count && path->step[i].key != NULL;)
		i++;
	reach->lead = i;
	reach->slot = i > 0 ? ev_plan_add(plan, path, i) : -1;
	reach->head = inner && i > 1 ? ev_plan_add(plan, path, 1) : reach->slot;
}

void
ev_reach_clear(struct ev_reach *reach)
{
	ev_path_clear(&reach->path);
}

struct ev_buf *
ev_pool_take(struct ev_pool *pool)
{
	struct ev_buf *buf;

	if (pool->used == pool->count) {
		pool->buf =
		    ev_realloc(pool->buf, ++pool->count, sizeof(*pool->buf));
		pool->buf[pool->used] = ev_calloc(1, sizeof(*buf));
	}
	buf = pool->buf[pool->used++];
	ev_buf_reset(buf);
	return buf;
}

void
ev_pool_clear(struct ev_pool *pool)
{
	size_t i;

	for (i = 0; i < pool->count; i++) {
		ev_buf_clear(pool->buf[i]);
		free(pool->buf[i]);
	}
	free(pool->buf);
	*pool = (struct ev_pool)EV_POOL_INIT;
}

/* Puts behind the bytes what the scanner asks for (json/scan.h). */
static void
pad(struct ev_buf *buf)
{
	ev_buf_reserve(buf, EV_SCAN_PAD);
	memset(buf->p + buf->n, 0, EV_SCAN_PAD);
}

bool
ev_reach_inner(
    struct ev_pool *pool, const struct ev_val *string, struct ev_val *val)
{
	struct ev_buf *text, *flat;

	/* most such texts are plain: a reason, a name, nothing */
	if (string->n < 2 || memchr("{\\ \t", *string->p, 4) == NULL)
		return false;
	text = ev_pool_take(pool);
	ev_unquote(text, string);
	if (memchr(text->p, '\n', text->n) != NULL) {
		flat = ev_pool_take(pool);
		ev_compact(flat, ev_buf_slice(text));
		text = flat;
	}
	pad(text);
	return ev_scan_value(text->p, text->n, val, NULL) == EV_SCAN_OK &&
	    val->kind == EV_OBJECT;
}

/* The steps from w->from on below val, one by one. */
static int
walk_inner(void *arg, const struct ev_val *val)
{
	const struct walk *w = arg;
	struct ev_path step = { w->path->step + w->from, 1 };
	struct walk deeper = *w;
	size_t mark = w->pool->used;
	struct ev_val object;
	int r;

	if (w->from == w->path->count)
		return w->fn(w->arg, val);
	if (val->kind == EV_STRING) {
		if (!ev_reach_inner(w->pool, val, &object)) {
			w->pool->used = mark;
			return 0;
		}
		val = &object;
	}
	deeper.from++;
	r = ev_path_each(&step, 0, val, walk_inner, &deeper);
	if (r == 0)
		w->pool->used = mark;
	return r;
}

int
ev_reach_each(const struct ev_reach *reach, const struct ev_val *slots,
    bool inner, struct ev_pool *pool,
    int (*fn)(void *arg, const struct ev_val *val), void *arg)
{
	struct walk w = { &reach->path, 1, pool, fn, arg };
	const struct ev_val *val;

	if (reach->slot < 0)
		return 0;
	inner = inner && reach->path.count > 1;
	val = &slots[inner ? reach->head : reach->slot];
	if (val->kind == EV_NONE)
		return 0;
	if (inner)
		return walk_inner(&w, val);
	if (reach->lead == reach->path.count)
		return fn(arg, val);
	return ev_path_each(&reach->path, reach->lead, val, fn, arg);
}

static int
take_first(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 1;
}

struct ev_val
ev_reach_first(const struct ev_reach *reach, const struct ev_val *slots,
    bool inner, struct ev_pool *pool)
{
	struct ev_val val = { .kind = EV_NONE };

	ev_reach_each(reach, slots, inner, pool, take_first, &val);
	return val;
}
