#include "emit/build.h"

#include <string.h>

#include "emit/check.h"
#include "emit/content.h"
#include "emit/draft.h"
#include "emit/fill.h"
#include "event/asset.h"
#include "json/quote.h"
#include "json/strict.h"
#include "json/walk.h"

/* An event that is being put together. */
struct build {
	struct ev_content content;
	struct ev_buf text; /* the content as JSON */
	struct ev_draft draft;
};

/* Reads the content back as members of the shape. */
static void
read_members(struct build *b)
{
	const struct ev_member *m;
	struct ev_val root, key, val;
	struct ev_walk walk;
	size_t i;

	ev_doc_print(b->content.doc, &b->text);
	ev_given_redact(b->content.given, "", &b->text);
	root = (struct ev_val){ b->text.p, (uint32_t)b->text.n, EV_OBJECT, 0 };
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val)) {
		m = ev_shape_named(b->draft.shape, ev_val_slice(&key));
		if (m == NULL)
			continue;
		i = (size_t)(m - b->draft.shape->member);
		b->draft.val[i] = val;
		b->draft.also[i] = !ev_val_is(&key, m->name);
	}
}

static int
check(struct build *b, struct ev_err *err)
{
	int i = ev_shape_role(
	    b->draft.shape, b->content.intent ? EV_INTENT : EV_TYPE);

	if (ev_check(b->draft.shape, b->draft.val, err) == -1)
		return -1;
	if (!ev_val_is(&b->draft.val[i], b->content.type))
		return ev_fail(err, "%s: differs from TYPE, which is '%s'",
		    b->draft.shape->member[i].name, b->content.type);
	return 0;
}

/* An id that the caller gave decides alone whether the event is there. */
static void
note_id(const struct build *b, struct ev_entry *entry, struct ev_extra *extra)
{
	int i = ev_shape_role(b->draft.shape, EV_ID);

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
		if (ev_shape_named(b->draft.shape, ev_val_slice(&key)) != NULL)
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

	for (i = 0; i < b->draft.shape->count; i++) {
		if (b->draft.shape->member[i].fill == EV_FILL_ASSET)
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
	struct ev_given *given = b->content.given;
	struct ev_draft *draft = &b->draft;

	if (check(b, err) == -1 || ev_fill(draft, given, entry, err) == -1)
		return -1;
	note_id(b, entry, extra);
	write_line(b, entry);
	if (ev_draft_too_long(draft, entry, given, err) ||
	    check_line(&entry->line, err) == -1)
		return -1;
	if (!draft->new_id && entry->asset_at > 0)
		ev_asset_put(&entry->line, entry->asset_at);
	return given->keep_level < 0 ||
	    (int)ev_shape_level(draft->shape, draft->val) <= given->keep_level;
}

int
ev_build(struct ev_given *given, const char *type, char *const *fields,
    size_t count, struct ev_entry *entry, struct ev_extra *extra,
    struct ev_err *err)
{
	struct build b = { .text = EV_BUF_INIT };
	int r;

	if (ev_content_begin(&b.content, given, type, err) == -1)
		return -1;
	ev_draft_begin(&b.draft, b.content.shape);
	b.draft.fresh = b.draft.ours = true;
	r = ev_content_put(&b.content, fields, count, err);
	if (r == 0) {
		read_members(&b);
		r = finish(&b, entry, extra, err);
	}
	ev_content_clear(&b.content);
	ev_buf_clear(&b.text);
	ev_draft_clear(&b.draft);
	return r;
}
