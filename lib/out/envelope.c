#include "out/envelope.h"

#include <ctype.h>
#include <string.h>

#include "json/quote.h"
#include "text/time.h"

const enum ev_role ev_id_roles[] = { EV_ID, EV_ROLES };
const enum ev_role ev_structured_roles[] = { EV_ID, EV_SESSION, EV_TYPE,
	EV_TIME, EV_TURN, EV_ROLES };
const enum ev_role ev_cloudevents_roles[] = { EV_ID, EV_TYPE, EV_TIME, EV_ACTOR,
	EV_ENTITY, EV_CORRELATION, EV_PARENT, EV_ROLES };

void
ev_jsonl_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	(void)writer;
	ev_buf_addslice(out, ev->line);
}

void
ev_id_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_slice id = ev_event_id(ev);
	size_t i;

	for (i = 0; i < id.n; i++) {
		if (id.p[i] == '\0')
			ev_buf_adds(out, "\\0");
		else if (id.p[i] == '\n' && !writer->nul)
			ev_buf_adds(out, "\\n");
		else if (id.p[i] == '\r' && !writer->nul)
			ev_buf_adds(out, "\\r");
		else
			ev_buf_addc(out, id.p[i]);
	}
}

/* The bytes of a value; a string anew in its quotes, because a computed or an
 * inner one has none around it. */
static void
put_raw(struct ev_buf *out, const struct ev_val *val)
{
	if (val->kind == EV_NONE) {
		ev_buf_adds(out, "null");
		return;
	}
	if (val->kind == EV_STRING)
		ev_buf_addc(out, '"');
	ev_buf_addslice(out, ev_val_slice(val));
	if (val->kind == EV_STRING)
		ev_buf_addc(out, '"');
}

/* The same, as a string in any case. */
static void
put_string(struct ev_buf *out, const struct ev_val *val)
{
	if (val->kind == EV_STRING)
		put_raw(out, val);
	else
		ev_quote(out, ev_val_slice(val));
}

static void
put_id(struct ev_event *ev, struct ev_buf *out, bool string)
{
	struct ev_val id = ev_event_role(ev, EV_ID);

	if (id.kind == EV_NONE || (id.kind == EV_STRING && id.n == 0))
		ev_quote(out, ev_event_id(ev));
	else if (string)
		put_string(out, &id);
	else
		put_raw(out, &id);
}

static void
put_role(struct ev_event *ev, struct ev_buf *out, const char *before,
    enum ev_role role)
{
	struct ev_val val = ev_event_role(ev, role);

	ev_buf_adds(out, before);
	put_raw(out, &val);
}

static void
put_moment(struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val stored = ev_event_role(ev, EV_TIME);
	char text[EV_TIME_SIZE];
	struct timespec t;
	bool timed = ev_event_time(ev, &t);

	ev_buf_adds(out, ",\"timestamp\":");
	if (ev->dialect == &ev_dialects[EV_BREWVA])
		put_raw(out, &stored);
	else if (timed)
		ev_buf_addf(out, "%lld", (long long)ev_time_ms(t));
	else
		ev_buf_adds(out, "null");
	ev_buf_adds(out, ",\"isoTime\":");
	if (timed) {
		ev_time_format_s(t, text);
		ev_buf_addf(out, "\"%s\"", text);
	} else {
		ev_buf_adds(out, "null");
	}
}

void
ev_structured_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val turn = ev_event_role(ev, EV_TURN);
	struct ev_val payload = ev_event_payload(ev);

	(void)writer;
	ev_buf_adds(out, "{\"schema\":\"brewva.event.v1\",\"id\":");
	put_id(ev, out, false);
	put_role(ev, out, ",\"sessionId\":", EV_SESSION);
	put_role(ev, out, ",\"type\":", EV_TYPE);
	ev_buf_addf(out, ",\"category\":\"%s\"", ev_event_category(ev));
	put_moment(ev, out);
	if (turn.kind != EV_NONE)
		put_role(ev, out, ",\"turn\":", EV_TURN);
	if (payload.kind != EV_NONE) {
		ev_buf_adds(out, ",\"payload\":");
		put_raw(out, &payload);
	} else if (ev->dialect->payload == NULL) {
		ev_buf_adds(out, ",\"payload\":");
		ev_buf_addslice(out, ev->line);
	}
	ev_buf_addc(out, '}');
}

/* How many bytes at the beginning are the scheme of a URI with its colon. */
static size_t
scheme(struct ev_slice text)
{
	size_t i;

	if (text.n == 0 || !isalpha((unsigned char)text.p[0]))
		return 0;
	for (i = 1; i < text.n; i++) {
		if (text.p[i] == ':')
			return i + 1;
		if (!isalnum((unsigned char)text.p[i]) &&
		    (text.p[i] == '\0' || !strchr("+-.", text.p[i])))
			return 0;
	}
	return 0;
}

static bool
percent(const char *p, const char *end)
{
	return end - p >= 3 && isxdigit((unsigned char)p[1]) &&
	    isxdigit((unsigned char)p[2]);
}

/*
 * Text as a URI reference (RFC 3986): what may stand there stays.  A colon
 * before the first slash would be read as a scheme's, a second "#" and square
 * brackets have no place at all.
 */
static void
put_uri(struct ev_buf *out, struct ev_slice text)
{
	size_t head = scheme(text), i;
	bool colon = head > 0, fragment = false;
	unsigned char c;

	ev_buf_add(out, text.p, head);
	for (i = head; i < text.n; i++) {
		c = (unsigned char)text.p[i];
		if (isalnum(c) ||
		    (c != '\0' && strchr("-._~!$&'()*+,;=@/?", c)) ||
		    (c == ':' && colon) || (c == '#' && !fragment) ||
		    (c == '%' && percent(text.p + i, text.p + text.n)))
			ev_buf_addc(out, (char)c);
		else
			ev_buf_addf(out, "%%%02X", c);
		colon |= c == '/' || c == '?' || c == '#';
		fragment |= c == '#';
	}
}

static void
put_source(struct ev_event *ev, struct ev_buf *out)
{
	struct ev_slice actor = ev_event_text(ev, EV_ACTOR);

	ev_buf_adds(out, ",\"source\":\"");
	if (actor.n > 0)
		put_uri(out, actor);
	else
		ev_buf_addf(out, "ev:%s", ev->dialect->name);
	ev_buf_addc(out, '"');
}

/* An attribute that may be missing and must not be empty. */
static void
put_attribute(struct ev_event *ev, struct ev_buf *out, const char *name,
    enum ev_role role)
{
	struct ev_val val = ev_event_role(ev, role);

	if (val.kind == EV_NONE || val.n == 0)
		return;
	ev_buf_addf(out, ",\"%s\":", name);
	put_string(out, &val);
}

void
ev_cloudevents_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val type = ev_event_role(ev, EV_TYPE);
	char text[EV_TIME_SIZE];
	struct timespec t;

	(void)writer;
	if (ev->dialect == &ev_dialects[EV_CLOUDEVENTS]) {
		ev_buf_addslice(out, ev->line);
		return;
	}
	ev_buf_adds(out, "{\"specversion\":\"1.0\",\"id\":");
	put_id(ev, out, true);
	put_source(ev, out);
	if (type.kind == EV_NONE || type.n == 0)
		ev_buf_adds(out, ",\"type\":\"event\"");
	put_attribute(ev, out, "type", EV_TYPE);
	put_attribute(ev, out, "subject", EV_ENTITY);
	if (ev_event_time(ev, &t)) {
		ev_time_format(t, text);
		ev_buf_addf(out, ",\"time\":\"%s\"", text);
	}
	put_attribute(ev, out, "correlationid", EV_CORRELATION);
	put_attribute(ev, out, "causationid", EV_PARENT);
	ev_buf_adds(out, ",\"datacontenttype\":\"application/json\",\"data\":");
	ev_buf_addslice(out, ev->line);
	ev_buf_addc(out, '}');
}
