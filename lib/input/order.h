/*
 * order: replay order over several sources without their lines in memory
 * (4-views 4.1): (time, id, bytes), an event without an id before those that
 * have one, events without a time last, by bytes.
 */
#ifndef EV_INPUT_ORDER_H
#define EV_INPUT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "input/source.h"
#include "input/ties.h"

struct ev_order;

/* model wants EV_ID and EV_TIME; sources must be seekable (ev_source_settle)
 * and stay open as long as the order. */
struct ev_order *ev_order_new(const struct ev_model *model,
	    struct ev_source *sources, size_t count);
void	ev_order_free(struct ev_order *order);
/* An event: source number (< 2^20), its line's place (offset < 16 TiB) and
 * length without LF, its time (NULL: none). */
struct ev_item ev_order_item(size_t source, uint64_t offset, size_t length,
	    const struct timespec *time);
/* Notes an event, 24 bytes each. */
void	ev_order_add(struct ev_order *order, struct ev_item item);
/* Sorts what was added; only lines that share their time with another are read
 * again.  -1: one of them could not be. */
int	ev_order_sort(struct ev_order *order, struct ev_err *err);
size_t	ev_order_count(const struct ev_order *order);
/* Item i (0 = first); good until the next ev_order_add or _sort. */
const struct ev_item *ev_order_at(const struct ev_order *order, size_t i);
/* Compares any two events in *diff: -1, 0 (equal lines), 1; lines of one time
 * are read.  -1: one of them could not be. */
int	ev_order_cmp(struct ev_order *order, const struct ev_item *a,
	    const struct ev_item *b, int *diff, struct ev_err *err);
/* The number of sorted items before an event, in *before.  0 or -1. */
int	ev_order_before(struct ev_order *order, const struct ev_item *item,
	    size_t *before, struct ev_err *err);
/*
 * The line of event i (0 = first), read into *out (reset first) with LF and
 * EV_SCAN_PAD readable bytes behind; *source (may be NULL) is where it stood.
 */
int	ev_order_line(struct ev_order *order, size_t i, struct ev_buf *out,
	    size_t *source, struct ev_err *err);

#endif
