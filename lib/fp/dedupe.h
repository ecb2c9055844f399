/*
 * dedupe: one event for each fingerprint (1-events 1.6).
 *
 * The copies of a fingerprint in a session (or in a window of time, or in all)
 * become one: the richest, the earliest of several.  Of an input that can be
 * read again only the place of that copy is kept.
 */
#ifndef EV_FP_DEDUPE_H
#define EV_FP_DEDUPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "fp/sight.h"
#include "input/again.h"
#include "out/sink.h"
#include "out/writer.h"

enum ev_dedupe_by { EV_DEDUPE_SESSION, EV_DEDUPE_ALL, EV_DEDUPE_WINDOW };

struct ev_copy;

struct ev_dedupe {
	/* The caller's. */
	enum ev_dedupe_by	 by;
	int64_t			 window_ms;	/* of EV_DEDUPE_WINDOW */
	struct ev_sink		*sink;
	const struct ev_writer	*writer;	/* terminal, nul */
	struct ev_again		*again;		/* NULL: lines are kept */

	struct ev_copy		*copy;		/* in order of first place */
	size_t			 head, n, cap;	/* those before head are out */
	uint64_t		 base;		/* the number of copy[0] */
	struct ev_map		*index;		/* key to number */
	struct ev_seen		*seen, *before;	/* lines of this window, of the
						 * one before */
	bool			 timed;
	struct timespec		 now, turn;	/* the latest time; when this
						 * window began */
	struct ev_buf		 key, line, text;
};

/* session, none, or a length of time.  0 or -1. */
int	ev_dedupe_window(struct ev_dedupe *dedupe, const char *text,
	    struct ev_err *err);
void	ev_dedupe_begin(struct ev_dedupe *dedupe);
void	ev_dedupe_clear(struct ev_dedupe *dedupe);

/* An ev_sights.see, with lines unless they can be read again. */
int	ev_dedupe_see(void *dedupe, const struct ev_sight *sight,
	    struct ev_err *err);
/* An ev_sights.expect. */
void	ev_dedupe_expect(const void *dedupe, const struct ev_sight *sight);
/* An ev_sights.pause: prints what is closed. */
int	ev_dedupe_pause(void *dedupe, bool live, struct ev_err *err);
/* Appends what is closed instead. */
int	ev_dedupe_closed(struct ev_dedupe *dedupe, struct ev_buf *out,
	    struct ev_err *err);
/* The end: prints all that is left. */
int	ev_dedupe_end(struct ev_dedupe *dedupe, struct ev_err *err);

#endif
