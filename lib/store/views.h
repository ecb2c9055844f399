/*
 * views: the day files, the feed and the state that tells how far they are
 * (2-store 2.1, 2.4 W3).
 */
#ifndef EV_STORE_VIEWS_H
#define EV_STORE_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/chunk.h"
#include "store/dir.h"
#include "store/intent.h"
#include "store/log.h"
#include "store/route.h"
#include "store/state.h"

struct ev_views {
	struct ev_dir	*dir;
	struct ev_log	*log;
	struct ev_state	 state;
	struct ev_intent intent;	/* while state.wide */
	int		 state_fd;	/* -1: there is no state file */
	bool		 rejoined;	/* a rotation began that the state was not
					 * told the end of */
	struct ev_route	 route;		/* these three are store/project's */
	struct ev_chunk	 chunk;
	struct ev_buf	 window;
	bool		 remember;	/* fill touched; a rebuild forces what
					 * it makes to the disk */
	bool		 rebooted;	/* and so after another boot */
	struct ev_buf	 touched;	/* int32_t: partitions, each once */
};

/* dir and log must last as long as *views. */
void	ev_views_init(struct ev_views *views, struct ev_dir *dir,
	    struct ev_log *log);
void	ev_views_clear(struct ev_views *views);

enum ev_views_are {
	EV_VIEWS_FRESH,		/* state.m bytes of the log are in them */
	EV_VIEWS_NONE,		/* there was no state: a new one, not written */
	EV_VIEWS_REPLACED,	/* the log is another than the state's */
	EV_VIEWS_STALE,		/* said to be stale, or of other rules */
	EV_VIEWS_BAD		/* after another boot: a file is not as noted */
};

/*
 * W3: reads the state and compares it with the log, as far as log->size tells
 * (it must be up to date).  make: makes a state file where there is none.  -1:
 * the log or what stands at a view's name cannot be read or is refused.
 */
int	ev_views_load(struct ev_views *views, bool make,
	    enum ev_views_are *are, struct ev_err *err);

/* Writes the state.  0 or -1. */
int	ev_views_save(struct ev_views *views, struct ev_err *err);

/* Forces the state, as it was written, to the disk.  0 or -1. */
int	ev_views_force(const struct ev_views *views, struct ev_err *err);

/* Makes the touched files, the state and the directories durable.  0, -1. */
int	ev_views_sync(struct ev_views *views, struct ev_err *err);

#endif
