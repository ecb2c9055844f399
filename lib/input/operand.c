#include "input/operand.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/layout.h"
#include "store/part.h"
#include "store/place.h"
#include "store/segment.h"

/* Appends an operand; name and log become the list's. */
static void
add(struct ev_operands *operands, char *name, char *log)
{
	operands->list = ev_realloc(
	    operands->list, operands->count + 1, sizeof(*operands->list));
	operands->list[operands->count++] = (struct ev_operand){ name, log };
}

static void
add_store(struct ev_operands *operands, const struct ev_place *place)
{
	add(operands, ev_strdup(place->shown),
	    ev_layout_join(place->dir, place->log));
}

static int
add_found(struct ev_operands *operands, const char *store, struct ev_err *err)
{
	struct ev_place place = EV_PLACE_INIT;
	int r = ev_place_find(&place, store, false, err);

	if (r == 0)
		add_store(operands, &place);
	ev_place_clear(&place);
	return r;
}

static int
is_log(const struct dirent *entry)
{
	static const char *const ends[] = { ".jsonl", ".jsonl.gz",
		".jsonl.zst" };
	size_t n = strlen(entry->d_name), m, i;

	if (entry->d_name[0] == '.')
		return 0;
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		m = strlen(ends[i]);
		if (n > m && strcmp(entry->d_name + n - m, ends[i]) == 0)
			return 1;
	}
	return 0;
}

/* Other things than files are nobody's log: a FIFO would hang.  What cannot be
 * looked at is left for its opening to tell. */
static bool
is_other(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool
is_there(const struct ev_operands *operands, const char *name)
{
	size_t i;

	for (i = 0; i < operands->count; i++)
		if (operands->list[i].log != NULL &&
		    strcmp(operands->list[i].name, name) == 0)
			return true;
	return false;
}

/* A segment is read with the store's log that it is of. */
static bool
add_whole(struct ev_operands *operands, const char *path)
{
	struct ev_place place = EV_PLACE_INIT;
	char *log = ev_segment_of(path);
	bool is = log != NULL &&
	    (is_there(operands, log) || ev_place_of_file(&place, log) == 1);

	if (is && !is_there(operands, log))
		add_store(operands, &place);
	ev_place_clear(&place);
	free(log);
	return is;
}

/* 2026-01-06.jsonl, packed or not */
static bool
is_day(const char *name)
{
	const char *end = strstr(name, ".jsonl");
	int32_t day;

	return end != NULL &&
	    ev_part_parse(
		(struct ev_slice){ name, (size_t)(end - name) }, &day) &&
	    day != EV_PART_REJECTED;
}

/* feed.jsonl, or one that was put aside: feed.3.jsonl */
static bool
is_feed(const char *name)
{
	return strncmp(name, "feed.", 5) == 0;
}

static int
add_logs(struct ev_operands *operands, const char *dir, struct ev_err *err)
{
	size_t before = operands->count;
	struct dirent **entries;
	int i, count = scandir(dir, &entries, is_log, by_bytes);
	bool days = false;
	char *path;

	if (count < 0)
		return ev_fail_errno(err, "cannot read '%s'", dir);
	for (i = 0; i < count; i++)
		days |= is_day(entries[i]->d_name);
	for (i = 0; i < count; i++) {
		path = ev_layout_join(dir, entries[i]->d_name);
		if (is_other(path) || is_there(operands, path) ||
		    (days && is_feed(entries[i]->d_name)) ||
		    add_whole(operands, path))
			free(path);
		else
			add(operands, path, NULL);
		free(entries[i]);
	}
	free(entries);
	if (operands->count == before)
		return ev_fail(err, "no event log in '%s'", dir);
	return 0;
}

/* The store in it, also one that is refused, else its logs. */
static int
add_dir(struct ev_operands *operands, const char *dir, struct ev_err *err)
{
	const struct ev_spot *spot;

	if (ev_spot_in(dir, ev_spots_named, NULL, &spot, NULL) == 1)
		return add_found(operands, dir, err);
	return add_logs(operands, dir, err);
}

static int
add_path(struct ev_operands *operands, const char *path, struct ev_err *err)
{
	struct ev_place place = EV_PLACE_INIT;
	struct stat st;

	if (stat(path, &st) < 0)
		return ev_fail_errno(err, "cannot open '%s'", path);
	if (S_ISDIR(st.st_mode))
		return add_dir(operands, path, err);
	if (S_ISREG(st.st_mode) && ev_place_of_file(&place, path) == 1)
		add_store(operands, &place);
	else
		add(operands, ev_strdup(path), NULL);
	ev_place_clear(&place);
	return 0;
}

static int
add_stdin(struct ev_operands *operands, struct ev_err *err)
{
	size_t i;

	for (i = 0; i < operands->count; i++)
		if (strcmp(operands->list[i].name, "-") == 0)
			return ev_fail(err,
			    "standard input ('-') can be read "
			    "only once");
	add(operands, ev_strdup("-"), NULL);
	return 0;
}

int
ev_operands_find(struct ev_operands *operands, char *const *args, size_t n,
    const char *store, struct ev_err *err)
{
	size_t i;
	int r = 0;

	*operands = (struct ev_operands)EV_OPERANDS_INIT;
	if (n == 0)
		r = add_found(operands, store, err);
	for (i = 0; i < n && r == 0; i++)
		r = strcmp(args[i], "-") == 0 ?
		    add_stdin(operands, err) :
		    add_path(operands, args[i], err);
	if (r < 0)
		ev_operands_clear(operands);
	return r;
}

void
ev_operands_clear(struct ev_operands *operands)
{
	size_t i;

	for (i = 0; i < operands->count; i++) {
		free(operands->list[i].name);
		free(operands->list[i].log);
	}
	free(operands->list);
	*operands = (struct ev_operands)EV_OPERANDS_INIT;
}
