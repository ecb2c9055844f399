#include "tail/held.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct ev_held_line {
	uint64_t offset;
	size_t n;
	char *bytes; /* NULL: read them again */
};

static struct ev_held_line *
at(const struct ev_held *held, size_t i)
{
	return &held->v[(held->head + i) % held->cap];
}

static void
grow(struct ev_held *held)
{
	size_t cap = held->cap == 0 ? 64 : held->cap * 2;
	struct ev_held_line *v;
	size_t i;

	v = ev_realloc(NULL, cap, sizeof(*v));
	for (i = 0; i < held->n; i++)
		v[i] = *at(held, i);
	free(held->v);
	held->v = v;
	held->cap = cap;
	held->head = 0;
}

void
ev_held_add(struct ev_held *held, uint64_t offset, struct ev_slice line)
{
	struct ev_held_line *one;

	if (held->most > 0 && held->n == held->most) {
		free(at(held, 0)->bytes);
		held->head = (held->head + 1) % held->cap;
		held->n--;
	}
	if (held->n == held->cap)
		grow(held);
	one = at(held, held->n++);
	one->offset = offset;
	one->n = line.n;
	one->bytes = held->copy ? ev_memdup(line.p, line.n) : NULL;
}

static int
print_one(const struct ev_held_line *one, struct ev_source *source,
    struct ev_tail *tail, struct ev_event *ev, struct ev_buf *line,
    struct ev_err *err)
{
	ssize_t got = (ssize_t)one->n;

	ev_buf_reset(line);
	ev_buf_reserve(line, one->n + EV_SCAN_PAD);
	if (one->bytes != NULL)
		memcpy(line->p, one->bytes, one->n);
	else
		got = ev_source_at(source, line->p, one->n, one->offset, err);
	if (got == -1)
		return -1;
	if ((size_t)got < one->n)
		return ev_fail(
		    err, "'%s' was cut off while it was read", source->name);
	memset(line->p + one->n, 0, EV_SCAN_PAD);
	return ev_tail_line(tail, ev, line->p, one->n, err);
}

int
ev_held_print(struct ev_held *held, struct ev_source *source, bool backward,
    struct ev_tail *tail, struct ev_err *err)
{
	struct ev_event *ev = ev_event_new(tail->read->model);
	struct ev_buf line = EV_BUF_INIT;
	size_t i;
	int r = 0;

	for (i = 0; i < held->n && r == 0; i++)
		r = print_one(at(held, backward ? held->n - 1 - i : i), source,
		    tail, ev, &line, err);
	ev_buf_clear(&line);
	ev_event_free(ev);
	return r;
}

int
ev_held_end(struct ev_held *held, struct ev_source *source, bool backward,
    struct ev_tail *tail, int r, struct ev_err *err)
{
	struct ev_err other;

	if (r == 0)
		return ev_held_print(held, source, backward, tail, err);
	if (!tail->read->strict && !tail->broken &&
	    ev_held_print(held, source, backward, tail, &other) == -1 &&
	    tail->broken)
		*err = other;
	return -1;
}

void
ev_held_clear(struct ev_held *held)
{
	size_t i;

	for (i = 0; i < held->n; i++)
		free(at(held, i)->bytes);
	free(held->v);
	*held = (struct ev_held)EV_HELD_INIT;
}
