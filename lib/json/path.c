#include "json/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

static const char escaped[] = { '.', '[', '\\', ',', '=', ' ' };

static struct ev_step *
step_new(struct ev_path *path)
{
	path->step =
	    ev_realloc(path->step, path->count + 1, sizeof(*path->step));
	return &path->step[path->count++];
}

/* Reads a key up to a bare "." or "[" into *key (reset first). */
static int
read_key(
    const char **at, const char *end, struct ev_buf *key, struct ev_err *err)
{
	const char *p = *at;

	ev_buf_reset(key);
	for (; p < end && *p != '.' && *p != '['; p++) {
		if (*p == '\\') {
			p++;
			if (p == end ||
			    memchr(escaped, *p, sizeof(escaped)) == NULL)
				return ev_fail(err,
				    "a backslash before other than one of "
				    ". [ \\ , = and a blank");
		}
		ev_buf_addc(key, *p);
	}
	*at = p;
	if (key->n == 0)
		return ev_fail(err, "an empty key");
	return 0;
}

/* Reads a key and every "[]" behind it. */
static int
read_part(struct ev_path *path, const char **at, const char *end,
    struct ev_buf *key, struct ev_err *err)
{
	struct ev_step *step;
	const char *p;

	if (read_key(at, end, key, err) < 0)
		return -1;
	step = step_new(path);
	step->key = ev_memdup(key->p, key->n);
	step->n = key->n;
	for (p = *at; p < end && *p == '['; p += 2) {
		if (end - p < 2 || p[1] != ']')
			return ev_fail(err, "a lone [");
		*step_new(path) = (struct ev_step){ NULL, 0 };
	}
	*at = p;
	if (p < end && *p != '.')
		return ev_fail(err, "no dot behind []");
	if (path->count > EV_PATH_STEPS)
		return ev_fail(err, "more than %d steps", EV_PATH_STEPS);
	return 0;
}

int
ev_path_parse(struct ev_path *path, struct ev_slice text, struct ev_err *err)
{
	const char *p = text.p, *end = p + text.n;
	struct ev_buf key = EV_BUF_INIT;
	struct ev_err why;
	int r;

	*path = (struct ev_path)EV_PATH_INIT;
	if (!ev_utf8_valid(text.p, text.n))
		return ev_fail(
		    err, "path '%.*s': not UTF-8", (int)text.n, text.p);
	for (;;) {
		r = read_part(path, &p, end, &key, &why);
		if (r < 0 || p == end)
			break;
		p++;
	}
	ev_buf_clear(&key);
	if (r < 0) {
		ev_path_clear(path);
		ev_fail(err, "path '%.*s': %s", (int)text.n, text.p, why.text);
	}
	return r;
}

void
ev_path_clear(struct ev_path *path)
{
	size_t i;

	for (i = 0; i < path->count; i++)
		free(path->step[i].key);
	free(path->step);
	*path = (struct ev_path)EV_PATH_INIT;
}
