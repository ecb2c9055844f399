#include "stats/paths.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

#define EXAMPLES 3
#define EXAMPLE_MOST 60 /* bytes of its JSON text; longer ones are none */
#define KINDS (EV_ARRAY + 1)

static const char *const kind_name[KINDS] = { NULL, "null", "false", "true",
	"number", "string", "object", "array" };

/* The values of the least hashes: a sample that parts merge to. */
struct example {
	uint64_t hash;
	uint32_t n; /* 0: none */
	char text[EXAMPLE_MOST];
};

struct path {
	char *name;
	uint64_t kind[KINDS];
	struct example example[EXAMPLES];
};

struct ev_paths {
	struct ev_map *map; /* name -> number + 1 */
	struct path *path;
	size_t n;
	uint64_t more; /* values of paths beyond EV_PATHS_MOST */
};

struct ev_paths *
ev_paths_new(void)
{
	struct ev_paths *paths = ev_calloc(1, sizeof(*paths));

	paths->map = ev_map_new();
	return paths;
}

void
ev_paths_free(struct ev_paths *paths)
{
	size_t i;

	for (i = 0; i < paths->n; i++)
		free(paths->path[i].name);
	free(paths->path);
	ev_map_free(paths->map);
	free(paths);
}

/* The path of a name, or NULL: there are too many. */
static struct path *
path_at(struct ev_paths *paths, struct ev_slice name)
{
	uint64_t *at = ev_map_find(paths->map, name.p, name.n);

	if (at != NULL)
		return &paths->path[*at - 1];
	if (paths->n == EV_PATHS_MOST)
		return NULL;
	if ((paths->n & (paths->n - 1)) == 0)
		paths->path = ev_realloc(paths->path,
		    paths->n > 0 ? paths->n * 2 : 1, sizeof(*paths->path));
	paths->path[paths->n] =
	    (struct path){ .name = ev_memdup(name.p, name.n) };
	*ev_map_at(paths->map, name.p, name.n, NULL) = ++paths->n;
	return &paths->path[paths->n - 1];
}

static void
add_example(struct path *path, const struct example *more)
{
	struct example keep = *more, other;
	size_t i;

	for (i = 0; i < EXAMPLES && keep.n > 0; i++) {
		other = path->example[i];
		if (other.n > 0 && other.hash == keep.hash)
			return;
		if (other.n > 0 && other.hash < keep.hash)
			continue;
		path->example[i] = keep;
		keep = other;
	}
}

/* A value as an example, when it is a short one. */
static void
show(struct path *path, const struct ev_val *val)
{
	struct ev_slice raw = ev_val_raw(val);
	struct example example;

	if (raw.n > EXAMPLE_MOST)
		return;
	example.hash = ev_sip_open(raw.p, raw.n);
	example.n = (uint32_t)raw.n;
	memcpy(example.text, raw.p, raw.n);
	add_example(path, &example);
}

void
ev_paths_note(
    struct ev_paths *paths, struct ev_slice name, const struct ev_val *val)
{
	struct path *path = path_at(paths, name);

	if (path == NULL) {
		paths->more++;
		return;
	}
	path->kind[val->kind]++;
	if (val->kind == EV_NUMBER || val->kind == EV_STRING)
		show(path, val);
}

void
ev_paths_merge(struct ev_paths *paths, const struct ev_paths *more)
{
	const struct path *other;
	struct path *path;
	size_t i, k;

	paths->more += more->more;
	for (i = 0; i < more->n; i++) {
		other = &more->path[i];
		path = path_at(paths, ev_slice_of(other->name));
		for (k = 0; k < KINDS; k++) {
			if (path != NULL)
				path->kind[k] += other->kind[k];
			else
				paths->more += other->kind[k];
		}
		for (k = 0; path != NULL && k < EXAMPLES; k++)
			add_example(path, &other->example[k]);
	}
}

uint64_t
ev_paths_count(const struct ev_paths *paths, size_t at)
{
	const struct path *path = &paths->path[at];
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < KINDS; i++)
		count += path->kind[i];
	return count;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(
	    ((const struct path *)a)->name, ((const struct path *)b)->name);
}

void
ev_paths_kinds(const struct ev_paths *paths, size_t at, struct ev_buf *out)
{
	const struct path *path = &paths->path[at];
	const char *comma = "";
	size_t i;

	ev_buf_addc(out, '{');
	for (i = 0; i < KINDS; i++) {
		if (path->kind[i] == 0)
			continue;
		ev_buf_addf(out, "%s\"%s\":%" PRIu64, comma, kind_name[i],
		    path->kind[i]);
		comma = ",";
	}
	ev_buf_addc(out, '}');
}

void
ev_paths_examples(const struct ev_paths *paths, size_t at, struct ev_buf *out)
{
	const struct path *path = &paths->path[at];
	size_t i;

	ev_buf_addc(out, '[');
	for (i = 0; i < EXAMPLES && path->example[i].n > 0; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_buf_add(out, path->example[i].text, path->example[i].n);
	}
	ev_buf_addc(out, ']');
}

void
ev_paths_sort(struct ev_paths *paths)
{
	/* the map is of no use behind this */
	if (paths->n > 0)
		qsort(paths->path, paths->n, sizeof(*paths->path), by_name);
}

const char *
ev_paths_name(const struct ev_paths *paths, size_t at)
{
	return at < paths->n ? paths->path[at].name : NULL;
}

uint64_t
ev_paths_more(const struct ev_paths *paths)
{
	return paths->more;
}

void
ev_paths_save(const struct ev_paths *paths, struct ev_buf *out)
{
	size_t i;

	ev_buf_addf(out, "{\"more\":%" PRIu64 "}\n", paths->more);
	for (i = 0; i < paths->n; i++) {
		ev_buf_adds(out, "{\"path\":");
		ev_quote(out, ev_slice_of(paths->path[i].name));
		ev_buf_adds(out, ",\"kinds\":");
		ev_paths_kinds(paths, i, out);
		ev_buf_adds(out, ",\"examples\":");
		ev_paths_examples(paths, i, out);
		ev_buf_adds(out, "}\n");
	}
}

static bool
number_of(const struct ev_val *object, const char *name, uint64_t *out)
{
	struct ev_val val = ev_member_of(object, name);
	int64_t n = 0;

	if (val.kind != EV_NONE &&
	    (val.kind != EV_NUMBER || !ev_num_int(ev_val_slice(&val), &n) ||
		n < 0))
		return false;
	*out = (uint64_t)n;
	return true;
}

int
ev_paths_load(
    struct ev_paths *paths, const struct ev_val *line, struct ev_err *err)
{
	struct ev_val name = ev_member_of(line, "path"), examples, val;
	struct ev_val kinds = ev_member_of(line, "kinds");
	struct ev_buf text = EV_BUF_INIT;
	struct ev_walk walk;
	struct path *path;
	uint64_t n;
	size_t i;

	if (!number_of(line, "more", &n))
		return ev_fail(err, "a count is none");
	paths->more += n;
	if (name.kind == EV_NONE)
		return 0;
	ev_unquote(&text, &name);
	path = path_at(paths, ev_buf_slice(&text));
	ev_buf_clear(&text);
	for (i = 1; i < KINDS; i++) {
		if (!number_of(&kinds, kind_name[i], &n))
			return ev_fail(err, "a count is none");
		if (path != NULL)
			path->kind[i] += n;
		else
			paths->more += n;
	}
	examples = ev_member_of(line, "examples");
	ev_walk_begin(&walk, &examples);
	while (path != NULL && ev_walk_next(&walk, NULL, &val))
		show(path, &val);
	return 0;
}
