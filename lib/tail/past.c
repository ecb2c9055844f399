#include "tail/past.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "read/seen.h"
#include "store/lines.h"

struct ev_past {
	struct ev_sha256 *sha;
	struct ev_map *most;  /* how often a version had the line, at most */
	struct ev_map *times; /* how often the present one did so far */
};

struct ev_past *
ev_past_new(void)
{
	struct ev_past *past = ev_calloc(1, sizeof(*past));

	past->sha = ev_sha256_new();
	past->most = ev_map_new();
	past->times = ev_map_new();
	return past;
}

void
ev_past_free(struct ev_past *past)
{
	if (past == NULL)
		return;
	ev_sha256_free(past->sha);
	ev_map_free(past->most);
	ev_map_free(past->times);
	free(past);
}

static void
restart(struct ev_past *past)
{
	ev_map_free(past->times);
	past->times = ev_map_new();
}

bool
ev_past_fresh(struct ev_past *past, struct ev_slice line)
{
	struct ev_print128 print = ev_seen_print(past->sha, line);
	uint64_t *most = ev_map_at(past->most, print.b, sizeof(print.b), NULL);
	uint64_t *times =
	    ev_map_at(past->times, print.b, sizeof(print.b), NULL);

	if (++*times <= *most)
		return false;
	*most = *times;
	return true;
}

static void
is_read(struct ev_past *past, struct ev_slice line)
{
	ev_past_fresh(past, line);
}

static void
comes_again(struct ev_past *past, struct ev_slice line)
{
	struct ev_print128 print = ev_seen_print(past->sha, line);
	uint64_t *most = ev_map_at(past->most, print.b, sizeof(print.b), NULL);
	uint64_t *times =
	    ev_map_at(past->times, print.b, sizeof(print.b), NULL);

	/* not counted when there was no earlier version */
	if (*times > 0)
		--*times;
	else
		++*most;
}

static int
each(struct ev_past *past, struct ev_chain *in, uint64_t from, uint64_t end,
    void (*fn)(struct ev_past *past, struct ev_slice line))
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	ev_lines_of(&lines, in, from, end);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (line.p != NULL && line.n > 0)
			fn(past, line);
	ev_lines_clear(&lines);
	return r;
}

int
ev_past_add(struct ev_past *past, struct ev_chain *in, uint64_t end)
{
	int r;

	restart(past);
	r = each(past, in, 0, end, is_read);
	restart(past);
	return r;
}

int
ev_past_again(
    struct ev_past *past, struct ev_chain *in, uint64_t from, uint64_t end)
{
	return each(past, in, from, end, comes_again);
}
