#include "store/entry.h"

#include <string.h>

#include "event/asset.h"

void
ev_entry_put_id(struct ev_entry *e)
{
	size_t n = strlen(e->id);

	e->has_id = true;
	ev_buf_insert(&e->line, e->id_at, e->id, n);
	if (e->asset_at > 0)
		ev_asset_put(&e->line, e->asset_at + n);
}
