/*
 * place: where a store's files are (2-store 2.1, 2.7; 3-commands 3.1).
 *
 * The names follow from the log's: beside "N.jsonl" stands the private
 * directory "N" (".events" for ".events.jsonl"), beside a name without .jsonl
 * "NAME.d"; the feed is "feed.jsonl" in it, only events.jsonl has its feed
 * beside itself; another writer's lock file is the log's name and ".lock".
 */
#ifndef EV_STORE_PLACE_H
#define EV_STORE_PLACE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/custom.h"

/* All names are the place's; the last four are relative to dir. */
struct ev_place {
	char	*dir;	/* absolute, no symbolic link in it */
	char	*shown;	/* the log's path as people know it, for messages */
	char	*log;	/* .events.jsonl		events.jsonl */
	char	*priv;	/* .events			events */
	char	*feed;	/* .events/feed.jsonl		feed.jsonl */
	char	*peer;	/* .events.jsonl.lock: another writer's lock file */
	bool	 exists; /* the log is there */
	const char *origin; /* "-S", "EV_STORE", "found", "work tree", "here" */
	int	 fd;	/* dir, when somebody opened it: see ev_guard_place */
	bool	 asked;	/* for its dialects: see store/rows.h */
	bool	 unsure; /* there are some, but they are wrong */
	struct ev_custom *custom; /* they, or NULL */
};

#define EV_PLACE_INIT { .fd = -1 }

/*
 * Finds the store: `named` (-S; NULL: EV_STORE, when set and not empty), a log
 * file or the directory that holds one; else upwards from the working
 * directory within the bounds of 2.7.  A writer falls back to the root of the
 * git work tree, else to the working directory; for a reader nothing found is
 * -1, the message says where it looked.  A log or a private directory that is
 * a symbolic link, and a log that is no regular file, are -1 for both.
 */
int	ev_place_find(struct ev_place *place, const char *named, bool writer,
	    struct ev_err *err);

/*
 * The store whose log is this file, when the file is one (its private
 * directory stands beside it, with a lock file in it unless it is called
 * events or .events): 1, else 0.
 */
int	ev_place_of_file(struct ev_place *place, const char *path);

/*
 * Fills log, priv, feed and peer from the log's name and takes dir and shown
 * (both malloced); what the place held is cleared first.
 */
void	ev_place_set(struct ev_place *place, char *dir, const char *log,
	    char *shown);
/* -1: what stands at the place's names is refused (see ev_place_find). */
int	ev_place_check(struct ev_place *place, struct ev_err *err);

/* A name relative to dir as people know it (as `shown`), malloced. */
char	*ev_place_shown(const struct ev_place *place, const char *name);

void	ev_place_clear(struct ev_place *place);

#endif
