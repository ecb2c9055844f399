#include "emit/draft.h"

#include <string.h>

#include "emit/raw.h"
#include "event/asset.h"
#include "json/quote.h"
#include "text/time.h"

void
ev_draft_begin(struct ev_draft *d, const struct ev_shape *shape)
{
	size_t i;

	d->shape = shape;
	d->new_id = d->fresh = d->ours = d->has_time = false;
	for (i = 0; i < shape->count; i++) {
		d->val[i] = (struct ev_val){ .kind = EV_NONE };
		d->also[i] = d->filled[i] = false;
	}
}

void
ev_draft_clear(struct ev_draft *d)
{
	size_t i;

	for (i = 0; i < EV_SHAPE_MOST; i++)
		ev_buf_clear(&d->text[i]);
}

/* The text of a member that is about to be filled, empty. */
static struct ev_buf *
begin_text(struct ev_draft *d, size_t i)
{
	d->filled[i] = true;
	ev_buf_reset(&d->text[i]);
	return &d->text[i];
}

static void
end_text(struct ev_draft *d, size_t i)
{
	d->val[i] = ev_raw_val(ev_buf_slice(&d->text[i]));
}

void
ev_draft_raw(struct ev_draft *d, size_t i, struct ev_slice raw)
{
	ev_buf_addslice(begin_text(d, i), raw);
	end_text(d, i);
}

void
ev_draft_text(struct ev_draft *d, size_t i, const char *text)
{
	ev_quote(begin_text(d, i), ev_slice_of(text));
	end_text(d, i);
}

struct ev_slice
ev_draft_role(
    const struct ev_draft *d, enum ev_role role, struct ev_buf *scratch)
{
	int i = ev_shape_role(d->shape, role);

	if (i < 0)
		return EV_SLICE("");
	return ev_val_text(&d->val[i], scratch);
}

struct ev_val
ev_draft_named(const struct ev_draft *d, const char *name)
{
	const struct ev_member *m = ev_shape_named(d->shape, ev_slice_of(name));

	if (m == NULL)
		return (struct ev_val){ .kind = EV_NONE };
	return d->val[m - d->shape->member];
}

int
ev_draft_time(
    const struct ev_given *given, struct timespec *t, struct ev_err *err)
{
	*t = given->time;
	return given->timed ? 0 : ev_now(t, err);
}

static size_t
index_of(const struct ev_draft *d, struct ev_slice name)
{
	return (size_t)(ev_shape_named(d->shape, name) - d->shape->member);
}

/* Is what was said for this draft? */
static bool
meant(const struct ev_said *said, const struct ev_member *m, bool fresh)
{
	return !said->ambient || fresh || m->fill == EV_FILL_MUST;
}

void
ev_draft_inside(
    struct ev_draft *d, size_t i, const char *name, struct ev_slice raw)
{
	struct ev_buf *text = &d->text[i];
	struct ev_slice own = ev_val_raw(&d->val[i]);

	if (!d->filled[i]) {
		begin_text(d, i);
		if (d->val[i].kind == EV_NONE)
			own = EV_SLICE("{}");
		ev_buf_addslice(text, own);
	}
	text->n--;
	if (text->p[text->n - 1] != '{')
		ev_buf_addc(text, ',');
	ev_quote(text, ev_slice_of(name));
	ev_buf_addc(text, ':');
	ev_buf_addslice(text, raw);
	ev_buf_addc(text, '}');
	end_text(d, i);
}

void
ev_draft_options(struct ev_draft *d, const struct ev_given *given)
{
	const struct ev_shape *shape = d->shape;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_target target;
	struct ev_slice type, raw;
	enum ev_say what = 0;
	size_t i;

	while (what < EV_SAYS && given->said[what].raw.n == 0)
		what++;
	if (what == EV_SAYS)
		return;
	type = ev_draft_role(d, EV_TYPE, &scratch);
	for (; what < EV_SAYS; what++) {
		raw = ev_given_for(given, shape, what);
		if (raw.n == 0)
			continue;
		target = ev_shape_target(shape, what, type);
		i = index_of(d, target.member);
		if ((d->val[i].kind != EV_NONE &&
			!(d->filled[i] && target.inner != NULL)) ||
		    !meant(&given->said[what], &shape->member[i], d->fresh))
			continue;
		if (target.inner != NULL)
			ev_draft_inside(d, i, target.inner, raw);
		else
			ev_draft_raw(d, i, raw);
	}
	ev_buf_clear(&scratch);
}

void
ev_draft_redact(struct ev_draft *d, const struct ev_given *given)
{
	const struct ev_member *m = d->shape->member;
	size_t i;

	for (i = 0; i < d->shape->count; i++)
		if (d->filled[i] &&
		    ev_given_redact(given, m[i].name, &d->text[i]))
			end_text(d, i);
}

void
ev_draft_id(struct ev_draft *d, const char *id)
{
	ev_draft_text(d, (size_t)ev_shape_role(d->shape, EV_ID), id);
}

bool
ev_draft_too_long(const struct ev_draft *d, const struct ev_entry *entry,
    const struct ev_given *given, struct ev_err *err)
{
	size_t n = entry->line.n + (d->new_id ? EV_IDENT_SIZE : 0) +
	    (entry->asset_at > 0 ? EV_ASSET_SIZE : 0);

	if (n <= given->max_line)
		return false;
	ev_fail(err, "the event is longer than %zu bytes", given->max_line);
	return true;
}

void
ev_draft_write(const struct ev_draft *d, size_t i, struct ev_entry *entry)
{
	const struct ev_member *m = &d->shape->member[i];
	struct ev_buf *line = &entry->line;
	struct ev_slice raw;

	if (d->val[i].kind == EV_NONE)
		return;
	raw = ev_val_raw(&d->val[i]);
	ev_buf_addc(line, '"');
	ev_buf_adds(line, d->also[i] ? m->also : m->name);
	ev_buf_adds(line, "\":");
	if (d->filled[i] && m->fill == EV_FILL_ID && d->new_id)
		entry->id_at = line->n + 1 + strlen(d->shape->id_prefix);
	if (d->filled[i] && m->fill == EV_FILL_ASSET)
		entry->asset_at = line->n + 1;
	ev_buf_addslice(line, raw);
}
