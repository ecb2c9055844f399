/*
 * weigh: the leaves of a log against those of its seals, day by day.
 */
#ifndef EV_SEAL_WEIGH_H
#define EV_SEAL_WEIGH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "seal/book.h"
#include "seal/heap.h"
#include "seal/merkle.h"

#define EV_WEIGH_ADDED	 1000	/* lines of a day that are named */
#define EV_WEIGH_MISSING 3	/* leaves of a day that are named */

/* A seal of the day and the leaves that are its. */
struct ev_weighed {
	const struct ev_seal	*seal;
	struct ev_merkle	 tree;
	size_t			 own;	/* its tag: an index of the day's */
	bool			*has;	/* leaves of which tags */
};

struct ev_weigh_day {
	int32_t			 day;
	struct ev_weighed	*v;
	size_t			 n;
	const struct ev_seal	*seals;		/* and notes, of the book */
	size_t			 nseals;
	struct ev_buf		 tags;		/* EV_LEAF_TAG each */
	size_t			*seen;		/* of the present leaf */
	size_t			 nseen;
	struct ev_merkle	 log;		/* distinct lines */
	struct ev_merkle	 all;		/* they and sealed leaves */
	uint64_t		 bytes;		/* of those lines with LF */
	uint64_t		 missing;	/* sealed, not in the log */
	uint64_t		 dropped;	/* noted, not in missing */
	unsigned char		 gone[EV_WEIGH_MISSING][EV_SHA256_SIZE];
	uint64_t		 strange;	/* tags of no seal */
	bool			 lost;		/* the caller's */
	uint64_t		 added;		/* in the log, not sealed */
	uint64_t		 where[EV_WEIGH_ADDED];	/* their offsets */
};

struct ev_weigh {
	struct ev_heaped	*heap;
	struct ev_book		*book;
	int32_t			 from, to;	/* of the book's days */
	struct ev_sha256	*sha;		/* the caller's */
	void			*arg;
	/* A leaf that is in the log or in a seal of the day (sealed); may be
	 * NULL.  0 or -1. */
	int			(*leaf)(void *arg, int32_t day,
				    const unsigned char *hash, bool sealed,
				    struct ev_err *err);
	/* All leaves of a day, which has some or a seal, came.  0 or -1. */
	int			(*day)(void *arg, struct ev_weigh_day *day,
				    struct ev_err *err);
};

/* Has a seal of the day all leaves of another one? */
bool	ev_weigh_over(const struct ev_weigh_day *day,
	    const struct ev_weighed *weighed, const struct ev_seal *other);

/* Sorts the heap and reads it.  0 or -1. */
int	ev_weigh(struct ev_weigh *weigh, struct ev_err *err);

#endif
