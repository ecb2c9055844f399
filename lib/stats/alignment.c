#include "stats/alignment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "json/quote.h"
#include "json/strict.h"
#include "json/walk.h"
#include "store/guard.h"
#include "store/layout.h"

#define NAME "archetypes.json"
#define FILE_MOST (1u << 20) /* bytes of it */

struct ev_alignment {
	struct ev_map *pair; /* archetype, NUL, skill */
};

/* The pairs of GOVERN's examples. */
static const char *const builtin[][2] = {
	{ "jarvis", "system-integration" },
	{ "jarvis", "diagnostic-reasoning" },
	{ "meridian", "deployment-orchestration" },
};

/* Strict JSON has no NUL in its strings. */
static void
put_key(struct ev_buf *key, struct ev_slice archetype, struct ev_slice skill)
{
	ev_buf_addslice(key, archetype);
	ev_buf_addc(key, '\0');
	ev_buf_addslice(key, skill);
}

static void
add(struct ev_alignment *alignment, struct ev_slice archetype,
    struct ev_slice skill)
{
	struct ev_buf key = EV_BUF_INIT;

	put_key(&key, archetype, skill);
	*ev_map_at(alignment->pair, key.p, key.n, NULL) = 1;
	ev_buf_clear(&key);
}

static int
add_skills(struct ev_alignment *alignment, const struct ev_val *name,
    const struct ev_val *list, struct ev_err *err)
{
	struct ev_buf archetype = EV_BUF_INIT, text = EV_BUF_INIT;
	struct ev_walk walk;
	struct ev_val skill;
	int r = 0;

	ev_buf_addslice(&archetype, ev_val_text(name, &text));
	if (list->kind != EV_ARRAY)
		r = ev_fail(err, "\"%.*s\" is not an array of skills",
		    (int)archetype.n, ev_buf_str(&archetype));
	ev_walk_begin(&walk, list);
	while (r == 0 && ev_walk_next(&walk, NULL, &skill)) {
		if (skill.kind != EV_STRING)
			r = ev_fail(err, "a skill of \"%.*s\" is not a text",
			    (int)archetype.n, ev_buf_str(&archetype));
		else
			add(alignment, ev_buf_slice(&archetype),
			    ev_val_text(&skill, &text));
	}
	ev_buf_clear(&archetype);
	ev_buf_clear(&text);
	return r;
}

static int
add_file(struct ev_alignment *alignment, const struct ev_val *file,
    struct ev_err *err)
{
	struct ev_walk walk;
	struct ev_val name, list;

	if (file->kind != EV_OBJECT)
		return ev_fail(err, "not a JSON object");
	if (ev_strict(file, err) != 0)
		return -1;
	ev_walk_begin(&walk, file);
	while (ev_walk_next(&walk, &name, &list))
		if (add_skills(alignment, &name, &list, err) != 0)
			return -1;
	return 0;
}

/* The scanner wants one line. */
static int
read_text(
    struct ev_alignment *alignment, struct ev_buf *text, struct ev_err *err)
{
	enum ev_scan result;
	struct ev_val val;
	size_t i, n = text->n;

	for (i = 0; i < n; i++)
		if (text->p[i] == '\n')
			text->p[i] = ' ';
	ev_buf_reserve(text, EV_SCAN_PAD);
	memset(text->p + n, 0, EV_SCAN_PAD);
	result = ev_scan_value(text->p, n, &val, NULL);
	if (result != EV_SCAN_OK)
		return ev_fail(err, "%s", ev_scan_word(result));
	return add_file(alignment, &val, err);
}

static int
read_file(struct ev_alignment *alignment, int fd, const char *shown,
    struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_err why;
	int r = ev_read_fd(fd, &text, FILE_MOST, shown, err);

	if (r == 0 && read_text(alignment, &text, &why) != 0)
		r = ev_fail(err, "cannot use '%s': %s", shown, why.text);
	ev_buf_clear(&text);
	return r;
}

/* 1, 0: the store says nothing, -1. */
static int
read_place(
    struct ev_alignment *alignment, struct ev_place *place, struct ev_err *err)
{
	int dir = ev_guard_place(place, NULL), fd, r = 0;
	char *name, *shown;
	struct stat st;

	if (dir < 0)
		return 0;
	name = ev_layout_join(place->priv, NAME);
	shown = ev_place_shown(place, name);
	fd = ev_guard_open_stat(dir, name, O_RDONLY, 0, &st);
	if (fd >= 0)
		r = read_file(alignment, fd, shown, err) == 0 ? 1 : -1;
	else if (errno != ENOENT && errno != ENOTDIR)
		r = ev_guard_fail(shown, err);
	if (fd >= 0)
		close(fd);
	free(shown);
	free(name);
	return r;
}

struct ev_alignment *
ev_alignment_new(struct ev_place *place, struct ev_err *err)
{
	struct ev_alignment *alignment = ev_calloc(1, sizeof(*alignment));
	int r;
	size_t i;

	alignment->pair = ev_map_new();
	r = place == NULL ? 0 : read_place(alignment, place, err);
	for (i = 0; r == 0 && i < sizeof(builtin) / sizeof(builtin[0]); i++)
		add(alignment, ev_slice_of(builtin[i][0]),
		    ev_slice_of(builtin[i][1]));
	if (r >= 0)
		return alignment;
	ev_alignment_free(alignment);
	return NULL;
}

void
ev_alignment_free(struct ev_alignment *alignment)
{
	if (alignment == NULL)
		return;
	ev_map_free(alignment->pair);
	free(alignment);
}

bool
ev_alignment_has(const struct ev_alignment *alignment,
    struct ev_slice archetype, struct ev_slice skill)
{
	struct ev_buf key = EV_BUF_INIT;
	bool has;

	put_key(&key, archetype, skill);
	has = ev_map_find(alignment->pair, key.p, key.n) != NULL;
	ev_buf_clear(&key);
	return has;
}
