/*
 * put: what ev-fp prints of single events (3-commands 3.7).
 */
#ifndef EV_FP_PUT_H
#define EV_FP_PUT_H

#include "event/gepenv.h"
#include "fp/each.h"
#include "out/writer.h"

/* Appends a line with a member before its last brace, without an LF. */
void	ev_put_member(struct ev_buf *out, struct ev_slice line,
	    const char *name, struct ev_slice json);

enum ev_put_key {
	EV_PUT_FP, EV_PUT_SIGNAL_KEY, EV_PUT_ENV_KEY, EV_PUT_ASSET_ID,
	EV_PUT_ERRSIG
};

struct ev_put {
	/* The caller's. */
	const struct ev_writer	*writer;	/* terminal, nul */
	bool			 people;	/* events as short lines */
	enum ev_put_key		 key;
	enum ev_gepenv		 generation;
	/* set by ev_put_want */
	int			 env;		/* the field env_fingerprint */
	int			 asset;		/* the field asset_id */
};

/* Wants of the model what the others ask for. */
void	ev_put_want(struct ev_put *put, struct ev_model *model);

/* Three for ev_each, whose arg is a struct ev_put. */

/* The stored bytes with the fingerprint before the last brace; as they are when
 * it stands there already, or the event has none. */
bool	ev_put_event(const void *put, struct ev_marker *marker,
	    struct ev_event *ev, struct ev_buf *out);
/* The key alone; LF, CR and NUL in it as \n, \r, \0; an empty line where it
 * does not apply. */
bool	ev_put_one_key(const void *put, struct ev_marker *marker,
	    struct ev_event *ev, struct ev_buf *out);
/* "mismatch", the event's id, which, stored, recomputed, parted by TABs; a hit.
 * Nothing when all is well. */
bool	ev_put_check(const void *put, struct ev_marker *marker,
	    struct ev_event *ev, struct ev_buf *out);

#endif
