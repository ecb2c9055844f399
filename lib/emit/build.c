#include "emit/build.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "emit/check.h"
#include "emit/draft.h"
#include "emit/assign.h"
#include "emit/fill.h"
#include "emit/raw.h"
#include "event/asset.h"
#include "json/doc.h"
#include "json/quote.h"
#include "json/strict.h"
#include "json/walk.h"

/* An event that is being put together. */
struct build {
	struct ev_given *given;
	const struct ev_shape *shape;
	const char *type;
	bool intent;	    /* TYPE is an intent of GEP's */
	struct ev_doc *doc; /* what the caller gave */
	struct ev_buf text; /* the doc as JSON */
	struct ev_draft draft;
};

/* Puts a value at NAME, or at OBJECT.NAME. */
static int
put(struct build *b, struct ev_slice object, struct ev_slice name,
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
	const struct ev_slice top = { NULL, 0 };
	struct ev_slice type = ev_slice_of(b->type), raw;
	struct ev_target target;
	enum ev_say option;
	int r;

	for (option = 0; option < EV_SAYS; option++) {
		raw = ev_given_for(b->given, b->shape, option);
		if (raw.n == 0)
			continue;
		target = ev_shape_target(b->shape, option, type);
		if (target.inner == NULL)
			r = put(b, top, target.member, raw, false, err);
		else
			r = put(b, target.member, ev_slice_of(target.inner),
			    raw, false, err);
		if (r == -1)
			return -1;
	}
	return 0;
}

/* GEP's blast_radius is what the commit changed. */
static int
put_blast_radius(
    struct build *b, const struct ev_commit *commit, struct ev_err *err)
{
	const struct ev_slice name = EV_SLICE_INIT("blast_radius");
	const struct ev_slice top = { NULL, 0 };
	struct ev_buf json = EV_BUF_INIT;
	int r;

	if (commit == NULL || !commit->counted ||
	    ev_shape_named(b->shape, name) == NULL)
		return 0;
	ev_buf_addf(&json, "{\"files\":%" PRIu64 ",\"lines\":%" PRIu64 "}",
	    commit->files, commit->insertions + commit->deletions);
	r = put(b, top, name, ev_buf_slice(&json), false, err);
	ev_buf_clear(&json);
	return r;
}

/* Each member of a JSON object, which is cleared. */
static int
put_members(struct build *b, struct ev_slice object, struct ev_buf *json,
    struct ev_err *err)
{
	struct ev_val key, val, root = ev_raw_val(ev_buf_slice(json));
	struct ev_walk walk;
	int r = 0;

	ev_walk_begin(&walk, &root);
	while (r == 0 && ev_walk_next(&walk, &key, &val))
		r = put(b, object, ev_val_slice(&key), ev_val_raw(&val), false,
		    err);
	ev_buf_clear(json);
	return r;
}

/* What became of the command; what options and fields say comes after it. */
static int
put_ran(struct build *b, struct ev_err *err)
{
	const struct ev_slice top = { NULL, 0 };
	struct ev_buf json = EV_BUF_INIT;

	if (b->given->ran == NULL)
		return 0;
	ev_said_ran_json(b->given->ran, b->shape, &json);
	return put_members(b, top, &json, err);
}

/* The commit's data, where a dialect has them. */
static int
put_commit(struct build *b, struct ev_err *err)
{
	struct ev_buf json = EV_BUF_INIT;

	if (b->given->git == NULL)
		return 0;
	ev_said_commit_json(b->given->git, b->shape->dialect, &json);
	if (put_members(b, ev_slice_of(b->shape->home), &json, err) == -1)
		return -1;
	return put_blast_radius(b, b->given->git->commit, err);
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
	const char *payload = b->shape->dialect->payload;
	const struct ev_slice top = { NULL, 0 };
	struct ev_assign field = EV_ASSIGN_INIT;
	struct ev_slice into;
	size_t i;
	int r = 0;

	/* of a flat dialect all is at the top */
	into = payload != NULL ? ev_slice_of(payload) : top;

	for (i = 0; i < count && r == 0; i++) {
		r = ev_assign_parse(&field, fields[i], b->given->max_line, err);
		if (r == 0)
			r = known_at_top(b, field.name, err);
		if (r >= 0)
			r = put(b, r == 0 ? into : top, field.name,
			    ev_buf_slice(&field.raw), field.push, err);
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
	int i = ev_shape_role(shape, EV_INTENT);

	if (!ev_utf8_valid(type.p, type.n))
		return ev_fail(err, "%s: not UTF-8", name);
	if (b->intent) {
		ev_doc_put_text(b->doc, shape->member[i].name, type);
		type = ev_slice_of(shape->type);
	}
	ev_doc_put_text(b->doc, name, type);
	return 0;
}

/* Reads the doc back as members of the shape. */
static void
read_members(struct build *b)
{
	const struct ev_member *m;
	struct ev_val root, key, val;
	struct ev_walk walk;
	size_t i;

	ev_doc_print(b->doc, &b->text);
	ev_given_redact(b->given, "", &b->text);
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
	int i = ev_shape_role(b->shape, b->intent ? EV_INTENT : EV_TYPE);

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

static void
put_comma(struct ev_buf *line)
{
	ev_buf_addc(line, line->n == 0 ? '{' : ',');
}

/* What a flat dialect has beside its members. */
static void
write_others(const struct build *b, struct ev_buf *line)
{
	struct ev_val root, key, val;
	struct ev_walk walk;

	root = (struct ev_val){ b->text.p, (uint32_t)b->text.n, EV_OBJECT, 0 };
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val)) {
		if (ev_shape_named(b->shape, ev_val_slice(&key)) != NULL)
			continue;
		put_comma(line);
		ev_buf_addslice(line, ev_val_raw(&key));
		ev_buf_addc(line, ':');
		ev_buf_addslice(line, ev_val_raw(&val));
	}
}

/* The line; the asset_id is the digest of all that stands before it. */
static void
write_line(const struct build *b, struct ev_entry *entry)
{
	const struct ev_draft *draft = &b->draft;
	size_t i;

	for (i = 0; i < b->shape->count; i++) {
		if (b->shape->member[i].fill == EV_FILL_ASSET)
			write_others(b, &entry->line);
		if (draft->val[i].kind == EV_NONE)
			continue;
		put_comma(&entry->line);
		ev_draft_write(draft, i, entry);
	}
	ev_buf_addc(&entry->line, '}');
}

static int
finish(struct build *b, struct ev_entry *entry, struct ev_extra *extra,
    struct ev_err *err)
{
	struct ev_draft *draft = &b->draft;

	if (check(b, err) == -1 || ev_fill(draft, b->given, entry, err) == -1)
		return -1;
	note_id(b, entry, extra);
	write_line(b, entry);
	if (ev_draft_too_long(draft, entry, b->given, err) ||
	    check_line(&entry->line, err) == -1)
		return -1;
	if (!draft->new_id && entry->asset_at > 0)
		ev_asset_put(&entry->line, entry->asset_at);
	return b->given->keep_level < 0 ||
	    (int)ev_shape_level(b->shape, draft->val) <= b->given->keep_level;
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
ev_build(struct ev_given *given, const char *type, char *const *fields,
    size_t count, struct ev_entry *entry, struct ev_extra *extra,
    struct ev_err *err)
{
	const struct ev_dialect *dialect = given->shape->dialect;
	struct build b = { .given = given, .type = type, .text = EV_BUF_INIT };
	int r;

	b.shape = ev_shape_meant(dialect, ev_slice_of(type), &b.intent);
	if (b.shape == NULL)
		return refuse_type(type, err);
	b.doc = ev_doc_new();
	ev_draft_begin(&b.draft, b.shape);
	b.draft.fresh = b.draft.ours = true;
	r = put_type(&b, err);
	if (r == 0)
		r = put_ran(&b, err);
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
