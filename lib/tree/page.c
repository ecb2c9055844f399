/* The format html: one page that needs no network and no script. */
#include "out/markup.h"
#include "tree/print.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>Events</title>\n<style>\n"
    ":root { color-scheme: light dark }\n"
    "body { font: 14px/1.5 system-ui, sans-serif; margin: 1.5em }\n"
    "ul { list-style: none; margin: 0; padding: 0 0 0 1.1em;\n"
    "  border-left: 1px solid #8886 }\n"
    "body > ul { border: 0; padding: 0 }\n"
    "li { overflow-wrap: anywhere }\n"
    "summary { cursor: pointer }\n"
    "li > span { padding-left: 1.05em }\n"
    ".missing > span, .missing > details > summary\n  { opacity: .65; font-style: italic }\n"
    "</style>\n<ul>\n";

static void
begin(struct ev_print *print)
{
	ev_buf_adds(&print->out, head);
}

/* Does the tour go on below its node? */
static bool
has_below(const struct ev_print *print)
{
	return print->tour.depth < print->tour.most &&
	    ev_print_node(print)->child != EV_FOREST_NONE;
}

static void
enter(struct ev_print *print)
{
	struct ev_buf *out = &print->out, label = EV_BUF_INIT;
	bool below = has_below(print);

	ev_buf_adds(
	    out, ev_print_is_event(print) ? "<li>" : "<li class=\"missing\">");
	ev_buf_adds(out, below ? "<details open><summary>" : "<span>");
	ev_print_label(print, &label);
	ev_markup(out, ev_buf_slice(&label));
	ev_buf_adds(out, below ? "</summary><ul>\n" : "</span>");
	ev_buf_clear(&label);
}

static void
leave(struct ev_print *print)
{
	ev_buf_adds(&print->out,
	    has_below(print) ? "</ul></details></li>\n" : "</li>\n");
}

static void
end(struct ev_print *print)
{
	ev_buf_adds(&print->out, "</ul>\n</html>\n");
}

const struct ev_print_format ev_print_html = { "html", false, begin, enter,
	leave, end };
