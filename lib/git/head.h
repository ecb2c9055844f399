/*
 * head: the branch that is checked out, read without git.
 */
#ifndef EV_GIT_HEAD_H
#define EV_GIT_HEAD_H

#include "base/buf.h"

/*
 * Appends the name of the branch that HEAD of the repository at hand (that of
 * GIT_DIR, else the nearest upwards) is on.  0: also when it is on none; -1:
 * only git can tell: no such file, a link, another form of repository.
 */
int	ev_git_head(struct ev_buf *branch);

#endif
