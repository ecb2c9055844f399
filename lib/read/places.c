#include "read/places.h"

#include <stdlib.h>

#include "base/mem.h"
#include "event/ident.h"

void
ev_places_init(struct ev_places *places, const struct ev_model *model)
{
	*places = (struct ev_places){ .before = ev_event_new(model) };
	ev_places_reset(places);
}

void
ev_places_clear(struct ev_places *places)
{
	free(places->v);
	ev_event_free(places->before);
}

void
ev_places_reset(struct ev_places *places)
{
	places->n = 0;
	places->bytes = 0;
	places->sorted = places->whole = true;
	places->repeats = false;
}

/* The order of the last line and of this one, which has the same time. */
static int
tie(struct ev_places *places, const struct ev_item *last,
    const struct ev_item *item, struct ev_event *ev)
{
	uint64_t apart = ev_item_offset(item) - ev_item_offset(last);
	struct ev_slice line = { places->line, last->length };
	int diff = 0;

	/* a long last line of a block is put together elsewhere */
	if (line.p + apart != ev->line.p)
		return 1;
	if (ev_item_has_time(item) &&
	    ev_event_read(places->before, line.p, line.n) == EV_SCAN_OK)
		diff = ev_ident_cmp(ev_event_text(places->before, EV_ID),
		    ev_event_text(ev, EV_ID));
	return diff != 0 ? diff : ev_slice_cmp(line, ev->line);
}

static void
follow(
    struct ev_places *places, const struct ev_item *item, struct ev_event *ev)
{
	const struct ev_item *last = &places->v[places->n - 1];
	int diff = ev_item_time_cmp(last, item);

	if (diff == 0)
		diff = tie(places, last, item, ev);
	places->sorted = diff <= 0;
	places->repeats |= diff == 0;
	places->whole &=
	    ev_item_offset(last) + last->length + 1 == ev_item_offset(item);
}

void
ev_places_add(struct ev_places *places, size_t source, struct ev_event *ev,
    uint64_t offset)
{
	struct timespec time;
	bool timed = ev_event_time(ev, &time);
	struct ev_item item =
	    ev_order_item(source, offset, ev->line.n, timed ? &time : NULL);

	if (places->n > 0 && places->sorted)
		follow(places, &item, ev);
	if (places->n == places->cap) {
		places->cap = places->cap == 0 ? 256 : places->cap * 2;
		places->v =
		    ev_realloc(places->v, places->cap, sizeof(*places->v));
	}
	places->v[places->n++] = item;
	places->bytes += ev->line.n + 1;
	places->line = ev->line.p;
}
