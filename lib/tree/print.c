#include "tree/print.h"

#include <string.h>

#include "input/ties.h"
#include "out/escape.h"

#define FLUSH 65536u
#define AHEAD 32 /* steps of a walk */

static const struct ev_print_format *const formats[] = { &ev_print_utf8,
	&ev_print_ascii, &ev_print_dot, &ev_print_mermaid, &ev_print_json,
	&ev_print_jsonl, &ev_print_html };

static const struct {
	unsigned flag;
	const char *json, *label;
} marks[] = {
	{ EV_FOREST_MISSING, "\"missing\":true,", " (root, not in the log)" },
	{ EV_FOREST_CYCLE, "\"cycle\":true,", " (came of itself, cut here)" },
	{ EV_FOREST_AGAIN, "\"again\":true,", " (again)" },
};

#define MARKS (sizeof(marks) / sizeof(marks[0]))

const struct ev_forest_node *
ev_print_node(const struct ev_print *print)
{
	return &print->forest->node[print->tour.node];
}

bool
ev_print_is_event(const struct ev_print *print)
{
	return print->tour.node < print->forest->events;
}

struct ev_slice
ev_print_id(const struct ev_print *print)
{
	return ev_forest_text(print->forest, print->tour.node);
}

void
ev_print_label(struct ev_print *print, struct ev_buf *out)
{
	unsigned flags = ev_print_node(print)->flags;
	struct ev_slice text;
	size_t i;

	if (ev_print_is_event(print)) {
		ev_label_put(out, print->label, ev_print_id(print));
	} else {
		text = ev_forest_text(print->forest, print->tour.node);
		if ((flags & EV_FOREST_GROUP) != 0)
			ev_buf_addf(out, "%s ", print->group);
		ev_escape(out, text);
	}
	for (i = 0; i < MARKS; i++)
		if ((flags & marks[i].flag) != 0)
			ev_buf_adds(out, marks[i].label);
	if (print->tour.hidden > 0)
		ev_buf_addf(out, " [%u more below]", print->tour.hidden);
}

void
ev_print_marks(const struct ev_print *print, struct ev_buf *out)
{
	unsigned flags = ev_print_node(print)->flags;
	size_t i;

	for (i = 0; i < MARKS; i++)
		if ((flags & marks[i].flag) != 0)
			ev_buf_adds(out, marks[i].json);
}

/* Reads the tour's event. */
static int
read_event(struct ev_print *print, struct ev_err *err)
{
	const struct ev_forest_node *node = ev_print_node(print);
	struct ev_item item = { .at = node->at };

	ev_buf_reset(&print->line);
	if (ev_again_line(print->again, ev_item_source(&item),
		ev_item_offset(&item), node->length, &print->line, err) == -1)
		return -1;
	if (ev_event_read(print->ev, print->line.p, node->length) != EV_SCAN_OK)
		return ev_fail(err, "a line changed while it was read");
	return 0;
}

/* What the format asks of the tour's node, if that is an event. */
static int
get_node(struct ev_print *print, bool event, struct ev_err *err)
{
	if (!ev_print_is_event(print))
		return 0;
	if (!event &&
	    ev_captions_get(print->captions, print->tour.node, &print->label))
		return 0;
	if (read_event(print, err) == -1)
		return -1;
	if (event)
		return 0;
	ev_buf_reset(&print->fresh);
	ev_labels_text(
	    print->labels, print->ev, &print->scratch, &print->fresh);
	print->label = ev_buf_slice(&print->fresh);
	return 0;
}

static int
put(struct ev_print *print, size_t least, struct ev_err *err)
{
	struct ev_buf *out = &print->out;

	if (out->n < least)
		return 0;
	if (print->terminal)
		ev_escape_lines(out, 0);
	if (ev_sink_write(print->sink, out->p, out->n, err) == -1)
		return -1;
	ev_buf_reset(out);
	return 0;
}

/* The next steps of the walk, the texts of their nodes on the way to
 * the processor: in a large forest each stands somewhere else. */
static size_t
look_ahead(const struct ev_print *print, struct ev_tour *walk,
    struct ev_tour steps[AHEAD])
{
	size_t n = 0, i;

	while (n < AHEAD && ev_tour_next(walk)) {
		steps[n++] = *walk;
		ev_forest_expect(print->forest, walk->node, 0);
		ev_captions_expect(print->captions, walk->node);
	}
	for (i = 0; i < n; i++)
		ev_forest_expect(print->forest, steps[i].node, 1);
	return n;
}

static int
print_node(struct ev_print *print, const struct ev_print_format *format,
    struct ev_err *err)
{
	if (print->tour.leaving) {
		if (format->leave != NULL)
			format->leave(print);
	} else {
		if (get_node(print, format->event, err) == -1)
			return -1;
		format->enter(print);
	}
	return put(print, FLUSH, err);
}

static int
print_nodes(struct ev_print *print, const struct ev_print_format *format,
    struct ev_err *err)
{
	struct ev_tour walk, steps[AHEAD];
	size_t n, i;

	ev_tour_begin(&walk, print->forest, print->most);
	while ((n = look_ahead(print, &walk, steps)) > 0) {
		for (i = 0; i < n; i++) {
			print->tour = steps[i];
			if (print_node(print, format, err) == -1)
				return -1;
		}
	}
	return 0;
}

static const struct ev_print_format *
format_named(const char *name)
{
	size_t i;

	for (i = 0; strcmp(formats[i]->name, name) != 0; i++)
		continue;
	return formats[i];
}

bool
ev_print_labels(const char *format)
{
	return !format_named(format)->event;
}

int
ev_print_forest(struct ev_print *print, const char *name, struct ev_err *err)
{
	const struct ev_print_format *format = format_named(name);
	int r;

	if (format->begin != NULL)
		format->begin(print);
	r = print_nodes(print, format, err);
	if (format->end != NULL)
		format->end(print);
	if (r == 0)
		r = put(print, 0, err);
	ev_buf_clear(&print->line);
	ev_buf_clear(&print->fresh);
	ev_buf_clear(&print->scratch);
	ev_buf_clear(&print->out);
	return r;
}
