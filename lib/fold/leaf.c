#include "fold/leaf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A known length is copied without a call. */
static struct ev_node
here(struct ev_slice raw)
{
	struct ev_node leaf = EV_NODE_NONE;

	leaf.kind = ev_kind_of(*raw.p);
	leaf.form = EV_LEAF_IN;
	leaf.in.n = (uint8_t)raw.n;
	if (raw.n >= 8) {
		memcpy(leaf.in.text, raw.p, 8);
		memcpy(leaf.in.text + raw.n - 8, raw.p + raw.n - 8, 8);
	} else if (raw.n >= 4) {
		memcpy(leaf.in.text, raw.p, 4);
		memcpy(leaf.in.text + raw.n - 4, raw.p + raw.n - 4, 4);
	} else {
		memcpy(leaf.in.text, raw.p, raw.n);
	}
	return leaf;
}

struct ev_node
ev_leaf_keep(struct ev_slice raw)
{
	struct ev_node leaf = ev_leaf_lend(raw);

	ev_leaf_own(&leaf);
	return leaf;
}

struct ev_node
ev_leaf_lend(struct ev_slice raw)
{
	struct ev_node leaf = EV_NODE_NONE;

	if (raw.n <= EV_LEAF_HERE)
		return here(raw);
	leaf.kind = ev_kind_of(*raw.p);
	leaf.form = EV_LEAF_LENT;
	leaf.far.n = (uint32_t)raw.n;
	leaf.far.lent = raw.p;
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
