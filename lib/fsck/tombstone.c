#include "fsck/tombstone.h"

#include <string.h>

#include "base/hash.h"
#include "json/quote.h"
#include "json/walk.h"

#define LEAST 8 /* digits */

static const char mark[] = "\"redacted\":\"";

/* The object that a line is. */
static struct ev_val
object_of(const struct ev_event *ev)
{
	struct ev_val val = { 0 };

	ev_scan_value(ev->line.p, ev->line.n, &val, NULL);
	return val;
}

bool
ev_tombstone_is(const struct ev_event *ev)
{
	struct ev_val root = object_of(ev), key, val;
	struct ev_walk walk;
	bool is = false;

	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val))
		is |= ev_val_is(&key, "redacted") && val.kind == EV_STRING &&
		    val.n >= LEAST &&
		    strspn(val.p, "0123456789abcdef") >= val.n;
	return is;
}

/* Appends the members that a role has at the top: they are kept as they are. */
static void
add_members(struct ev_event *ev, const enum ev_role *roles, size_t count,
    struct ev_buf *out)
{
	struct ev_val root = object_of(ev), key, val, role;
	struct ev_walk walk;
	bool kept;
	size_t i;

	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val)) {
		kept = false;
		for (i = 0; i < count; i++) {
			role = ev_event_role(ev, roles[i]);
			kept |= role.kind != EV_NONE && role.p == val.p;
		}
		if (!kept || val.kind == EV_OBJECT || val.kind == EV_ARRAY)
			continue;
		ev_buf_addslice(out, ev_val_raw(&key));
		ev_buf_addc(out, ':');
		ev_buf_addslice(out, ev_val_raw(&val));
		ev_buf_addc(out, ',');
	}
}

/* With these roles and so many digits: false when it is too long. */
static bool
build(struct ev_event *ev, const enum ev_role *roles, size_t count,
    size_t digits, const char *hex, struct ev_buf *out)
{
	size_t start = out->n, used, tail = sizeof(mark) - 1 + digits + 2;

	ev_buf_addc(out, '{');
	add_members(ev, roles, count, out);
	used = out->n - start + tail;
	if (used > ev->line.n) {
		out->n = start;
		return false;
	}
	for (; used < ev->line.n; used++)
		ev_buf_addc(out, ' ');
	ev_buf_adds(out, mark);
	ev_buf_add(out, hex, digits);
	ev_buf_adds(out, "\"}");
	return true;
}

/* Is what was built an event with this id? */
static bool
is_known(
    struct ev_event *ev, struct ev_buf *out, size_t from, struct ev_slice id)
{
	ev_buf_reserve(out, EV_SCAN_PAD);
	memset(out->p + out->n, 0, EV_SCAN_PAD);
	return ev_event_read(ev, out->p + from, out->n - from) == EV_SCAN_OK &&
	    ev_slice_eq(ev_event_id(ev), id);
}

int
ev_tombstone_make(struct ev_event *ev, struct ev_buf *out, struct ev_err *err)
{
	static const enum ev_role roles[] = { EV_ID, EV_TIME, EV_TYPE };
	const struct ev_slice line = ev->line;
	struct ev_slice own = ev_event_id(ev);
	struct ev_buf id = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];
	size_t digits, count, from = out->n;
	bool done = false;

	/* what has no id of its own keeps its time and type */
	if (own.n > 0 && own.p[0] != '~')
		ev_buf_addslice(&id, own);
	ev_sha256_hex(line.p, line.n, hex);
	for (count = sizeof(roles) / sizeof(roles[0]); !done && count > 0;
	     count--)
		for (digits = sizeof(hex) - 1; !done && digits >= LEAST;
		     digits /= 2) {
			out->n = from;
			ev_event_read(ev, line.p, line.n);
			done = build(ev, roles, count, digits, hex, out) &&
			    (id.n == 0 ||
				is_known(ev, out, from, ev_buf_slice(&id)));
		}
	ev_buf_clear(&id);
	return done ?
	    0 :
	    ev_fail(err,
		"a line of %zu bytes is too short to be redacted: id, time and "
		"digest have no room in it",
		line.n);
}
