#include "store/sort.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/extend.h"
#include "store/lines.h"

#define LOADED_MOST (4u << 20) /* bytes that wait for their files */

void
ev_sort_name(int32_t day, char out[EV_SORT_NAME])
{
	ev_part_file(day, out);
	memcpy(out + strlen(out), ".tmp", sizeof(".tmp"));
}

struct ev_heap *
ev_sort_heap(const struct ev_sort *sort, int32_t day)
{
	uint64_t *number = ev_map_find(sort->index, &day, sizeof(day));

	return number != NULL ? &sort->heap[*number - 1] : NULL;
}

static struct ev_heap *
heap_for(struct ev_sort *sort, int32_t day)
{
	uint64_t *number;

	if (sort->newest != NULL && sort->newest->day == day)
		return sort->newest;
	number = ev_map_at(sort->index, &day, sizeof(day), NULL);
	if (*number == 0) {
		if (sort->count == sort->cap) {
			sort->cap = sort->cap < 16 ? 16 : sort->cap * 2;
			sort->heap = ev_realloc(
			    sort->heap, sort->cap, sizeof(*sort->heap));
		}
		sort->heap[sort->count++] =
		    (struct ev_heap){ day, 0, 0, EV_BUF_INIT };
		*number = sort->count;
	}
	sort->newest = &sort->heap[*number - 1];
	return sort->newest;
}

/* Opens the temporary file of a partition, empty when it gets its first
 * bytes. */
static int
open_heap(
    const struct ev_sort *sort, const struct ev_heap *heap, struct ev_err *err)
{
	char name[EV_SORT_NAME];
	struct stat st;

	ev_sort_name(heap->day, name);
	return ev_dir_inside(sort->views->dir, name,
	    O_RDWR | O_APPEND | O_CREAT | (heap->n == 0 ? O_TRUNC : 0), &st,
	    err);
}

static int
flush(struct ev_sort *sort, struct ev_heap *heap, struct ev_err *err)
{
	char name[EV_SORT_NAME];
	int fd, r = 0;

	if (heap->more.n == 0)
		return 0;
	fd = open_heap(sort, heap, err);
	if (fd < 0)
		return -1;
	if (ev_write_all(fd, heap->more.p, heap->more.n) < 0) {
		ev_sort_name(heap->day, name);
		r = ev_dir_fail(sort->views->dir, "write", name, err);
	}
	close(fd);
	heap->n += heap->more.n;
	ev_buf_clear(&heap->more);
	return r;
}

static int
flush_all(struct ev_sort *sort, struct ev_err *err)
{
	size_t i;

	for (i = 0; i < sort->count; i++)
		if (flush(sort, &sort->heap[i], err) < 0)
			return -1;
	sort->loaded = 0;
	return 0;
}

/* An over-long line is copied from file to file. */
static int
copy_long(struct ev_sort *sort, struct ev_heap *heap, uint64_t at, uint64_t n,
    struct ev_err *err)
{
	struct ev_due due = { NULL, n, -1, at, &sort->views->log->chain };
	char name[EV_SORT_NAME];
	int fd, r = 0;

	if (flush(sort, heap, err) < 0)
		return -1;
	fd = open_heap(sort, heap, err);
	if (fd < 0)
		return -1;
	if (ev_extend(fd, heap->n, heap->n, &due) != 1) {
		ev_sort_name(heap->day, name);
		r = ev_dir_fail(sort->views->dir, "write", name, err);
	}
	close(fd);
	heap->n += n;
	return r;
}

static int
take(
    struct ev_sort *sort, struct ev_slice line, uint64_t at, struct ev_err *err)
{
	int32_t day = ev_route_line(&sort->views->route, line, at == 0);
	struct ev_heap *heap;

	if (ev_state_dropped(&sort->views->state, day))
		return 0;
	heap = heap_for(sort, day);
	heap->used = ++sort->clock;
	if (line.p == NULL)
		return copy_long(sort, heap, at, line.n + 1, err);
	/* the LF behind the line is in the reader's buffer */
	ev_buf_add(&heap->more, line.p, line.n + 1);
	sort->loaded += line.n + 1;
	return sort->loaded > LOADED_MOST ? flush_all(sort, err) : 0;
}

int
ev_sort(struct ev_sort *sort, struct ev_views *views, uint64_t to,
    struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	*sort = (struct ev_sort){ .views = views };
	sort->index = ev_map_new();
	ev_lines_of(&lines, &views->log->chain, 0, to);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (take(sort, line, at, err) < 0)
			break;
	ev_lines_clear(&lines);
	if (r < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	return r == 0 ? flush_all(sort, err) : -1;
}

void
ev_sort_end(struct ev_sort *sort)
{
	size_t i;

	for (i = 0; i < sort->count; i++)
		ev_buf_clear(&sort->heap[i].more);
	free(sort->heap);
	ev_map_free(sort->index);
}
