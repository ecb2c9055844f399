#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

struct entry {
	uint32_t hash; /* never 0 in use; enough for 2^31 keys */
	uint32_t len;
	uint64_t value;
	size_t key; /* offset in keys */
};

struct ev_map {
	struct entry *slot;
	size_t mask, count;
	struct ev_buf keys;
};

struct ev_map *
ev_map_new(void)
{
	struct ev_map *map = ev_calloc(1, sizeof(*map));

	map->mask = 63;
	map->slot = ev_calloc(map->mask + 1, sizeof(*map->slot));
	return map;
}

void
ev_map_free(struct ev_map *map)
{
	if (map == NULL)
		return;
	ev_buf_clear(&map->keys);
	free(map->slot);
	free(map);
}

static uint32_t
hash_of(const void *key, size_t n)
{
	uint32_t hash = (uint32_t)ev_sip(key, n);

	return hash != 0 ? hash : 1;
}

static struct entry *
probe(const struct ev_map *map, uint32_t hash, const void *key, size_t n)
{
	size_t i = hash & map->mask;
	struct entry *e;

	for (;; i = (i + 1) & map->mask) {
		e = &map->slot[i];
		if (e->hash == 0)
			return e;
		if (e->hash == hash && e->len == n &&
		    (n == 0 || memcmp(map->keys.p + e->key, key, n) == 0))
			return e;
	}
}

static void
grow(struct ev_map *map)
{
	struct entry *old = map->slot;
	size_t i, j, count = map->mask + 1;

	map->mask = count * 2 - 1;
	map->slot = ev_calloc(count * 2, sizeof(*map->slot));
	for (i = 0; i < count; i++) {
		if (old[i].hash == 0)
			continue;
		j = old[i].hash & map->mask;
		while (map->slot[j].hash != 0)
			j = (j + 1) & map->mask;
		map->slot[j] = old[i];
	}
	free(old);
}

uint64_t *
ev_map_at(struct ev_map *map, const void *key, size_t n, bool *fresh)
{
	uint32_t hash = hash_of(key, n);
	struct entry *e = probe(map, hash, key, n);
	bool made = e->hash == 0;

	if (fresh != NULL)
		*fresh = made;
	if (!made)
		return &e->value;
	if ((map->count + 1) * 4 > (map->mask + 1) * 3) {
		grow(map);
		e = probe(map, hash, key, n);
	}
	*e = (struct entry){ hash, (uint32_t)n, 0, map->keys.n };
	ev_buf_add(&map->keys, key, n);
	map->count++;
	return &e->value;
}

uint64_t *
ev_map_find(const struct ev_map *map, const void *key, size_t n)
{
	struct entry *e = probe(map, hash_of(key, n), key, n);

	return e->hash != 0 ? &e->value : NULL;
}
