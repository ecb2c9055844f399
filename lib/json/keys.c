#include "json/keys.h"

#include <stdlib.h>

#include "base/mem.h"

#define MANY 64 /* keys of one object that are compared one by one */

void
ev_keys_init(struct ev_keys *keys)
{
	keys->key = keys->key_here;
	keys->tag = keys->tag_here;
	keys->count = 0;
	keys->cap = EV_KEYS_HERE;
}

void
ev_keys_clear(struct ev_keys *keys)
{
	if (keys->key == keys->key_here)
		return;
	free(keys->key);
	free(keys->tag);
}

void
ev_keys_open(const struct ev_keys *keys, struct ev_keys_object *object)
{
	*object = (struct ev_keys_object){ NULL, 0, keys->count };
}

void
ev_keys_close(struct ev_keys *keys, struct ev_keys_object *object)
{
	ev_map_free(object->many);
	keys->count = object->first;
}

static uint32_t
tag_of(struct ev_slice key)
{
	const unsigned char *p = (const unsigned char *)key.p;
	uint64_t head = 0, tail = 0;
	uint32_t four[2];

	if (key.n >= 8) {
		memcpy(&head, p, 8);
		memcpy(&tail, p + key.n - 8, 8);
	} else if (key.n >= 4) {
		memcpy(&four[0], p, 4);
		memcpy(&four[1], p + key.n - 4, 4);
		head = four[0];
		tail = four[1];
	} else if (key.n > 0) {
		head = (uint64_t)p[0] << 16 | (uint64_t)p[key.n / 2] << 8 |
		    p[key.n - 1];
	}
	head ^= tail << 29 | tail >> 35;
	return (uint32_t)((head + key.n) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

static void
grow(struct ev_keys *keys)
{
	bool here = keys->key == keys->key_here;

	keys->cap *= 2;
	keys->key =
	    ev_realloc(here ? NULL : keys->key, keys->cap, sizeof(*keys->key));
	keys->tag =
	    ev_realloc(here ? NULL : keys->tag, keys->cap, sizeof(*keys->tag));
	if (here) {
		memcpy(keys->key, keys->key_here, sizeof(keys->key_here));
		memcpy(keys->tag, keys->tag_here, sizeof(keys->tag_here));
	}
}

/* From the list into a table. */
static void
move(struct ev_keys *keys, struct ev_keys_object *object)
{
	size_t i;

	object->many = ev_map_new();
	for (i = object->first; i < keys->count; i++)
		ev_map_at(object->many, keys->key[i].p, keys->key[i].n, NULL);
	keys->count = object->first;
}

bool
ev_keys_add(
    struct ev_keys *keys, struct ev_keys_object *object, struct ev_slice key)
{
	uint32_t tag = tag_of(key);
	uint64_t bit = UINT64_C(1) << (tag >> 26);
	bool fresh;
	size_t i;

	if (object->many != NULL) {
		ev_map_at(object->many, key.p, key.n, &fresh);
		return fresh;
	}
	if ((object->bits & bit) != 0)
		for (i = object->first; i < keys->count; i++)
			if (keys->tag[i] == tag &&
			    ev_slice_eq(keys->key[i], key))
				return false;
	object->bits |= bit;
	if (keys->count == keys->cap)
		grow(keys);
	keys->tag[keys->count] = tag;
	keys->key[keys->count++] = key;
	if (keys->count - object->first == MANY)
		move(keys, object);
	return true;
}
