#include "input/again.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/scan.h"

#define AHEAD_MOST 65536u
#define AHEAD_LEAST 4096u
#define AHEAD_ALL (2u << 20) /* bytes of all windows together */

/* What was read ahead of one source. */
struct window {
	char *data;
	uint64_t at;
	size_t n;
	uint64_t next; /* behind the line that was asked for last */
};

struct ev_again {
	const struct ev_source *sources;
	struct window *windows;
	size_t count;
	size_t ahead; /* bytes in a window */
};

struct ev_again *
ev_again_new(const struct ev_source *sources, size_t count)
{
	struct ev_again *again = ev_calloc(1, sizeof(*again));

	again->sources = sources;
	again->windows = ev_calloc(count, sizeof(*again->windows));
	again->count = count;
	again->ahead = AHEAD_MOST;
	while (again->ahead > AHEAD_LEAST && again->ahead * count > AHEAD_ALL)
		again->ahead /= 2;
	return again;
}

void
ev_again_free(struct ev_again *again)
{
	size_t i;

	if (again == NULL)
		return;
	for (i = 0; i < again->count; i++)
		free(again->windows[i].data);
	free(again->windows);
	free(again);
}

static int
get(const struct ev_source *source, uint64_t at, char *to, size_t least,
    size_t most, struct ev_err *err)
{
	ssize_t got = ev_source_at(source, to, most, at, err);

	if (got < 0)
		return -1;
	if ((size_t)got < least)
		return ev_fail(
		    err, "cannot read '%s': it became shorter", source->name);
	return (int)got;
}

/* Reads a window from `offset` on when lines are asked for in their order. */
static int
move(struct ev_again *again, struct window *window,
    const struct ev_source *source, uint64_t offset, struct ev_err *err)
{
	int got;

	if (window->data == NULL)
		window->data = ev_malloc(again->ahead);
	got = get(source, offset, window->data, 0, again->ahead, err);
	window->at = offset;
	window->n = got < 0 ? 0 : (size_t)got;
	return got < 0 ? -1 : 0;
}

int
ev_again_line(struct ev_again *again, size_t number, uint64_t offset,
    uint32_t length, struct ev_buf *out, struct ev_err *err)
{
	const struct ev_source *source = &again->sources[number];
	struct window *window = &again->windows[number];
	bool near = offset - window->next < again->ahead;

	window->next = offset + length;
	ev_buf_reserve(out, length + 1 + EV_SCAN_PAD);
	if (offset < window->at || window->next > window->at + window->n) {
		if (near && length < again->ahead &&
		    move(again, window, source, offset, err) < 0)
			return -1;
	}
	if (offset >= window->at && window->next <= window->at + window->n) {
		ev_buf_add(out, window->data + (offset - window->at), length);
	} else {
		if (get(source, offset, out->p + out->n, length, length, err) <
		    0)
			return -1;
		out->n += length;
	}
	ev_buf_addc(out, '\n');
	return 0;
}
