/* The formats dot (Graphviz) and mermaid. */
#include "tree/print.h"

/* Characters that mean something inside a quoted label, and what stands for
 * them.  Labels hold no control characters. */
struct quoting {
	char c;
	const char *as;
};

static const struct quoting dot_quotes[] = { { '"', "\\\"" }, { '\\', "\\\\" },
	{ '\0', NULL } };
static const struct quoting mermaid_quotes[] = { { '"', "#quot;" },
	{ '#', "#35;" }, { '<', "#lt;" }, { '>', "#gt;" }, { '&', "#amp;" },
	{ '`', "#96;" }, { '\\', "#92;" }, { '\0', NULL } };

static void
put_quoted(struct ev_print *print, const struct quoting *quotes)
{
	struct ev_buf label = EV_BUF_INIT, *out = &print->out;
	const struct quoting *quote;
	size_t i;

	ev_print_label(print, &label);
	ev_buf_addc(out, '"');
	for (i = 0; i < label.n; i++) {
		for (quote = quotes; quote->as != NULL; quote++)
			if (quote->c == label.p[i])
				break;
		if (quote->as != NULL)
			ev_buf_adds(out, quote->as);
		else
			ev_buf_addc(out, label.p[i]);
	}
	ev_buf_addc(out, '"');
	ev_buf_clear(&label);
}

static void
dot_begin(struct ev_print *print)
{
	ev_buf_adds(&print->out,
	    "digraph events {\n"
	    "\tnode [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
}

static void
dot_enter(struct ev_print *print)
{
	struct ev_buf *out = &print->out;
	const struct ev_forest_node *node = ev_print_node(print);

	ev_buf_addf(out, "\tn%u [label=", print->tour.node);
	put_quoted(print, dot_quotes);
	if (!ev_print_is_event(print))
		ev_buf_adds(out, ", style=\"rounded,dashed\"");
	ev_buf_adds(out, "];\n");
	if (node->up != EV_FOREST_NONE)
		ev_buf_addf(out, "\tn%u -> n%u;\n", node->up, print->tour.node);
}

static void
dot_end(struct ev_print *print)
{
	ev_buf_adds(&print->out, "}\n");
}

static void
mermaid_begin(struct ev_print *print)
{
	ev_buf_adds(&print->out, "graph TD\n");
}

static void
mermaid_enter(struct ev_print *print)
{
	struct ev_buf *out = &print->out;
	const struct ev_forest_node *node = ev_print_node(print);

	ev_buf_addf(out, "\tn%u[", print->tour.node);
	put_quoted(print, mermaid_quotes);
	ev_buf_adds(out, "]\n");
	if (node->up != EV_FOREST_NONE)
		ev_buf_addf(out, "\tn%u --> n%u\n", node->up, print->tour.node);
}

const struct ev_print_format ev_print_dot = { "dot", false, dot_begin,
	dot_enter, NULL, dot_end };
const struct ev_print_format ev_print_mermaid = { "mermaid", false,
	mermaid_begin, mermaid_enter, NULL, NULL };
