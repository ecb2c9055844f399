#include "tree/forest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
ev_forest_init(struct ev_forest *forest)
{
	memset(forest, 0, sizeof(*forest));
	forest->ids = ev_names_new();
	forest->groups = ev_names_new();
	forest->first = EV_FOREST_NONE;
}

void
ev_forest_clear(struct ev_forest *forest)
{
	ev_names_free(forest->ids);
	ev_names_free(forest->groups);
	free(forest->node);
	free(forest->order);
	free(forest->holder);
}

static struct ev_forest_node *
new_node(struct ev_forest *forest)
{
	if (forest->count == forest->cap) {
		forest->cap =
		    forest->cap < 64 ? 64 : forest->cap + forest->cap / 2;
		forest->node = ev_realloc(
		    forest->node, forest->cap, sizeof(*forest->node));
	}
	return &forest->node[forest->count++];
}

int
ev_forest_add(struct ev_forest *forest, const struct ev_branch *branch)
{
	struct ev_forest_node *node;
	struct ev_slice group = branch->group;

	/* half: missing parents are nodes too */
	if (forest->count >= EV_FOREST_NONE / 2 - 1)
		return -1;
	node = new_node(forest);
	forest->events = forest->count;
	node->at = branch->at;
	node->length = branch->length;
	memcpy(node->time, branch->time, sizeof(node->time));
	node->flags = branch->match ? EV_FOREST_MATCH : 0;
	node->id = ev_names_add(forest->ids, branch->id, branch->id_hash);
	node->link = branch->parent.n == 0 ?
	    EV_FOREST_NONE :
	    ev_names_add(forest->ids, branch->parent, branch->parent_hash);
	node->group = group.p == NULL ?
	    EV_FOREST_NONE :
	    ev_names_add(forest->groups, group, ev_names_hash(group));
	return 0;
}

void
ev_forest_ready(struct ev_forest *forest)
{
	size_t ids = ev_names_count(forest->ids);
	uint32_t i;

	for (i = 0; i < forest->events; i++)
		forest->node[i].up = forest->node[i].child =
		    forest->node[i].next = EV_FOREST_NONE;
	forest->holder = ev_realloc(NULL, ids + 1, sizeof(*forest->holder));
	for (i = 0; i < ids; i++)
		forest->holder[i] = EV_FOREST_NONE;
}

uint32_t
ev_forest_name(struct ev_forest *forest, unsigned flag, uint32_t number)
{
	bool group = flag == EV_FOREST_GROUP;

	*new_node(forest) = (struct ev_forest_node){
		.flags = flag,
		.id = group ? EV_FOREST_NONE : number,
		.link = EV_FOREST_NONE,
		.group = group ? number : EV_FOREST_NONE,
		.up = EV_FOREST_NONE,
		.child = EV_FOREST_NONE,
		.next = EV_FOREST_NONE,
	};
	return forest->count - 1;
}

struct ev_slice
ev_forest_text(const struct ev_forest *forest, uint32_t node)
{
	const struct ev_forest_node *n = &forest->node[node];

	if (n->id != EV_FOREST_NONE)
		return ev_names_text(forest->ids, n->id);
	return n->group != EV_FOREST_NONE ?
	    ev_names_text(forest->groups, n->group) :
	    forest->no_group;
}

void
ev_forest_expect(const struct ev_forest *forest, uint32_t node, unsigned step)
{
	uint32_t id = forest->node[node].id;

	if (id != EV_FOREST_NONE)
		ev_names_expect_text(forest->ids, id, step);
}

uint32_t
ev_forest_find(const struct ev_forest *forest, struct ev_slice id)
{
	uint32_t number = ev_names_find(forest->ids, id);

	return number == EV_NAMES_NONE ? EV_FOREST_NONE :
					 forest->holder[number];
}
