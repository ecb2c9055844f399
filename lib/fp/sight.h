/*
 * sight: what counts of each event for lists and dedupe, read side by side and
 * handed on in the order of the input.
 */
#ifndef EV_FP_SIGHT_H
#define EV_FP_SIGHT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "fp/mark.h"
#include "read/reading.h"
#include "read/seen.h"
#include "text/time.h"

#define EV_SIGHT_UNTIMED (EV_TIME_MAX + 1)	/* seconds: later than all */
#define EV_SIGHT_TEXT 1024	/* bytes of a message that are kept */

/* The texts are good until the call returns. */
struct ev_sight {
	struct ev_slice		 mark;		/* empty: none */
	struct ev_slice		 session;
	struct ev_slice		 type, message;	/* when texts are wanted */
	struct ev_slice		 line;		/* when lines are wanted */
	struct timespec		 time;		/* of an event without one
						 * EV_SIGHT_UNTIMED */
	bool			 timed;
	bool			 settled;	/* says itself it is resolved */
	enum ev_mark_verdict	 verdict;
	double			 severity;	/* below 0: none */
	uint64_t		 rich;		/* how much the copy tells */
	uint64_t		 digest;	/* of its bytes */
	size_t			 source;
	uint64_t		 offset;
	uint32_t		 length;
};

struct ev_sights {
	/* The caller's. */
	const struct ev_reading		*reading;
	const struct ev_mark_way	*way;
	bool				 lines;
	/* For a list: texts, and decisions whatever the filter says. */
	bool				 texts;
	/* 0 go on, -1 failed. */
	int		(*see)(void *arg, const struct ev_sight *sight,
			    struct ev_err *err);
	/* Says that a sight is soon to be seen; may be NULL. */
	void		(*expect)(const void *arg,
			    const struct ev_sight *sight);
	/* A block was handed on whole; may be NULL. */
	int		(*pause)(void *arg, bool live, struct ev_err *err);
	void		*arg;

	uint64_t	 matches, damaged; /* events; lines that were none */
	bool		 broken;	/* see or pause failed */
	int		 stack, raw, raw_inside; /* set by ev_sights_want */
};

/* Wants of the model what reading asks of the events. */
void	ev_sights_want(struct ev_sights *sights, struct ev_model *model);

/* Reads all sources.  0, or -1 when anything failed, all of which was told. */
int	ev_sights_run(struct ev_sights *sights, struct ev_source *sources,
	    size_t count);

/* Looks at one event; the texts are the event's and the marker's. */
void	ev_sight_look(const struct ev_sights *sights,
	    struct ev_marker *marker, struct ev_event *ev, uint64_t offset,
	    struct ev_sight *sight);

/*
 * Is this the first line with these bytes?  owner: what it belongs to, as a
 * small number; seen: a keyed set.
 */
bool	ev_sight_first(struct ev_seen *seen, const struct ev_sight *sight,
	    uint32_t owner);

#endif
