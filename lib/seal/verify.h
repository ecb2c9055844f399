/*
 * verify: is what was sealed still there (--verify, 2-store 2.6)?
 */
#ifndef EV_SEAL_VERIFY_H
#define EV_SEAL_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "fsck/finding.h"
#include "store/place.h"

struct ev_verify {
	struct ev_place		*place;		/* with its dialects */
	unsigned		 threads;	/* 0: as many as cores */
	bool			 quiet;		/* only problems are told */
	struct ev_findings	*findings;
	bool			 sealed;	/* there is a seal */
	bool			 unsure;	/* of one it cannot be told */
};

/*
 * Compares the log with all of its seals, these with each other, and with the
 * tags of ev_anchor.  Problems in findings: something was altered or removed.
 * Memory: that of a heap (seal/heap.h), 300 bytes a seal, up to 24 kB a day
 * with lines that are not sealed.  0 or -1.
 */
int	ev_verify(struct ev_verify *verify, struct ev_err *err);

#endif
