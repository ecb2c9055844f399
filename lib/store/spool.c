#include "store/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/hush.h"
#include "store/parcel.h"

#define NAME_CHARS (EV_SPOOL_NAME - 1) /* 16 hex, a dash, 16 hex */
#define TRIES 3 /* the directory may be removed while we look */

/* Appends the user's directory for state.  -1: nobody knows it. */
static int
add_home(struct ev_buf *path, struct ev_err *err)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (state != NULL && state[0] == '/') {
		ev_buf_adds(path, state);
	} else if (home != NULL && home[0] == '/') {
		ev_buf_adds(path, home);
		ev_buf_adds(path, "/.local/state");
	} else {
		errno = EINVAL;
		return ev_fail(err, "no spool: HOME is not set");
	}
	return 0;
}

static void
add_key(const struct ev_place *place, struct ev_buf *path)
{
	struct ev_buf log = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];

	ev_buf_addf(&log, "%s/%s", place->dir, place->log);
	ev_sha256_hex(log.p, log.n, hex);
	ev_buf_addc(path, '/');
	ev_buf_add(path, hex, 32);
	ev_buf_clear(&log);
}

static int
fail(struct ev_err *err, const char *verb, const char *path)
{
	int why = errno;

	ev_fail_errno(err, "cannot %s '%s'", verb, path);
	errno = why;
	return -1;
}

/* The directories down to one, each with the mode 0700.  0, or errno of the
 * first that could not be made. */
static int
make_all(char *path)
{
	char *p = path;
	int why = 0;

	do {
		p = strchr(p + 1, '/');
		if (p != NULL)
			*p = '\0';
		if (mkdir(path, S_IRWXU) < 0 && errno != EEXIST && why == 0)
			why = errno;
		if (p != NULL)
			*p = '/';
	} while (p != NULL);
	return why;
}

/* A directory that is ours alone; closes `at`. */
static int
step(int at, const char *name, const char *path, struct ev_err *err)
{
	int fd = openat(
		at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
	    why = errno;
	struct stat st;

	close(at);
	errno = why;
	if (fd < 0)
		return fail(err, "open", path);
	if (fstat(fd, &st) < 0) {
		fail(err, "look at", path);
		why = errno;
		close(fd);
		errno = why;
		return -1;
	}
	if (st.st_uid == geteuid() && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0)
		return fd;
	close(fd);
	errno = EPERM;
	return ev_fail(err, "'%s' is not this user's alone, refused", path);
}

/* home: the bytes of *path that name the user's directory. */
static int
open_steps(const struct ev_buf *path, size_t home, struct ev_err *err)
{
	const char *key = strrchr(path->p, '/') + 1;
	char *top = ev_memdup(path->p, home);
	int fd = open(top, O_PATH | O_DIRECTORY | O_CLOEXEC);

	free(top);
	if (fd < 0)
		return fail(err, "open", path->p);
	fd = step(fd, "ev", path->p, err);
	if (fd >= 0)
		fd = step(fd, "spool", path->p, err);
	return fd < 0 ? -1 : step(fd, key, path->p, err);
}

static int
open_spool(const struct ev_place *place, bool make, struct ev_buf *path,
    struct ev_err *err)
{
	int fd, why = 0;
	size_t home;

	if (add_home(path, err) == -1)
		return -1;
	home = path->n;
	ev_buf_adds(path, "/ev/spool");
	add_key(place, path);
	ev_buf_str(path);
	/* nearly always nothing is there */
	if (make)
		why = make_all(path->p);
	else if (access(path->p, F_OK) == -1)
		return fail(err, "open", path->p);
	fd = open_steps(path, home, err);
	if (fd >= 0 || errno != ENOENT || why == 0)
		return fd;
	errno = why;
	return fail(err, "make", path->p);
}

int
ev_spool_open(
    const struct ev_place *place, struct ev_buf *path, struct ev_err *err)
{
	return open_spool(place, false, path, err);
}

bool
ev_spool_named(const char *name)
{
	return strlen(name) == NAME_CHARS &&
	    strspn(name, "0123456789abcdef-") == NAME_CHARS && name[16] == '-';
}

/* Is there room for n bytes more? */
static int
check_room(int fd, const char *path, size_t n, struct ev_err *err)
{
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	uint64_t bytes = n, files = 1;
	struct dirent *entry;
	struct stat st;

	if (dir == NULL) {
		if (copy >= 0)
			close(copy);
		return fail(err, "read", path);
	}
	while ((entry = readdir(dir)) != NULL) {
		if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		bytes += (uint64_t)st.st_size;
		files++;
	}
	closedir(dir);
	errno = 0;
	if (bytes > EV_SPOOL_BYTES || files > EV_SPOOL_FILES)
		return ev_fail(err, "the spool '%s' is full", path);
	return 0;
}

static void
make_name(char name[EV_SPOOL_NAME])
{
	struct timespec now = ev_clock_real();
	uint64_t when =
		     (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec,
		 chance;
	unsigned char bytes[16];
	int i;

	ev_random(&chance, sizeof(chance));
	for (i = 0; i < 8; i++) {
		bytes[i] = (unsigned char)(when >> (56 - 8 * i));
		bytes[8 + i] = (unsigned char)(chance >> (56 - 8 * i));
	}
	ev_hex(bytes, 8, name);
	name[16] = '-';
	ev_hex(bytes + 8, 8, name + 17);
}

/* One file, whole or not at all. */
static int
write_file(int at, const char *path, const struct ev_buf *text,
    char name[EV_SPOOL_NAME], struct ev_err *err)
{
	char temporary[EV_SPOOL_NAME + 4];
	int fd, r, why;

	make_name(name);
	memcpy(temporary, name, NAME_CHARS);
	memcpy(temporary + NAME_CHARS, ".tmp", sizeof(".tmp"));
	fd = openat(at, temporary,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    S_IRUSR | S_IWUSR);
	if (fd < 0)
		return fail(err, "write to", path);
	r = ev_write_all(fd, text->p, text->n);
	if (close(fd) == -1)
		r = -1;
	if (r == 0)
		r = renameat(at, temporary, at, name);
	if (r == 0)
		return 0;
	fail(err, "write to", path);
	why = errno;
	unlinkat(at, temporary, 0);
	errno = why;
	return -1;
}

static int
put_text(const struct ev_place *place, const struct ev_buf *text,
    char name[EV_SPOOL_NAME], struct ev_err *err)
{
	struct ev_buf path = EV_BUF_INIT;
	bool again;
	int fd, tries = 0, r;

	do {
		ev_buf_reset(&path);
		errno = 0;
		fd = open_spool(place, true, &path, err);
		r = fd < 0 ? -1 : check_room(fd, path.p, text->n, err);
		if (r == 0)
			r = write_file(fd, path.p, text, name, err);
		/* who takes the last entry out removes the directory */
		again = r == -1 && errno == ENOENT && ++tries < TRIES;
		if (fd >= 0)
			close(fd);
	} while (again);
	ev_buf_clear(&path);
	return r;
}

int
ev_spool_put(const struct ev_place *place, const struct ev_entry *entries,
    size_t count, char name[EV_SPOOL_NAME], struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_hush hush;
	size_t i;
	int r;

	if (place->log == NULL)
		return ev_fail(err, "the store is not known");
	ev_parcel_head(place, &text);
	for (i = 0; i < count; i++)
		ev_parcel_add(&entries[i], &text);
	ev_hush_begin(&hush);
	r = put_text(place, &text, name, err);
	ev_hush_end(&hush, r == -1);
	ev_buf_clear(&text);
	return r;
}

int
ev_spool_remove(const struct ev_place *place, const char *name)
{
	struct ev_buf path = EV_BUF_INIT;
	int fd = open_spool(place, false, &path, NULL), r = -1;

	if (fd >= 0) {
		r = unlinkat(fd, name, 0);
		(void)!rmdir(path.p);
		close(fd);
	}
	ev_buf_clear(&path);
	return r;
}
