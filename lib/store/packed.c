#include "store/packed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "input/unpack.h"
#include "store/dayfile.h"
#include "store/part.h"
#include "store/view.h"

#define BLOCK 65536
#define NAME (EV_PART_SIZE + 8)

static void
tmp_name(int32_t day, char out[NAME])
{
	ev_part_packed(day, out);
	memcpy(out + strlen(out), ".tmp", sizeof(".tmp"));
}

/* A compressed file while it is read. */
struct reading {
	struct ev_unpack *unpack;
	int fd;
};

/* 1; 0 there is none; -1. */
static int
begin(struct reading *in, const struct ev_dir *dir, const char *name,
    struct ev_err *err)
{
	struct stat st;

	in->unpack = NULL;
	in->fd = ev_dir_inside(dir, name, O_RDONLY, &st, err);
	if (in->fd < 0)
		return errno == ENOENT ? 0 : -1;
	in->unpack = ev_unpack_new(in->fd, name);
	return 1;
}

static void
end(struct reading *in)
{
	ev_unpack_free(in->unpack);
	if (in->fd >= 0)
		close(in->fd);
}

/* Are the bytes of a compressed file those from *at of a plain one, as far as
 * it goes?  1 and *at behind them, 0, -1 one of them cannot be read. */
static int
is_beginning(struct reading *in, int fd, uint64_t *at)
{
	char is[BLOCK], should[BLOCK];
	ssize_t got, there;

	while ((got = ev_unpack_read(in->unpack, is, BLOCK, NULL)) > 0) {
		there = ev_pread_all(fd, should, (size_t)got, (off_t)*at);
		if (there < 0)
			return -1;
		if (there != got || memcmp(is, should, (size_t)got) != 0)
			return 0;
		*at += (uint64_t)got;
	}
	return got < 0 ? -1 : 1;
}

/* Leaves out n unpacked bytes, which are there.  False: they cannot be read. */
static bool
skip(struct reading *in, uint64_t n)
{
	char block[BLOCK];
	ssize_t got;

	for (; n > 0; n -= (uint64_t)got) {
		got = ev_unpack_read(
		    in->unpack, block, n < BLOCK ? (size_t)n : BLOCK, NULL);
		if (got <= 0)
			return false;
	}
	return true;
}

/* The unpacked bytes of a compressed file; 0 when there is none.  0 or -1. */
static int
length(
    const struct ev_dir *dir, const char *name, uint64_t *n, struct ev_err *err)
{
	struct reading in;
	char block[BLOCK];
	ssize_t got = 0;
	int r = begin(&in, dir, name, err);

	for (*n = 0; r == 1; *n += (uint64_t)got) {
		got = ev_unpack_read(in.unpack, block, BLOCK, err);
		if (got <= 0)
			break;
	}
	end(&in);
	return r < 0 || got < 0 ? -1 : 0;
}

/* Does the compressed file `name` end in all that the plain one has?  1, 0,
 * -1. */
static int
ends_in(const struct ev_dir *dir, const char *name, int plain, uint64_t size,
    struct ev_err *err)
{
	struct reading in;
	uint64_t n, at = 0;
	int r;

	if (length(dir, name, &n, err) < 0)
		return -1;
	if (n < size)
		return 0;
	r = begin(&in, dir, name, err);
	if (r == 1)
		r = skip(&in, n - size) ? is_beginning(&in, plain, &at) : -1;
	end(&in);
	if (r < 0)
		ev_fail(err, "cannot compare '%s' with what it holds", name);
	return r == 1 ? at == size : r;
}

/* What is compressed already, then the plain lines, in a new file. */
static int
write_new(const struct ev_dir *dir, int32_t day, int plain, struct ev_err *err)
{
	char name[NAME], tmp[NAME], block[BLOCK];
	struct stat st;
	ssize_t got = 0;
	int fd, old, r = 0;

	ev_part_packed(day, name);
	tmp_name(day, tmp);
	old = ev_dir_inside(dir, name, O_RDONLY, &st, err);
	if (old < 0 && errno != ENOENT)
		return -1;
	fd = ev_dir_inside(
	    dir, tmp, O_RDWR | O_APPEND | O_CREAT | O_TRUNC, &st, err);
	while (fd >= 0 && old >= 0 && r == 0 &&
	    (got = read(old, block, BLOCK)) > 0)
		r = ev_write_all(fd, block, (size_t)got);
	if (fd >= 0 && (got < 0 || r < 0))
		r = ev_dir_fail(dir, "write", tmp, err);
	if (fd >= 0 && r == 0)
		r = ev_pack(plain, fd, tmp, err);
	if (fd >= 0 && r == 0 && fsync(fd) < 0)
		r = ev_dir_fail(dir, "sync", tmp, err);
	if (old >= 0)
		close(old);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? -1 : r;
}

static int
save(struct ev_views *views, uint64_t packing, struct ev_err *err)
{
	views->state.packing = packing;
#ifndef EV_MUTANT_NO_PACKING
	if (ev_views_save(views, err) < 0)
		return -1;
#endif
	return ev_views_force(views, err);
}

static int
swap(struct ev_views *views, int32_t day, struct ev_err *err)
{
	const struct ev_dir *dir = views->dir;
	char name[NAME], tmp[NAME];

	ev_part_packed(day, name);
	tmp_name(day, tmp);
	ev_state_forget(&views->state, day);
	if (save(views, (uint64_t)day, err) < 0)
		return -1;
	if (renameat(dir->priv, tmp, dir->priv, name) < 0)
		return ev_dir_fail(dir, "rename", tmp, err);
	if (ev_dir_sync(dir, err) < 0)
		return -1;
	return ev_packed_end(views, err);
}

int
ev_packed_make(struct ev_views *views, int32_t day, struct ev_err *err)
{
	const struct ev_dir *dir = views->dir;
	char tmp[NAME];
	struct stat st;
	int plain, r;

	plain = ev_view_open(dir, day, O_RDONLY, &st, err);
	if (plain < 0)
		return errno == ENOENT ? 0 : -1;
	tmp_name(day, tmp);
	r = write_new(dir, day, plain, err);
	if (r == 0)
		r = ends_in(dir, tmp, plain, (uint64_t)st.st_size, err);
	close(plain);
	if (r == 0)
		r = ev_fail(err, "'%s' is not what was written", tmp);
	if (r == 1)
		return swap(views, day, err) < 0 ? -1 : 1;
	unlinkat(dir->priv, tmp, 0);
	return -1;
}

/* All lines of a day in a new plain file. */
static int
write_plain(
    const struct ev_dir *dir, int32_t day, const char *tmp, struct ev_err *err)
{
	struct ev_dayfile file;
	char block[BLOCK];
	struct stat st;
	ssize_t got = -1;
	int fd, r = ev_dayfile_open(&file, dir, day, err);

	fd = r < 0 ? -1 :
		     ev_dir_inside(dir, tmp,
			 O_RDWR | O_APPEND | O_CREAT | O_TRUNC, &st, err);
	while (fd >= 0 && (got = ev_dayfile_read(&file, block, BLOCK, err)) > 0)
		if (ev_write_all(fd, block, (size_t)got) < 0)
			break;
	if (fd >= 0 && (got > 0 || (got == 0 && fsync(fd) < 0)))
		got = ev_dir_fail(dir, "write", tmp, err);
	if (fd >= 0)
		close(fd);
	ev_dayfile_close(&file);
	return got < 0 ? -1 : 0;
}

int
ev_packed_undo(struct ev_views *views, int32_t day, struct ev_err *err)
{
	const struct ev_dir *dir = views->dir;
	char name[NAME], packed[NAME], tmp[NAME];

	ev_part_file(day, name);
	ev_part_packed(day, packed);
	ev_part_file(day, tmp);
	memcpy(tmp + strlen(tmp), ".tmp", sizeof(".tmp"));
	if (write_plain(dir, day, tmp, err) < 0)
		return -1;
	/* killed behind the rename: the plain file goes again */
	if (save(views, (uint64_t)day, err) < 0)
		return -1;
	if (renameat(dir->priv, tmp, dir->priv, name) < 0)
		return ev_dir_fail(dir, "rename", tmp, err);
	if (ev_dir_sync(dir, err) < 0)
		return -1;
	if (unlinkat(dir->priv, packed, 0) < 0)
		return ev_dir_fail(dir, "remove", packed, err);
	return ev_dir_sync(dir, err) < 0 ? -1 : save(views, 0, err);
}

int
ev_packed_end(struct ev_views *views, struct ev_err *err)
{
	int32_t day = (int32_t)views->state.packing;
	const struct ev_dir *dir = views->dir;
	char name[NAME], tmp[NAME];
	struct stat st;
	int plain, r = 0;

	if (day == 0)
		return 0;
	tmp_name(day, tmp);
	ev_part_packed(day, name);
	plain = ev_view_open(dir, day, O_RDONLY, &st, err);
	if (plain < 0 && errno != ENOENT)
		return -1;
	/* while the new one has its temporary name nothing has changed */
	if (plain >= 0 && unlinkat(dir->priv, tmp, 0) < 0)
		r = ends_in(dir, name, plain, (uint64_t)st.st_size, err);
	if (plain >= 0)
		close(plain);
	ev_part_file(day, name);
	if (r == 1 && unlinkat(dir->priv, name, 0) < 0)
		r = ev_dir_fail(dir, "remove", name, err);
	/* the state must not forget what comes back after a power cut */
	if (r == 1)
		r = ev_dir_sync(dir, err);
	return r < 0 ? -1 : save(views, 0, err);
}

/* A compressed file that is not what it should be.  0 or -1. */
static int
give_up(const struct ev_dir *dir, int32_t day, struct ev_lost *lost,
    struct ev_err *err)
{
	char name[NAME], bad[NAME + 4];
	struct ev_dayfile file;
	struct ev_err why;
	uint64_t n;
	int fd = -1, r = ev_dayfile_open(&file, dir, day, err);

	ev_part_packed(day, name);
	if (r == 1)
		fd = ev_dayfile_whole(&file, &n, &why);
	if (fd >= 0) {
		r = ev_lost_keep(lost, fd, n, err);
		if (r == 0)
			r = ev_lost_sync(lost, err);
		if (r == 0 && unlinkat(dir->priv, name, 0) < 0)
			r = ev_dir_fail(dir, "remove", name, err);
	} else if (r == 1) {
		memcpy(bad, name, sizeof(name));
		memcpy(bad + strlen(bad), ".bad", sizeof(".bad"));
		r = renameat(dir->priv, name, dir->priv, bad) < 0 ?
		    ev_dir_fail(dir, "set aside", name, err) :
		    0;
	}
	ev_dayfile_close(&file);
	return r < 0 ? -1 : 0;
}

int
ev_packed_settle(const struct ev_dir *dir, int32_t day, struct ev_due *due,
    struct ev_lost *lost, struct ev_err *err)
{
	struct reading in;
	char name[NAME];
	uint64_t n = 0;
	int r;

	ev_part_packed(day, name);
	r = begin(&in, dir, name, err);
	if (r == 1 && due->fd < 0) {
		end(&in);
		return give_up(dir, day, lost, err);
	}
	if (r != 1)
		return r;
	r = is_beginning(&in, due->fd, &n);
	end(&in);
	if (r != 1 || n > due->n)
		return give_up(dir, day, lost, err);
	due->at = n;
	due->n -= n;
	return 0;
}
