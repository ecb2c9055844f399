/*
 * finger: fingerprints, the names of failures (1-events 1.6).
 *
 * Everything here is a pure function of the bytes given.
 */
#ifndef EV_EVENT_FINGER_H
#define EV_EVENT_FINGER_H

#include "base/buf.h"
#include "base/slice.h"

#define EV_FINGER_SIZE 24	/* "fp_", 16 hex, NUL; or base 36 */

/* The parts of a fingerprint as text (UTF-8); an absent part has n == 0. */
struct ev_finger {
	struct ev_slice	type, message, file, line;
};

/*
 * fp_ + first 16 hex of SHA-256 over type:normalised message:file:line; line
 * "0" counts as absent; a temporary directory's part of file is <path>.
 */
void	ev_finger_print(const struct ev_finger *parts,
	    char out[EV_FINGER_SIZE]);

/* Appends the normalised message: event/normal.h says how. */
void	ev_finger_normalise(struct ev_buf *out, struct ev_slice message);

/*
 * AgentGuard's own: its simpleHash over type:message:file:line, all as they are:
 * what is no line there (0, null) is the caller's to leave out (vectors
 * agentguard.fingerprint).
 */
void	ev_finger_agentguard(const struct ev_finger *parts,
	    char out[EV_FINGER_SIZE]);
/* h = 31h + UTF-16 unit in 32 bits, absolute value, base 36. */
void	ev_finger_simple(struct ev_slice text, char out[EV_FINGER_SIZE]);

#endif
