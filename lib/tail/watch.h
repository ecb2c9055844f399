/*
 * watch: waiting until something happened to files, by their names.
 *
 * inotify watches the directories, so that a file may come, go or be replaced;
 * an event says no more than "look".  Where inotify tells nothing (network
 * and user-space file systems, found by statfs) or cannot be had, the caller
 * looks every EV_WATCH_POLL ms.
 */
#ifndef EV_TAIL_WATCH_H
#define EV_TAIL_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#define EV_WATCH_POLL 100	/* ms */

struct ev_watch {
	int	 fd;		/* readable when something happened; -1: none */
	bool	 poll;		/* look from time to time */
	bool	 stale;		/* a directory may have come or gone */
	char	**names;
	size_t	 count;
};

/* polling: do without inotify. */
void	ev_watch_open(struct ev_watch *watch, bool polling);
void	ev_watch_close(struct ev_watch *watch);

/* Watches for a file, which need not be there, nor its directory. */
void	ev_watch_add(struct ev_watch *watch, const char *name);
/* Watches an open file itself, which may have no name any more. */
void	ev_watch_fd(struct ev_watch *watch, int fd);

/*
 * To be called before the files are looked at: what happens after that makes
 * fd readable.  Forgets what happened so far (of very much a part: fd stays
 * readable); true when a name may have come or gone, or nobody knows.
 */
bool	ev_watch_rearm(struct ev_watch *watch);

/* How long to wait at most, in ms; -1: until something happens. */
int	ev_watch_timeout(const struct ev_watch *watch);

#endif
