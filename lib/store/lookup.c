#include "store/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "store/audit.h"
#include "store/find.h"
#include "store/part.h"
#include "store/same.h"
#include "store/view.h"

#define DAY_SECONDS 86400

static int
fail_read(const struct ev_lookup *l, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot read '%s'", l->dir->place->shown);
}

static struct ev_find
in_file(const struct ev_lookup *l, struct ev_chain *file)
{
	return (struct ev_find){ file, l->dir->place->custom, l->until };
}

/* Were lines of the day compressed or dropped? */
static bool
is_elsewhere(const struct ev_lookup *l, int32_t day)
{
	char name[EV_PART_SIZE];
	struct stat st;

	if (ev_state_dropped(&l->views->state, day))
		return true;
	ev_part_packed(day, name);
	return fstatat(l->dir->priv, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/*
 * Is there such an id in the file of a day?  1, 0, -1: it cannot be told,
 * because the file is not what the state says of it.
 */
static int
in_day(struct ev_lookup *l, struct timespec time, struct ev_slice id)
{
	int32_t day = ev_part_day(time);
	const struct ev_part *part = ev_state_part(&l->views->state, day);
	struct ev_chain file;
	struct stat st;
	int fd, r = 1;

	if (is_elsewhere(l, day))
		return -1;
	fd = ev_view_open(l->dir, day, O_RDONLY, &st, NULL);
	if (fd < 0)
		return errno == ENOENT && part == NULL ? 0 : -1;
	file = EV_CHAIN_FILE(fd);
	if (part != NULL)
		r = ev_audit_part(fd, (uint64_t)st.st_size, part);
	r = r == 1 ? ev_find_id(in_file(l, &file), 0, (uint64_t)st.st_size, id,
			 &l->found) :
		     -1;
	close(fd);
	return r;
}

static int
in_log(
    struct ev_lookup *l, uint64_t from, struct ev_slice id, struct ev_err *err)
{
	int r =
	    ev_find_id(in_file(l, &l->log->chain), from, l->end, id, &l->found);

	return r < 0 ? fail_read(l, err) : r;
}

/*
 * A retry of an event whose time is the present may come after midnight: its
 * first try then stands a day before (also when --time said the same).
 */
static bool
may_be_yesterdays(const struct ev_lookup *l, const struct ev_entry *e)
{
	time_t past = l->now.tv_sec - e->time.tv_sec;

	return e->identity == EV_HAND_ID && past < DAY_SECONDS &&
	    past > -DAY_SECONDS;
}

/* In the day files where an event of that time must be, then in what they do
 * not hold yet. */
static int
in_views(struct ev_lookup *l, const struct ev_entry *e, struct ev_slice id,
    struct ev_err *err)
{
	struct timespec before = e->time;
	int r;

	if (!e->has_time)
		return in_log(l, 0, id, err);
	r = in_day(l, e->time, id);
	before.tv_sec -= DAY_SECONDS;
	if (r == 0 && may_be_yesterdays(l, e))
		r = in_day(l, before, id);
	if (r < 0)
		return in_log(l, 0, id, err);
	return r == 1 ? 1 : in_log(l, l->views->state.m, id, err);
}

/* The line that a place of the table stands for. */
static int
line_at(
    struct ev_lookup *l, uint64_t at, struct ev_slice *line, struct ev_err *err)
{
	l->lines.log = &l->log->chain;
	l->lines.end = l->log->size;
	if (ev_lines_at(&l->lines, at, line) != 1)
		return fail_read(l, err);
	return 0;
}

struct ev_slice
ev_lookup_id(const struct ev_entry *e)
{
	switch (e->identity) {
	case EV_NEW_GUARD:
	case EV_NEW_STAMP:
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
in_table(struct ev_lookup *l, const struct ev_entry *e, struct ev_slice id,
    struct ev_known_key key, struct ev_err *err)
{
	uint64_t at[EV_KNOWN_MOST];
	size_t n = ev_known_by_id(l->known, key, at), i;
	const struct ev_entry *other;
	struct ev_slice line;
	int found = 0;

	for (i = 0; i < n; i++) {
		if ((at[i] & EV_KNOWN_ELSEWHERE) != 0) {
			other = &l->entries[at[i] & ~EV_KNOWN_ELSEWHERE];
			line = ev_buf_slice(&other->line);
			/* cover: ids of one hash, whose key is random */
			if (!ev_slice_eq(ev_lookup_id(other), id))
				continue;
		} else {
			if (line_at(l, at[i], &line, err) < 0)
				return -1;
			/* cover: ids of one hash, whose key is random */
			if (!ev_known_is(l->known, line, id))
				continue;
		}
		found = 1;
		ev_buf_reset(&l->found);
		ev_buf_addslice(&l->found, line);
		if (e != NULL &&
		    ev_same(e->dialect,
			e->given.n > 0 ? e->given : ev_buf_slice(&e->line),
			line))
			return 2;
	}
	return found;
}

int
ev_lookup_taken(struct ev_lookup *l, const struct ev_entry *e,
    struct ev_slice id, struct ev_err *err)
{
	struct ev_slice none = { NULL, 0 };

	ev_buf_reset(&l->found);
	if (l->known != NULL && ev_known_ids(l->known))
		return in_table(l, NULL, id, ev_known_key(none, id), err);
	if (l->fresh)
		return in_views(l, e, id, err);
	return in_log(l, 0, id, err);
}

int
ev_lookup_line(struct ev_lookup *l, const struct ev_entry *e,
    struct ev_known_key key, struct ev_err *err)
{
	ev_buf_reset(&l->found);
	if (ev_known_count(l->known, key) > 0)
		return 2;
	return in_table(l, e, e->own_id, key, err);
}
