/*
 * index: does git know a file?
 */
#ifndef EV_GIT_INDEX_H
#define EV_GIT_INDEX_H

#include "base/err.h"

/*
 * Is the file of this directory in the index of the repository that it is in
 * (that of GIT_INDEX_FILE when it is set)?  1; 0: no, or there is no
 * repository; -1: there is one, but git does not tell.
 */
int	ev_index_has(const char *dir, const char *name, struct ev_err *err);

#endif
