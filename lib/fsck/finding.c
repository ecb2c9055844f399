#include "fsck/finding.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/quote.h"
#include "out/escape.h"

/* Are there so many of the same that this one is one too many? */
static bool
is_flood(const struct ev_findings *f, const char *file, const char *what)
{
	const struct ev_finding *old;

	if (f->n < EV_FINDINGS_MOST)
		return false;
	old = &f->v[f->n - EV_FINDINGS_MOST];
	return strcmp(old->file, file) == 0 && strcmp(old->what, what) == 0 &&
	    strcmp(f->v[f->n - 1].file, file) == 0 &&
	    strcmp(f->v[f->n - 1].what, what) == 0;
}

void
ev_finding_add(struct ev_findings *f, enum ev_grave grave, const char *file,
    uint64_t line, const char *what, const char *fmt, ...)
{
	struct ev_finding *one;
	char why[1024];
	va_list ap;

	f->problems += grave == EV_FINDING_PROBLEM;
	if (is_flood(f, file, what)) {
		f->unsaid++;
		return;
	}
	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	if (f->n == f->cap) {
		f->cap = f->cap < 16 ? 16 : f->cap * 2;
		f->v = ev_realloc(f->v, f->cap, sizeof(*f->v));
	}
	one = &f->v[f->n++];
	*one = (struct ev_finding){ grave, ev_strdup(file), line, what,
		ev_strdup(why) };
}

void
ev_findings_clear(struct ev_findings *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->v[i].file);
		free(f->v[i].why);
	}
	free(f->v);
	*f = (struct ev_findings)EV_FINDINGS_INIT;
}

void
ev_findings_text(const struct ev_findings *f, bool notes, struct ev_buf *out)
{
	const struct ev_finding *one;
	size_t i;

	for (i = 0; i < f->n; i++) {
		one = &f->v[i];
		if (one->grave == EV_FINDING_NOTE && !notes)
			continue;
		ev_escape(out, ev_slice_of(one->file));
		if (one->line > 0)
			ev_buf_addf(out, ":%" PRIu64, one->line);
		ev_buf_addf(out, ": %s: ", one->what);
		ev_escape(out, ev_slice_of(one->why));
		ev_buf_addc(out, '\n');
	}
	if (f->unsaid > 0)
		ev_buf_addf(out, "... and %" PRIu64 " more\n", f->unsaid);
}

static void
add_json(const struct ev_finding *one, struct ev_buf *out)
{
	static const char *const graves[] = { "note", "problem", "mended" };

	ev_buf_adds(out, "{\"file\":");
	ev_quote(out, ev_slice_of(one->file));
	if (one->line > 0)
		ev_buf_addf(out, ",\"line\":%" PRIu64, one->line);
	ev_buf_addf(out,
	    ",\"grave\":\"%s\",\"what\":\"%s\",\"why\":", graves[one->grave],
	    one->what);
	ev_quote(out, ev_slice_of(one->why));
	ev_buf_addc(out, '}');
}

void
ev_findings_json(const struct ev_findings *first,
    const struct ev_findings *second, bool array, struct ev_buf *out)
{
	size_t i, n = first->n + second->n;

	if (array)
		ev_buf_addc(out, '[');
	for (i = 0; i < n; i++) {
		if (array && i > 0)
			ev_buf_addc(out, ',');
		add_json(i < first->n ? &first->v[i] : &second->v[i - first->n],
		    out);
		if (!array)
			ev_buf_addc(out, '\n');
	}
	if (array)
		ev_buf_adds(out, "]\n");
}
