#include "emit/ordinal.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

#define FIRST 1024

static struct ev_ordinal *
slot_of(const struct ev_ordinals *o, uint64_t hash)
{
	size_t i = (size_t)hash & (o->size - 1);

	while (o->slot[i].count != 0 && o->slot[i].hash != hash)
		i = (i + 1) & (o->size - 1);
	return &o->slot[i];
}

static void
grow(struct ev_ordinals *o)
{
	struct ev_ordinals old = *o;
	size_t i;

	o->size = old.size == 0 ? FIRST : old.size * 2;
	o->slot = ev_calloc(o->size, sizeof(*o->slot));
	for (i = 0; i < old.size; i++)
		if (old.slot[i].count != 0)
			*slot_of(o, old.slot[i].hash) = old.slot[i];
	free(old.slot);
}

uint64_t
ev_ordinals_count(struct ev_ordinals *o, struct ev_slice line)
{
	uint64_t hash = ev_sip(line.p, line.n);
	struct ev_ordinal *slot;

	if ((o->used + 1) * 4 > o->size * 3)
		grow(o);
	slot = slot_of(o, hash);
	if (slot->count == 0) {
		slot->hash = hash;
		o->used++;
	}
	return ++slot->count;
}

void
ev_ordinals_clear(struct ev_ordinals *o)
{
	free(o->slot);
	*o = (struct ev_ordinals)EV_ORDINALS_INIT;
}
