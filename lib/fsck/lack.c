#include "fsck/lack.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/dayfile.h"
#include "store/guard.h"
#include "store/lines.h"

void
ev_lack_init(struct ev_lack *l, struct ev_shot *shot)
{
	*l = (struct ev_lack){ .shot = shot };
}

void
ev_lack_clear(struct ev_lack *l)
{
	ev_known_free(l->known);
	ev_event_free(l->event);
	ev_model_free(l->model);
	*l = (struct ev_lack){ 0 };
}

static int
prepare(struct ev_lack *l, struct ev_err *err)
{
	const struct ev_place *place = l->shot->dir.place;

	if (l->known != NULL)
		return 0;
	l->model = ev_model_new(NULL);
	ev_model_custom(l->model, place->custom);
	ev_model_want(l->model, EV_ID);
	ev_model_want(l->model, EV_TIME);
	ev_model_seal(l->model);
	l->event = ev_event_new(l->model);
	l->known = ev_known_new(true, place->custom);
	if (l->shot->log.chain.fd >= 0 &&
	    ev_known_read(l->known, &l->shot->log.chain, l->shot->end, 0) < 0)
		return ev_fail_errno(err, "cannot read '%s'", place->shown);
	return 0;
}

/* Has an event of the log this id?  1, 0, -1. */
static int
has_id(struct ev_lack *l, struct ev_slice id, struct ev_err *err)
{
	struct ev_slice none = { NULL, 0 }, text;
	uint64_t at[EV_KNOWN_MOST];
	struct ev_lines lines;
	size_t n, i;
	int r = 0;

	/* a derived one is of the line's own bytes */
	if (id.n == 0 || id.p[0] == '~')
		return 0;
	n = ev_known_by_id(l->known, ev_known_key(none, id), at);
	ev_lines_of(&lines, &l->shot->log.chain, 0, l->shot->end);
	for (i = 0; i < n && r == 0; i++) {
		if (ev_lines_at(&lines, at[i], &text) != 1)
			r = ev_fail_errno(
			    err, "cannot read '%s'", l->shot->dir.place->shown);
		else
			r = ev_known_is(l->known, text, id);
	}
	ev_lines_clear(&lines);
	return r;
}

/* The how-manieth of its file; 0: its id makes it one with all that are equal. */
static uint64_t
nth(struct ev_lack *l, struct ev_slice id, struct ev_known_key key)
{
	if (id.n > 0 && id.p[0] != '~')
		return 0;
	ev_known_add(l->seen, key, EV_KNOWN_ELSEWHERE);
	return ev_known_count(l->seen, key);
}

static int
judge(struct ev_lack *l, struct ev_slice text, uint64_t number,
    struct ev_err *err)
{
	struct ev_slice none = { NULL, 0 };
	struct ev_lacking it = { .ev = l->event, .line = number };
	enum ev_scan is = EV_SCAN_LONG;
	struct ev_known_key key;
	int r;

	if (text.p != NULL)
		is = ev_event_read(l->event, text.p, text.n);
	l->rubbish += is != EV_SCAN_OK && is != EV_SCAN_BLANK;
	if (is != EV_SCAN_OK)
		return 0;
	key = ev_known_key(text, none);
	it.nth = nth(l, ev_event_id(l->event), key);
	if (ev_known_count(l->known, key) >= (it.nth > 0 ? it.nth : 1))
		return 0;
	r = has_id(l, ev_event_id(l->event), err);
	if (r < 0)
		return -1;
	it.other = r == 1;
	return l->line(l->arg, &it, err);
}

/* Looks through bytes [from, n) of a file; its lines count from its start. */
static int
look(struct ev_lack *l, int fd, uint64_t from, uint64_t n, struct ev_err *err)
{
	uint64_t at, number = 0;
	struct ev_lines lines;
	struct ev_slice text;
	int r;

	if (prepare(l, err) < 0)
		return -1;
	l->seen = ev_known_new(false, NULL);
	ev_lines_begin(&lines, fd, 0, n);
	while ((r = ev_lines_next(&lines, &text, &at)) == 1) {
		number++;
		if (at >= from && judge(l, text, number, err) < 0)
			break;
	}
	ev_known_free(l->seen);
	l->seen = NULL;
	ev_lines_clear(&lines);
	if (r < 0)
		return ev_fail_errno(err, "cannot read a file of '%s'",
		    l->shot->dir.place->shown);
	return r == 1 ? -1 : 0;
}

int
ev_lack_file(struct ev_lack *l, int fd, uint64_t n, struct ev_err *err)
{
	return look(l, fd, 0, n, err);
}

int
ev_lack_behind(
    struct ev_lack *l, const struct ev_segment *one, struct ev_err *err)
{
	uint64_t end = one->end - one->from;
	char *name;
	int fd, r = 0;

	if (one->size <= end)
		return 0;
	name = ev_segment_name(l->shot->place->log, one->from, one->end);
	fd = ev_guard_open(l->shot->dir.fd, name, O_RDONLY, 0, err);
	free(name);
	if (fd < 0)
		return -1;
	r = look(l, fd, end, one->size, err);
	close(fd);
	return r;
}

int
ev_lack_view(struct ev_lack *l, int32_t day, struct ev_err *err)
{
	struct ev_dayfile file;
	struct ev_err why;
	uint64_t n;
	int r = ev_dayfile_open(&file, &l->shot->dir, day, err), fd;

	if (r == 1) {
		fd = ev_dayfile_whole(&file, &n, &why);
		if (fd < 0)
			fd = file.copy; /* what came before the damage */
		r = fd < 0 ? 0 : ev_lack_file(l, fd, n, err);
	}
	ev_dayfile_close(&file);
	return r < 0 ? -1 : 0;
}
