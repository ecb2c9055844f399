#include "history/blame.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "git/run.h"
#include "history/blob.h"

/* A commit, and where its parents begin among the places of all parents. */
struct step {
	struct ev_slice hash;
	size_t first, parents;
};

struct ev_blame {
	char *path;
	struct ev_buf text; /* what git listed; hashes point into it */
	struct step *step;
	size_t steps;
	struct ev_slice *parent; /* of all steps */
	size_t count;
	struct ev_map *index; /* hash to 1 + number of its step */
	struct ev_buf blob;
};

static struct ev_slice
take_word(struct ev_slice *line)
{
	const char *end = memchr(line->p, ' ', line->n);
	struct ev_slice word = *line;

	if (end != NULL)
		word.n = (size_t)(end - line->p);
	line->p += word.n + (end != NULL);
	line->n -= word.n + (end != NULL);
	return word;
}

/* "HASH PARENT ..." per line. */
static void
read_list(struct ev_blame *o)
{
	struct ev_slice text = ev_buf_slice(&o->text), line, word;
	struct step *s;

	while (ev_blob_line(&text, &line)) {
		if ((o->steps & (o->steps + 1)) == 0)
			o->step = ev_realloc(
			    o->step, 2 * (o->steps + 1), sizeof(*o->step));
		s = &o->step[o->steps++];
		*s = (struct step){ take_word(&line), o->count, 0 };
		*ev_map_at(o->index, s->hash.p, s->hash.n, NULL) = o->steps;
		while ((word = take_word(&line)).n > 0) {
			if ((o->count & (o->count + 1)) == 0)
				o->parent = ev_realloc(o->parent,
				    2 * (o->count + 1), sizeof(*o->parent));
			o->parent[o->count++] = word;
			s->parents++;
		}
	}
}

struct ev_blame *
ev_blame_new(const char *path, struct ev_err *err)
{
	const char *const args[] = { "--literal-pathspecs", "rev-list",
		"--topo-order", "--full-history", "--parents", "HEAD", "--",
		path, NULL };
	struct ev_blame *o = ev_calloc(1, sizeof(*o));

	o->path = ev_strdup(path);
	o->index = ev_map_new();
	if (ev_git_ask(args, 0, &o->text, err) == -1) {
		ev_blame_free(o);
		return NULL;
	}
	read_list(o);
	return o;
}

void
ev_blame_free(struct ev_blame *o)
{
	free(o->path);
	free(o->step);
	free(o->parent);
	ev_map_free(o->index);
	ev_buf_clear(&o->text);
	ev_buf_clear(&o->blob);
	free(o);
}

/* Has the log the line there?  1, 0, -1. */
static int
has(struct ev_blame *o, size_t i, struct ev_slice line, struct ev_err *err)
{
	char *hash = ev_memdup(o->step[i].hash.p, o->step[i].hash.n);
	int r = ev_blob_read(hash, o->path, &o->blob, err);

	free(hash);
	return r == 1 ? ev_blob_has(ev_buf_slice(&o->blob), line) : r;
}

/* The number of a parent's step; steps: it is not in the list. */
static size_t
parent_of(const struct ev_blame *o, size_t i, size_t which)
{
	struct ev_slice hash = o->parent[o->step[i].first + which];
	const uint64_t *at = ev_map_find(o->index, hash.p, hash.n);

	return at != NULL ? (size_t)*at - 1 : o->steps;
}

/* From step i back along single parents: the row's steps, malloced. */
static size_t *
row_of(const struct ev_blame *o, size_t i, size_t *n)
{
	size_t *row = ev_realloc(NULL, 1, sizeof(*row)), cap = 1;

	row[0] = i;
	for (*n = 1; o->step[i].parents == 1; (*n)++) {
		i = parent_of(o, i, 0);
		if (i == o->steps)
			break;
		if (*n == cap) {
			cap *= 2;
			row = ev_realloc(row, cap, sizeof(*row));
		}
		row[*n] = i;
	}
	return row;
}

/* The last step of a row, of which the first has the line, that has it. */
static int
last_with(struct ev_blame *o, const size_t *row, size_t n, struct ev_slice line,
    size_t *at, struct ev_err *err)
{
	size_t low = 0, high = n, middle = n - 1;
	int r;

	/* most lines are old: the row's end is asked first */
	while (high - low > 1) {
		r = has(o, row[middle], line, err);
		if (r == -1)
			return -1;
		if (r == 1)
			low = middle;
		else
			high = middle;
		middle = low + (high - low) / 2;
	}
	*at = low;
	return 0;
}

/* The first parent of a step that has the line; steps: none. */
static int
bearer(struct ev_blame *o, size_t i, struct ev_slice line, size_t *parent,
    struct ev_err *err)
{
	size_t which;
	int r = 0;

	for (which = 0; r == 0 && which < o->step[i].parents; which++) {
		*parent = parent_of(o, i, which);
		if (*parent < o->steps)
			r = has(o, *parent, line, err);
	}
	if (r == 0)
		*parent = o->steps;
	return r == -1 ? -1 : 0;
}

int
ev_blame_find(struct ev_blame *o, struct ev_slice line, struct ev_buf *hash,
    struct ev_err *err)
{
	size_t i = 0, n, at = 0, *row;
	int r;

	if (o->steps == 0)
		return 0;
	r = has(o, 0, line, err);
	while (r == 1) {
		row = row_of(o, i, &n);
		if (last_with(o, row, n, line, &at, err) == -1)
			r = -1;
		i = row[at];
		free(row);
		if (r == -1 || at + 1 < n)
			break;
		/* the row's end, a merge or a first commit, has it, too */
		at = i;
		if (bearer(o, at, line, &i, err) == -1)
			r = -1;
		if (r == 1 && i == o->steps) {
			i = at;
			break;
		}
	}
	if (r == 1)
		ev_buf_addslice(hash, o->step[i].hash);
	return r;
}
