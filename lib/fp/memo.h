/*
 * memo: fingerprints of parts that were met lately.
 *
 * A log says the same again and again, so that most fingerprints need neither
 * the message's normal form nor a digest.  Half a MiB; for one thread.
 */
#ifndef EV_FP_MEMO_H
#define EV_FP_MEMO_H

#include "event/finger.h"

struct ev_memo;

struct ev_memo *ev_memo_new(void);
void	ev_memo_free(struct ev_memo *memo);

/* The same as ev_finger_print. */
void	ev_memo_print(struct ev_memo *memo, const struct ev_finger *parts,
	    char out[EV_FINGER_SIZE]);

#endif
