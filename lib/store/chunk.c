#include "store/chunk.h"

#include <stdlib.h>

#include "base/mem.h"

#define FEW 8 /* partitions that are found without an index */

void
ev_chunk_reset(struct ev_chunk *chunk)
{
	size_t i;

	for (i = 0; i < chunk->shares; i++)
		ev_buf_reset(&chunk->share[i].copy);
	ev_map_free(chunk->index);
	chunk->index = NULL;
	chunk->newest = NULL;
	chunk->shares = 0;
	chunk->all = (struct ev_due){ NULL, 0, -1, 0, NULL };
}

void
ev_chunk_clear(struct ev_chunk *chunk)
{
	size_t i;

	for (i = 0; i < chunk->cap; i++)
		ev_buf_clear(&chunk->share[i].copy);
	free(chunk->share);
	ev_map_free(chunk->index);
	*chunk = (struct ev_chunk){ 0 };
}

static struct ev_share *
find(const struct ev_chunk *chunk, int32_t day)
{
	uint64_t *number;
	size_t i;

	if (chunk->index != NULL) {
		number = ev_map_find(chunk->index, &day, sizeof(day));
		return number != NULL ? &chunk->share[*number - 1] : NULL;
	}
	for (i = 0; i < chunk->shares; i++)
		if (chunk->share[i].day == day)
			return &chunk->share[i];
	return NULL;
}

static void
enter(struct ev_chunk *chunk, size_t number)
{
	int32_t day = chunk->share[number].day;

	*ev_map_at(chunk->index, &day, sizeof(day), NULL) = number + 1;
}

static struct ev_share *
add_share(struct ev_chunk *chunk, int32_t day)
{
	struct ev_share *share;
	size_t i, old = chunk->cap;

	if (chunk->share == NULL || chunk->shares == chunk->cap) {
		chunk->cap = old == 0 ? FEW : old * 2;
		chunk->share =
		    ev_realloc(chunk->share, chunk->cap, sizeof(*chunk->share));
		for (i = old; i < chunk->cap; i++)
			chunk->share[i].copy = (struct ev_buf)EV_BUF_INIT;
	}
	share = &chunk->share[chunk->shares++];
	share->day = day;
	share->have = 0;
	share->due = (struct ev_due){ NULL, 0, -1, 0, NULL };
	if (chunk->index != NULL) {
		enter(chunk, chunk->shares - 1);
	} else if (chunk->shares == FEW) {
		chunk->index = ev_map_new();
		for (i = 0; i < FEW; i++)
			enter(chunk, i);
	}
	return share;
}

static struct ev_share *
share_of(struct ev_chunk *chunk, int32_t day)
{
	struct ev_share *share = chunk->newest;

	/* lines of one day mostly follow each other */
	if (share != NULL && share->day == day)
		return share;
	share = find(chunk, day);
	if (share == NULL && chunk->shares < EV_CHUNK_SHARES)
		share = add_share(chunk, day);
	if (share != NULL)
		chunk->newest = share;
	return share;
}

void
ev_chunk_skip(struct ev_chunk *chunk, const char *p, size_t n)
{
	if (chunk->all.p == NULL)
		chunk->all.p = p;
	chunk->all.n += n;
}

bool
ev_chunk_add(struct ev_chunk *chunk, int32_t day, const char *p, size_t n)
{
	struct ev_share *share = share_of(chunk, day);
	struct ev_due *due;

	if (share == NULL)
		return false;
	due = &share->due;
	if (due->p == NULL) {
		due->p = p;
	} else if (share->copy.n > 0 || due->p + due->n != p) {
		if (share->copy.n == 0)
			ev_buf_add(&share->copy, due->p, (size_t)due->n);
		ev_buf_add(&share->copy, p, n);
		due->p = share->copy.p;
	}
	due->n += n;
	ev_chunk_skip(chunk, p, n);
	return true;
}

void
ev_chunk_set(struct ev_chunk *chunk, int32_t day, struct ev_due line)
{
	ev_chunk_reset(chunk);
	share_of(chunk, day)->due = line;
	chunk->all = line;
}
