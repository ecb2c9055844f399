#include "store/segment.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static const char suffix[] = ".jsonl";

/* A log's name is `stem` bytes and what it gives back. */
static const char *
split(const char *log, size_t *stem)
{
	size_t n = strlen(log), m = sizeof(suffix) - 1;

	*stem = n > m && strcmp(log + n - m, suffix) == 0 ? n - m : n;
	return log + *stem;
}

char *
ev_segment_name(const char *log, uint64_t from, uint64_t end)
{
	size_t stem, size = strlen(log) + sizeof(".-") + (size_t)2 * 20;
	const char *rest = split(log, &stem);
	char *name = ev_malloc(size);

	snprintf(name, size, "%.*s.%" PRIu64 "-%" PRIu64 "%s", (int)stem, log,
	    from, end, rest);
	return name;
}

/* Digits without a zero in front; where they end, NULL: there are none. */
static const char *
parse_offset(const char *p, uint64_t *out)
{
	const char *start = p;
	uint64_t value = 0;

	for (; *p >= '0' && *p <= '9'; p++) {
		if (value > (INT64_MAX - 9) / 10)
			return NULL;
		value = value * 10 + (uint64_t)(*p - '0');
	}
	*out = value;
	return p == start || (*start == '0' && p != start + 1) ? NULL : p;
}

bool
ev_segment_parse(
    const char *log, const char *name, uint64_t *from, uint64_t *end)
{
	size_t stem;
	const char *rest = split(log, &stem), *p = name + stem;

	if (strncmp(name, log, stem) != 0 || *p != '.')
		return false;
	p = parse_offset(p + 1, from);
	if (p == NULL || *p != '-')
		return false;
	p = parse_offset(p + 1, end);
	return p != NULL && strcmp(p, rest) == 0 && *from < *end;
}

char *
ev_segment_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *rest, *dot;
	const char *name = slash != NULL ? slash + 1 : path;
	uint64_t from, end;
	size_t stem;
	char *log;

	rest = split(name, &stem);
	dot = memrchr(name, '.', stem);
	if (dot == NULL)
		return NULL;
	log = ev_malloc(strlen(path) + 1);
	memcpy(log, path, (size_t)(dot - path));
	memcpy(log + (dot - path), rest, strlen(rest) + 1);
	if (ev_segment_parse(log + (name - path), name, &from, &end))
		return log;
	free(log);
	return NULL;
}

static int
compare(const void *one, const void *two)
{
	const struct ev_segment *a = one, *b = two;

	bool whole = a->size >= a->end - a->from;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (whole != (b->size >= b->end - b->from))
		return whole ? -1 : 1;
	return a->end > b->end ? -1 : 1; /* they have not one name */
}

/* Adds what has this name.  0, or -1 with errno. */
static int
take(DIR *stream, const char *log, const char *name, struct ev_segment **list,
    size_t *count)
{
	struct ev_segment one;
	struct stat st;

	if (!ev_segment_parse(log, name, &one.from, &one.end))
		return 0;
	if (fstatat(dirfd(stream), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	if (!S_ISREG(st.st_mode))
		return 0;
	one.size = (uint64_t)st.st_size;
	one.dev = st.st_dev;
	one.ino = st.st_ino;
	/* room for 16 more whenever the last 16 are used up */
	if (*count % 16 == 0)
		*list = ev_realloc(*list, *count + 16, sizeof(one));
	(*list)[(*count)++] = one;
	return 0;
}

static int
read_all(int dir, const char *log, struct ev_segment **list, size_t *count)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int r = 0, saved;

	*list = NULL;
	*count = 0;
	if (stream == NULL) {
		saved = errno;
		if (fd >= 0)
			close(fd);
		errno = saved;
		return saved == EACCES ? 0 : -1;
	}
	while (r == 0) {
		errno = 0;
		entry = readdir(stream);
		if (entry == NULL) {
			r = errno != 0 ? -1 : 1;
			break;
		}
		r = take(stream, log, entry->d_name, list, count);
	}
	saved = errno;
	closedir(stream);
	if (r < 0) {
		free(*list);
		*list = NULL;
		*count = 0;
		errno = saved;
		return -1;
	}
	if (*count > 1)
		qsort(*list, *count, sizeof(**list), compare);
	return 0;
}

/* Is there a piece that none of them has? */
static bool
has_hole(const struct ev_segment *list, size_t count)
{
	uint64_t at = 0;
	size_t i;

	for (i = 0; i < count && list[i].from <= at; i++)
		if (list[i].end > at)
			at = list[i].end;
	return i < count;
}

int
ev_segment_list(
    int dir, const char *log, struct ev_segment **list, size_t *count)
{
	size_t before = SIZE_MAX;
	int r;

	/* of names that come while a directory is read some may be missed, and
	 * later ones not */
	for (*list = NULL, *count = 0;; before = *count) {
		free(*list);
		r = read_all(dir, log, list, count);
		if (r < 0 || *count == before || !has_hole(*list, *count))
			return r;
	}
}
