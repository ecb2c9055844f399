#include "store/learn.h"

/* From so many look-ups by id on, one pass over the log is made instead. */
#define SEVERAL 16

static void
forget(struct ev_lookup *l, bool ids)
{
	if (l->known != NULL)
		ev_known_reset(l->known, ids);
	l->tail = 0; /* of no bytes */
	ev_lines_clear(&l->lines);
	ev_lines_begin(&l->lines, -1, 0, 0);
}

void
ev_learn_forget(struct ev_lookup *l)
{
	forget(l, false);
}

void
ev_learn_clear(struct ev_lookup *l)
{
	ev_known_free(l->known);
	l->known = NULL;
	forget(l, false);
}

static int
fail_read(const struct ev_lookup *l, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot read '%s'", l->dir->place->shown);
}

/* What the entries have to be looked up by. */
static void
needs(const struct ev_entry *entries, size_t count, bool *ids, bool *lines)
{
	size_t i, scattered = 0;

	*ids = *lines = false;
	for (i = 0; i < count; i++) {
		if (entries[i].identity == EV_LINE_ID)
			*ids = true;
		else if (entries[i].identity == EV_NO_ID)
			*lines = true;
		else if (entries[i].identity != EV_NEW_UUID)
			scattered++;
	}
	if (scattered >= SEVERAL)
		*ids = true;
}

bool
ev_learn_compares(const struct ev_entry *entries, size_t count)
{
	bool ids, lines;

	needs(entries, count, &ids, &lines);
	return ids || lines;
}

/* Takes in the lines up to byte `to`, and notes what stands before it. */
static int
read_to(struct ev_lookup *l, uint64_t to, struct ev_err *err)
{
	struct ev_chain *log = &l->log->chain;

	if (ev_known_read(l->known, log, to, l->until) == 0 &&
	    ev_chain_tail(log, ev_known_end(l->known), &l->tail, NULL) == 0)
		return 0;
	fail_read(l, err);
	ev_learn_forget(l);
	return -1;
}

/* Is that still there? */
static bool
end_stands(const struct ev_lookup *l)
{
	uint64_t end = ev_known_end(l->known);
	uint32_t crc;

	return end <= l->log->size &&
	    ev_chain_tail(&l->log->chain, end, &crc, NULL) == 0 &&
	    crc == l->tail;
}

int
ev_learn(struct ev_lookup *l, const struct ev_entry *entries, size_t count,
    uint64_t to, struct ev_err *err)
{
	bool ids, lines;

	needs(entries, count, &ids, &lines);
	if (l->known == NULL) {
		if (!ids && !lines)
			return 0;
		l->known = ev_known_new(ids, l->dir->place->custom);
	} else if ((ids && !ev_known_ids(l->known)) || !end_stands(l)) {
		forget(l, ids);
	}
	return read_to(l, to, err);
}

int
ev_learn_wrote(
    struct ev_lookup *l, const struct ev_batch *batch, struct ev_err *err)
{
	uint64_t size = l->log->size;

	if (l->known == NULL)
		return 0;
	if (!batch->whole) {
		/* nobody knows what stands between; count anew */
		ev_learn_forget(l);
		return read_to(l, size, err);
	}
	/* what others wrote in front of the batch */
	if (ev_known_read(
		l->known, &l->log->chain, batch->put[0].at, l->until) < 0)
		return fail_read(l, err);
	ev_known_move(l->known, size);
	return read_to(l, size, err);
}
