#include "event/asset.h"

#include <stdio.h>

#include "base/hash.h"
#include "json/canon.h"

void
ev_asset_id(const struct ev_val *object, char out[EV_ASSET_SIZE])
{
	struct ev_buf text = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];

	ev_canon(&text, object, "asset_id");
	ev_sha256_hex(text.p, text.n, hex);
	snprintf(out, EV_ASSET_SIZE, "sha256:%s", hex);
	ev_buf_clear(&text);
}

void
ev_asset_put(struct ev_buf *line, size_t at)
{
	struct ev_val object = { line->p, (uint32_t)line->n, EV_OBJECT, 0 };
	char id[EV_ASSET_SIZE];

	ev_asset_id(&object, id);
	ev_buf_insert(line, at, id, EV_ASSET_SIZE - 1);
}
