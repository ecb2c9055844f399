#include "fsck/need.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "event/event.h"
#include "tail/cursor.h"

static int
read_mark(struct ev_shelf *shelf, const char *name, struct ev_mark *mark,
    struct ev_err *err)
{
	struct stat st;
	bool damaged;
	int fd = ev_shelf_file(shelf, name, O_RDONLY, &st, err), r;

	if (fd == -1)
		return -1;
	r = ev_mark_read(fd, mark, &damaged);
	close(fd);
	if (r == -1)
		return ev_fail_errno(err, "cannot read cursor '%s'", name);
	return damaged || mark->seq == 0 ? 0 : 1;
}

/* One cursor's place in a log, or a feed, of so many bytes. */
static int
take(struct ev_need *need, struct ev_shelf *shelf, const char *name,
    struct ev_chain *in, uint64_t size, struct ev_event *ev, struct ev_err *err)
{
	struct ev_mark mark;
	uint64_t at = 0;
	int r = read_mark(shelf, name, &mark, err);

	if (r == 1)
		r = ev_position_find(&mark.pos, in, size, ev, &at);
	if (r == -1)
		return ev_fail(
		    err, "cannot find the place of cursor '%s'", name);
	if (r == 0)
		at = 0;
	if (at < size && at < need->least) {
		need->least = at;
		snprintf(need->name, sizeof(need->name), "%s", name);
	}
	return 0;
}

static int
take_all(struct ev_need *need, struct ev_shelf *shelf, struct ev_chain *in,
    uint64_t size, const struct ev_custom *custom, struct ev_err *err)
{
	struct ev_model *model;
	struct ev_event *ev;
	char **names;
	int n, i, r = 0;

	*need = (struct ev_need){ .least = UINT64_MAX };
	n = ev_shelf_list(shelf, &names, err);
	if (n <= 0)
		return n;
	model = ev_model_new(NULL);
	ev_model_custom(model, custom);
	ev_model_want(model, EV_ID);
	ev_model_seal(model);
	ev = ev_event_new(model);
	for (i = 0; i < n; i++) {
		if (r == 0)
			r = take(need, shelf, names[i], in, size, ev, err);
		free(names[i]);
	}
	free(names);
	ev_event_free(ev);
	ev_model_free(model);
	return r;
}

int
ev_need_log(struct ev_need *need, struct ev_shot *shot, struct ev_err *err)
{
	struct ev_shelf shelf;
	int r = ev_shelf_open(&shelf, shot->place->shown, shot->place, err);

	if (r == 0)
		r = take_all(need, &shelf, &shot->log.chain, shot->end,
		    shot->place->custom, err);
	ev_shelf_close(&shelf);
	return r;
}

int
ev_need_file(struct ev_need *need, const char *path, int fd, uint64_t size,
    const struct ev_custom *custom, struct ev_err *err)
{
	struct ev_shelf shelf;
	struct ev_err why;
	int r;

	*need = (struct ev_need){ .least = UINT64_MAX };
	/* who has no home has no cursors there */
	if (ev_shelf_open(&shelf, path, NULL, &why) == 0)
		r = take_all(
		    need, &shelf, &EV_CHAIN_FILE(fd), size, custom, err);
	else
		r = 0;
	ev_shelf_close(&shelf);
	return r;
}
