#include "out/otlp.h"

#include <string.h>

#include "event/severity.h"
#include "json/number.h"
#include "json/quote.h"
#include "out/dbtext.h"

#define TRACE_CHARS 32
#define HEX "0123456789abcdefABCDEF"

const enum ev_role ev_otlp_roles[] = { EV_ID, EV_TYPE, EV_TIME, EV_ACTOR,
	EV_SESSION, EV_PARENT, EV_CORRELATION, EV_ENTITY, EV_SEVERITY,
	EV_MESSAGE, EV_ROLES };

/* In the order of the scale 0 to 5. */
static const int number_of[] = { 9, 10, 13, 14, 17, 21 };

static const struct {
	const char *name;
	enum ev_role role;
} attributes[] = {
	{ "event.name", EV_TYPE },
	{ "session.id", EV_SESSION },
	{ "ev.actor", EV_ACTOR },
	{ "ev.entity", EV_ENTITY },
	{ "ev.correlation", EV_CORRELATION },
	{ "ev.parent", EV_PARENT },
};

/* A string that protobuf, and what stores it, holds. */
static void
put_string(struct ev_buf *out, struct ev_slice text)
{
	struct ev_buf clean = EV_BUF_INIT;

	ev_dbtext_clean(&clean, text);
	ev_quote(out, ev_buf_slice(&clean));
	ev_buf_clear(&clean);
}

static void
put_attribute(struct ev_buf *out, const char *name, struct ev_slice text)
{
	if (out->p[out->n - 1] == '}')
		ev_buf_addc(out, ',');
	ev_buf_addf(out, "{\"key\":\"%s\",\"value\":{\"stringValue\":", name);
	put_string(out, text);
	ev_buf_adds(out, "}}");
}

static void
put_attributes(struct ev_event *ev, struct ev_buf *out)
{
	struct ev_slice text;
	size_t i;

	ev_buf_adds(out, ",\"attributes\":[");
	put_attribute(out, "log.record.uid", ev_event_id(ev));
	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		text = ev_event_text(ev, attributes[i].role);
		if (text.n > 0)
			put_attribute(out, attributes[i].name, text);
	}
	put_attribute(out, "log.record.original", ev->line);
	ev_buf_addc(out, ']');
}

/* Whole numbers of 64 bits are strings in protobuf's JSON. */
static void
put_time(struct ev_event *ev, struct ev_buf *out)
{
	struct timespec t;
	uint64_t ns;

	if (!ev_event_time(ev, &t) || t.tv_sec < 0 ||
	    (uint64_t)t.tv_sec >= UINT64_MAX / 1000000000)
		return;
	ns = (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
	ev_buf_addf(out, "\"timeUnixNano\":\"%llu\",", (unsigned long long)ns);
}

static void
put_severity(struct ev_event *ev, struct ev_buf *out)
{
	struct ev_slice text = ev_event_text(ev, EV_SEVERITY);
	int64_t severity;

	if (text.n == 0)
		return;
	if (ev_num_valid(text) && ev_num_int(text, &severity) &&
	    severity >= 0 && severity <= 5) {
		ev_buf_addf(out,
		    "\"severityNumber\":%d,\"severityText\":\"%s\",",
		    number_of[severity], ev_severity_label((int)severity));
		return;
	}
	ev_buf_adds(out, "\"severityText\":");
	put_string(out, text);
	ev_buf_addc(out, ',');
}

/* The correlation, when it is what a trace's id has to be. */
static void
put_trace(struct ev_event *ev, struct ev_buf *out)
{
	struct ev_slice text = ev_event_text(ev, EV_CORRELATION);
	bool some = false;
	size_t i;

	if (text.n != TRACE_CHARS)
		return;
	for (i = 0; i < text.n; i++) {
		if (memchr(HEX, text.p[i], sizeof(HEX) - 1) == NULL)
			return;
		some |= text.p[i] != '0';
	}
	if (!some)
		return;
	ev_buf_adds(out, ",\"traceId\":\"");
	for (i = 0; i < text.n; i++)
		ev_buf_addc(out,
		    (char)(text.p[i] <= '9' ? text.p[i] : text.p[i] | 0x20));
	ev_buf_addc(out, '"');
}

void
ev_otlp_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_slice body = ev_event_text(ev, EV_MESSAGE);

	(void)writer;
	if (body.n == 0)
		body = ev_event_text(ev, EV_TYPE);
	ev_buf_addf(out,
	    "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
	    "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}}]},"
	    "\"scopeLogs\":[{\"scope\":{\"name\":\"ev\"},\"logRecords\":[{",
	    ev->dialect->name);
	put_time(ev, out);
	put_severity(ev, out);
	ev_buf_adds(out, "\"body\":{\"stringValue\":");
	put_string(out, body);
	ev_buf_addc(out, '}');
	put_attributes(ev, out);
	put_trace(ev, out);
	ev_buf_adds(out, "}]}]}]}");
}
