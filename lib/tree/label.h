/*
 * label: an event in a few words, by a template of fields (tree/template).
 */
#ifndef EV_TREE_LABEL_H
#define EV_TREE_LABEL_H

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"

struct ev_labels;

/*
 * Reads a template for all events (NULL: each dialect has its own), and wants
 * its fields of the model, which is not yet sealed.  NULL: the message says
 * what is wrong with it.
 */
struct ev_labels *ev_labels_new(const char *text, struct ev_model *model,
	    struct ev_err *err);
void	ev_labels_free(struct ev_labels *labels);

/* Stands in a label for the event's id, so that many have the same; nothing
 * else puts a control character there. */
#define EV_LABEL_ID '\001'

/* Appends an event's label without its id; nothing in it can act on a terminal.
 * scratch is overwritten; threads, each with its own, may share the labels. */
void	ev_labels_text(const struct ev_labels *labels, struct ev_event *ev,
	    struct ev_buf *scratch, struct ev_buf *out);

/* Appends such a label with the id, escaped, where it belongs. */
void	ev_label_put(struct ev_buf *out, struct ev_slice label,
	    struct ev_slice id);

#endif
