/*
 * version: what tells one version of a log from another, and where in it a
 * reader was.
 */
#ifndef EV_TAIL_VERSION_H
#define EV_TAIL_VERSION_H

#include <stddef.h>
#include <stdint.h>

#include "event/event.h"

enum ev_version {
	EV_VERSION_SAME,	/* the next version of the same log */
	EV_VERSION_OTHER,	/* a new log: the old one went on its way */
	EV_VERSION_OPEN		/* not to be told yet */
};

/*
 * What has the name of the file `was` now.  A file that is gone was replaced
 * (git, an editor); one that still has a name was moved away (a rotation),
 * unless the new one begins with the same line.
 */
enum ev_version ev_version_is(int fd, int was);

/*
 * Where the whole lines in [0, size) end.  ev not NULL: a last line without LF
 * that is an event belongs to them.  0, or -1 with errno.
 */
int	ev_version_end(int fd, uint64_t size, struct ev_event *ev,
	    uint64_t *end);

/* Behind the first place where these n bytes stand; 0: nowhere. */
uint64_t ev_version_find(int fd, const char *text, size_t n);

#endif
