/*
 * walk: the members and elements of a container that the scanner found sound.
 *
 *	struct ev_walk w;
 *	ev_walk_begin(&w, &object);
 *	while (ev_walk_next(&w, &key, &val))
 *		...
 */
#ifndef EV_JSON_WALK_H
#define EV_JSON_WALK_H

#include <stdbool.h>

#include "json/scan.h"

struct ev_walk {
	const char	*p, *end;
	bool		 object;
};

/* container: an EV_OBJECT or EV_ARRAY; any other kind walks over nothing. */
void	ev_walk_begin(struct ev_walk *walk, const struct ev_val *container);
/*
 * The next member; key (may be NULL) is the key as an EV_STRING value, EV_NONE
 * in arrays.  False at the end.
 */
bool	ev_walk_next(struct ev_walk *walk, struct ev_val *key,
	    struct ev_val *val);

/*
 * Calls fn for every value that stands at steps [from, count) below root, in
 * order, until fn gives other than 0; gives that, or 0.  root must come from
 * the scanner.  Keys compare decoded; of repeated keys the last one counts.
 */
int	ev_path_each(const struct ev_path *path, size_t from,
	    const struct ev_val *root,
	    int (*fn)(void *arg, const struct ev_val *val), void *arg);

#endif
