/*
 * live: a file that grows, is cut off, comes, goes or is replaced, as a run of
 * events (2-store 2.5): none is given twice, none is left out.
 */
#ifndef EV_TAIL_LIVE_H
#define EV_TAIL_LIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "input/cut.h"
#include "input/source.h"
#include "tail/aside.h"
#include "tail/past.h"

#define EV_LIVE_TAIL 512	/* bytes by which it knows where it was: most
				 * often with the last line's id */

struct ev_live {
	char		*name;		/* as people call it */
	char		*path;		/* to be opened; NULL: an open file that
					 * has no name to follow */
	bool		 store;		/* a store's log: I7; no link is followed */
	bool		 over;		/* nothing will come of it */
	struct ev_trail	*trail;		/* NULL: it is not there */
	uint64_t	 at;		/* bytes that were read */
	uint64_t	 stop;		/* behind the event that stopped it */
	bool		 once;		/* only the open file, up to `end` */
	uint64_t	 end;

	/* The caller's: called for each event, which stands at `offset`; may
	 * stop the reading behind it by ev_live_stop. */
	void		(*event)(void *arg, struct ev_live *live,
			    struct ev_event *ev, uint64_t offset);
	void		*event_arg;
	/* Something to be told: text without the file's name. */
	void		(*note)(void *arg, struct ev_live *live,
			    const char *text);
	void		*note_arg;

	struct ev_cut	 cut;		/* its ev, max_line and strict are the
					 * caller's to set */
	dev_t		 dev;
	ino_t		 ino;
	char		 tail[EV_LIVE_TAIL];	/* the bytes before `at` */
	size_t		 tail_n;
	char		 stop_tail[EV_LIVE_TAIL];	/* before `stop` */
	size_t		 stop_n;
	struct ev_past	*past;		/* not NULL: it was replaced */
	struct ev_aside	*aside;		/* not NULL: it is a feed */
	bool		 failed;	/* told that it cannot be opened */
};

/* A file that may not be there yet; path NULL: see above.  The names are
 * copied; *live stays where it is. */
void	ev_live_init(struct ev_live *live, const char *name, const char *path,
	    bool store);
void	ev_live_clear(struct ev_live *live);

/*
 * What others read before us: holds the source's trail and begins behind its
 * last line that is whole; source->size is cut to that.
 */
int	ev_live_adopt(struct ev_live *live, struct ev_source *source,
	    struct ev_err *err);
/* Begins at this byte, a line's start, of the open file. */
int	ev_live_seek(struct ev_live *live, uint64_t offset,
	    struct ev_err *err);

/*
 * Looks whether there is more, and reads all of it.  stop (may be NULL) is
 * asked now and then whether to leave off.  0; -1: the file cannot be read (or
 * strict: a damaged line).
 */
int	ev_live_look(struct ev_live *live, int (*stop)(void),
	    struct ev_err *err);

/* In event(): no further event, until ev_live_resume. */
void	ev_live_stop(struct ev_live *live);
/* Goes on behind the event at which it was stopped. */
void	ev_live_resume(struct ev_live *live);

/* Where the events that were given end: a line's start, or the middle of a
 * line whose beginning was an event. */
uint64_t ev_live_place(const struct ev_live *live);

/* The rest is tail/replace.c, for tail/live.c. */

/* Reads from the start of this one, which becomes the file's. */
void	ev_live_take(struct ev_live *live, struct ev_trail *trail);
/*
 * The name leads to another file than ours, which was read to its end: 1 from
 * now on it is ours, and so is another one that came between (2); 0 not to be
 * told yet, or it is gone again; -1.
 */
int	ev_live_replace(struct ev_live *live, struct ev_err *err);

#endif
