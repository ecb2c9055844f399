/*
 * print: a forest as text, in one of several formats (4-views 4.4).
 */
#ifndef EV_TREE_PRINT_H
#define EV_TREE_PRINT_H

#include "event/event.h"
#include "input/again.h"
#include "out/sink.h"
#include "tree/caption.h"
#include "tree/forest.h"
#include "tree/label.h"
#include "tree/select.h"
#include "tree/tour.h"

#define EV_TREE_FORMATS "utf8 ascii dot mermaid json jsonl html"

struct ev_print {
	/* the caller's */
	const struct ev_forest	*forest;
	struct ev_again		*again;
	struct ev_event		*ev;		/* of the model of the labels,
						 * which wants EV_ID, EV_TYPE */
	const struct ev_labels	*labels;
	const struct ev_captions *captions;	/* of the labels, or NULL */
	const char		*group;		/* what groups share, or NULL */
	struct ev_sink		*sink;
	uint32_t		 most;		/* depth */
	size_t			 width;		/* columns; 0: do not cut */
	bool			 terminal;	/* nothing of the data may act
						 * on it */
	bool			 ascii;		/* "..." for "…" */
	/* while it runs */
	struct ev_tour		 tour;
	struct ev_buf		 line;		/* of the tour's node, which ev
						 * holds */
	struct ev_slice		 label;		/* of the tour's event */
	struct ev_buf		 fresh, scratch; /* for one that was not kept */
	struct ev_buf		 out;
	bool			 more;		/* a brother was printed */
	void			*own;		/* the format's */
};

/* Does the format of this name show the labels of events? */
bool	ev_print_labels(const char *format);
/* Prints in the format of this name.  0 or -1. */
int	ev_print_forest(struct ev_print *print, const char *format,
	    struct ev_err *err);

/* For the formats. */

struct ev_print_format {
	const char	*name;
	bool		event;	/* asks print->ev; else for labels */
	/* any may be NULL */
	void		(*begin)(struct ev_print *print);
	void		(*enter)(struct ev_print *print);
	void		(*leave)(struct ev_print *print);
	void		(*end)(struct ev_print *print);
};

extern const struct ev_print_format ev_print_utf8, ev_print_ascii,
    ev_print_dot, ev_print_mermaid, ev_print_json, ev_print_jsonl,
    ev_print_html;

/* Of the tour's node, all good while it is that. */
const struct ev_forest_node *ev_print_node(const struct ev_print *print);
bool	ev_print_is_event(const struct ev_print *print);
/* Its id, or the text that it is if it is no event. */
struct ev_slice ev_print_id(const struct ev_print *print);
/* Appends the label with what is special about it; nothing in that can act on
 * a terminal. */
void	ev_print_label(struct ev_print *print, struct ev_buf *out);
/* Appends "missing":true, or the like, for JSON. */
void	ev_print_marks(const struct ev_print *print, struct ev_buf *out);

#endif
