/*
 * caption: the labels of a forest's events, kept from when they were read.
 *
 * A line that is only asked for its label need not be read again then.  Labels
 * without their ids (tree/label.h) repeat: each is there once, and 4 bytes an
 * event.  Where they do not repeat they end at 8 bytes an event more.
 */
#ifndef EV_TREE_CAPTION_H
#define EV_TREE_CAPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "tree/forest.h"

struct ev_captions;

struct ev_captions *ev_captions_new(void);
void	ev_captions_free(struct ev_captions *captions);

/* Is there no room for more?  Any thread may ask. */
bool	ev_captions_full(const struct ev_captions *captions);

/* The label, as ev_labels_text gives it, of the forest's next event (p NULL: it
 * has none to keep), and its ev_names_hash. */
void	ev_captions_add(struct ev_captions *captions, struct ev_slice label,
	    uint64_t hash);

/* Says that the label of an event is asked for soon.  captions may be NULL here
 * and below. */
void	ev_captions_expect(const struct ev_captions *captions, uint32_t event);
/* The label of an event; false: it was not kept. */
bool	ev_captions_get(const struct ev_captions *captions, uint32_t event,
	    struct ev_slice *label);

#endif
