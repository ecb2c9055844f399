#include "emit/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "emit/check.h"
#include "emit/commit.h"
#include "emit/draft.h"
#include "emit/fill.h"
#include "emit/members.h"
#include "emit/ordinal.h"
#include "emit/raw.h"
#include "event/asset.h"
#include "event/event.h"
#include "event/ident.h"
#include "json/quote.h"
#include "json/strict.h"
#include "json/walk.h"

struct ev_complete {
	struct ev_given *given;
	struct ev_model *model;
	struct ev_event *event;
	struct ev_members members;
	struct ev_draft draft;
	struct ev_ordinals seen;
	struct ev_buf clean;  /* a line without its secrets */
	struct ev_buf commit; /* JSON of --git, as commit_of has it */
	const struct ev_dialect *commit_of;
};

struct ev_complete *
ev_complete_new(struct ev_given *given)
{
	static const enum ev_role roles[] = { EV_ID, EV_TYPE, EV_TIME,
		EV_LEVEL };
	struct ev_complete *c = ev_calloc(1, sizeof(*c));
	size_t i;

	c->given = given;
	c->model = ev_model_new(NULL);
	ev_model_custom(c->model, given->custom);
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		ev_model_want(c->model, roles[i]);
	ev_members_want(&c->members, c->model);
	ev_model_seal(c->model);
	c->event = ev_event_new(c->model);
	return c;
}

void
ev_complete_free(struct ev_complete *c)
{
	if (c == NULL)
		return;
	ev_event_free(c->event);
	ev_model_free(c->model);
	ev_draft_clear(&c->draft);
	ev_ordinals_clear(&c->seen);
	ev_buf_clear(&c->clean);
	ev_buf_clear(&c->commit);
	free(c);
}

static bool
member_there(const struct ev_draft *d, enum ev_role role)
{
	int i = ev_shape_role(d->shape, role);

	return i >= 0 && d->val[i].kind != EV_NONE;
}

/*
 * Gives a line that has a time but no id the id that the same line will get
 * when it is imported again.
 */
static void
derive_id(struct ev_complete *c, struct ev_slice line, struct ev_extra *extra)
{
	const char *prefix = c->draft.shape->id_prefix;
	char id[EV_IDENT_SIZE];

	ev_ident_import(prefix, line, ev_ordinals_count(&c->seen, line), id);
	ev_draft_id(&c->draft, id);
	ev_buf_adds(&extra->id, id);
}

/* The line and what was filled in, before its last brace. */
static void
write_line(
    const struct ev_draft *d, struct ev_slice line, struct ev_entry *entry)
{
	struct ev_buf *out = &entry->line;
	size_t i, room = 0;
	bool any = false;

	for (i = 0; i < d->shape->count; i++)
		if (d->filled[i])
			room += d->text[i].n + 2 * EV_IDENT_SIZE;
	ev_buf_reserve(out, line.n + room);
	ev_buf_addslice(out, line);
	for (i = 0; i < d->shape->count; i++) {
		if (!d->filled[i])
			continue;
		if (!any)
			out->n--;
		any = true;
		ev_buf_addc(out, ',');
		ev_draft_write(d, i, entry);
	}
	if (any)
		ev_buf_addc(out, '}');
}

/* Which id the event is known by: own_id in the line, or decoded in extra. */
static void
note_id(const struct ev_val *id, struct ev_slice line, struct ev_entry *entry,
    struct ev_extra *extra)
{
	entry->identity = EV_LINE_ID;
	if (extra->id.n == 0 && id->kind == EV_STRING && id->escaped)
		ev_unquote(&extra->id, id);
	if (extra->id.n > 0)
		entry->own_id = ev_buf_slice(&extra->id);
	else
		entry->own_id =
		    (struct ev_slice){ entry->line.p + (id->p - line.p),
			    id->n };
	entry->given = ev_buf_slice(&entry->line);
	if (entry->line.n == line.n)
		return;
	ev_buf_addslice(&extra->given, line);
	entry->given = ev_buf_slice(&extra->given);
}

/* The commit's data go where a payload is missing: what stands there stays. */
static void
put_commit(struct ev_complete *c)
{
	const struct ev_said_commit *said = c->given->git;
	struct ev_draft *d = &c->draft;
	const struct ev_member *home;
	struct ev_val key, val, root;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_walk walk;
	size_t i;

	/* a record of GEP's stays as it was: its digest is of all of it */
	if (said == NULL || d->shape->home == NULL ||
	    (d->shape->stamp != NULL && !d->fresh))
		return;
	home = ev_shape_named(d->shape, ev_slice_of(d->shape->home));
	i = home != NULL ? (size_t)(home - d->shape->member) : 0;
	if (home == NULL || (d->val[i].kind != EV_NONE && !d->filled[i]))
		return;
	if (c->commit.n == 0 || c->commit_of != d->shape->dialect) {
		ev_buf_reset(&c->commit);
		ev_said_commit_json(said, d->shape->dialect, &c->commit);
		c->commit_of = d->shape->dialect;
	}
	root = ev_raw_val(ev_buf_slice(&c->commit));
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val)) {
		ev_buf_reset(&scratch);
		ev_buf_addslice(&scratch, ev_val_slice(&key));
		ev_draft_inside(d, i, ev_buf_str(&scratch), ev_val_raw(&val));
	}
	ev_buf_clear(&scratch);
}

static int
complete(struct ev_complete *c, const struct ev_shape *shape,
    struct ev_slice line, struct ev_entry *entry, struct ev_extra *extra,
    struct ev_err *err)
{
	struct ev_draft *d = &c->draft;
	int id = ev_shape_role(shape, EV_ID);
	bool has_id, has_time;

	ev_members_read(&c->members, c->event, shape, d);
	has_id = member_there(d, EV_ID);
	/* GEP's records have theirs in several places */
	if (shape->stamp != NULL)
		d->has_time = ev_event_time(c->event, &d->time);
	has_time = d->has_time || member_there(d, EV_TIME);
	d->fresh = !has_id && !has_time;
	ev_draft_options(d, c->given);
	put_commit(c);
	ev_draft_redact(d, c->given);
	if (ev_check(shape, d->val, err) == -1)
		return -1;
	if (id >= 0 && !has_id && has_time)
		derive_id(c, line, extra);
	if (ev_fill(d, c->given, entry, err) == -1)
		return -1;
	if (c->given->keep_level >= 0 &&
	    (int)ev_shape_level(shape, d->val) > c->given->keep_level)
		return 2;
	write_line(d, line, entry);
	if (ev_draft_too_long(d, entry, c->given, err))
		return -1;
	if (!d->new_id && entry->asset_at > 0)
		ev_asset_put(&entry->line, entry->asset_at);
	if (id >= 0 && !d->new_id)
		note_id(&d->val[id], line, entry, extra);
	return 1;
}

static int
keep(struct ev_complete *c, struct ev_slice line, struct ev_entry *entry,
    struct ev_extra *extra)
{
	struct ev_val id = ev_event_role(c->event, EV_ID);
	const char *level;

	if (c->given->keep_level >= 0) {
		level = ev_event_level(c->event);
		if (ev_level_parse(ev_slice_of(level)) > c->given->keep_level)
			return 2;
	}
	entry->dialect = c->event->dialect;
	entry->has_time = ev_event_time(c->event, &entry->time);
	ev_buf_addslice(&entry->line, line);
	/* an empty id, or an object, tells no event from another */
	if ((id.kind == EV_STRING || id.kind == EV_NUMBER) && id.n > 0) {
		note_id(&id, line, entry, extra);
		return 1;
	}
	entry->identity = EV_NO_ID;
	return 1;
}

static inline bool
is_space(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r';
}

/* Without white space, and RS (RFC 7464) in front. */
static struct ev_slice
trim_front(struct ev_slice s)
{
	while (s.n > 0 && (is_space(*s.p) || *s.p == '\x1e')) {
		s.p++;
		s.n--;
	}
	return s;
}

static struct ev_slice
trim_back(struct ev_slice s)
{
	while (s.n > 0 && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

static int
refuse(enum ev_scan r, struct ev_slice line, struct ev_err *err)
{
	if (r == EV_SCAN_NOT_OBJECT && line.p[0] == '[')
		return ev_fail(
		    err, "a JSON array (jq -c '.[]' makes lines of it)");
	return ev_fail(err, "%s", ev_scan_word(r));
}

/* Takes the secrets out of the line, which is then another. */
static int
hide(struct ev_complete *c, struct ev_slice *line, struct ev_err *err)
{
	const struct ev_given *given = c->given;

	if (given->redact == NULL ||
	    !ev_redact_line(given->redact, *line, &c->clean))
		return 0;
	if (c->clean.n > given->max_line)
		return ev_fail(err, "longer than %zu bytes when redacted",
		    given->max_line);
	*line = ev_buf_slice(&c->clean);
	ev_event_read(c->event, line->p, line->n);
	return 0;
}

int
ev_complete_line(struct ev_complete *c, struct ev_slice line,
    struct ev_entry *entry, struct ev_extra *extra, struct ev_err *err)
{
	const struct ev_dialect *dialect;
	const struct ev_shape *shape;
	struct ev_val root;
	enum ev_scan r;

	line = trim_front(line);
	r = ev_event_read(c->event, line.p, line.n);
	if (r == EV_SCAN_BLANK)
		return 0;
	if (r != EV_SCAN_OK)
		return refuse(r, line, err);
	line = trim_back(line);
	root = (struct ev_val){ line.p, (uint32_t)line.n, EV_OBJECT, 0 };
	if (ev_strict(&root, err) == -1)
		return -1;
	if (hide(c, &line, err) == -1)
		return -1;
	dialect = c->event->dialect;
	if (dialect == &ev_dialects[EV_GENERIC]) {
		if (c->given->unsure)
			return keep(c, line, entry, extra);
		if (c->given->shape == NULL)
			return ev_fail(err,
			    "of no known dialect, and that "
			    "of -d is not one that is written");
		return complete(c, c->given->shape, line, entry, extra, err);
	}
	shape = ev_shape_typed(dialect, ev_event_text(c->event, EV_TYPE));
	if (shape == NULL || ev_members_feed(&c->members, c->event))
		return keep(c, line, entry, extra);
	return complete(c, shape, line, entry, extra, err);
}
