#include "json/plan.h"

#include <stdlib.h>

#include "base/mem.h"

#define FIRST_TABLE 16 /* places; doubled while more than half are taken */

static int32_t
node_new(struct ev_plan *plan)
{
	struct ev_plan_node *node;

	plan->node =
	    ev_realloc(plan->node, plan->nnode + 1, sizeof(*plan->node));
	node = &plan->node[plan->nnode];
	memset(node, 0, sizeof(*node));
	node->mask = FIRST_TABLE - 1;
	node->table = ev_calloc(FIRST_TABLE, sizeof(*node->table));
	return (int32_t)plan->nnode++;
}

struct ev_plan *
ev_plan_new(void)
{
	struct ev_plan *plan = ev_calloc(1, sizeof(*plan));

	node_new(plan);
	return plan;
}

void
ev_plan_free(struct ev_plan *plan)
{
	size_t i, j;

	if (plan == NULL)
		return;
	for (i = 0; i < plan->nnode; i++) {
		for (j = 0; j <= plan->node[i].mask; j++)
			free((char *)(uintptr_t)plan->node[i].table[j].text);
		free(plan->node[i].table);
		free(plan->node[i].below);
	}
	free(plan->node);
	free(plan);
}

static struct ev_plan_key *
place(struct ev_plan_node *node, const struct ev_plan_key *key)
{
	uint32_t i = ev_plan_hash(key->head, key->tail, key->len);

	for (i &= node->mask; node->table[i].text != NULL;)
		i = (i + 1) & node->mask;
	node->table[i] = *key;
	return &node->table[i];
}

static void
grow(struct ev_plan_node *node)
{
	struct ev_plan_key *old = node->table;
	uint32_t i, count = node->mask + 1;

	node->mask = count * 2 - 1;
	node->table = ev_calloc(count * 2, sizeof(*node->table));
	for (i = 0; i < count; i++)
		if (old[i].text != NULL)
			place(node, &old[i]);
	free(old);
}

/* The key of a node, made when missing. */
static struct ev_plan_key *
want(struct ev_plan_node *node, const char *text, size_t len)
{
	struct ev_plan_key key = {
		.len = (uint32_t)len, .slot = -1, .node = -1
	};
	const struct ev_plan_key *found;
	/* the look-up reads 8 bytes behind the key */
	char *copy = ev_calloc(len + 16, 1);

	memcpy(copy, text, len);
	found = ev_plan_find(node, copy, len);
	if (found != NULL) {
		free(copy);
		return &node->table[found - node->table];
	}
	if (++node->count * 2 > node->mask)
		grow(node);
	key.text = copy;
	key.head = ev_plan_head(copy, len);
	key.tail = ev_plan_tail(copy, len);
	return place(node, &key);
}

static void
note_below(struct ev_plan_node *node, int32_t slot)
{
	node->below =
	    ev_realloc(node->below, node->nbelow + 1, sizeof(*node->below));
	node->below[node->nbelow++] = slot;
}

int
ev_plan_add(struct ev_plan *plan, const struct ev_path *path, size_t steps)
{
	int32_t trail[EV_PATH_STEPS] = { 0 };
	struct ev_plan_key *key;
	size_t i;

	key = want(&plan->node[0], path->step[0].key, path->step[0].n);
	for (i = 1; i < steps; i++) {
		if (key->node < 0)
			key->node = node_new(plan);
		trail[i] = key->node;
		key = want(
		    &plan->node[trail[i]], path->step[i].key, path->step[i].n);
	}
	if (key->slot >= 0)
		return key->slot;
	key->slot = (int32_t)plan->slots++;
	for (i = 1; i < steps; i++)
		note_below(&plan->node[trail[i]], key->slot);
	return key->slot;
}

size_t
ev_plan_slots(const struct ev_plan *plan)
{
	return plan->slots;
}
