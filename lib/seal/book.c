#include "seal/book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/layout.h"
#include "store/lines.h"
#include "store/part.h"

#define NAME "seals.log"
#define WAIT_MS 10000
#define PAUSE_NS 5000000

static void
hash_line(struct ev_slice line, unsigned char hash[EV_SHA256_SIZE])
{
	struct ev_sha256 *sha = ev_sha256_new();

	ev_sha256_add(sha, line.p, line.n);
	ev_sha256_end(sha, hash);
	ev_sha256_free(sha);
}

static void
take_line(struct ev_book *book, struct ev_slice line, uint64_t number)
{
	struct ev_seal seal = { .line = number };
	bool fresh;

	if (line.n == 0 && line.p != NULL)
		return;
	if (line.p == NULL || !ev_seal_parse(line, &seal)) {
		ev_seal_clear(&seal);
		book->bad =
		    ev_realloc(book->bad, book->nbad + 1, sizeof(*book->bad));
		book->bad[book->nbad++] =
		    (struct ev_seal_bad){ number, ev_seal_torn(line) };
		return;
	}
	hash_line(line, seal.hash);
	ev_map_at(book->index, seal.hash, EV_SHA256_SIZE, &fresh);
	if (!fresh) {
		ev_seal_clear(&seal);
		return;
	}
	if (book->n == book->cap) {
		book->cap = book->cap < 16 ? 16 : book->cap * 2;
		book->v = ev_realloc(book->v, book->cap, sizeof(*book->v));
	}
	book->v[book->n++] = seal;
}

static int
compare(const void *a, const void *b)
{
	const struct ev_seal *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

struct ev_seal *
ev_book_find(struct ev_book *book, const unsigned char hash[EV_SHA256_SIZE])
{
	uint64_t *number = ev_map_find(book->index, hash, EV_SHA256_SIZE);

	return number != NULL && *number > 0 ? &book->v[*number - 1] : NULL;
}

struct ev_seal *
ev_book_day(const struct ev_book *book, int32_t day, size_t *n)
{
	size_t low = 0, high = book->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (book->v[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < book->n && book->v[low + *n].day == day;)
		++*n;
	return book->v + low;
}

/* The seals of its day whose leaves a seal has are covered. */
static void
cover(const struct ev_book *book, const struct ev_seal *seal)
{
	struct ev_seal *other;
	size_t i, k, n;

	other = ev_book_day(book, seal->day, &n);
	for (i = 0; i < seal->over.n; i += EV_LEAF_TAG)
		for (k = 0; k < n; k++)
			if (!other[k].note &&
			    memcmp(other[k].root, seal->over.p + i,
				EV_LEAF_TAG) == 0)
				other[k].covered = true;
}

static void
relate(struct ev_book *book)
{
	bool *named = ev_calloc(book->n + 1, sizeof(*named));
	const struct ev_seal *seal, *other;
	size_t i, j;

	for (i = 0; i < book->n; i++)
		*ev_map_at(book->index, book->v[i].hash, EV_SHA256_SIZE, NULL) =
		    i + 1;
	for (i = 0; i < book->n; i++) {
		seal = &book->v[i];
		cover(book, seal);
		for (j = 0; j < seal->previous.n; j += EV_SHA256_SIZE) {
			other = ev_book_find(
			    book, (unsigned char *)seal->previous.p + j);
			if (other != NULL)
				named[other - book->v] = true;
		}
	}
	for (i = 0; i < book->n; i++)
		if (!named[i])
			ev_buf_add(
			    &book->heads, book->v[i].hash, EV_SHA256_SIZE);
	free(named);
}

static int
read_lines(struct ev_book *book, uint64_t size, struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at, number = 0;
	int r;

	ev_lines_begin(&lines, book->fd, 0, size);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		take_line(book, line, ++number);
	ev_lines_clear(&lines);
	if (r < 0)
		return ev_fail_errno(err, "cannot read '%s'", book->shown);
	if (book->n > 0)
		qsort(book->v, book->n, sizeof(*book->v), compare);
	relate(book);
	return 0;
}

/* 1; 0: it is held by another for too long; -1. */
static int
lock(int fd)
{
	const struct timespec pause = { 0, PAUSE_NS };
	int64_t until = ev_clock_mono() + WAIT_MS;

	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		if (ev_clock_mono() >= until)
			return 0;
		nanosleep(&pause, NULL);
	}
	return 1;
}

/* The file, locked, and still under its name. */
static int
open_held(struct ev_book *book, const struct ev_dir *dir, int flags,
    struct stat *st, struct ev_err *err)
{
	struct stat now;
	int fd, r;

	for (;;) {
		fd = ev_dir_inside(dir, NAME, flags, st, err);
		if (fd < 0)
			return -1;
		r = lock(fd);
		if (r < 0)
			ev_fail_errno(err, "cannot lock '%s'", book->shown);
		if (r == 0)
			ev_fail(err, "'%s' is locked by another ev-fsck",
			    book->shown);
		if (r == 1 && fstat(fd, st) == 0 &&
		    fstatat(dir->priv, NAME, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
		    now.st_ino == st->st_ino && now.st_dev == st->st_dev)
			return fd;
		close(fd);
		if (r != 1)
			return -1;
	}
}

int
ev_book_read(struct ev_book *book, const struct ev_dir *dir, bool make,
    struct ev_err *err)
{
	char *path = ev_layout_join(dir->place->priv, NAME);
	struct stat st;

	*book = (struct ev_book){ .fd = -1 };
	book->shown = ev_place_shown(dir->place, path);
	book->index = ev_map_new();
	free(path);
	book->fd =
	    open_held(book, dir, make ? O_RDWR | O_CREAT : O_RDONLY, &st, err);
	if (book->fd < 0)
		return make || errno != ENOENT ? -1 : 0;
	return read_lines(book, (uint64_t)st.st_size, err);
}

void
ev_book_release(struct ev_book *book)
{
	if (book->fd >= 0)
		close(book->fd);
	book->fd = -1;
}

void
ev_book_clear(struct ev_book *book)
{
	size_t i;

	ev_book_release(book);
	for (i = 0; i < book->n; i++)
		ev_seal_clear(&book->v[i]);
	free(book->v);
	free(book->bad);
	ev_buf_clear(&book->heads);
	free(book->shown);
	ev_map_free(book->index);
	*book = (struct ev_book){ .fd = -1 };
}
