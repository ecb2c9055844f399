/* The formats utf8 and ascii: branches that a person can follow. */
#include <string.h>

#include "base/mem.h"
#include "out/cells.h"
#include "tree/print.h"

#define DRAWN 64 /* levels of branches; deeper ones show their depth */

struct branches {
	const char *more, *last; /* before a node, by whether brothers follow */
	const char *open, *shut; /* before what is below it */
};

static const struct branches utf8 = { "├── ", "└── ", "│   ", "    " };
static const struct branches ascii = { "|-- ", "`-- ", "|   ", "    " };

struct draw {
	const struct branches *branches;
	/* before what is below the nodes on the way, and how much of it stands
	 * before each level */
	char way[DRAWN * sizeof("│   ")];
	size_t used[DRAWN + 1];
	struct ev_buf label;
};

static void
begin(struct ev_print *print, const struct branches *branches)
{
	struct draw *draw = ev_calloc(1, sizeof(*draw));

	draw->branches = branches;
	print->own = draw;
}

static void
begin_utf8(struct ev_print *print)
{
	begin(print, &utf8);
}

static void
begin_ascii(struct ev_print *print)
{
	begin(print, &ascii);
}

static void
put_branches(struct draw *draw, const struct ev_tour *tour, struct ev_buf *out)
{
	const struct branches *branches = draw->branches;
	uint32_t depth = tour->depth;
	const char *below;
	size_t used;

	if (depth == 0)
		return;
	ev_buf_adds(out, "  ");
	if (depth > DRAWN)
		ev_buf_addf(out, "[%u] ", depth);
	else
		ev_buf_add(out, draw->way, draw->used[depth]);
	ev_buf_adds(out, tour->last ? branches->last : branches->more);
	if (depth >= DRAWN)
		return;
	below = tour->last ? branches->shut : branches->open;
	used = strlen(below);
	memcpy(draw->way + draw->used[depth], below, used);
	draw->used[depth + 1] = draw->used[depth] + used;
}

static void
enter(struct ev_print *print)
{
	struct draw *draw = print->own;
	const struct ev_tour *tour = &print->tour;
	struct ev_buf *out = &print->out;
	size_t from = out->n, used;

	put_branches(draw, tour, out);
	if (print->width == 0) {
		ev_print_label(print, out);
		ev_buf_addc(out, '\n');
		return;
	}
	ev_buf_reset(&draw->label);
	ev_print_label(print, &draw->label);
	used = ev_cells((struct ev_slice){
	    out->p == NULL ? "" : out->p + from, out->n - from });
	if (print->width > used)
		ev_escape_cut(out, ev_buf_slice(&draw->label),
		    print->width - used, print->ascii);
	else
		ev_buf_addslice(out, ev_buf_slice(&draw->label));
	ev_buf_addc(out, '\n');
}

static void
end(struct ev_print *print)
{
	struct draw *draw = print->own;

	ev_buf_clear(&draw->label);
	free(draw);
}

const struct ev_print_format ev_print_utf8 = { "utf8", false, begin_utf8, enter,
	NULL, end };
const struct ev_print_format ev_print_ascii = { "ascii", false, begin_ascii,
	enter, NULL, end };
