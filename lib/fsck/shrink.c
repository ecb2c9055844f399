#include "fsck/shrink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fsck/need.h"
#include "fsck/aside.h"
#include "store/dayfile.h"
#include "store/listing.h"
#include "store/packed.h"
#include "store/part.h"
#include "store/store.h"
#include "store/view.h"
#include "text/duration.h"
#include "text/time.h"

#define DAY_SECONDS 86400

int
ev_shrink_day(const char *age, int32_t *day, struct ev_err *err)
{
	struct ev_duration length;
	struct timespec now, then;
	int r = ev_duration_parse(age, &length, err);

	if (r == 0)
		return ev_fail(
		    err, "'%s' is not a length of time such as 30d", age);
	if (r == -1 || ev_now(&now, err) == -1 ||
	    ev_duration_before(&length, now, ev_zone_of(true), &then, err) ==
		-1)
		return -1;
	*day = then.tv_sec < 0 ? 0 : (int32_t)(then.tv_sec / DAY_SECONDS);
	return 0;
}

/* One day's plain file; 1, 0 a cursor needs it, -1. */
static int
is_free(const struct ev_place *place, int32_t day, struct ev_findings *findings,
    struct ev_err *err)
{
	struct ev_place again = ev_aside_place(place);
	struct ev_need need;
	struct ev_dir dir;
	struct stat st;
	char *path;
	int fd = -1, r = ev_dir_open(&dir, &again, err);

	if (r == 0)
		fd = ev_view_open(&dir, day, O_RDONLY, &st, err);
	if (fd < 0) {
		ev_dir_close(&dir);
		ev_place_clear(&again);
		return r == 0 && errno == ENOENT ? 0 : -1;
	}
	path = ev_dayfile_shown(&dir, day, false);
	r = ev_need_file(
	    &need, path, fd, (uint64_t)st.st_size, again.custom, err);
	if (r == 0 && need.least != UINT64_MAX)
		ev_finding_add(findings, EV_FINDING_PROBLEM, path, 0, "needed",
		    "cursor '%s' has not read it to its end", need.name);
	free(path);
	close(fd);
	ev_dir_close(&dir);
	ev_place_clear(&again);
	return r < 0 ? -1 : need.least == UINT64_MAX;
}

static int
pack(void *arg, struct ev_views *views, struct ev_err *err)
{
	return ev_packed_make(views, *(int32_t *)arg, err);
}

static int
compress_day(struct ev_store *store, const struct ev_place *place, int32_t day,
    struct ev_findings *findings, struct ev_err *err)
{
	struct ev_place again;
	struct ev_dir dir;
	char *name;
	int r = is_free(place, day, findings, err);

	if (r == 1)
		r = ev_store_upkeep(store, pack, &day, err);
	if (r != 1)
		return r;
	again = ev_aside_place(place);
	dir = (struct ev_dir){ .place = &again };
	name = ev_dayfile_shown(&dir, day, true);
	ev_finding_add(findings, EV_FINDING_MENDED, name, 0, "compressed",
	    "holds the lines of its day");
	free(name);
	ev_place_clear(&again);
	return 0;
}

static int
list_days(
    const struct ev_place *place, struct ev_listing *days, struct ev_err *err)
{
	struct ev_place again = ev_aside_place(place);
	struct ev_dir dir;
	int r = ev_dir_open(&dir, &again, err);

	*days = (struct ev_listing){ 0 };
	if (r == 0 && dir.priv >= 0)
		r = ev_listing_read(days, &dir, false, err);
	ev_dir_close(&dir);
	ev_place_clear(&again);
	return r;
}

int
ev_compress(const struct ev_place *place, int32_t before,
    struct ev_findings *findings, struct ev_err *err)
{
	const struct ev_store_options options = { .sync = EV_SYNC_FULL };
	struct ev_place again = ev_aside_place(place);
	struct ev_store *store = ev_store_open(&again, &options, err);
	struct ev_listing days = { 0 };
	size_t i;
	int r = store == NULL ? -1 : list_days(place, &days, err);

	for (i = 0; r == 0 && i < days.count; i++)
		if (days.day[i] != EV_PART_REJECTED && days.day[i] < before)
			r = compress_day(
			    store, place, days.day[i], findings, err);
	ev_listing_clear(&days);
	ev_store_close(store);
	ev_place_clear(&again);
	return r;
}
