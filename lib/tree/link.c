#include "tree/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "input/ties.h"

struct links {
	struct ev_forest *forest;
	struct ev_again *again;
	struct ev_map *seen; /* number and digest of records that share an id */
	struct ev_sha256 *sha;
	struct ev_buf line;
	bool grouped;
	uint32_t *group_node; /* group number -> node; the last: no group */
};

static uint32_t
event_at(const struct ev_forest *forest, uint32_t i)
{
	return forest->order == NULL ? i : forest->order[i];
}

/* Was this record there, under its id?  From now on it is.  1, 0, -1. */
static int
was_there(
    struct links *links, const struct ev_forest_node *node, struct ev_err *err)
{
	struct {
		uint32_t id;
		unsigned char digest[EV_SHA256_SIZE];
	} key;
	struct ev_item item = { .at = node->at };
	bool fresh;

	ev_buf_reset(&links->line);
	if (ev_again_line(links->again, ev_item_source(&item),
		ev_item_offset(&item), node->length, &links->line, err) == -1)
		return -1;
	memset(&key, 0, sizeof(key));
	key.id = node->id;
	ev_sha256_add(links->sha, links->line.p, node->length);
	ev_sha256_end(links->sha, key.digest);
	ev_map_at(links->seen, &key, sizeof(key), &fresh);
	return !fresh;
}

/* Which records are the first of their id, which are equal to one, which are
 * none of both. */
static int
find_repeats(struct links *links, struct ev_err *err)
{
	struct ev_forest *forest = links->forest;
	uint32_t i, number, first;
	struct ev_forest_node *node;
	int r;

	for (i = 0; i < forest->events; i++) {
		number = event_at(forest, i);
		node = &forest->node[number];
		first = forest->holder[node->id];
		if (first == EV_FOREST_NONE) {
			forest->holder[node->id] = number;
			continue;
		}
		/* the first of an id is noted when the second comes */
		if ((forest->node[first].flags & EV_FOREST_BUSY) == 0 &&
		    was_there(links, &forest->node[first], err) == -1)
			return -1;
		forest->node[first].flags |= EV_FOREST_BUSY;
		r = was_there(links, node, err);
		if (r == -1)
			return -1;
		node->flags |= r == 1 ? EV_FOREST_SAME : EV_FOREST_AGAIN;
		node->up = first;
	}
	for (i = 0; i < forest->events; i++)
		forest->node[i].flags &= ~(unsigned)EV_FOREST_BUSY;
	return 0;
}

/* The root of an event that has no parent to stand below. */
static uint32_t
root_of(const struct links *links, const struct ev_forest_node *node)
{
	if (!links->grouped)
		return EV_FOREST_NONE;
	return links->group_node[node->group == EV_FOREST_NONE ?
		ev_names_count(links->forest->groups) :
		node->group];
}

/* The parent of an event that is the first of its id. */
static uint32_t
parent_of(const struct links *links, uint32_t number)
{
	struct ev_forest *forest = links->forest;
	const struct ev_forest_node *node = &forest->node[number];
	uint32_t link = node->link, up;

	up = link == EV_FOREST_NONE ? EV_FOREST_NONE : forest->holder[link];
	if (links->grouped) {
		if (up != EV_FOREST_NONE &&
		    forest->node[up].group == node->group)
			return up;
		return root_of(links, node);
	}
	if (link != EV_FOREST_NONE && up == EV_FOREST_NONE) {
		up = ev_forest_name(forest, EV_FOREST_MISSING, link);
		forest->holder[link] = up;
	}
	return up;
}

static void
find_parents(struct links *links)
{
	struct ev_forest *forest = links->forest;
	uint32_t i, up;

	for (i = 0; i < forest->events; i++) {
		if ((forest->node[i].flags &
			(EV_FOREST_SAME | EV_FOREST_AGAIN)) != 0)
			continue;
		/* which may move the nodes */
		up = parent_of(links, i);
		forest->node[i].up = up;
	}
}

/*
 * Marks the circle that a walk up from `from` runs into.  The child of a node,
 * which has none yet, is the start of the walk that came by first.
 */
static void
mark_circle(struct ev_forest *forest, uint32_t from)
{
	uint32_t at = from;

	while (
	    at != EV_FOREST_NONE && forest->node[at].child == EV_FOREST_NONE) {
		forest->node[at].child = from;
		at = forest->node[at].up;
	}
	if (at == EV_FOREST_NONE || forest->node[at].child != from)
		return;
	while ((forest->node[at].flags & EV_FOREST_BUSY) == 0) {
		forest->node[at].flags |= EV_FOREST_BUSY;
		at = forest->node[at].up;
	}
}

/* Cuts the circle in which a node stands above it. */
static void
cut(struct links *links, uint32_t number)
{
	struct ev_forest *forest = links->forest;
	struct ev_forest_node *node = &forest->node[number];
	uint32_t at = node->up;

	node->flags &= ~(unsigned)EV_FOREST_BUSY;
	node->flags |= EV_FOREST_CYCLE;
	for (; at != number; at = forest->node[at].up)
		forest->node[at].flags &= ~(unsigned)EV_FOREST_BUSY;
	node->up = root_of(links, node);
}

/* Each circle is cut at the first of its nodes in order. */
static void
cut_circles(struct links *links)
{
	struct ev_forest *forest = links->forest;
	uint32_t i, number;

	for (i = 0; i < forest->events; i++)
		mark_circle(forest, i);
	for (i = 0; i < forest->count; i++)
		forest->node[i].child = EV_FOREST_NONE;
	for (i = 0; i < forest->events; i++) {
		number = event_at(forest, i);
		if ((forest->node[number].flags & EV_FOREST_BUSY) != 0)
			cut(links, number);
	}
}

static void
add_root(struct ev_forest *forest, uint32_t number)
{
	forest->node[number].next = forest->first;
	forest->first = number;
}

/* From the last to the first: each is put before its brothers. */
static void
find_children(struct links *links)
{
	struct ev_forest *forest = links->forest;
	uint32_t i, number, up;
	struct ev_forest_node *node;

	for (i = forest->events; i-- > 0;) {
		number = event_at(forest, i);
		node = &forest->node[number];
		up = node->up;
		if ((node->flags & EV_FOREST_SAME) != 0)
			continue;
		if (up == EV_FOREST_NONE) {
			add_root(forest, number);
			continue;
		}
		node->next = forest->node[up].child;
		forest->node[up].child = number;
	}
}

/* The roots once more, with those that are no events: one of them stands where
 * the first of its children would. */
static void
place_roots(struct links *links)
{
	struct ev_forest *forest = links->forest;
	uint32_t i, number, up, *last = &forest->first;
	struct ev_forest_node *node;

	if (forest->count == forest->events)
		return;
	for (i = 0; i < forest->events; i++) {
		number = event_at(forest, i);
		node = &forest->node[number];
		up = node->up;
		if ((node->flags & EV_FOREST_SAME) != 0)
			continue;
		if (up == EV_FOREST_NONE) {
			*last = number;
			last = &node->next;
		} else if (up >= forest->events &&
		    forest->node[up].child == number) {
			*last = up;
			last = &forest->node[up].next;
		}
	}
	*last = EV_FOREST_NONE;
}

static int
link_all(struct links *links, struct ev_err *err)
{
	int r;

	links->seen = ev_map_new();
	links->sha = ev_sha256_new();
	r = find_repeats(links, err);
	if (r == 0) {
		find_parents(links);
		cut_circles(links);
		find_children(links);
		place_roots(links);
	}
	ev_map_free(links->seen);
	ev_sha256_free(links->sha);
	ev_buf_clear(&links->line);
	return r;
}

int
ev_forest_link(
    struct ev_forest *forest, struct ev_again *again, struct ev_err *err)
{
	struct links links = { .forest = forest, .again = again };

	return link_all(&links, err);
}

int
ev_forest_group(struct ev_forest *forest, struct ev_again *again,
    const char *none, struct ev_err *err)
{
	struct links links = { forest, again, .grouped = true };
	uint32_t groups = ev_names_count(forest->groups), i;
	int r;

	forest->no_group = ev_slice_of(none);
	links.group_node =
	    ev_realloc(NULL, (size_t)groups + 1, sizeof(*links.group_node));
	for (i = 0; i <= groups; i++)
		links.group_node[i] = ev_forest_name(
		    forest, EV_FOREST_GROUP, i < groups ? i : EV_FOREST_NONE);
	r = link_all(&links, err);
	free(links.group_node);
	return r;
}
