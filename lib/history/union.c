#include "history/union.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "event/event.h"
#include "history/redacted.h"
#include "input/cut.h"
#include "input/order.h"
#include "store/lines.h"

#define SIDES 2
#define WRITE_AT ((size_t)1 << 20)

struct joining {
	struct ev_source source[SIDES];
	size_t sides; /* that are open */
	struct ev_model *model;
	struct ev_event *ev;
	struct ev_order *order;
	struct ev_map *ids; /* those seen: 1, told: 2 */
	struct ev_redacted *redacted;
	struct ev_buf out;
	int fd;
	struct ev_union *result;
};

/* Equal lines. */
struct group {
	struct ev_buf line;
	size_t count[SIDES];
};

/* Notes a line; the bytes end as ev_scan_line wants them. */
static void
add_line(struct joining *j, size_t side, struct ev_slice line, uint64_t at)
{
	struct timespec time;
	enum ev_scan r = EV_SCAN_LONG;
	size_t mark = 0;
	bool timed;

	if (line.p != NULL) {
		mark = ev_cut_mark(line.p, line.n, at);
		r = ev_event_read(j->ev, line.p + mark, line.n - mark);
	}
	if (r == EV_SCAN_BLANK)
		return;
	timed = r == EV_SCAN_OK && ev_event_time(j->ev, &time);
	if (r == EV_SCAN_OK)
		ev_redacted_note(j->redacted, j->ev);
	ev_order_add(j->order,
	    ev_order_item(
		side, at + mark, line.n - mark, timed ? &time : NULL));
}

/* A last line without an LF. */
static int
add_rest(struct joining *j, size_t side, uint64_t at, struct ev_err *err)
{
	const struct ev_source *source = &j->source[side];
	struct ev_buf rest = EV_BUF_INIT;
	size_t n = (size_t)(source->size - at);
	ssize_t got;

	ev_buf_reserve(&rest, n + EV_SCAN_PAD);
	got = ev_pread_all(source->fd, rest.p, n, (off_t)at);
	if (got == (ssize_t)n) {
		memset(rest.p + n, '\n', EV_SCAN_PAD);
		add_line(j, side, (struct ev_slice){ rest.p, n }, at);
	}
	ev_buf_clear(&rest);
	if (got != (ssize_t)n)
		return ev_fail_errno(err, "cannot read '%s'", source->name);
	return 0;
}

static int
read_side(struct joining *j, size_t side, struct ev_err *err)
{
	const struct ev_source *source = &j->source[side];
	struct ev_lines lines;
	uint64_t at, behind = 0;
	struct ev_slice line;
	int r;

	ev_lines_begin(&lines, source->fd, 0, source->size);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1) {
		behind = at + line.n + 1;
		if (line.n > EV_LINE_MOST) {
			ev_lines_clear(&lines);
			return ev_fail(err, "'%s': a line is over 2 GiB long",
			    source->name);
		}
		add_line(j, side, line, at);
	}
	ev_lines_clear(&lines);
	if (r == -1)
		return ev_fail_errno(err, "cannot read '%s'", source->name);
	return behind < source->size ? add_rest(j, side, behind, err) : 0;
}

static int
open_side(struct joining *j, const char *path, struct ev_err *err)
{
	struct ev_source *source = &j->source[j->sides];

	if (ev_source_open(source, path, err) == -1)
		return -1;
	j->sides++;
	return ev_source_settle(source, err);
}

static int
write_out(struct joining *j, struct ev_err *err)
{
	size_t n = j->out.n;

	j->out.n = 0;
	if (n > 0 && ev_write_all(j->fd, j->out.p, n) == -1)
		return ev_fail_errno(err, "cannot write the merged log");
	return 0;
}

/* An id comes once for each line that has it: equal ones are one group. */
static void
note_id(struct joining *j, struct ev_slice id)
{
	uint64_t *seen;
	bool fresh;

	seen = ev_map_at(j->ids, id.p, id.n, &fresh);
	if (fresh) {
		*seen = 1;
	} else if (*seen == 1) {
		if (j->result->clashes++ == 0)
			ev_buf_addslice(&j->result->clash, id);
		*seen = 2;
	}
}

/* The lines of a group that are kept. */
static int
put_group(struct joining *j, struct group *group, struct ev_err *err)
{
	size_t copies = group->count[0] > group->count[1] ? group->count[0] :
							    group->count[1];
	struct ev_slice line = ev_buf_slice(&group->line), id;

	if (copies == 0)
		return 0;
	line.n--; /* its LF */
	if (ev_event_read(j->ev, line.p, line.n) == EV_SCAN_OK) {
		id = ev_event_text(j->ev, EV_ID);
		if (id.n > 0)
			copies = !ev_redacted_is(j->redacted, id, line);
		if (id.n > 0 && copies > 0)
			note_id(j, id);
	}
	j->result->lines += copies;
	while (copies-- > 0)
		ev_buf_addslice(&j->out, ev_buf_slice(&group->line));
	group->count[0] = group->count[1] = 0;
	return j->out.n >= WRITE_AT ? write_out(j, err) : 0;
}

static int
put_all(struct joining *j, struct ev_err *err)
{
	size_t n = ev_order_count(j->order), i, side;
	struct group group = { .line = EV_BUF_INIT };
	struct ev_buf line = EV_BUF_INIT, swap;
	int r = 0;

	for (i = 0; r == 0 && i < n; i++) {
		r = ev_order_line(j->order, i, &line, &side, err);
		if (r == 0 &&
		    !ev_slice_eq(
			ev_buf_slice(&line), ev_buf_slice(&group.line))) {
			r = put_group(j, &group, err);
			swap = group.line;
			group.line = line;
			line = swap;
		}
		group.count[side]++;
	}
	if (r == 0)
		r = put_group(j, &group, err);
	if (r == 0)
		r = write_out(j, err);
	ev_buf_clear(&group.line);
	ev_buf_clear(&line);
	return r;
}

/* Sorts, writes beside the file, replaces it. */
static int
replace(struct joining *j, const char *path, struct ev_err *err)
{
	struct ev_buf new = EV_BUF_INIT;
	struct stat st;
	int r;

	if (fstat(j->source[0].fd, &st) == -1)
		return ev_fail_errno(err, "cannot read '%s'", path);
	ev_buf_addf(&new, "%s.new", path);
	j->fd = open(ev_buf_str(&new),
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (j->fd < 0) {
		r = ev_fail_errno(err, "cannot make '%s'", new.p);
		ev_buf_clear(&new);
		return r;
	}
	r = put_all(j, err);
	if (r == 0 && fchmod(j->fd, st.st_mode & 0777) == -1)
		r = ev_fail_errno(err, "cannot write '%s'", new.p);
	if (close(j->fd) == -1 && r == 0)
		r = ev_fail_errno(err, "cannot write '%s'", new.p);
	if (r == 0 && rename(new.p, path) == -1)
		r = ev_fail_errno(err, "cannot replace '%s'", path);
	if (r == -1)
		unlink(new.p);
	ev_buf_clear(&new);
	return r;
}

static int
join(
    struct joining *j, const char *ours, const char *theirs, struct ev_err *err)
{
	size_t i;

	if (open_side(j, ours, err) == -1)
		return -1;
#ifndef EV_MUTANT_MERGE_SIDE
	if (open_side(j, theirs, err) == -1)
		return -1;
#else
	(void)theirs;
#endif
	j->order = ev_order_new(j->model, j->source, j->sides);
	for (i = 0; i < j->sides; i++)
		if (read_side(j, i, err) == -1)
			return -1;
	if (ev_order_sort(j->order, err) == -1)
		return -1;
	return replace(j, ours, err);
}

int
ev_union(const char *ours, const char *theirs, struct ev_union *result,
    struct ev_err *err)
{
	struct joining j = { .result = result, .fd = -1 };
	int r;

	j.model = ev_model_new(NULL);
	ev_model_want(j.model, EV_ID);
	ev_model_want(j.model, EV_TYPE);
	ev_model_want(j.model, EV_TIME);
	ev_model_seal(j.model);
	j.ev = ev_event_new(j.model);
	j.ids = ev_map_new();
	j.redacted = ev_redacted_new();
	r = join(&j, ours, theirs, err);
	if (j.order != NULL)
		ev_order_free(j.order);
	while (j.sides > 0)
		ev_source_close(&j.source[--j.sides]);
	ev_event_free(j.ev);
	ev_model_free(j.model);
	ev_map_free(j.ids);
	ev_redacted_free(j.redacted);
	ev_buf_clear(&j.out);
	return r;
}
