/*
 * mark: the fingerprint of an event, in the way that was asked for.
 */
#ifndef EV_FP_MARK_H
#define EV_FP_MARK_H

#include <stdbool.h>

#include "base/err.h"
#include "event/event.h"
#include "event/finger.h"
#include "fp/memo.h"

enum ev_mark_algo { EV_MARK_FP1, EV_MARK_AGENTGUARD, EV_MARK_GEP };

/* Which parts count. */
enum {
	EV_MARK_TYPE = 1, EV_MARK_MESSAGE = 2, EV_MARK_FILE = 4,
	EV_MARK_LINE = 8, EV_MARK_ALL = 15
};

struct ev_mark_way {
	enum ev_mark_algo	algo;
	unsigned		parts;
	bool			anew;	/* a stored one does not count */
	/* set by ev_mark_want */
	int			stored;	/* the field "fingerprint" */
	int			signals; /* "signal.signals", of GEP's memory */
};

/* Reads a comma list of parts.  0, or -1: there is no such part. */
int	ev_mark_parts(const char *list, unsigned *parts, struct ev_err *err);

/* A field of the model at a path that is one. */
int	ev_mark_field(struct ev_model *model, const char *path);
/* Its first value; kind EV_NONE when there is none. */
struct ev_val ev_mark_value(struct ev_event *ev, int field);

/* Wants of the model what the others ask for. */
void	ev_mark_want(struct ev_mark_way *way, struct ev_model *model);

/* Scratch memory for one thread; for a few events zero and way are enough. */
struct ev_marker {
	const struct ev_mark_way *way;
	struct ev_buf	 text;		/* the fingerprint */
	struct ev_buf	 stored;
	struct ev_memo	*memo;		/* of ev_marker_begin */
};

/* Makes a marker for many events. */
void	ev_marker_begin(struct ev_marker *marker,
	    const struct ev_mark_way *way);
void	ev_marker_clear(struct ev_marker *marker);

/*
 * The event's fingerprint: the stored one, where it counts and is a text that
 * is not empty, else computed.  Empty: it has none (--algo gep without an
 * error).  Good until the next call.
 */
struct ev_slice ev_mark(struct ev_marker *marker, struct ev_event *ev);
/* The same, always computed. */
struct ev_slice ev_mark_anew(struct ev_marker *marker, struct ev_event *ev);
/* The stored one, or empty.  Good until the next call. */
struct ev_slice ev_mark_stored(struct ev_marker *marker, struct ev_event *ev);
/* Does the line itself have it, as its member "fingerprint"? */
bool	ev_mark_stands(struct ev_marker *marker, struct ev_event *ev,
	    struct ev_slice mark);

/* The signals of an event of GEP's; kind EV_NONE when it has none. */
struct ev_val ev_mark_signals(const struct ev_mark_way *way,
	    struct ev_event *ev);
/*
 * Appends the error signature: of GEP's events that of the first signal
 * "errsig:...", of others that of the message.  Nothing: there is no error.
 */
void	ev_mark_error(const struct ev_mark_way *way, struct ev_event *ev,
	    struct ev_buf *out);

/* Is the event a decision on a finding, and which? */
enum ev_mark_verdict {
	EV_MARK_OCCURRED, EV_MARK_RESOLVED, EV_MARK_REOPENED
};
enum ev_mark_verdict ev_mark_verdict(struct ev_event *ev);

#endif
