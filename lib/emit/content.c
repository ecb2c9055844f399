#include "emit/content.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "emit/assign.h"
#include "emit/raw.h"
#include "json/walk.h"

/* Puts a value at NAME, or at OBJECT.NAME. */
static int
put(struct ev_content *c, struct ev_slice object, struct ev_slice name,
    struct ev_slice raw, bool push, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_path path = EV_PATH_INIT;
	struct ev_err why;
	int r;

	ev_buf_addslice(&text, object);
	if (object.n > 0)
		ev_buf_addc(&text, '.');
	ev_buf_addslice(&text, name);
	r = ev_path_parse(&path, ev_buf_slice(&text), &why);
	if (r == 0 && push)
		r = ev_doc_push(c->doc, &path, raw, &why);
	else if (r == 0)
		r = ev_doc_set(c->doc, &path, raw, &why);
	if (r == -1)
		ev_fail(err, "%.*s: %s", (int)name.n, name.p, why.text);
	ev_path_clear(&path);
	ev_buf_clear(&text);
	return r;
}

static int
put_options(struct ev_content *c, struct ev_err *err)
{
	const struct ev_slice top = { NULL, 0 };
	struct ev_slice type = ev_slice_of(c->type), raw;
	struct ev_target target;
	enum ev_say option;
	int r;

	for (option = 0; option < EV_SAYS; option++) {
		raw = ev_given_for(c->given, c->shape, option);
		if (raw.n == 0)
			continue;
		target = ev_shape_target(c->shape, option, type);
		if (target.inner == NULL)
			r = put(c, top, target.member, raw, false, err);
		else
			r = put(c, target.member, ev_slice_of(target.inner),
			    raw, false, err);
		if (r == -1)
			return -1;
	}
	return 0;
}

/* GEP's blast_radius is what the commit changed. */
static int
put_blast_radius(
    struct ev_content *c, const struct ev_commit *commit, struct ev_err *err)
{
	const struct ev_slice name = EV_SLICE_INIT("blast_radius");
	const struct ev_slice top = { NULL, 0 };
	struct ev_buf json = EV_BUF_INIT;
	int r;

	if (commit == NULL || !commit->counted ||
	    ev_shape_named(c->shape, name) == NULL)
		return 0;
	ev_buf_addf(&json, "{\"files\":%" PRIu64 ",\"lines\":%" PRIu64 "}",
	    commit->files, commit->insertions + commit->deletions);
	r = put(c, top, name, ev_buf_slice(&json), false, err);
	ev_buf_clear(&json);
	return r;
}

/* Each member of a JSON object, which is cleared. */
static int
put_members(struct ev_content *c, struct ev_slice object, struct ev_buf *json,
    struct ev_err *err)
{
	struct ev_val key, val, root = ev_raw_val(ev_buf_slice(json));
	struct ev_walk walk;
	int r = 0;

	ev_walk_begin(&walk, &root);
	while (r == 0 && ev_walk_next(&walk, &key, &val))
		r = put(c, object, ev_val_slice(&key), ev_val_raw(&val), false,
		    err);
	ev_buf_clear(json);
	return r;
}

/* What became of the command; what options and fields say comes after it. */
static int
put_ran(struct ev_content *c, struct ev_err *err)
{
	const struct ev_slice top = { NULL, 0 };
	struct ev_buf json = EV_BUF_INIT;

	if (c->given->ran == NULL)
		return 0;
	ev_said_ran_json(c->given->ran, c->shape, &json);
	return put_members(c, top, &json, err);
}

/* The commit's data, where a dialect has them. */
static int
put_commit(struct ev_content *c, struct ev_err *err)
{
	struct ev_buf json = EV_BUF_INIT;

	if (c->given->git == NULL)
		return 0;
	ev_said_commit_json(c->given->git, c->shape->dialect, &json);
	if (put_members(c, ev_slice_of(c->shape->home), &json, err) == -1)
		return -1;
	return put_blast_radius(c, c->given->git->commit, err);
}

/* Does a field's path begin with a name that the dialect knows at the top? */
static int
known_at_top(
    const struct ev_content *c, struct ev_slice name, struct ev_err *err)
{
	struct ev_path path = EV_PATH_INIT;
	struct ev_slice first;
	size_t i;
	int r;

	if (ev_path_parse(&path, name, err) == -1)
		return -1;
	for (i = 0, r = 0; i < path.count && r == 0; i++)
		if (path.step[i].key == NULL)
			r = ev_fail(err,
			    "%.*s: [] names no one place "
			    "(FIELD+=TEXT adds to an array)",
			    (int)name.n, name.p);
	if (r == 0) {
		first = (struct ev_slice){ path.step[0].key, path.step[0].n };
		r = ev_shape_named(c->shape, first) != NULL;
	}
	ev_path_clear(&path);
	return r;
}

static int
put_fields(
    struct ev_content *c, char *const *fields, size_t count, struct ev_err *err)
{
	const char *payload = c->shape->dialect->payload;
	const struct ev_slice top = { NULL, 0 };
	struct ev_assign field = EV_ASSIGN_INIT;
	struct ev_slice into;
	size_t i;
	int r = 0;

	/* of a flat dialect all is at the top */
	into = payload != NULL ? ev_slice_of(payload) : top;

	for (i = 0; i < count && r == 0; i++) {
		r = ev_assign_parse(&field, fields[i], c->given->max_line, err);
		if (r == 0)
			r = known_at_top(c, field.name, err);
		if (r >= 0)
			r = put(c, r == 0 ? into : top, field.name,
			    ev_buf_slice(&field.raw), field.push, err);
	}
	ev_buf_clear(&field.raw);
	return r;
}

static int
put_type(struct ev_content *c, struct ev_err *err)
{
	const struct ev_shape *shape = c->shape;
	struct ev_slice type = ev_slice_of(c->type);
	const char *name = shape->member[ev_shape_role(shape, EV_TYPE)].name;
	int i = ev_shape_role(shape, EV_INTENT);

	if (!ev_utf8_valid(type.p, type.n))
		return ev_fail(err, "%s: not UTF-8", name);
	if (c->intent) {
		ev_doc_put_text(c->doc, shape->member[i].name, type);
		type = ev_slice_of(shape->type);
	}
	ev_doc_put_text(c->doc, name, type);
	return 0;
}

/* GEP's is the one dialect whose types are few. */
static int
refuse_type(const char *type, struct ev_err *err)
{
	return ev_fail(err,
	    "TYPE: '%s' is not allowed (EvolutionEvent, ValidationReport, "
	    "repair, optimize, innovate)",
	    type);
}

int
ev_content_begin(struct ev_content *c, struct ev_given *given, const char *type,
    struct ev_err *err)
{
	*c = (struct ev_content){ .given = given, .type = type };
	c->shape = ev_shape_meant(
	    given->shape->dialect, ev_slice_of(type), &c->intent);
	if (c->shape == NULL)
		return refuse_type(type, err);
	c->doc = ev_doc_new();
	return 0;
}

int
ev_content_put(
    struct ev_content *c, char *const *fields, size_t count, struct ev_err *err)
{
	int r = put_type(c, err);

	if (r == 0)
		r = put_ran(c, err);
	if (r == 0)
		r = put_options(c, err);
	if (r == 0)
		r = put_commit(c, err);
	return r == 0 ? put_fields(c, fields, count, err) : r;
}

void
ev_content_clear(struct ev_content *c)
{
	ev_doc_free(c->doc);
	c->doc = NULL;
}
