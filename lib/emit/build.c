#include "emit/build.h"

#include <string.h>

#include "base/utf8.h"
#include "emit/check.h"
#include "emit/draft.h"
#include "emit/field.h"
#include "emit/fill.h"
#include "emit/raw.h"
#include "json/doc.h"
#include "json/quote.h"
#include "json/strict.h"
#include "json/walk.h"

/* An event that is being put together. */
struct build {
	struct ev_given *given;
	const struct ev_shape *shape;
	const char *type;
	struct ev_doc *doc; /* what the caller gave */
	struct ev_buf text; /* the doc as JSON */
	struct ev_draft draft;
};

/* Puts a value at NAME, or at PAYLOAD.NAME. */
static int
put(struct build *b, bool inside, struct ev_slice name, struct ev_slice raw,
    bool push, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_path path = EV_PATH_INIT;
	struct ev_err why;
	int r;

	if (inside)
		ev_buf_addf(&text, "%s.", b->shape->dialect->payload);
	ev_buf_addslice(&text, name);
	r = ev_path_parse(&path, ev_buf_slice(&text), &why);
	if (r == 0 && push)
		r = ev_doc_push(b->doc, &path, raw, &why);
	else if (r == 0)
		r = ev_doc_set(b->doc, &path, raw, &why);
	if (r == -1)
		ev_fail(err, "%.*s: %s", (int)name.n, name.p, why.text);
	ev_path_clear(&path);
	ev_buf_clear(&text);
	return r;
}

static int
put_options(struct build *b, struct ev_err *err)
{
	struct ev_slice type = ev_slice_of(b->type), raw;
	struct ev_target target;
	enum ev_say option;

	for (option = 0; option < EV_SAYS; option++) {
		raw = ev_given_for(b->given, b->shape, option);
		if (raw.n == 0)
			continue;
		target = ev_shape_target(b->shape, option, type);
		if (put(b, target.inside, ev_slice_of(target.name), raw, false,
			err) == -1)
			return -1;
	}
	return 0;
}

/* The commit's data, where a dialect has them. */
static int
put_commit(struct build *b, struct ev_err *err)
{
	struct ev_buf json = EV_BUF_INIT;
	struct ev_val key, val, root;
	struct ev_walk walk;
	int r = 0;

	if (b->given->git == NULL)
		return 0;
	ev_said_commit_json(b->given->git, b->shape->dialect, &json);
	root = ev_raw_val(ev_buf_slice(&json));
	ev_walk_begin(&walk, &root);
	while (r == 0 && ev_walk_next(&walk, &key, &val))
		r = put(
		    b, true, ev_val_slice(&key), ev_val_raw(&val), false, err);
	ev_buf_clear(&json);
	return r;
}

/* Does a field's path begin with a name that the dialect knows at the top? */
static int
known_at_top(const struct build *b, struct ev_slice name, struct ev_err *err)
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
		r = ev_shape_named(b->shape, first) != NULL;
	}
	ev_path_clear(&path);
	return r;
}

static int
put_fields(
    struct build *b, char *const *fields, size_t count, struct ev_err *err)
{
	struct ev_field field = EV_FIELD_INIT;
	size_t i;
	int r = 0;

	for (i = 0; i < count && r == 0; i++) {
		r = ev_field_parse(&field, fields[i], b->given->max_line, err);
		if (r == 0)
			r = known_at_top(b, field.name, err);
		if (r >= 0)
			r = put(b, r == 0, field.name, ev_buf_slice(&field.raw),
			    field.push, err);
	}
	ev_buf_clear(&field.raw);
	return r;
}

static int
put_type(struct build *b, struct ev_err *err)
{
	const struct ev_shape *shape = b->shape;
	struct ev_slice type = ev_slice_of(b->type);
	const char *name = shape->member[ev_shape_role(shape, EV_TYPE)].name;

	if (!ev_utf8_valid(type.p, type.n))
		return ev_fail(err, "%s: not UTF-8", name);
	ev_doc_put_text(b->doc, name, type);
	return 0;
}

/* Reads the doc back as members of the shape; it holds no others. */
static void
read_members(struct build *b)
{
	const struct ev_member *m;
	struct ev_val root, key, val;
	struct ev_walk walk;
	size_t i;

	ev_doc_print(b->doc, &b->text);
	root = (struct ev_val){ b->text.p, (uint32_t)b->text.n, EV_OBJECT, 0 };
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val)) {
		m = ev_shape_named(b->shape, ev_val_slice(&key));
		if (m == NULL)
			continue;
		i = (size_t)(m - b->shape->member);
		b->draft.val[i] = val;
		b->draft.also[i] = !ev_val_is(&key, m->name);
	}
}

static int
check(struct build *b, struct ev_err *err)
{
	int i = ev_shape_role(b->shape, EV_TYPE);

	if (ev_check(b->shape, b->draft.val, err) == -1)
		return -1;
	if (!ev_val_is(&b->draft.val[i], b->type))
		return ev_fail(err, "%s: differs from TYPE, which is '%s'",
		    b->shape->member[i].name, b->type);
	return 0;
}

/* An id that the caller gave decides alone whether the event is there. */
static void
note_id(const struct build *b, struct ev_entry *entry, struct ev_extra *extra)
{
	int i = ev_shape_role(b->shape, EV_ID);

	if (i < 0 || b->draft.filled[i])
		return;
	entry->identity = EV_HAND_ID;
	ev_unquote(&extra->id, &b->draft.val[i]);
	entry->own_id = ev_buf_slice(&extra->id);
}

/* The line as a whole: what JSON texts on the command line brought in. */
static int
check_line(struct ev_buf *line, struct ev_err *err)
{
	struct ev_val root;
	enum ev_scan r;

	ev_buf_reserve(line, EV_SCAN_PAD);
	memset(line->p + line->n, '\0', EV_SCAN_PAD);
	r = ev_scan_line(NULL, line->p, line->n, NULL, NULL);
	if (r != EV_SCAN_OK)
		return ev_fail(err, "the event is %s", ev_scan_word(r));
	root = (struct ev_val){ line->p, (uint32_t)line->n, EV_OBJECT, 0 };
	return ev_strict(&root, err);
}

static int
finish(struct build *b, struct ev_entry *entry, struct ev_extra *extra,
    struct ev_err *err)
{
	struct ev_draft *draft = &b->draft;
	struct ev_buf *line = &entry->line;
	size_t i;

	if (check(b, err) == -1 || ev_fill(draft, b->given, entry, err) == -1)
		return -1;
	note_id(b, entry, extra);
	for (i = 0; i < b->shape->count; i++) {
		if (draft->val[i].kind == EV_NONE)
			continue;
		ev_buf_addc(line, line->n == 0 ? '{' : ',');
		ev_draft_write(draft, i, entry);
	}
	ev_buf_addc(line, '}');
	if (ev_draft_too_long(draft, entry, b->given, err) ||
	    check_line(line, err) == -1)
		return -1;
	return b->given->keep_level < 0 ||
	    (int)ev_shape_level(b->shape, draft->val) <= b->given->keep_level;
}

int
ev_build(struct ev_given *given, const char *type, char *const *fields,
    size_t count, struct ev_entry *entry, struct ev_extra *extra,
    struct ev_err *err)
{
	struct build b = { .given = given,
		.shape = given->shape,
		.type = type,
		.text = EV_BUF_INIT };
	int r;

	b.doc = ev_doc_new();
	ev_draft_begin(&b.draft, b.shape);
	r = put_type(&b, err);
	if (r == 0)
		r = put_options(&b, err);
	if (r == 0)
		r = put_commit(&b, err);
	if (r == 0)
		r = put_fields(&b, fields, count, err);
	if (r == 0) {
		read_members(&b);
		r = finish(&b, entry, extra, err);
	}
	ev_doc_free(b.doc);
	ev_buf_clear(&b.text);
	ev_draft_clear(&b.draft);
	return r;
}
