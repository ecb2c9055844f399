/* The format json: an array of roots, each event with its children in it. */
#include "json/quote.h"
#include "tree/print.h"

static void
begin(struct ev_print *print)
{
	ev_buf_addc(&print->out, '[');
}

/* The event without its last brace: its bytes stay as they are. */
static void
put_open(const struct ev_print *print, struct ev_buf *out)
{
	struct ev_slice line = print->ev->line;

	while (line.p[line.n - 1] != '}')
		line.n--;
	line.n--;
	ev_buf_addslice(out, line);
	while (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t')
		line.n--;
	if (line.p[line.n - 1] != '{')
		ev_buf_addc(out, ',');
}

static void
enter(struct ev_print *print)
{
	struct ev_buf *out = &print->out;
	bool group = (ev_print_node(print)->flags & EV_FOREST_GROUP) != 0;

	ev_buf_adds(out, print->more ? ",\n" : "\n");
	print->more = false;
	if (ev_print_is_event(print)) {
		put_open(print, out);
	} else {
		ev_buf_adds(out, "{");
		ev_quote(out, ev_slice_of(group ? print->group : "id"));
		ev_buf_addc(out, ':');
		ev_quote(out, ev_print_id(print));
		ev_buf_addc(out, ',');
	}
	ev_print_marks(print, out);
	ev_buf_adds(out, "\"children\":[");
}

static void
leave(struct ev_print *print)
{
	ev_buf_adds(&print->out, "]}");
	print->more = true;
}

static void
end(struct ev_print *print)
{
	ev_buf_adds(&print->out, "\n]\n");
}

const struct ev_print_format ev_print_json = { "json", true, begin, enter,
	leave, end };
