#include "tail/aside.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"

#define FEED "feed.jsonl"

struct file {
	uint64_t number;
	ino_t ino;
};

struct files {
	struct file *v; /* by number */
	size_t n;
};

struct ev_aside {
	struct ev_buf dir;   /* with its slash, or "" */
	struct ev_buf path;  /* that was given */
	struct files before; /* the feed */
};

struct ev_aside *
ev_aside_new(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	struct ev_aside *aside;

	if (strcmp(name, FEED) != 0)
		return NULL;
	aside = ev_calloc(1, sizeof(*aside));
	ev_buf_add(&aside->dir, path, (size_t)(name - path));
	return aside;
}

void
ev_aside_free(struct ev_aside *aside)
{
	if (aside == NULL)
		return;
	ev_buf_clear(&aside->dir);
	ev_buf_clear(&aside->path);
	free(aside->before.v);
	free(aside);
}

static void
set_path(struct ev_aside *aside, uint64_t number)
{
	ev_buf_reset(&aside->path);
	ev_buf_adds(&aside->path, ev_buf_str(&aside->dir));
	ev_buf_addf(&aside->path, "feed.%" PRIu64 ".jsonl", number);
}

static int
by_number(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

static void
take(struct ev_aside *aside, const char *name, struct files *files)
{
	struct file one;
	struct stat st;

	if (sscanf(name, "feed.%" SCNu64 ".jsonl", &one.number) != 1)
		return;
	set_path(aside, one.number);
	if (strcmp(ev_buf_str(&aside->path) + aside->dir.n, name) != 0 ||
	    lstat(ev_buf_str(&aside->path), &st) == -1 || !S_ISREG(st.st_mode))
		return;
	one.ino = st.st_ino;
	files->v = ev_realloc(files->v, files->n + 1, sizeof(one));
	files->v[files->n++] = one;
}

static void
list(struct ev_aside *aside, struct files *files)
{
	DIR *dir = opendir(aside->dir.n > 0 ? ev_buf_str(&aside->dir) : ".");
	const struct dirent *entry;

	*files = (struct files){ NULL, 0 };
	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		take(aside, entry->d_name, files);
	closedir(dir);
	if (files->n > 1)
		qsort(files->v, files->n, sizeof(*files->v), by_number);
}

void
ev_aside_begin(struct ev_aside *aside)
{
	free(aside->before.v);
	list(aside, &aside->before);
}

static size_t
find(const struct files *files, ino_t ino)
{
	size_t i;

	for (i = 0; i < files->n && files->v[i].ino != ino; i++)
		continue;
	return i;
}

const char *
ev_aside_next(struct ev_aside *aside, ino_t ino, bool *gap)
{
	const struct files *before = &aside->before;
	uint64_t number = 1;
	struct files now;
	size_t i;
	bool is;

	list(aside, &now);
	i = find(&now, ino);
	if (i < now.n) {
		number = now.v[i++].number;
	} else {
		/* it went, too: it would have been the next */
		if (before->n > 0)
			number = before->v[before->n - 1].number + 1;
		for (i = 0;
		     i < now.n && find(before, now.v[i].ino) < before->n;)
			i++;
	}
	is = i < now.n;
	if (is) {
		set_path(aside, now.v[i].number);
		*gap = now.v[i].number != number + 1;
	}
	free(now.v);
	return is ? ev_buf_str(&aside->path) : NULL;
}
