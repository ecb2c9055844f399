#include "parse/write.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "event/finger.h"
#include "event/ident.h"
#include "json/quote.h"

void
ev_finding_print(const struct ev_finding *finding, char *out)
{
	struct ev_finger parts = { ev_slice_of(finding->type), finding->message,
		finding->file, EV_SLICE("") };
	char line[16];

	if (finding->line > 0) {
		snprintf(line, sizeof(line), "%" PRIu32, finding->line);
		parts.line = ev_slice_of(line);
	}
	ev_finger_print(&parts, out);
}

static void
add_text(struct ev_buf *out, const char *name, struct ev_slice text)
{
	if (text.n == 0)
		return;
	ev_buf_addf(out, "\"%s\":", name);
	ev_quote(out, text);
	ev_buf_addc(out, ',');
}

static void
add_stack(struct ev_buf *out, const struct ev_finding *finding)
{
	const struct ev_frame *frame;
	struct ev_buf text = EV_BUF_INIT;
	size_t i;

	if (finding->frames == 0)
		return;
	ev_buf_adds(out, "\"stack\":[");
	for (i = 0; i < finding->frames; i++) {
		frame = &finding->frame[i];
		ev_buf_reset(&text);
		ev_buf_adds(&text, "at ");
		if (frame->function.n > 0) {
			ev_buf_addslice(&text, frame->function);
			ev_buf_adds(&text, " (");
		}
		ev_buf_addslice(&text, frame->file);
		if (frame->line > 0)
			ev_buf_addf(&text, ":%" PRIu32, frame->line);
		if (frame->line > 0 && frame->column > 0)
			ev_buf_addf(&text, ":%" PRIu32, frame->column);
		if (frame->function.n > 0)
			ev_buf_addc(&text, ')');
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_quote(out, ev_buf_slice(&text));
	}
	ev_buf_adds(out, "],");
	ev_buf_clear(&text);
}

void
ev_finding_write(struct ev_buf *out, const struct ev_finding *finding,
    const struct timespec *now, unsigned n)
{
	char print[EV_FINGER_SIZE], id[EV_IDENT_SIZE];

	ev_finding_print(finding, print);
	ev_buf_addc(out, '{');
	if (now != NULL) {
		ev_ident_agentguard(*now, print, n, id);
		ev_buf_addf(out, "\"id\":\"%s\",", id);
	}
	ev_buf_addf(out, "\"fingerprint\":\"%s\",\"type\":\"%s\",", print,
	    finding->type);
	ev_buf_addf(out, "\"severity\":%d,\"source\":\"%s\",",
	    finding->severity, finding->tool);
	add_text(out, "file", finding->file);
	if (finding->line > 0)
		ev_buf_addf(out, "\"line\":%" PRIu32 ",", finding->line);
	add_text(out, "message", finding->message);
	ev_buf_adds(out, "\"metadata\":{");
	add_text(out, "code", finding->code);
	if (finding->column > 0)
		ev_buf_addf(out, "\"column\":%" PRIu32 ",", finding->column);
	add_text(out, "testName", finding->test);
	add_stack(out, finding);
	ev_buf_addf(out, "\"rawLines\":%" PRIu64 "},", finding->raw);
	if (now != NULL)
		ev_buf_addf(
		    out, "\"timestamp\":%" PRId64 ",", ev_time_ms(*now));
	ev_buf_adds(out, "\"resolved\":false}\n");
}
