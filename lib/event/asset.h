/*
 * asset: asset_id, the digest that a GEP record carries of itself
 * (1-events 1.7).
 */
#ifndef EV_EVENT_ASSET_H
#define EV_EVENT_ASSET_H

#include "base/buf.h"
#include "json/scan.h"

#define EV_ASSET_SIZE 72	/* "sha256:", 64 hex, NUL */

/*
 * "sha256:" + SHA-256 of the canonical form (json/canon.h) of an object
 * without its top-level asset_id.
 */
void	ev_asset_id(const struct ev_val *object, char out[EV_ASSET_SIZE]);

/*
 * Inserts the asset_id of a sound line, which is an object, at offset `at`:
 * between the quotes of its empty "asset_id":"".
 */
void	ev_asset_put(struct ev_buf *line, size_t at);

#endif
