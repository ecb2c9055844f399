#include "fsck/finding.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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

void
ev_findings_columns(struct ev_grid *grid)
{
	ev_grid_group(grid, "file", EV_GRID_TEXT);
	ev_grid_column(grid, "line", EV_GRID_COUNT);
	ev_grid_group(grid, "grave", EV_GRID_TEXT);
	ev_grid_group(grid, "what", EV_GRID_TEXT);
	ev_grid_group(grid, "why", EV_GRID_TEXT);
}

void
ev_findings_rows(const struct ev_findings *f, struct ev_grid *grid)
{
	static const char *const graves[] = { "note", "problem", "mended" };
	const struct ev_finding *one;
	size_t i;

	for (i = 0; i < f->n; i++) {
		one = &f->v[i];
		ev_grid_text(grid, ev_slice_of(one->file));
		if (one->line > 0)
			ev_grid_count(grid, one->line);
		else
			ev_grid_null(grid);
		ev_grid_text(grid, ev_slice_of(graves[one->grave]));
		ev_grid_text(grid, ev_slice_of(one->what));
		ev_grid_text(grid, ev_slice_of(one->why));
	}
}
