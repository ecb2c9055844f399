/*
 * reflog: why HEAD moved last, read without git.
 */
#ifndef EV_GIT_REFLOG_H
#define EV_GIT_REFLOG_H

#include "base/buf.h"

/*
 * Appends the message of the last entry of HEAD's reflog in a git directory
 * ("merge side: Fast-forward").  0; -1: there is none.
 */
int	ev_git_reflog(const char *dir, struct ev_buf *message);

#endif
