#include "tree/forest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
ev_forest_init(struct ev_forest *forest)
{
	memset(forest, 0, sizeof(*forest));
	forest->id_map = ev_map_new();
	forest->group_map = ev_map_new();
	forest->first = EV_FOREST_NONE;
}

void
ev_forest_clear(struct ev_forest *forest)
{
	ev_map_free(forest->id_map);
	ev_map_free(forest->group_map);
	ev_buf_clear(&forest->text);
	free(forest->node);
	free(forest->order);
	free(forest->holder);
	free(forest->named);
	free(forest->groups);
}

/* Room for one more; gives the new memory. */
static void *
grow(void *v, uint32_t n, uint32_t *cap, size_t size)
{
	if (n < *cap)
		return v;
	*cap = *cap < 64 ? 64 : *cap + *cap / 2;
	return ev_realloc(v, *cap, size);
}

static struct ev_named
keep_text(struct ev_forest *forest, uint32_t number, struct ev_slice text)
{
	struct ev_named named = { number, (uint32_t)text.n, forest->text.n };

	ev_buf_addslice(&forest->text, text);
	return named;
}

/* The number of an id; parent: no event has it so far, as far as is known. */
static uint32_t
number_of(struct ev_forest *forest, struct ev_slice id, bool parent)
{
	bool fresh;
	uint64_t *at = ev_map_at(forest->id_map, id.p, id.n, &fresh);

	if (!fresh)
		return (uint32_t)(*at - 1);
	forest->holder = grow(forest->holder, forest->ids, &forest->ids_cap,
	    sizeof(*forest->holder));
	forest->holder[forest->ids] = EV_FOREST_NONE;
	*at = ++forest->ids;
	if (parent) {
		forest->named = grow(forest->named, forest->nnamed,
		    &forest->named_cap, sizeof(*forest->named));
		forest->named[forest->nnamed++] =
		    keep_text(forest, forest->ids - 1, id);
	}
	return forest->ids - 1;
}

static uint32_t
group_of(struct ev_forest *forest, struct ev_slice text)
{
	bool fresh;
	uint64_t *at;

	if (text.p == NULL)
		return EV_FOREST_NONE;
	at = ev_map_at(forest->group_map, text.p, text.n, &fresh);
	if (fresh) {
		forest->groups = grow(forest->groups, forest->ngroups,
		    &forest->groups_cap, sizeof(*forest->groups));
		forest->groups[forest->ngroups] =
		    keep_text(forest, forest->ngroups, text);
		*at = ++forest->ngroups;
	}
	return (uint32_t)(*at - 1);
}

static struct ev_forest_node *
new_node(struct ev_forest *forest)
{
	struct ev_forest_node *node;

	forest->node = grow(
	    forest->node, forest->count, &forest->cap, sizeof(*forest->node));
	node = &forest->node[forest->count++];
	memset(node, 0, sizeof(*node));
	node->link = node->group = EV_FOREST_NONE;
	node->up = node->child = node->next = EV_FOREST_NONE;
	return node;
}

int
ev_forest_add(struct ev_forest *forest, const struct ev_branch *branch)
{
	struct ev_forest_node *node;

	/* half: missing parents are nodes too */
	if (forest->count >= EV_FOREST_NONE / 2 - 1)
		return -1;
	node = new_node(forest);
	forest->events = forest->count;
	node->at = branch->at;
	node->length = branch->length;
	node->flags = branch->match ? EV_FOREST_MATCH : 0;
	node->id = number_of(forest, branch->id, false);
	if (branch->parent.n > 0)
		node->link = number_of(forest, branch->parent, true);
	node->group = group_of(forest, branch->group);
	return 0;
}

uint32_t
ev_forest_name(
    struct ev_forest *forest, unsigned flag, const struct ev_named *named)
{
	struct ev_forest_node *node = new_node(forest);

	node->flags = flag;
	node->at = named->at;
	node->length = named->length;
	node->id = flag == EV_FOREST_MISSING ? named->number : EV_FOREST_NONE;
	return forest->count - 1;
}

const struct ev_named *
ev_forest_named(const struct ev_forest *forest, uint32_t number)
{
	uint32_t lo = 0, hi = forest->nnamed, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (forest->named[mid].number < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return &forest->named[lo];
}

struct ev_slice
ev_forest_text(const struct ev_forest *forest, uint32_t node)
{
	const struct ev_forest_node *n = &forest->node[node];

	return (struct ev_slice){ forest->text.p + n->at, n->length };
}

uint32_t
ev_forest_find(const struct ev_forest *forest, struct ev_slice id)
{
	const uint64_t *at = ev_map_find(forest->id_map, id.p, id.n);

	return at == NULL ? EV_FOREST_NONE : forest->holder[*at - 1];
}
