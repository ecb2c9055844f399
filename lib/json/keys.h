/*
 * keys: the keys of open objects, to find one that comes twice.
 *
 * Few keys are compared one by one without any memory of its own; an object
 * with many gets a table.  Objects nest: the one opened last is closed first.
 */
#ifndef EV_JSON_KEYS_H
#define EV_JSON_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"

#define EV_KEYS_HERE 256	/* open keys of a usual line */

/* tag[i] tells most unequal keys apart. */
struct ev_keys {
	struct ev_slice	*key;
	uint32_t	*tag;
	size_t		 count, cap;
	struct ev_slice	 key_here[EV_KEYS_HERE];
	uint32_t	 tag_here[EV_KEYS_HERE];
};

/* An open object. */
struct ev_keys_object {
	struct ev_map	*many;	/* all its keys, once they are many */
	uint64_t	 bits;	/* which tags there are, modulo 64 */
	size_t		 first;	/* its first key in the list */
};

/* Release with ev_keys_clear, after all objects were closed. */
void	ev_keys_init(struct ev_keys *keys);
void	ev_keys_clear(struct ev_keys *keys);
void	ev_keys_open(const struct ev_keys *keys,
	    struct ev_keys_object *object);
void	ev_keys_close(struct ev_keys *keys, struct ev_keys_object *object);

/*
 * Notes a key of the innermost object; its bytes must stay until the object is
 * closed.  False: it was there.
 */
bool	ev_keys_add(struct ev_keys *keys, struct ev_keys_object *object,
	    struct ev_slice key);

#endif
