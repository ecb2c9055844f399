#include "fold/leaf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct ev_node
ev_leaf_keep(struct ev_slice raw)
{
	struct ev_node leaf = ev_leaf_lend(raw);

	ev_leaf_own(&leaf);
	return leaf;
}

void
ev_leaf_own(struct ev_node *leaf)
{
	if (leaf->form != EV_LEAF_LENT)
		return;
	leaf->far.own = ev_memdup(leaf->far.lent, leaf->far.n);
	leaf->form = EV_LEAF_OWN;
}

void
ev_leaf_clear(struct ev_node *leaf)
{
	if (leaf->form == EV_LEAF_OWN)
		free(leaf->far.own);
	*leaf = EV_NODE_NONE;
}

struct ev_val
ev_leaf_val(const struct ev_node *leaf)
{
	struct ev_slice raw = ev_leaf_raw(leaf);
	struct ev_val val = { raw.p, (uint32_t)raw.n, leaf->kind, 0 };

	if (val.kind == EV_STRING) {
		val.p++;
		val.n -= 2;
		val.escaped = memchr(val.p, '\\', val.n) != NULL;
	}
	return val;
}
