#include "out/short.h"

#include <stdint.h>
#include <string.h>

#include "json/member.h"
#include "json/quote.h"
#include "json/walk.h"
#include "out/cells.h"
#include "out/color.h"
#include "text/when.h"

/* Cells of the columns; the widest is for terminals only. */
enum {
	TIME_CELLS = 19,
	TYPE_CELLS = 16,
	TYPE_MOST = 32,
	ACTOR_CELLS = 8,
	ENTITY_CELLS = 10,
	WHO_MOST = 24,
	REST_CELLS = 160
};

const enum ev_role ev_short_roles[] = { EV_TIME, EV_TYPE, EV_ACTOR, EV_ENTITY,
	EV_MESSAGE, EV_SEVERITY, EV_OUTCOME, EV_ID, EV_ROLES };

struct row {
	const struct ev_writer *writer;
	struct ev_buf *out;
	size_t room; /* cells that are left */
	size_t gap;  /* blanks due before the next cell */
};

static void
cell(struct row *row, struct ev_slice text, size_t least, size_t most,
    enum ev_style style)
{
	size_t used;

	if (text.n == 0)
		text = EV_SLICE("-");
	if (row->room <= row->gap)
		row->room = 0;
	if (row->room == 0)
		return;
	ev_buf_reserve(row->out, row->gap);
	memset(row->out->p + row->out->n, ' ', row->gap);
	row->out->n += row->gap;
	row->room -= row->gap;
	if (row->writer->width == 0 || most > row->room)
		most = row->room;
	if (!row->writer->color)
		style = EV_STYLE_NONE;
	ev_color_begin(row->out, style);
	used = ev_escape_cut(row->out, text, most, row->writer->ascii);
	ev_color_end(row->out, style);
	row->room -= used;
	row->gap = (used < least ? least - used : 0) + 2;
}

static enum ev_style
style_of(struct ev_event *ev)
{
	enum ev_style style;

	style = ev_color_severity(ev_event_text(ev, EV_SEVERITY));
	if (style == EV_STYLE_NONE)
		style = ev_color_outcome(ev_event_text(ev, EV_OUTCOME));
	return style == EV_STYLE_NONE ? EV_STYLE_NAME : style;
}

/* True when a value stands in one of the columns already, or is the id. */
static bool
shown(struct ev_event *ev, const struct ev_val *val)
{
	static const enum ev_role roles[] = { EV_TIME, EV_TYPE, EV_ACTOR,
		EV_ENTITY, EV_ID };
	struct ev_val role;
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		role = ev_event_role(ev, roles[i]);
		if (role.kind != EV_NONE && role.p == val->p)
			return true;
	}
	return false;
}

/* The first `most` bytes, less what would split a character. */
static struct ev_slice
clip(struct ev_slice text, size_t most)
{
	if (text.n <= most)
		return text;
	while (most > 0 && ((unsigned char)text.p[most] & 0xc0) == 0x80)
		most--;
	return (struct ev_slice){ text.p, most };
}

static void
add_value(struct ev_buf *rest, const struct ev_val *val, size_t most)
{
	struct ev_slice text = clip(ev_val_slice(val), most);
	bool quote = val->kind == EV_STRING &&
	    (val->escaped || text.n == 0 || memchr(text.p, ' ', text.n));

	if (quote)
		ev_buf_addc(rest, '"');
	ev_buf_addslice(rest, text);
	if (quote)
		ev_buf_addc(rest, '"');
}

/* What --git wrote, as git log --oneline would say it; false: nothing. */
static bool
add_commit(const struct ev_val *payload, struct ev_buf *rest)
{
	struct ev_val commit = ev_member_of(payload, "commit");
	struct ev_val name = ev_member_of(&commit, "short");
	struct ev_val subject = ev_member_of(&commit, "subject");

	if (name.kind != EV_STRING || subject.kind != EV_STRING)
		return false;
	ev_unquote(rest, &name);
	ev_buf_addc(rest, ' ');
	ev_unquote(rest, &subject);
	return true;
}

/* The payload, or a line without one, as key=value, some `cells` of it. */
static void
add_rest(struct ev_event *ev, struct ev_buf *rest, size_t cells)
{
	struct ev_val object = ev_event_payload(ev), key, val;
	/* it tells the dialect; the type that is shown may be its kind */
	bool gep = ev->dialect == &ev_dialects[EV_GEP];
	struct ev_walk walk;
	size_t most = cells * 4;

	if (object.kind == EV_NONE &&
	    ev_scan_value(ev->line.p, ev->line.n, &object, NULL) != EV_SCAN_OK)
		return;
	if (object.kind != EV_OBJECT) {
		if (object.kind != EV_NONE && object.kind != EV_NULL)
			add_value(rest, &object, most);
		return;
	}
	if (add_commit(&object, rest))
		return;
	ev_walk_begin(&walk, &object);
	while (rest->n <= most && ev_walk_next(&walk, &key, &val)) {
		if (shown(ev, &val) || val.kind == EV_NULL ||
		    (gep && ev_val_is(&key, "type")) ||
		    (val.kind == EV_STRING && val.n == 0))
			continue;
		if (rest->n > 0)
			ev_buf_addc(rest, ' ');
		ev_buf_addslice(rest, clip(ev_val_slice(&key), most));
		ev_buf_addc(rest, '=');
		add_value(rest, &val, most);
	}
}

static void
message(struct row *row, struct ev_event *ev)
{
	struct ev_slice text = ev_event_text(ev, EV_MESSAGE);
	struct ev_buf rest = EV_BUF_INIT;

	if (text.n > 0) {
		cell(row, text, 0, row->room, EV_STYLE_NONE);
		return;
	}
	if (row->room > REST_CELLS && row->writer->width == 0)
		row->room = row->gap + REST_CELLS;
	add_rest(ev, &rest, row->room);
	if (rest.n > 0)
		cell(row, ev_buf_slice(&rest), 0, row->room, EV_STYLE_DIM);
	ev_buf_clear(&rest);
}

void
ev_short_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	struct row row = { writer, out, SIZE_MAX, 0 };
	struct ev_slice text = { NULL, 0 };
	struct timespec t;
	char when[40];

	if (writer->width > 0)
		row.room = writer->width;
	if (ev_event_time(ev, &t)) {
		ev_when_local(t, writer->utc, when);
		text = ev_slice_of(when);
	}
	cell(&row, text, TIME_CELLS, TIME_CELLS, EV_STYLE_DIM);
	cell(&row, ev_event_text(ev, EV_TYPE), TYPE_CELLS, TYPE_MOST,
	    style_of(ev));
	cell(&row, ev_event_text(ev, EV_ACTOR), ACTOR_CELLS, WHO_MOST,
	    EV_STYLE_NONE);
	cell(&row, ev_event_text(ev, EV_ENTITY), ENTITY_CELLS, WHO_MOST,
	    EV_STYLE_NONE);
	message(&row, ev);
}
