/*
 * content: what the caller says of one event (TYPE, options, the commit, the
 * command that ran, fields) as a JSON document of the dialect's members
 * (3-commands 3.2).
 */
#ifndef EV_EMIT_CONTENT_H
#define EV_EMIT_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "emit/given.h"
#include "emit/shape.h"
#include "json/doc.h"

struct ev_content {
	struct ev_given		*given;
	const struct ev_shape	*shape;	/* that TYPE means */
	const char		*type;
	bool			 intent; /* TYPE is an intent of GEP's */
	struct ev_doc		*doc;	/* the content's */
};

/*
 * An empty content; borrows given and type.  -1: the dialect has no such type,
 * and there is nothing to be cleared.
 */
int	ev_content_begin(struct ev_content *content, struct ev_given *given,
	    const char *type, struct ev_err *err);
/*
 * Puts all of it in: names that the dialect knows go to the top, all others
 * into its payload; what an option put is replaced by a field.  0, or -1: the
 * message begins with the name.
 */
int	ev_content_put(struct ev_content *content, char *const *fields,
	    size_t count, struct ev_err *err);
void	ev_content_clear(struct ev_content *content);

#endif
