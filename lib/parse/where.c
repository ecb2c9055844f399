#include "parse/where.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "event/lex.h"

#define OPEN_MOST 64 /* directories entered and not left */
#define NAME_MOST 4096

struct ev_where {
	struct ev_buf root, dir; /* n == 0: not known */
	struct ev_buf open[OPEN_MOST];
	size_t count;
	struct ev_buf name, path; /* scratch */
};

/* Is it absolute, here or on Windows, or no file at all ("node:fs")? */
static bool
is_fixed(struct ev_slice file)
{
	size_t i;

	if (file.n == 0 || file.p[0] == '/' || file.p[0] == '\\' ||
	    file.p[0] == '<' || file.p[0] == '[')
		return true;
	for (i = 0; i < file.n && ev_is_letter(file.p[i]); i++)
		;
	return i > 0 && i < file.n && file.p[i] == ':';
}

/* Appends path, which begins with a slash, without "." and "..". */
static void
add_plain(struct ev_buf *out, struct ev_slice path)
{
	const char *p = path.p, *end = p + path.n, *from;
	size_t at = out->n;

	while (p < end) {
		while (p < end && *p == '/')
			p++;
		for (from = p; p < end && *p != '/';)
			p++;
		if (p == from || (p - from == 1 && *from == '.'))
			continue;
		if (p - from == 2 && from[0] == '.' && from[1] == '.') {
			while (out->n > at && out->p[--out->n] != '/')
				;
			continue;
		}
		ev_buf_addc(out, '/');
		ev_buf_add(out, from, (size_t)(p - from));
	}
}

static void
set_plain(struct ev_buf *out, const char *path)
{
	if (path != NULL && path[0] == '/')
		add_plain(out, ev_slice_of(path));
}

struct ev_where *
ev_where_new(const char *root, const char *dir)
{
	struct ev_where *where = ev_calloc(1, sizeof(*where));

	set_plain(&where->root, root);
	set_plain(&where->dir, dir != NULL ? dir : root);
	return where;
}

void
ev_where_free(struct ev_where *where)
{
	size_t i;

	if (where == NULL)
		return;
	for (i = 0; i < OPEN_MOST; i++)
		ev_buf_clear(&where->open[i]);
	ev_buf_clear(&where->root);
	ev_buf_clear(&where->dir);
	ev_buf_clear(&where->name);
	ev_buf_clear(&where->path);
	free(where);
}

/* The directory, absolute where that is known, into the scratch name. */
static void
read_dir(struct ev_where *where, struct ev_slice dir)
{
	ev_buf_reset(&where->path);
	if (!is_fixed(dir)) {
		ev_buf_addslice(&where->path, ev_buf_slice(&where->dir));
		ev_buf_addc(&where->path, '/');
	}
	ev_buf_addslice(&where->path, dir);
	ev_buf_reset(&where->name);
	add_plain(&where->name, ev_buf_slice(&where->path));
}

void
ev_where_enter(struct ev_where *where, struct ev_slice dir)
{
	struct ev_buf first = where->open[0];

	if (dir.n == 0 || dir.n > NAME_MOST)
		return;
	read_dir(where, dir);
	if (where->count == OPEN_MOST) {
		/* the oldest is given up */
		memmove(&where->open[0], &where->open[1],
		    (OPEN_MOST - 1) * sizeof(where->open[0]));
		where->open[OPEN_MOST - 1] = first;
		where->count--;
	}
	ev_buf_reset(&where->open[where->count]);
	ev_buf_addslice(
	    &where->open[where->count++], ev_buf_slice(&where->name));
}

void
ev_where_leave(struct ev_where *where, struct ev_slice dir)
{
	struct ev_buf gone;
	size_t i;

	read_dir(where, dir);
	for (i = where->count; i-- > 0;) {
		if (!ev_slice_eq(ev_buf_slice(&where->open[i]),
			ev_buf_slice(&where->name)))
			continue;
		gone = where->open[i];
		memmove(&where->open[i], &where->open[i + 1],
		    (where->count - i - 1) * sizeof(gone));
		where->open[--where->count] = gone;
		return;
	}
}

/* dir/file into the scratch path; true when it is there. */
static bool
try_dir(struct ev_where *where, struct ev_slice dir, struct ev_slice file)
{
	struct ev_buf *join = &where->name;

	ev_buf_reset(join);
	ev_buf_addslice(join, dir);
	ev_buf_addc(join, '/');
	ev_buf_addslice(join, file);
	ev_buf_reset(&where->path);
	add_plain(&where->path, ev_buf_slice(join));
	return access(ev_buf_str(&where->path), F_OK) == 0;
}

/* The path of a relative name into the scratch path. */
static void
find_relative(struct ev_where *where, struct ev_slice file)
{
	size_t i;

	for (i = where->count; i-- > 0 && where->count > 1;)
		if (try_dir(where, ev_buf_slice(&where->open[i]), file))
			return;
	try_dir(where,
	    ev_buf_slice(where->count > 0 ? &where->open[where->count - 1] :
					    &where->dir),
	    file);
}

/* Decodes the name in a file: URL, in place. */
static struct ev_slice
read_url(struct ev_buf *name, struct ev_slice url)
{
	static const char hex[] = "0123456789abcdef";
	const char *p = url.p, *end = p + url.n, *a, *b;

	ev_buf_reset(name);
	for (; p < end; p++) {
		a = end - p > 2 && *p == '%' ? strchr(hex, p[1] | 0x20) : NULL;
		b = a != NULL ? strchr(hex, p[2] | 0x20) : NULL;
		if (a == NULL || b == NULL || (a == hex && b == hex)) {
			ev_buf_addc(name, *p);
			continue;
		}
		ev_buf_addc(name, (char)((a - hex) << 4 | (b - hex)));
		p += 2;
	}
	return ev_buf_slice(name);
}

void
ev_where_file(struct ev_where *where, struct ev_buf *out, struct ev_slice file)
{
	struct ev_slice path, root = ev_buf_slice(&where->root);
	struct ev_buf url = EV_BUF_INIT;

	if (ev_slice_starts(file, "file://")) {
		file.p += 7;
		file.n -= 7;
		file = read_url(&url, file);
	}
	ev_buf_reset(&where->path);
	if (file.n > NAME_MOST || (is_fixed(file) && file.p[0] != '/')) {
		ev_buf_addslice(&where->path, file);
	} else if (file.p[0] == '/') {
		add_plain(&where->path, file);
	} else {
		find_relative(where, file);
		/* nothing is known of where: the name without "./" */
		if (where->count == 0 && where->dir.n == 0)
			memmove(
			    where->path.p, where->path.p + 1, --where->path.n);
	}
	path = ev_buf_slice(&where->path);
	if (root.n > 0 && path.n > root.n + 1 && path.p[root.n] == '/' &&
	    memcmp(path.p, root.p, root.n) == 0) {
		path.p += root.n + 1;
		path.n -= root.n + 1;
	}
	ev_buf_addslice(out, path);
	ev_buf_clear(&url);
}
