/*
 * where: which file a tool means, as a name relative to the work tree.
 *
 * A relative name counts from the directory that make said it entered, else
 * from the directory in which the tool ran.
 */
#ifndef EV_PARSE_WHERE_H
#define EV_PARSE_WHERE_H

#include "base/buf.h"
#include "base/slice.h"

struct ev_where;

/*
 * root: the work tree; dir: where the tool ran; both absolute, or NULL.  Of a
 * missing dir it is taken that it is the root.
 */
struct ev_where *ev_where_new(const char *root, const char *dir);
void	ev_where_free(struct ev_where *where);

/* make and ninja: "Entering directory" and "Leaving directory". */
void	ev_where_enter(struct ev_where *where, struct ev_slice dir);
void	ev_where_leave(struct ev_where *where, struct ev_slice dir);

/*
 * Appends the name: without file://, "." and "..", relative to the root when
 * it is below that, else as the tool had it.  When several directories are
 * entered (make -j), the newest in which the file is decides.
 */
void	ev_where_file(struct ev_where *where, struct ev_buf *out,
	    struct ev_slice file);

#endif
