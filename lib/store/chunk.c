#include "store/chunk.h"

void
ev_chunk_reset(struct ev_chunk *chunk)
{
	size_t i;

	for (i = 0; i < chunk->shares; i++)
		ev_buf_reset(&chunk->share[i].copy);
	chunk->shares = 0;
	chunk->all = (struct ev_due){ NULL, 0, -1, 0 };
}

void
ev_chunk_clear(struct ev_chunk *chunk)
{
	size_t i;

	for (i = 0; i < EV_STATE_FIT; i++)
		ev_buf_clear(&chunk->share[i].copy);
	*chunk = (struct ev_chunk){ 0 };
}

static struct ev_share *
share_of(struct ev_chunk *chunk, int32_t day)
{
	struct ev_share *share;
	size_t i;

	/* lines of one day mostly follow each other: the newest share first */
	for (i = chunk->shares; i > 0; i--)
		if (chunk->share[i - 1].day == day)
			return &chunk->share[i - 1];
	if (chunk->shares == EV_STATE_FIT)
		return NULL;
	share = &chunk->share[chunk->shares++];
	share->day = day;
	share->due = (struct ev_due){ NULL, 0, -1, 0 };
	return share;
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
	if (chunk->all.p == NULL)
		chunk->all.p = p;
	chunk->all.n += n;
	return true;
}

void
ev_chunk_set(struct ev_chunk *chunk, int32_t day, struct ev_due line)
{
	ev_chunk_reset(chunk);
	share_of(chunk, day)->due = line;
	chunk->all = line;
}
