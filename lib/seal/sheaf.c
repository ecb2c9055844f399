#include "seal/sheaf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define COPY 65536
#define LEAF_SIZE (2 * EV_SHA256_SIZE + 1 + 2 * EV_LEAF_TAG)

/* Puts what is held into the file; what fails is told at the end. */
static void
flush(struct ev_sheaf *to)
{
	if (to->failed == 0 && ev_write_all(to->fd, to->held.p, to->held.n) < 0)
		to->failed = errno;
	to->held.n = 0;
}

static void
put(struct ev_sheaf *to, const void *p, size_t n)
{
	ev_buf_add(&to->held, p, n);
	if (to->held.n >= COPY)
		flush(to);
}

static void
done(struct ev_sheaf *to, bool failed)
{
	close(to->fd);
	ev_buf_clear(&to->held);
	to->dir = NULL;
	ev_hush_end(&to->hush, failed);
}

/* What the present file has comes first. */
static int
copy(struct ev_sheaf *to, struct ev_err *err)
{
	char name[EV_LEAVES_NAME], *block, last = '\n';
	struct stat st;
	ssize_t got;
	int fd;

	ev_leaves_name(to->day, false, name);
	fd = ev_dir_inside(to->dir, name, O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	block = ev_malloc(COPY);
	while ((got = read(fd, block, COPY)) > 0) {
		put(to, block, (size_t)got);
		last = block[got - 1];
	}
	if (got < 0)
		ev_dir_fail(to->dir, "read", name, err);
	if (last != '\n')
		put(to, "\n", 1);
	free(block);
	close(fd);
	return got < 0 ? -1 : 0;
}

void
ev_sheaf_drop(struct ev_sheaf *to)
{
	char name[EV_LEAVES_NAME];

	ev_leaves_name(to->day, true, name);
	unlinkat(to->dir->priv, name, 0);
	done(to, true);
}

int
ev_sheaf_begin(struct ev_sheaf *to, const struct ev_dir *dir, int32_t day,
    struct ev_err *err)
{
	char name[EV_LEAVES_NAME];
	struct stat st;

	*to = (struct ev_sheaf){ .dir = dir, .day = day };
	ev_leaves_name(day, true, name);
	to->fd =
	    ev_dir_inside(dir, name, O_WRONLY | O_CREAT | O_TRUNC, &st, err);
	if (to->fd < 0) {
		to->dir = NULL;
		return -1;
	}
	ev_hush_begin(&to->hush);
	if (copy(to, err) < 0) {
		ev_sheaf_drop(to);
		return -1;
	}
	return 0;
}

void
ev_sheaf_add(struct ev_sheaf *to, const struct ev_seal *seal,
    const unsigned char leaf[EV_SHA256_SIZE])
{
	char text[LEAF_SIZE + 2];

	ev_hex(leaf, EV_SHA256_SIZE, text);
	text[2 * EV_SHA256_SIZE] = ' ';
	ev_hex(seal->root, EV_LEAF_TAG, text + 2 * EV_SHA256_SIZE + 1);
	text[LEAF_SIZE] = '\n';
	put(to, text, LEAF_SIZE + 1);
}

int
ev_sheaf_end(
    struct ev_sheaf *to, const struct ev_seal *seal, struct ev_err *err)
{
	char name[EV_LEAVES_NAME], hash[EV_SHA256_HEX];
	bool bad;

	/* what has this line is whole */
	ev_hex(seal->hash, sizeof(seal->hash), hash);
	put(to, "seal ", strlen("seal "));
	put(to, hash, strlen(hash));
	put(to, "\n", 1);
	flush(to);
	errno = to->failed;
	bad = to->failed != 0 || fsync(to->fd) < 0;
	ev_leaves_name(to->day, true, name);
	if (bad) {
		ev_dir_fail(to->dir, "write", name, err);
		unlinkat(to->dir->priv, name, 0);
	}
	done(to, bad);
	return bad ? -1 : 0;
}
