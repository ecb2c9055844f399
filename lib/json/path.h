/*
 * path: where in a JSON value something stands.
 *
 *	data.bead_id		a key in an object in an object
 *	skillsExercised[]	every element of an array
 *	items[].id		a key of every element
 *	a\.b			one key with a dot in it
 *
 * A backslash makes "." "[" "\" and, for who parts paths by them, "," "=" and
 * the blank a part of the key.
 */
#ifndef EV_JSON_PATH_H
#define EV_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

#define EV_PATH_STEPS 128	/* deeper than any line can be */

struct ev_step {
	char	*key;		/* NULL: every element of an array ("[]") */
	size_t	 n;
};

struct ev_path {
	struct ev_step	*step;
	size_t		 count;
};

#define EV_PATH_INIT { NULL, 0 }

/*
 * Reads a path.  0, or -1: an empty key, a lone "[", a backslash before
 * another character, more than EV_PATH_STEPS steps.  Release with ev_path_clear.
 */
int	ev_path_parse(struct ev_path *path, struct ev_slice text,
	    struct ev_err *err);
void	ev_path_clear(struct ev_path *path);

#endif
