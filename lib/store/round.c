#include "store/round.h"

#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/find.h"
#include "store/learn.h"
#include "store/route.h"
#include "store/spool.h"

#define GROUP_BYTES (1u << 20) /* of one write(2) */
#define TOMORROW 86400

static void
batch_reset(struct ev_store *s)
{
	ev_buf_reset(&s->batch.bytes);
	ev_buf_addc(&s->batch.bytes, '\n');
	s->batch.count = 0;
}

static void
batch_add(struct ev_store *s, const struct ev_entry *e, size_t number)
{
	struct ev_batch *b = &s->batch;

	if (b->count == s->cap) {
		s->cap = s->cap < 16 ? 16 : s->cap * 2;
		b->put = ev_realloc(b->put, s->cap, sizeof(*b->put));
		s->number = ev_realloc(s->number, s->cap, sizeof(*s->number));
	}
	b->put[b->count] = (struct ev_put){ b->bytes.n, e->line.n + 1,
		ev_route_known(e->line.n, e->has_time, e->time), EV_NOWHERE };
	s->number[b->count++] = number;
	ev_buf_addslice(&b->bytes, ev_buf_slice(&e->line));
	ev_buf_addc(&b->bytes, '\n');
}

/* W4, W6, W7 for what the batch holds. */
static int
flush(struct ev_store *s, struct ev_err *err)
{
	bool space = s->options.sync != EV_SYNC_NONE || s->options.atomic;
	size_t i;

	if (s->batch.count == 0)
		return 0;
	if (ev_append(&s->log, &s->dir, &s->batch, s->seal || !s->locked, space,
		err) < 0)
		return -1;
	s->seal = false;
	s->wrote = true;
	memcpy(s->views.state.last, s->admit.last, EV_UUID_SIZE);
	for (i = 0; i < s->batch.count; i++)
		ev_admit_placed(&s->admit, s->number[i], s->batch.put[i].at);
	if (ev_learn_wrote(&s->admit.lookup, &s->batch, err) < 0)
		return -1;
	if (s->locked)
		ev_keep_follow(&s->keep, &s->batch, s->log.size);
	batch_reset(s);
	return 0;
}

static int
write_groups(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	size_t i, number = 0;
	int r;

	batch_reset(s);
	for (i = 0; i < count; i++) {
		if (s->batch.bytes.n + entries[i].line.n + EV_IDENT_SIZE >
			GROUP_BYTES &&
		    flush(s, err) < 0)
			return -1;
		r = ev_admit(&s->admit, i, &number, err);
		if (r < 0)
			return -1;
		if (r == 1)
			batch_add(s, &entries[i], number);
	}
	return flush(s, err);
}

/* Whether the log is longer now, so that some lines may be there. */
static bool
has_grown(const struct ev_store *s, uint64_t size)
{
	struct stat st;

	return fstat(s->log.chain.fd, &st) < 0 ||
	    s->log.chain.base + (uint64_t)st.st_size != size;
}

/*
 * All of them in one write, or none.  Lines that are in the log stay there
 * (I2): so before the first is, all are in the spool, and who comes after a
 * kill or a failure in the middle writes the rest (I6).
 */
static int
write_whole(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	uint64_t size = s->log.size;
	char name[EV_SPOOL_NAME];
	struct ev_err why;
	size_t i, number = 0;
	int r;

	batch_reset(s);
	for (i = 0; i < count; i++) {
		r = ev_admit(&s->admit, i, &number, err);
		if (r == 1)
			batch_add(s, &entries[i], number);
		else if (entries[i].result == EV_REFUSED)
			r = ev_fail(err,
			    "-:%zu: its id is in the log with other content",
			    entries[i].number);
		if (r < 0)
			return -1;
	}
	if (s->batch.count == 0)
		return 0;
	if (ev_spool_put(&s->place, entries, count, name, err) < 0)
		return -1;
	r = flush(s, &why);
	if (r < 0 && has_grown(s, size))
		return ev_fail(err,
		    "%s; some events are in the log, the next ev-emit writes "
		    "the rest",
		    why.text);
	if (ev_spool_remove(&s->place, name) < 0 && r < 0)
		return ev_fail(err,
		    "%s; the events wait in the spool, the next ev-emit writes "
		    "them",
		    why.text);
	return r < 0 ? ev_fail(err, "%s", why.text) : 0;
}

/* The latest id of bytes [from, end), unless a clock that goes wrong made it:
 * what is dated into the future binds nobody, but for what the state has. */
static void
look_last(struct ev_store *s, uint64_t from, uint64_t end)
{
	const char *known = s->views.state.last;
	struct timespec bound = ev_clock_real();
	char most[EV_UUID_SIZE], last[EV_UUID_SIZE];

	bound.tv_sec += TOMORROW;
	ev_uuid7(bound, NULL, most);
	if (strcmp(known, most) > 0) {
		memcpy(most, known, EV_UUID_SIZE);
		ev_uuid7_skip(most);
	}
	if (ev_find_uuid(&s->log.chain, from, end, most, last) == 0 &&
	    strcmp(last, s->admit.last) > 0)
		memcpy(s->admit.last, last, EV_UUID_SIZE);
}

/*
 * Ids that are made now are to be later than those of the log.  The state
 * knows the last one of what it has seen; what stands behind that, or all when
 * there is none, is looked through.
 */
static void
catch_up_last(struct ev_store *s, const struct ev_entry *entries, size_t count,
    uint64_t end, bool anew)
{
	const struct ev_state *state = &s->views.state;
	uint64_t from;
	size_t i;

	if (strcmp(state->last, s->admit.last) > 0)
		memcpy(s->admit.last, state->last, EV_UUID_SIZE);
	for (i = 0; i < count && entries[i].identity != EV_NEW_UUID;)
		i++;
	if (i == count)
		return;
	from = state->last[0] == '\0' || anew ? 0 : state->m;
	if (from < end)
		look_last(s, from, end);
	if (!s->locked)
		ev_uuid7_skip(s->admit.last);
}

/*
 * A line that only its LF is missing from becomes an event by the seal.  Who
 * looks events up must see it: so it is sealed before, not with what follows.
 */
static int
seal_early(struct ev_store *s, const struct ev_entry *entries, size_t count,
    uint64_t *end, struct ev_err *err)
{
	size_t i = 0;

	while (i < count && entries[i].identity == EV_NEW_UUID)
		i++;
	if (*end == s->log.size || i == count)
		return 0;
	if (ev_append_seal(&s->log, &s->dir, err) < 0)
		return -1;
	return ev_log_end(&s->log, &s->dir, end, err);
}

int
ev_round(struct ev_store *s, struct ev_entry *entries, size_t count,
    uint64_t *end, bool anew, struct ev_err *err)
{
	int r;

	s->wrote = false;
	if (seal_early(s, entries, count, end, err) < 0)
		return -1;
	s->seal = *end != s->log.size;
	catch_up_last(s, entries, count, *end, anew);
	if (ev_learn(&s->admit.lookup, entries, count, *end, err) < 0 ||
	    ev_admit_begin(&s->admit, entries, count, s->keep.on, *end, err) <
		0)
		return -1;
	if (s->options.atomic && !s->draining)
		r = write_whole(s, entries, count, err);
	else
		r = write_groups(s, entries, count, err);
	if (s->wrote)
		*end = s->log.size;
	return r;
}
