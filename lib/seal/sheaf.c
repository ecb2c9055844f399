#include "seal/sheaf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define COPY 65536
#define LEAF_SIZE (2 * EV_SHA256_SIZE + 1 + 2 * EV_LEAF_TAG)

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
		fwrite(block, 1, (size_t)got, to->file);
		last = block[got - 1];
	}
	if (got < 0)
		ev_dir_fail(to->dir, "read", name, err);
	if (last != '\n')
		fputc('\n', to->file);
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
	fclose(to->file);
	to->file = NULL;
	ev_hush_end(&to->hush, true);
}

int
ev_sheaf_begin(struct ev_sheaf *to, const struct ev_dir *dir, int32_t day,
    struct ev_err *err)
{
	char name[EV_LEAVES_NAME];
	struct stat st;
	int fd;

	*to = (struct ev_sheaf){ .dir = dir, .day = day };
	ev_leaves_name(day, true, name);
	fd = ev_dir_inside(dir, name, O_WRONLY | O_CREAT | O_TRUNC, &st, err);
	if (fd < 0)
		return -1;
	to->file = fdopen(fd, "w");
	if (to->file == NULL) {
		close(fd);
		return ev_dir_fail(dir, "write", name, err);
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
	fwrite(text, 1, LEAF_SIZE + 1, to->file);
}

int
ev_sheaf_end(
    struct ev_sheaf *to, const struct ev_seal *seal, struct ev_err *err)
{
	char name[EV_LEAVES_NAME], hash[EV_SHA256_HEX];
	bool bad;

	/* what has this line is whole */
	ev_hex(seal->hash, sizeof(seal->hash), hash);
	fputs("seal ", to->file);
	fputs(hash, to->file);
	fputc('\n', to->file);
	bad = fflush(to->file) == EOF || ferror(to->file) ||
	    fsync(fileno(to->file)) < 0;
	ev_leaves_name(to->day, true, name);
	if (bad) {
		ev_dir_fail(to->dir, "write", name, err);
		unlinkat(to->dir->priv, name, 0);
	}
	fclose(to->file);
	to->file = NULL;
	ev_hush_end(&to->hush, bad);
	return bad ? -1 : 0;
}
