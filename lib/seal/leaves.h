/*
 * leaves: what the seals of a day are made of, beside them, 2026-01-06.leaves
 * (2-store 2.6).
 *
 * A text: for each seal a line "seal HASH" (SHA-256 of its line in seals.log),
 * and for each leaf a line "LEAF TAG", where TAG (16 digits, of its root) names
 * the first seal that has it.  A seal's leaves are those with its tag or the
 * tag of one that it is over, and so on.  The order and repetition of the lines
 * mean nothing, so files of two clones are joined by union.
 *
 * A new seal's lines go to 2026-01-06.leaves.new first, then the seal to
 * seals.log, then that file becomes 2026-01-06.leaves: who is killed leaves
 * either no seal or one whose leaves are there.
 */
#ifndef EV_SEAL_LEAVES_H
#define EV_SEAL_LEAVES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "fsck/finding.h"
#include "seal/book.h"
#include "seal/heap.h"
#include "store/dir.h"
#include "store/part.h"

#define EV_LEAVES_NAME (EV_PART_SIZE + 12)

/* "2026-01-06.leaves", with ".new" behind it. */
void	ev_leaves_name(int32_t day, bool pending, char out[EV_LEAVES_NAME]);
/* The file as people know it, malloced. */
char	*ev_leaves_shown(const struct ev_dir *dir, int32_t day);

struct ev_leaves {
	struct ev_book		*book;
	const struct ev_dir	*dir;
	struct ev_heaped	*heap;
	int32_t			 from, to;	/* only days [from, to) */
	struct ev_findings	*findings;	/* NULL: nobody is told */
};

/* Reads the files of leaves while the book is held: what they have goes to the
 * heap, seals that they know are marked in the book; findings get seals that
 * the book lacks and lines that are no such.  0 or -1. */
int	ev_leaves_read(const struct ev_leaves *leaves, struct ev_err *err);

/* It becomes the day's file.  0 or -1. */
int	ev_leaves_settle(const struct ev_dir *dir, int32_t day,
	    struct ev_err *err);
/* Ends what was killed: files whose seal is in the book become the day's,
 * others go.  0 or -1. */
int	ev_leaves_recover(const struct ev_leaves *leaves, struct ev_err *err);

#endif
