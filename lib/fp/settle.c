#include "fp/settle.h"

#include <string.h>

#include "emit/build.h"
#include "emit/given.h"
#include "json/quote.h"

#define FIELDS 7

/* Appends "NAME:=JSON" of a text. */
static void
put_text(struct ev_buf *out, const char *name, struct ev_slice text)
{
	ev_buf_adds(out, name);
	ev_buf_adds(out, ":=");
	ev_quote(out, text);
}

int
ev_settle_write(const struct ev_settle *settle, struct ev_err *err)
{
	struct ev_given given = { 0 };
	struct ev_buf text[FIELDS] = { EV_BUF_INIT };
	char *field[FIELDS];
	struct ev_entry *entry;
	struct ev_extra *extra;
	size_t i, n = 0;
	int r;

	put_text(&text[n++], "fingerprint", settle->mark);
	put_text(&text[n++], "message", settle->message);
	put_text(&text[n++], "metadata.type", settle->type);
	ev_buf_adds(&text[n++], "source=ev");
	ev_buf_adds(&text[n++], "severity:=0");
	ev_buf_adds(
	    &text[n++], settle->reopen ? "resolved:=false" : "resolved:=true");
	if (settle->commit != NULL)
		put_text(
		    &text[n++], "metadata.commit", ev_slice_of(settle->commit));
	for (i = 0; i < n; i++) {
		ev_buf_str(&text[i]);
		field[i] = text[i].p;
	}
	entry = ev_queue_next(&settle->record->queue, &extra);
	r = ev_given_settings(&given, settle->settings, false, err);
	given.keep_level = -1;
	if (r == 0)
		r = ev_build(&given,
		    settle->reopen ? "FindingReopened" : "FindingResolved",
		    field, n, entry, extra, err);
	if (r == 1) {
		ev_queue_keep(&settle->record->queue);
		r = ev_record_commit(settle->record, err);
	}
	for (i = 0; i < n; i++)
		ev_buf_clear(&text[i]);
	for (i = 0; i < EV_SAYS; i++)
		ev_buf_clear(&given.said[i].raw);
	return r;
}
