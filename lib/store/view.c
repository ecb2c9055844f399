#include "store/view.h"

#include <errno.h>
#include <stdlib.h>

#include "store/layout.h"
#include "store/part.h"

int
ev_view_open(const struct ev_dir *dir, int32_t day, int flags, struct stat *st,
    struct ev_err *err)
{
	char name[EV_PART_SIZE];

	if (day == EV_VIEW_FEED)
		return ev_dir_beside(dir, dir->place->feed, flags, st, err);
	ev_part_file(day, name);
	return ev_dir_inside(dir, name, flags, st, err);
}

static char *
shown(const struct ev_dir *dir, int32_t day)
{
	char name[EV_PART_SIZE], *path, *whole;

	if (day == EV_VIEW_FEED)
		return ev_place_shown(dir->place, dir->place->feed);
	ev_part_file(day, name);
	path = ev_layout_join(dir->place->priv, name);
	whole = ev_place_shown(dir->place, path);
	free(path);
	return whole;
}

int
ev_view_fail(
    const struct ev_dir *dir, const char *verb, int32_t day, struct ev_err *err)
{
	int saved = errno;
	char *path = shown(dir, day);

	errno = saved;
	ev_fail_errno(err, "cannot %s '%s'", verb, path);
	free(path);
	errno = saved;
	return -1;
}

int
ev_view_bad(const struct ev_dir *dir, int32_t day, struct ev_err *err)
{
	char *path = shown(dir, day);

	ev_fail(err, "'%s' is not what the log says", path);
	free(path);
	return 0;
}
