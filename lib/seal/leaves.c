#include "seal/leaves.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/layout.h"
#include "store/lines.h"

#define END ".leaves"
#define NEW ".leaves.new"
#define MARK "seal "
#define MARK_SIZE (sizeof(MARK) - 1 + 2 * EV_SHA256_SIZE)
#define LEAF_SIZE (2 * EV_SHA256_SIZE + 1 + 2 * EV_LEAF_TAG)

void
ev_leaves_name(int32_t day, bool pending, char out[EV_LEAVES_NAME])
{
	char name[EV_PART_SIZE];

	ev_part_name(day, name);
	snprintf(out, EV_LEAVES_NAME, "%s%s", name, pending ? NEW : END);
}

static char *
shown(const struct ev_dir *dir, int32_t day, bool pending)
{
	char name[EV_LEAVES_NAME], *path, *text;

	ev_leaves_name(day, pending, name);
	path = ev_layout_join(dir->place->priv, name);
	text = ev_place_shown(dir->place, path);
	free(path);
	return text;
}

char *
ev_leaves_shown(const struct ev_dir *dir, int32_t day)
{
	return shown(dir, day, false);
}

/* One file. */
struct part {
	const struct ev_leaves *leaves;
	int32_t day;
	char *shown;
	bool judge; /* only: which seals does it know? */
	bool fresh; /* one that the files before it do not */
};

static void
take_mark(struct part *p, struct ev_slice line, uint64_t number)
{
	unsigned char hash[EV_SHA256_SIZE];
	struct ev_seal *seal = NULL;

	if (ev_unhex(line.p + sizeof(MARK) - 1, sizeof(hash), hash))
		seal = ev_book_find(p->leaves->book, hash);
	if (seal != NULL && seal->day == p->day && !seal->note) {
		p->fresh |= !seal->marked;
		seal->marked = true;
		return;
	}
	if (!p->judge && p->leaves->findings != NULL)
		ev_finding_add(p->leaves->findings, EV_FINDING_PROBLEM,
		    p->shown, number, "ROLLED-BACK",
		    "'%s' lacks or alters the seal %.*s",
		    p->leaves->book->shown, 2 * EV_SHA256_SIZE,
		    line.p + sizeof(MARK) - 1);
}

static int
take_line(
    struct part *p, struct ev_slice line, uint64_t number, struct ev_err *err)
{
	struct ev_leaf leaf = { .day = p->day, .kind = EV_LEAF_SEALED };

	if (line.p != NULL && line.n == 0)
		return 0;
	if (line.p != NULL && line.n == MARK_SIZE &&
	    ev_slice_starts(line, MARK)) {
		take_mark(p, line, number);
		return 0;
	}
	if (p->judge)
		return 0;
	if (line.p != NULL && line.n == LEAF_SIZE &&
	    line.p[2 * EV_SHA256_SIZE] == ' ' &&
	    ev_unhex(line.p, EV_SHA256_SIZE, leaf.hash) &&
	    ev_unhex(line.p + 2 * EV_SHA256_SIZE + 1, EV_LEAF_TAG, leaf.tag))
		return ev_heaped_add(p->leaves->heap, &leaf, err);
	if (p->leaves->findings != NULL)
		ev_finding_add(p->leaves->findings, EV_FINDING_PROBLEM,
		    p->shown, number, "ALTERED", "neither a leaf nor a seal");
	return 0;
}

/* 1; 0 there is none; -1. */
static int
read_file(struct part *p, bool pending, struct ev_err *err)
{
	const struct ev_dir *dir = p->leaves->dir;
	char name[EV_LEAVES_NAME];
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at, number = 0;
	struct stat st;
	int fd, r;

	ev_leaves_name(p->day, pending, name);
	fd = ev_dir_inside(dir, name, O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	p->shown = shown(dir, p->day, pending);
	ev_lines_begin(&lines, fd, 0, (uint64_t)st.st_size);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		if (take_line(p, line, ++number, err) < 0)
			break;
	if (r < 0)
		ev_fail_errno(err, "cannot read '%s'", p->shown);
	ev_lines_clear(&lines);
	free(p->shown);
	close(fd);
	return r == 0 ? 1 : -1;
}

/* Is a new file all that is missing from a seal?  It ends with its seal, the
 * others are of the day's file, too.  1, 0, -1. */
static int
is_pending(const struct ev_leaves *leaves, int32_t day, struct ev_err *err)
{
	struct part p = { .leaves = leaves, .day = day, .judge = true };
	int r = read_file(&p, false, err);

	p.fresh = false;
	if (r >= 0)
		r = read_file(&p, true, err);
	return r == 1 ? p.fresh : r;
}

static int
read_day(const struct ev_leaves *leaves, int32_t day, struct ev_err *err)
{
	struct part p = { .leaves = leaves, .day = day };
	int r = is_pending(leaves, day, err);

	if (r == 1)
		r = read_file(&p, true, err);
	return r < 0 ? -1 : read_file(&p, false, err);
}

/* A name is of a day's file, or of a new one. */
static bool
is_of(const char *name, const char *end, int32_t *day)
{
	struct ev_slice date = { name, strcspn(name, ".") };

	return strcmp(name + date.n, end) == 0 && ev_part_parse(date, day) &&
	    *day != EV_PART_REJECTED;
}

static int
recover_day(const struct ev_leaves *leaves, int32_t day, struct ev_err *err)
{
	char name[EV_LEAVES_NAME];
	int r = is_pending(leaves, day, err);

	if (r == 1)
		return ev_leaves_settle(leaves->dir, day, err);
	ev_leaves_name(day, true, name);
	if (r == 0 && unlinkat(leaves->dir->priv, name, 0) < 0)
		r = ev_dir_fail(leaves->dir, "remove", name, err);
	return r;
}

static int
each(const struct ev_leaves *leaves, bool recover, struct ev_err *err)
{
	const struct ev_dir *dir = leaves->dir;
	char *path = ev_layout_join(dir->place->dir, dir->place->priv);
	struct dirent **entry;
	int i, n = scandir(path, &entry, NULL, alphasort), r = 0;
	int32_t day, last = EV_PART_REJECTED;

	free(path);
	if (n < 0)
		return errno == ENOENT ? 0 : ev_dir_fail(dir, "list", "", err);
	for (i = 0; i < n; i++) {
		if (r >= 0 &&
		    (is_of(entry[i]->d_name, NEW, &day) ||
			(!recover && is_of(entry[i]->d_name, END, &day))) &&
		    day != last && day >= leaves->from && day < leaves->to) {
			r = recover ? recover_day(leaves, day, err) :
				      read_day(leaves, day, err);
			last = day;
		}
		free(entry[i]);
	}
	free(entry);
	return r < 0 ? -1 : 0;
}

int
ev_leaves_read(const struct ev_leaves *leaves, struct ev_err *err)
{
	return each(leaves, false, err);
}

int
ev_leaves_recover(const struct ev_leaves *leaves, struct ev_err *err)
{
	return each(leaves, true, err);
}

int
ev_leaves_settle(const struct ev_dir *dir, int32_t day, struct ev_err *err)
{
	char from[EV_LEAVES_NAME], to[EV_LEAVES_NAME];

	ev_leaves_name(day, true, from);
	ev_leaves_name(day, false, to);
	if (renameat(dir->priv, from, dir->priv, to) < 0)
		return ev_dir_fail(dir, "make", to, err);
	return ev_dir_sync(dir, err);
}
