#include "store/admit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/find.h"
#include "store/part.h"
#include "store/same.h"
#include "store/view.h"
#include "text/time.h"

/* From so many look-ups by id on, one pass over the log is made instead. */
#define SEVERAL 16
#define DAY_SECONDS 86400

void
ev_admit_init(struct ev_admit *admit, const struct ev_dir *dir,
    const struct ev_log *log, const struct ev_views *views,
    enum ev_on_conflict on_conflict)
{
	*admit = (struct ev_admit){ .dir = dir,
		.log = log,
		.views = views,
		.on_conflict = on_conflict };
}

void
ev_admit_forget(struct ev_admit *admit)
{
	ev_known_free(admit->known);
	admit->known = NULL;
	ev_lines_clear(&admit->lines);
	ev_lines_begin(&admit->lines, -1, 0, 0);
}

void
ev_admit_clear(struct ev_admit *admit)
{
	ev_admit_forget(admit);
	ev_map_free(admit->taken);
	admit->taken = NULL;
}

static int
fail_read(const struct ev_admit *admit, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot read '%s'", admit->dir->place->shown);
}

/* What the entries have to be looked up by. */
static void
needs(const struct ev_entry *entries, size_t count, bool *ids, bool *lines)
{
	size_t i, scattered = 0;

	*ids = *lines = false;
	for (i = 0; i < count; i++) {
		switch (entries[i].identity) {
		case EV_NEW_UUID:
			break;
		case EV_NEW_GUARD:
		case EV_HAND_ID:
			scattered++;
			break;
		case EV_LINE_ID:
			*ids = true;
			break;
		case EV_NO_ID:
			*lines = true;
			break;
		}
	}
	if (scattered >= SEVERAL)
		*ids = true;
}

bool
ev_admit_compares(const struct ev_entry *entries, size_t count)
{
	bool ids, lines;

	needs(entries, count, &ids, &lines);
	return ids || lines;
}

int
ev_admit_learn(struct ev_admit *admit, const struct ev_entry *entries,
    size_t count, uint64_t to, struct ev_err *err)
{
	bool ids, lines;

	needs(entries, count, &ids, &lines);
	if (ids && admit->known != NULL && !ev_known_ids(admit->known))
		ev_admit_forget(admit);
	if (admit->known == NULL) {
		if (!ids && !lines)
			return 0;
		admit->known = ev_known_new(ids);
	}
	if (ev_known_read(admit->known, admit->log->fd, to) == 0)
		return 0;
	fail_read(admit, err);
	ev_admit_forget(admit);
	return -1;
}

int
ev_admit_begin(struct ev_admit *admit, struct ev_entry *entries, bool fresh,
    uint64_t end, struct ev_err *err)
{
	admit->entries = entries;
	admit->fresh = fresh;
	admit->end = end;
	ev_map_free(admit->taken);
	admit->taken = NULL;
	return ev_now(&admit->now, err);
}

/* Is there such an id in the file of a day?  1, 0, -1. */
static int
in_day(const struct ev_admit *admit, struct timespec time, struct ev_slice id)
{
	struct stat st;
	int fd, r;

	fd = ev_view_open(admit->dir, ev_part_day(time), O_RDONLY, &st, NULL);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	r = ev_find_id(fd, 0, (uint64_t)st.st_size, id);
	close(fd);
	return r;
}

static int
in_log(const struct ev_admit *admit, uint64_t from, struct ev_slice id,
    struct ev_err *err)
{
	int r = ev_find_id(admit->log->fd, from, admit->end, id);

	return r < 0 ? fail_read(admit, err) : r;
}

/*
 * A retry of an event whose time is the present may come after midnight: its
 * first try then stands a day before (also when --time said the same).
 */
static bool
may_be_yesterdays(const struct ev_admit *admit, const struct ev_entry *e)
{
	time_t past = admit->now.tv_sec - e->time.tv_sec;

	return e->identity == EV_HAND_ID && past < DAY_SECONDS &&
	    past > -DAY_SECONDS;
}

/* In the day files where an event of that time must be, then in what they do
 * not hold yet. */
static int
in_views(const struct ev_admit *admit, const struct ev_entry *e,
    struct ev_slice id, struct ev_err *err)
{
	struct timespec before = e->time;
	int r;

	if (!e->has_time)
		return in_log(admit, 0, id, err);
	r = in_day(admit, e->time, id);
	before.tv_sec -= DAY_SECONDS;
	if (r == 0 && may_be_yesterdays(admit, e))
		r = in_day(admit, before, id);
	if (r < 0)
		return in_log(admit, 0, id, err);
	return r == 1 ? 1 : in_log(admit, admit->views->state.m, id, err);
}

/* The line that a place of the table stands for. */
static int
line_at(struct ev_admit *admit, uint64_t at, struct ev_slice *line,
    struct ev_err *err)
{
	admit->lines.fd = admit->log->fd;
	admit->lines.end = admit->log->size;
	if (ev_lines_at(&admit->lines, at, line) != 1)
		return fail_read(admit, err);
	return 0;
}

static struct ev_slice
id_of(const struct ev_entry *e)
{
	switch (e->identity) {
	case EV_NEW_GUARD:
		return ev_slice_of(e->id);
	case EV_HAND_ID:
	case EV_LINE_ID:
		return e->own_id;
	default:
		return (struct ev_slice){ NULL, 0 };
	}
}

/*
 * Looks an id up in the table: 0 nothing has it, 1 something else has it, 2 an
 * event has it that is the same as entry (when that is not NULL), -1.
 */
static int
in_table(struct ev_admit *admit, const struct ev_entry *e, struct ev_slice id,
    struct ev_err *err)
{
	uint64_t at[EV_KNOWN_MOST];
	size_t n = ev_known_by_id(admit->known, id, at), i;
	const struct ev_entry *other;
	struct ev_slice line;
	int found = 0;

	for (i = 0; i < n; i++) {
		if ((at[i] & EV_KNOWN_ELSEWHERE) != 0) {
			other = &admit->entries[at[i] & ~EV_KNOWN_ELSEWHERE];
			line = ev_buf_slice(&other->line);
			if (!ev_slice_eq(id_of(other), id))
				continue;
		} else {
			if (line_at(admit, at[i], &line, err) < 0)
				return -1;
			if (!ev_known_is(admit->known, line, id))
				continue;
		}
		found = 1;
		if (e != NULL &&
		    ev_same(e->dialect,
			e->given.n > 0 ? e->given : ev_buf_slice(&e->line),
			line))
			return 2;
	}
	return found;
}

/* Is an id taken, by the log or in this round?  1, 0, -1. */
static int
is_taken(struct ev_admit *admit, const struct ev_entry *e, struct ev_slice id,
    struct ev_err *err)
{
	if (admit->taken == NULL)
		admit->taken = ev_map_new();
	if (ev_map_find(admit->taken, id.p, id.n) != NULL)
		return 1;
	if (admit->known != NULL && ev_known_ids(admit->known))
		return in_table(admit, NULL, id, err);
	if (admit->fresh)
		return in_views(admit, e, id, err);
	return in_log(admit, 0, id, err);
}

static void
put_id(struct ev_entry *e)
{
	ev_buf_insert(&e->line, e->id_at, e->id, strlen(e->id));
}

static int
new_guard(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	unsigned n = 0;
	int r;

	do {
		ev_ident_agentguard(e->time, e->finger, ++n, e->id);
		r = is_taken(admit, e, ev_slice_of(e->id), err);
	} while (r == 1);
	if (r < 0)
		return -1;
	ev_map_at(admit->taken, e->id, strlen(e->id), NULL);
	put_id(e);
	return 1;
}

static int
hand_id(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	int r = is_taken(admit, e, e->own_id, err);

	if (r < 0)
		return -1;
	if (r == 1) {
		e->result = EV_SAME;
		return 0;
	}
	ev_map_at(admit->taken, e->own_id.p, e->own_id.n, NULL);
	return 1;
}

static int
line_id(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	static const enum ev_written on_conflict[] = {
		[EV_ON_CONFLICT_WRITE] = EV_CONFLICT,
		[EV_ON_CONFLICT_SKIP] = EV_SKIPPED,
		[EV_ON_CONFLICT_ERROR] = EV_REFUSED,
	};
	int r = 2;

	if (ev_known_count(admit->known, ev_buf_slice(&e->line)) == 0)
		r = in_table(admit, e, e->own_id, err);
	if (r < 0)
		return -1;
	if (r == 2)
		e->result = EV_SAME;
	else if (r == 1)
		e->result = on_conflict[admit->on_conflict];
	return e->result == EV_WRITTEN || e->result == EV_CONFLICT;
}

static int
no_id(const struct ev_admit *admit, struct ev_entry *e)
{
	uint64_t there = ev_known_count(admit->known, ev_buf_slice(&e->line));

	if (there > 0 && there >= e->ordinal)
		e->result = EV_SAME;
	return e->result == EV_WRITTEN;
}

static int
settle(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	e->result = EV_WRITTEN;
	switch (e->identity) {
	case EV_NEW_UUID:
		ev_uuid7(admit->now, admit->last, e->id);
		memcpy(admit->last, e->id, EV_UUID_SIZE);
		put_id(e);
		return 1;
	case EV_NEW_GUARD:
		return new_guard(admit, e, err);
	case EV_HAND_ID:
		return hand_id(admit, e, err);
	case EV_LINE_ID:
		return line_id(admit, e, err);
	case EV_NO_ID:
		return no_id(admit, e);
	}
	return ev_fail(err, "an entry without identity");
}

int
ev_admit(
    struct ev_admit *admit, size_t entry, size_t *number, struct ev_err *err)
{
	struct ev_entry *e = &admit->entries[entry];
	int r = settle(admit, e, err);

	if (r == 1 && admit->known != NULL)
		*number = ev_known_add(admit->known, ev_buf_slice(&e->line),
		    id_of(e), EV_KNOWN_ELSEWHERE | entry);
	return r;
}

void
ev_admit_placed(struct ev_admit *admit, size_t number, uint64_t at)
{
	if (admit->known != NULL)
		ev_known_place(admit->known, number, at);
}

int
ev_admit_wrote(
    struct ev_admit *admit, const struct ev_batch *batch, struct ev_err *err)
{
	bool ids;
	int r;

	if (admit->known == NULL)
		return 0;
	if (!batch->whole) {
		/* nobody knows what stands between; count anew */
		ids = ev_known_ids(admit->known);
		ev_admit_forget(admit);
		admit->known = ev_known_new(ids);
		r = ev_known_read(
		    admit->known, admit->log->fd, admit->log->size);
		return r < 0 ? fail_read(admit, err) : 0;
	}
	/* what others wrote in front of the batch */
	if (ev_known_read(admit->known, admit->log->fd, batch->put[0].at) < 0)
		return fail_read(admit, err);
	ev_known_move(admit->known, admit->log->size);
	return 0;
}
