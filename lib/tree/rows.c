/* The format jsonl: a row for each node, with the way to it. */
#include <stdlib.h>

#include "base/mem.h"
#include "json/quote.h"
#include "tree/print.h"

#define PATH_MOST 128 /* ids in a path; the text of all is quadratic */

/* The ids from the root to the present node, quoted, with commas between. */
struct way {
	struct ev_buf ids;
	size_t *at; /* where each level's begins */
	size_t cap;
};

static void
begin(struct ev_print *print)
{
	print->own = ev_calloc(1, sizeof(struct way));
}

static void
step(struct way *way, uint32_t depth, struct ev_slice id)
{
	if (depth + 1 >= way->cap) {
		way->cap = way->cap == 0 ? 64 : way->cap * 2;
		way->at = ev_realloc(way->at, way->cap, sizeof(*way->at));
	}
	if (depth == 0)
		way->ids.n = 0;
	else {
		way->ids.n = way->at[depth];
		ev_buf_addc(&way->ids, ',');
	}
	ev_quote(&way->ids, id);
	way->at[depth + 1] = way->ids.n;
}

/* The quoted id of a level. */
static struct ev_slice
id_at(const struct way *way, uint32_t depth)
{
	size_t from = depth == 0 ? 0 : way->at[depth] + 1;

	return (
	    struct ev_slice){ way->ids.p + from, way->at[depth + 1] - from };
}

static void
put_path(const struct way *way, uint32_t depth, struct ev_buf *out)
{
	struct ev_slice first;

	if (depth >= PATH_MOST) {
		ev_buf_adds(out, "\"path_cut\":true,");
		first = id_at(way, depth + 1 - PATH_MOST);
	} else
		first = id_at(way, 0);
	ev_buf_adds(out, "\"path\":[");
	ev_buf_add(out, first.p, (size_t)(way->ids.p + way->ids.n - first.p));
	ev_buf_addc(out, ']');
}

static void
enter(struct ev_print *print)
{
	struct way *way = print->own;
	struct ev_buf *out = &print->out;
	uint32_t depth = print->tour.depth;
	struct ev_val type = { 0 };

	step(way, depth, ev_print_id(print));
	ev_buf_adds(out, "{\"id\":");
	ev_buf_addslice(out, id_at(way, depth));
	if (ev_print_is_event(print))
		type = ev_event_role(print->ev, EV_TYPE);
	ev_buf_adds(out, ",\"type\":");
	if (type.kind == EV_NONE)
		ev_buf_adds(out, "null");
	else
		ev_buf_addslice(out, ev_val_raw(&type));
	ev_buf_adds(out, ",\"parent\":");
	if (depth == 0)
		ev_buf_adds(out, "null");
	else
		ev_buf_addslice(out, id_at(way, depth - 1));
	ev_buf_addf(out, ",\"depth\":%u,", depth);
	ev_print_marks(print, out);
	if ((ev_print_node(print)->flags & EV_FOREST_GROUP) != 0)
		ev_buf_adds(out, "\"group\":true,");
	put_path(way, depth, out);
	ev_buf_adds(out, "}\n");
}

static void
end(struct ev_print *print)
{
	struct way *way = print->own;

	ev_buf_clear(&way->ids);
	free(way->at);
	free(way);
}

const struct ev_print_format ev_print_jsonl = { "jsonl", true, begin, enter,
	NULL, end };
