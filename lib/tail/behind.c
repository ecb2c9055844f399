#include "tail/behind.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* What a worker counts: behind row i and not behind row i + 1. */
struct part {
	const struct ev_behind *list;
	uint64_t *events;
};

static int
by_offset(const void *a, const void *b)
{
	const struct ev_standing *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

static int
by_name(const void *a, const void *b)
{
	const struct ev_standing *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int
fill(struct ev_standing *row, struct ev_shelf *shelf,
    const struct ev_source *source, struct ev_event *ev, struct ev_err *err)
{
	struct stat st;
	bool damaged;
	int fd = ev_shelf_file(shelf, row->name, O_RDONLY, &st, err), r;

	if (fd == -1)
		return -1;
	row->used = ev_cursor_used(fd);
	r = ev_mark_read(fd, &row->mark, &damaged);
	close(fd);
	if (r == -1)
		return ev_fail_errno(err, "cannot read cursor '%s'", row->name);
	r = ev_position_find(&row->mark.pos, &source->trail->chain,
	    source->size, ev, &row->offset);
	if (r == -1)
		return ev_fail_errno(err, "cannot read '%s'", source->name);
	row->state = damaged ? "damaged" : r == 0 ? "lost" : "ok";
	row->bytes = source->size - row->offset;
	return 0;
}

static void *
start(void *arg)
{
	struct part *part = ev_calloc(1, sizeof(*part));

	part->list = arg;
	part->events = ev_calloc(part->list->n, sizeof(*part->events));
	return part;
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct part *part = state;
	const struct ev_behind *list = part->list;
	size_t i = list->n;

	if (!ev_filter_match(list->filter, ev))
		return;
	while (i > 0 && list->v[i - 1].offset > offset)
		i--;
	if (i > 0)
		part->events[i - 1]++;
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct ev_behind *list = arg;
	struct part *part = state;
	uint64_t sum = 0;
	size_t i;

	(void)err;
	for (i = list->n; i-- > 0; part->events[i] = 0) {
		sum += part->events[i];
		list->v[i].events += sum;
	}
	return 0;
}

static void
finish(void *arg, void *state)
{
	struct part *part = state;

	(void)arg;
	free(part->events);
	free(part);
}

static int
count(struct ev_behind *list, struct ev_source *source,
    struct ev_reading *reading, struct ev_err *err)
{
	struct ev_pass pass = { .arg = list,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };
	struct ev_tally tally = { 0 };

	qsort(list->v, list->n, sizeof(*list->v), by_offset);
	list->filter = reading->filter;
	reading->start = list->v[0].offset;
	if (ev_reading_pass(reading, &pass, source, &tally, err) == -1)
		return -1;
	qsort(list->v, list->n, sizeof(*list->v), by_name);
	return 0;
}

int
ev_behind_read(struct ev_behind *list, struct ev_shelf *shelf,
    struct ev_source *source, struct ev_reading *reading, struct ev_err *err)
{
	struct ev_event *ev;
	char **names;
	int n = ev_shelf_list(shelf, &names, err), i, r = 0;

	*list = (struct ev_behind){ 0 };
	if (n <= 0)
		return n;
	list->v = ev_calloc((size_t)n, sizeof(*list->v));
	list->n = (size_t)n;
	for (i = 0; i < n; i++)
		list->v[i].name = names[i];
	free(names);
	ev = ev_event_new(reading->model);
	for (i = 0; i < n && r == 0; i++)
		r = fill(&list->v[i], shelf, source, ev, err);
	ev_event_free(ev);
	return r == 0 ? count(list, source, reading, err) : -1;
}

void
ev_behind_clear(struct ev_behind *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		free(list->v[i].name);
	free(list->v);
}
