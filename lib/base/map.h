/*
 * map: a table from bytes to a number, keyed by SipHash (base/hash.h).
 *
 * Open addressing; keys (below 4 GiB, at most 2^31 of them) are copied into the
 * map: 24 bytes a slot and the key.  Not for several threads at once.
 */
#ifndef EV_BASE_MAP_H
#define EV_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ev_map;

struct ev_map *ev_map_new(void);
void	ev_map_free(struct ev_map *map);

/*
 * The value of a key, made with 0 when it was not there (*fresh then true; may
 * be NULL).  Good until the next ev_map_at.
 */
uint64_t *ev_map_at(struct ev_map *map, const void *key, size_t n, bool *fresh);

/* The value of a key, or NULL. */
uint64_t *ev_map_find(const struct ev_map *map, const void *key, size_t n);

#endif
