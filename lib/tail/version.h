/*
 * version: what tells one version of a log from another, and where in it a
 * reader was.
 */
#ifndef EV_TAIL_VERSION_H
#define EV_TAIL_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "event/event.h"
#include "input/trail.h"

enum ev_version {
	EV_VERSION_ROTATED,	/* the same log: its file is a segment now */
	EV_VERSION_SAME,	/* the next version of the same log */
	EV_VERSION_OTHER,	/* a new log: the old one went on its way */
	EV_VERSION_OPEN		/* not to be told yet */
};

/* Where a reader of a log is. */
struct ev_reached {
	struct ev_trail	*trail;
	uint64_t	 at;
	const char	*tail;		/* what stands before it */
	size_t		 n;
};

/*
 * Opens what has the path of a log now; store: as one, never through a link.
 * 1; 0: nothing has; -1.
 */
int	ev_version_open(struct ev_trail **trail, const char *path,
	    const char *name, bool store, struct ev_err *err);

/*
 * What has the name of a log now whose file was read to its end.  ROTATED: the
 * log goes on at *to, which is before was->at when bytes were read that came
 * behind a segment's end (somebody still had the file open).  A file that is gone was replaced (git, an
 * editor); one that still has a name was moved away (another rotation), unless
 * the new one begins with the same line.
 */
enum ev_version ev_version_is(struct ev_trail *now,
	    const struct ev_reached *was, uint64_t *to);

/*
 * Are these bytes the same, but for lines that are tombstones now (ev-fsck
 * --redact)?  These have the length of the lines they replace, and end in what
 * was redacted.
 */
bool	ev_version_same(const char *was, const char *is, size_t n);

/*
 * Where the whole lines in [0, size) end.  ev not NULL: a last line without LF
 * that is an event belongs to them.  0, or -1 with errno.
 */
int	ev_version_end(struct ev_trail *trail, uint64_t size,
	    struct ev_event *ev, uint64_t *end);

/* Behind the first place from `from` on where these n bytes stand; 0:
 * nowhere. */
uint64_t ev_version_find(struct ev_trail *trail, uint64_t from,
	    const char *text, size_t n);

#endif
