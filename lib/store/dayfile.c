#include "store/dayfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "input/unpack.h"
#include "store/layout.h"
#include "store/part.h"
#include "store/view.h"

#define BLOCK 65536

char *
ev_dayfile_shown(const struct ev_dir *dir, int32_t day, bool packed)
{
	char name[EV_PART_SIZE], *path, *shown;

	if (day == EV_VIEW_FEED)
		return ev_place_shown(dir->place, dir->place->feed);
	if (packed)
		ev_part_packed(day, name);
	else
		ev_part_file(day, name);
	path = ev_layout_join(dir->place->priv, name);
	shown = ev_place_shown(dir->place, path);
	free(path);
	return shown;
}

static int
open_packed(struct ev_dayfile *f, struct ev_err *err)
{
	char name[EV_PART_SIZE];
	struct stat st;

	ev_part_packed(f->day, name);
	f->packed = ev_dir_inside(f->dir, name, O_RDONLY, &st, err);
	if (f->packed < 0)
		return errno == ENOENT ? 0 : -1;
	f->name = ev_dayfile_shown(f->dir, f->day, true);
	f->unpack = ev_unpack_new(f->packed, f->name);
	return 1;
}

int
ev_dayfile_open(struct ev_dayfile *f, const struct ev_dir *dir, int32_t day,
    struct ev_err *err)
{
	struct stat st;
	int r = 0;

	*f = (struct ev_dayfile){
		.dir = dir, .day = day, .packed = -1, .plain = -1, .copy = -1
	};
	if (day >= 0)
		r = open_packed(f, err);
	if (r < 0)
		return -1;
	f->plain = ev_view_open(dir, day, O_RDONLY, &st, err);
	if (f->plain < 0)
		return errno == ENOENT ? r : -1;
	f->end = (uint64_t)st.st_size;
	return 1;
}

void
ev_dayfile_close(struct ev_dayfile *f)
{
	ev_unpack_free(f->unpack);
	if (f->packed >= 0)
		close(f->packed);
	if (f->plain >= 0)
		close(f->plain);
	free(f->name);
	if (f->copy >= 0)
		close(f->copy);
	*f = (struct ev_dayfile){ .packed = -1, .plain = -1, .copy = -1 };
}

ssize_t
ev_dayfile_read(struct ev_dayfile *f, void *to, size_t n, struct ev_err *err)
{
	uint64_t left;
	ssize_t got = 0;

	if (f->unpack != NULL) {
		got = ev_unpack_read(f->unpack, to, n, err);
		if (got != 0)
			return got;
		ev_unpack_free(f->unpack);
		f->unpack = NULL;
	}
	left = f->end - f->at;
	if (f->plain < 0 || left == 0)
		return 0;
	got = ev_pread_all(
	    f->plain, to, n < left ? n : (size_t)left, (off_t)f->at);
	if (got < 0)
		return ev_view_fail(f->dir, "read", f->day, err);
	f->at += (uint64_t)got;
	return got;
}

ssize_t
ev_dayfile_fill(struct ev_dayfile *f, void *to, size_t n, struct ev_err *err)
{
	size_t have = 0;
	ssize_t got;

	while (have < n) {
		got = ev_dayfile_read(f, (char *)to + have, n - have, err);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

int
ev_dayfile_whole(struct ev_dayfile *f, uint64_t *n, struct ev_err *err)
{
	char block[BLOCK];
	ssize_t got;

	*n = f->end;
	if (f->packed < 0)
		return f->plain;
	f->copy = ev_temporary(err);
	if (f->copy < 0)
		return -1;
	for (*n = 0; (got = ev_dayfile_read(f, block, BLOCK, err)) > 0;
	     *n += (uint64_t)got)
		if (ev_write_all(f->copy, block, (size_t)got) < 0)
			return ev_fail_errno(err, "cannot copy '%s'", f->name);
	return got < 0 ? -1 : f->copy;
}
