/*
 * blame: the commit that brought a line into the log.
 */
#ifndef EV_HISTORY_BLAME_H
#define EV_HISTORY_BLAME_H

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct ev_blame;

/* The commits of HEAD's history that changed the file.  NULL: git fails. */
struct ev_blame *ev_blame_new(const char *path, struct ev_err *err);
void	ev_blame_free(struct ev_blame *blame);

/*
 * Appends the hash of the commit that has the line and whose parents have not;
 * where several lines of history brought it, the one of the first parents.  Of
 * a row of commits few are looked into: a line that once stands stays.  1; 0:
 * HEAD has no such line; -1.
 */
int	ev_blame_find(struct ev_blame *blame, struct ev_slice line,
	    struct ev_buf *hash, struct ev_err *err);

#endif
