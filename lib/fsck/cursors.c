#include "fsck/cursors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "event/event.h"
#include "store/layout.h"
#include "tail/cursor.h"
#include "tail/shelf.h"

enum standing { SOUND, DAMAGED, LOST };

/* A cursor of the store is looked at. */
typedef int look(struct ev_shot *shot, const char *name, enum standing standing,
    struct ev_findings *findings, struct ev_err *err);

/* "cursors/NAME" beneath the private directory, malloced. */
static char *
path_of(const struct ev_shot *shot, const char *name)
{
	char *sub = ev_layout_join("cursors", name);
	char *path = ev_layout_join(shot->dir.place->priv, sub);
	char *shown = ev_place_shown(shot->dir.place, path);

	free(path);
	free(sub);
	return shown;
}

static int
stand(struct ev_shot *shot, struct ev_shelf *shelf, const char *name,
    struct ev_event *ev, enum standing *standing, struct ev_err *err)
{
	struct ev_mark mark;
	struct stat st;
	bool damaged;
	uint64_t offset;
	int fd = ev_shelf_file(shelf, name, O_RDONLY, &st, err), r;

	*standing = SOUND;
	if (fd == -1)
		return errno == ENOENT ? 0 : -1;
	r = ev_mark_read(fd, &mark, &damaged);
	close(fd);
	if (r == -1)
		return ev_fail_errno(err, "cannot read cursor '%s'", name);
	if (damaged)
		*standing = DAMAGED;
	if (damaged || mark.seq == 0)
		return 0;
	r = ev_position_find(
	    &mark.pos, &shot->log.chain, shot->end, ev, &offset);
	if (r == -1)
		return ev_fail_errno(
		    err, "cannot read '%s'", shot->dir.place->shown);
	if (r == 0 && mark.pos.offset > 0)
		*standing = LOST;
	return 0;
}

static int
each(struct ev_shot *shot, struct ev_shelf *shelf, look *fn,
    struct ev_findings *findings, struct ev_err *err)
{
	struct ev_model *model = ev_model_new(NULL);
	enum standing standing;
	struct ev_event *ev;
	char **names;
	int n, i, r = 0;

	ev_model_custom(model, shot->dir.place->custom);
	ev_model_want(model, EV_ID);
	ev_model_seal(model);
	ev = ev_event_new(model);
	n = ev_shelf_list(shelf, &names, err);
	for (i = 0; i < n; i++) {
		if (r == 0)
			r = stand(shot, shelf, names[i], ev, &standing, err);
		if (r == 0)
			r = fn(shot, names[i], standing, findings, err);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	ev_event_free(ev);
	ev_model_free(model);
	return n < 0 ? -1 : r;
}

static int
run(struct ev_shot *shot, look *fn, struct ev_findings *findings,
    struct ev_err *err)
{
	struct ev_shelf shelf;
	int r;

	if (shot->dir.priv < 0)
		return 0;
	r = ev_shelf_open(&shelf, shot->place->shown, shot->place, err);
	if (r == 0) {
		r = each(shot, &shelf, fn, findings, err);
		ev_shelf_close(&shelf);
	}
	return r;
}

static int
tell(struct ev_shot *shot, const char *name, enum standing standing,
    struct ev_findings *findings, struct ev_err *err)
{
	char *shown = path_of(shot, name);

	(void)err;
	if (standing == DAMAGED)
		ev_finding_add(findings, EV_FINDING_PROBLEM, shown, 0,
		    "damaged", "no sound record of where it is");
	if (standing == LOST)
		ev_finding_add(findings, EV_FINDING_PROBLEM, shown, 0, "lost",
		    "its line is nowhere in the log: all of the log is unread; "
		    "ev-tail --forget=%s removes it",
		    name);
	free(shown);
	return 0;
}

int
ev_cursors_check(
    struct ev_shot *shot, struct ev_findings *findings, struct ev_err *err)
{
	return run(shot, tell, findings, err);
}

static int
set_aside(struct ev_shot *shot, const char *name, enum standing standing,
    struct ev_findings *findings, struct ev_err *err)
{
	char from[EV_CURSOR_NAME + 16], to[EV_CURSOR_NAME + 16], *shown;

	if (standing != DAMAGED)
		return 0;
	snprintf(from, sizeof(from), "cursors/%s", name);
	snprintf(to, sizeof(to), "cursor-%s.bad", name);
	if (renameat(shot->dir.priv, from, shot->dir.priv, to) < 0)
		return ev_dir_fail(&shot->dir, "rename", from, err);
	shown = path_of(shot, name);
	ev_finding_add(findings, EV_FINDING_MENDED, shown, 0, "aside",
	    "had no sound record, is %s now", to);
	free(shown);
	return 0;
}

int
ev_cursors_mend(
    struct ev_shot *shot, struct ev_findings *findings, struct ev_err *err)
{
	return run(shot, set_aside, findings, err);
}
