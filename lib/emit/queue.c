#include "emit/queue.h"

#include <string.h>

#include "base/mem.h"
#include "emit/shape.h"
#include "text/time.h"

static void
grow(struct ev_queue *queue)
{
	size_t old = queue->cap, cap = old == 0 ? 1 : old * 2;

	if (cap > 1 && cap < 64)
		cap = 64;
	queue->entry = ev_realloc(queue->entry, cap, sizeof(*queue->entry));
	queue->extra = ev_realloc(queue->extra, cap, sizeof(*queue->extra));
	memset(queue->entry + old, 0, (cap - old) * sizeof(*queue->entry));
	memset(queue->extra + old, 0, (cap - old) * sizeof(*queue->extra));
	queue->cap = cap;
}

struct ev_entry *
ev_queue_next(struct ev_queue *queue, struct ev_extra **extra)
{
	struct ev_buf line, there;
	struct ev_entry *e;

	if (queue->n == queue->cap)
		grow(queue);
	e = &queue->entry[queue->n];
	line = e->line;
	there = e->there;
	line.n = there.n = 0;
	memset(e, 0, sizeof(*e));
	e->line = line;
	e->there = there;
	*extra = &queue->extra[queue->n];
	ev_buf_reset(&(*extra)->id);
	ev_buf_reset(&(*extra)->given);
	return e;
}

void
ev_queue_keep(struct ev_queue *queue)
{
	queue->bytes += queue->entry[queue->n].line.n + 1;
	queue->n++;
}

bool
ev_queue_full(const struct ev_queue *queue)
{
	return queue->n >= EV_QUEUE_EVENTS || queue->bytes >= EV_QUEUE_BYTES;
}

void
ev_queue_reset(struct ev_queue *queue)
{
	queue->n = 0;
	queue->bytes = 0;
}

static bool
is_new(const struct ev_entry *e)
{
	return e->identity == EV_NEW_UUID || e->identity == EV_NEW_GUARD ||
	    e->identity == EV_NEW_STAMP;
}

static void
make_id(struct ev_entry *e, struct timespec now, const char **last)
{
	if (e->identity == EV_NEW_GUARD)
		ev_ident_agentguard(e->time, e->finger, 1, e->id);
	else if (e->identity == EV_NEW_STAMP)
		ev_ident_stamp(e->finger, e->time, 1, e->id);
	else {
		ev_uuid7(now, *last, e->id);
		*last = e->id;
	}
}

int
ev_queue_put_ids(struct ev_queue *queue, struct ev_err *err)
{
	struct ev_entry *e, *end = queue->entry + queue->n;
	const char *last = NULL;
	struct timespec now;

	if (ev_now(&now, err) == -1)
		return -1;
	for (e = queue->entry; e < end; e++) {
		if (!is_new(e) || e->has_id)
			continue;
		if (e->id[0] == '\0')
			make_id(e, now, &last);
		ev_entry_put_id(e);
	}
	return 0;
}

int
ev_queue_dry(struct ev_queue *queue, struct ev_err *err)
{
	size_t i;

	for (i = 0; i < queue->n; i++)
		queue->entry[i].result = EV_WRITTEN;
	return ev_queue_put_ids(queue, err);
}

void
ev_queue_id(const struct ev_entry *e, struct ev_buf *out)
{
	const struct ev_shape *shape;
	char derived[EV_IDENT_SIZE];

	if (is_new(e)) {
		shape = ev_shape_of(e->dialect);
		if (shape != NULL)
			ev_buf_adds(out, shape->id_prefix);
		ev_buf_adds(out, e->id);
	} else if (e->identity == EV_NO_ID) {
		ev_ident_derived(ev_buf_slice(&e->line), derived);
		ev_buf_adds(out, derived);
	} else
		ev_buf_addslice(out, e->own_id);
}
