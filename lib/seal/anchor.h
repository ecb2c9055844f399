/*
 * anchor: seals outside of the store, in annotated tags ev/seal/DAY.
 *
 * A tag's message has the lines "log PATH" (in the work tree), "seal HASH" (the
 * SHA-256 of the seal's line in seals.log) and "root ROOT".
 */
#ifndef EV_SEAL_ANCHOR_H
#define EV_SEAL_ANCHOR_H

#include "base/err.h"
#include "fsck/finding.h"
#include "seal/book.h"
#include "store/place.h"

/*
 * Puts the newest seal into a tag at HEAD, signed when git's configuration has
 * user.signingkey or tag.gpgSign; DAY.2 and so on when the day has a tag of an
 * earlier seal.  What was done is added to findings.  1; 0: nothing is sealed;
 * -1.
 */
int	ev_anchor(struct ev_place *place, struct ev_findings *findings,
	    struct ev_err *err);

/* Finds tags of this log whose seal the book lacks: problems.  *n: tags of this
 * log; 0 where there is no git or no repository.  0 or -1. */
int	ev_anchor_check(const struct ev_place *place, struct ev_book *book,
	    struct ev_findings *findings, uint64_t *n, struct ev_err *err);

#endif
