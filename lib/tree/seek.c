#include "tree/seek.h"

#include <string.h>

#include "input/ties.h"
#include "text/recent.h"

#define PREFIX_LEAST 6 /* characters of a prefix */

struct seek {
	const struct ev_forest *forest;
	struct ev_again *again;
	struct ev_event *ev;
	struct ev_buf line;
};

static int
read_event(struct seek *seek, uint32_t node, struct ev_err *err)
{
	const struct ev_forest_node *n = &seek->forest->node[node];
	struct ev_item item = { .at = n->at };

	ev_buf_reset(&seek->line);
	if (ev_again_line(seek->again, ev_item_source(&item),
		ev_item_offset(&item), n->length, &seek->line, err) == -1)
		return -1;
	if (ev_event_read(seek->ev, seek->line.p, n->length) != EV_SCAN_OK)
		return ev_fail(err, "a line changed while it was read");
	return 0;
}

/* The node number `back` from the end (1: the last) whose type passes. */
static int
from_end(struct seek *seek, unsigned back, const struct ev_globs *types,
    uint32_t *node, struct ev_err *err)
{
	uint32_t i;

	for (i = seek->forest->events; i-- > 0;) {
		if ((seek->forest->node[i].flags & EV_FOREST_SAME) != 0)
			continue;
		if (types != NULL && read_event(seek, i, err) == -1)
			return -1;
		if (types != NULL &&
		    !ev_globs_match(types, ev_event_text(seek->ev, EV_TYPE)))
			continue;
		*node = i;
		if (--back == 0)
			return 1;
	}
	return 0;
}

static int
by_word(struct seek *seek, const char *text, uint32_t *node, struct ev_err *err)
{
	struct ev_recent recent;
	int r;

	if (ev_recent_parse(&recent, text, err) == -1)
		return -1;
	r = from_end(seek, recent.back, recent.types, node, err);
	ev_globs_free(recent.types);
	return r;
}

/* The id that a node stands for, also one that no event has; 0: none. */
static int
id_of(struct seek *seek, uint32_t node, struct ev_slice *id, struct ev_err *err)
{
	const struct ev_forest *forest = seek->forest;

	if (node >= forest->events) {
		*id = ev_forest_text(forest, node);
		return (forest->node[node].flags & EV_FOREST_MISSING) != 0;
	}
	if (forest->holder[forest->node[node].id] != node)
		return 0;
	if (read_event(seek, node, err) == -1)
		return -1;
	*id = ev_event_id(seek->ev);
	return 1;
}

/* The one id that begins with this text. */
static int
by_prefix(
    struct seek *seek, const char *text, uint32_t *node, struct ev_err *err)
{
	const struct ev_forest *forest = seek->forest;
	uint32_t i, found = EV_FOREST_NONE;
	struct ev_slice id;
	int r;

	for (i = 0; i < forest->count; i++) {
		r = id_of(seek, i, &id, err);
		if (r == -1)
			return -1;
		if (r == 0 || !ev_slice_starts(id, text))
			continue;
		if (found != EV_FOREST_NONE)
			return ev_fail(err,
			    "several ids begin with '%s': give more of it",
			    text);
		found = i;
	}
	*node = found;
	return found != EV_FOREST_NONE;
}

int
ev_forest_seek(const struct ev_forest *forest, struct ev_again *again,
    struct ev_event *ev, const char *text, uint32_t *node, struct ev_err *err)
{
	struct seek seek = { forest, again, ev, EV_BUF_INIT };
	int r;

	*node = ev_forest_find(forest, ev_slice_of(text));
	r = *node != EV_FOREST_NONE;
	if (r == 0 && *text == '@')
		r = by_word(&seek, text, node, err);
	else if (r == 0 && strlen(text) >= PREFIX_LEAST)
		r = by_prefix(&seek, text, node, err);
	if (r == 0)
		ev_fail(err, "no event '%s'", text);
	ev_buf_clear(&seek.line);
	return r;
}
