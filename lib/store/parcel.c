#include "store/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "event/custom.h"
#include "event/event.h"
#include "json/scan.h"
#include "json/strict.h"

#define HEAD "ev-spool 1 "

void
ev_parcel_head(const struct ev_place *place, struct ev_buf *text)
{
	const char *parts[] = { place->dir, "/", place->log };
	const unsigned char *p;
	size_t i;

	ev_buf_adds(text, HEAD);
	for (i = 0; i < 3; i++)
		for (p = (const unsigned char *)parts[i]; *p != '\0'; p++)
			if (*p > ' ' && *p < 0x7f && *p != '%')
				ev_buf_addc(text, (char)*p);
			else
				ev_buf_addf(text, "%%%02X", *p);
	ev_buf_addc(text, '\n');
}

static void
add_row(struct ev_buf *text, const char *kind, const struct ev_entry *e,
    struct ev_slice bytes)
{
	ev_buf_addf(text, "%s %s ", kind, e->dialect->name);
	ev_buf_addslice(text, bytes);
	ev_buf_addc(text, '\n');
}

void
ev_parcel_add(const struct ev_entry *e, struct ev_buf *text)
{
	struct ev_slice line = ev_buf_slice(&e->line);

	if (e->identity == EV_NO_ID) {
		ev_buf_addf(text, "%llu %s ", (unsigned long long)e->ordinal,
		    e->dialect->name);
		ev_buf_addslice(text, line);
		ev_buf_addc(text, '\n');
		return;
	}
	if (e->identity == EV_LINE_ID && e->given.n > 0)
		add_row(text, "given", e, e->given);
	add_row(text, e->identity == EV_LINE_ID ? "line" : "id", e, line);
}

/* One row of a text: its three parts. */
struct row {
	struct ev_slice kind, bytes;
	const struct ev_dialect *dialect;
};

/* Cuts what stands before the next `end` off the rest.  False: there is no
 * such byte. */
static bool
cut(struct ev_slice *rest, char end, struct ev_slice *part)
{
	const char *p = memchr(rest->p, end, rest->n);

	if (p == NULL)
		return false;
	*part = (struct ev_slice){ rest->p, (size_t)(p - rest->p) };
	rest->n -= part->n + 1;
	rest->p = p + 1;
	return true;
}

static bool
read_row(const struct ev_place *place, struct ev_slice *rest, struct row *row)
{
	struct ev_slice line, name;
	char *text;

	if (!cut(rest, '\n', &line) || !cut(&line, ' ', &row->kind) ||
	    !cut(&line, ' ', &name))
		return false;
	row->bytes = line;
	text = ev_memdup(name.p, name.n);
	row->dialect = ev_custom_named(place->custom, text);
	/* one of the user's may be gone by now */
	if (row->dialect == NULL)
		row->dialect = &ev_dialects[EV_GENERIC];
	free(text);
	return true;
}

/* 0: it is no such number. */
static uint64_t
ordinal_of(struct ev_slice kind)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < kind.n && i < 18; i++) {
		if (kind.p[i] < '0' || kind.p[i] > '9')
			return 0;
		n = n * 10 + (uint64_t)(kind.p[i] - '0');
	}
	return i == kind.n ? n : 0;
}

static struct ev_entry *
next(struct ev_parcels *parcels, struct ev_slip **slip)
{
	size_t cap = parcels->cap == 0 ? 16 : parcels->cap * 2;
	size_t more = cap - parcels->cap;
	struct ev_entry *e;
	struct ev_buf line, there;

	if (parcels->n == parcels->cap) {
		parcels->entry =
		    ev_realloc(parcels->entry, cap, sizeof(*parcels->entry));
		parcels->slip =
		    ev_realloc(parcels->slip, cap, sizeof(*parcels->slip));
		memset(parcels->entry + parcels->n, 0,
		    more * sizeof(*parcels->entry));
		memset(parcels->slip + parcels->n, 0,
		    more * sizeof(*parcels->slip));
		parcels->cap = cap;
	}
	e = &parcels->entry[parcels->n];
	line = e->line;
	there = e->there;
	*e = (struct ev_entry){ .line = line, .there = there };
	ev_buf_reset(&e->line);
	ev_buf_reset(&e->there);
	*slip = &parcels->slip[parcels->n];
	ev_buf_reset(&(*slip)->id);
	return e;
}

/* What the line says of itself: its id, its time; that it may be written. */
static int
look_into(struct ev_entry *e, struct ev_slip *slip, struct ev_err *err)
{
	struct ev_model *model = ev_model_new(e->dialect);
	struct ev_event *event;
	struct ev_val root;
	int r;

	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	event = ev_event_new(model);
	r = ev_event_read(event, e->line.p, e->line.n) == EV_SCAN_OK &&
		e->line.p[0] == '{' ?
	    0 :
	    ev_fail(err, "it holds what is no event");
	if (r == 0) {
		root = (struct ev_val){ e->line.p, (uint32_t)e->line.n,
			EV_OBJECT, 0 };
		r = ev_strict(&root, err);
		e->has_time = ev_event_time(event, &e->time);
		ev_buf_addslice(&slip->id, ev_event_text(event, EV_ID));
		e->own_id = ev_buf_slice(&slip->id);
	}
	ev_event_free(event);
	ev_model_free(model);
	return r;
}

static int
take(const struct row *row, struct ev_parcels *parcels, struct ev_err *err)
{
	struct ev_slip *slip;
	struct ev_entry *e = next(parcels, &slip);

	if (ev_slice_is(row->kind, "given")) {
		ev_buf_reset(&slip->given);
		ev_buf_addslice(&slip->given, row->bytes);
		return 0;
	}
	e->dialect = row->dialect;
	e->ordinal = ordinal_of(row->kind);
	e->identity = e->ordinal > 0	   ? EV_NO_ID :
	    ev_slice_is(row->kind, "line") ? EV_LINE_ID :
					     EV_HAND_ID;
	if (e->identity == EV_HAND_ID && !ev_slice_is(row->kind, "id"))
		return ev_fail(err, "it holds an unknown kind");
	e->given = ev_buf_slice(&slip->given);
	ev_buf_reserve(&e->line, row->bytes.n + 1 + EV_SCAN_PAD);
	ev_buf_addslice(&e->line, row->bytes);
	memset(e->line.p + e->line.n, '\0', 1 + EV_SCAN_PAD);
	if (look_into(e, slip, err) == -1)
		return -1;
	if (e->identity != EV_NO_ID && e->own_id.n == 0) {
		e->identity = EV_NO_ID;
		e->ordinal = 1;
	}
	parcels->bytes += e->line.n + 1;
	parcels->n++;
	if (parcels->n < parcels->cap)
		ev_buf_reset(&parcels->slip[parcels->n].given);
	return 0;
}

int
ev_parcel_read(const struct ev_place *place, struct ev_slice text,
    struct ev_parcels *parcels, struct ev_err *err)
{
	size_t n = parcels->n, bytes = parcels->bytes;
	struct ev_buf head = EV_BUF_INIT;
	struct row row;
	int r = 0;

	ev_parcel_head(place, &head);
	if (!ev_slice_starts(text, ev_buf_str(&head)))
		r = ev_fail(err, "it is none of this store");
	else {
		text.p += head.n;
		text.n -= head.n;
	}
	while (r == 0 && text.n > 0) {
		if (!read_row(place, &text, &row))
			r = ev_fail(err, "it holds an unknown line");
		else
			r = take(&row, parcels, err);
	}
	ev_buf_clear(&head);
	if (r == -1) {
		parcels->n = n;
		parcels->bytes = bytes;
	}
	return r;
}

void
ev_parcels_reset(struct ev_parcels *parcels)
{
	parcels->n = 0;
	parcels->bytes = 0;
	if (parcels->cap > 0)
		ev_buf_reset(&parcels->slip[0].given);
}

void
ev_parcels_clear(struct ev_parcels *parcels)
{
	size_t i;

	for (i = 0; i < parcels->cap; i++) {
		ev_buf_clear(&parcels->entry[i].line);
		ev_buf_clear(&parcels->entry[i].there);
		ev_buf_clear(&parcels->slip[i].id);
		ev_buf_clear(&parcels->slip[i].given);
	}
	free(parcels->entry);
	free(parcels->slip);
	*parcels = (struct ev_parcels)EV_PARCELS_INIT;
}
