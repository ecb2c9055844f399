/*
 * equal: is it the same JSON, however it is spelled?
 *
 * White space, the order of members, escapes in strings and the spelling of
 * numbers (1.10, 11e-1) do not count; of repeated keys the last one counts.
 * All values must come from the scanner.
 */
#ifndef EV_JSON_EQUAL_H
#define EV_JSON_EQUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "json/scan.h"

bool	ev_val_same(const struct ev_val *a, const struct ev_val *b);

/* The members of an object by their decoded keys. */
struct ev_fields {
	struct ev_map	*index;	/* 1 + number in val */
	struct ev_val	*val;
	size_t		 count;
};

/* Borrows the object's bytes. */
void	ev_fields_read(struct ev_fields *fields, const struct ev_val *object);
/* The number of the member with a key (an EV_STRING), or -1. */
long	ev_fields_find(const struct ev_fields *fields,
	    const struct ev_val *key);
void	ev_fields_clear(struct ev_fields *fields);

#endif
