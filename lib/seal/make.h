/*
 * make: days are sealed (--seal, --seal-until; 2-store 2.6).
 */
#ifndef EV_SEAL_MAKE_H
#define EV_SEAL_MAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "fsck/finding.h"
#include "seal/book.h"
#include "store/dir.h"
#include "store/place.h"

struct ev_make {
	struct ev_place		*place;		/* with its dialects */
	int32_t			 from, to;	/* days [from, to) */
	unsigned		 threads;	/* 0: as many as cores */
	struct ev_findings	*findings;
	uint64_t		 made, there;	/* new seals; days that have one
						 * that says the same */
};

/* The day that a text means ("2026-01-06", "yesterday"), as days since 1970.  0
 * or -1. */
int	ev_make_day(const char *text, int32_t *day, struct ev_err *err);
/* The first day that is not over before a moment, nor before now.  0 or -1. */
int	ev_make_until(const char *text, int32_t *day, struct ev_err *err);

/*
 * Seals each day that has lines and no seal yet, or lines or merged seals that
 * no seal of its has all of.  What was done is added to findings; a sealed line
 * that is missing stays sealed, and is a problem there.  Each seal is durable
 * before the next is begun.  0 or -1.
 */
int	ev_make(struct ev_make *make, struct ev_err *err);

/*
 * Notes that a sealed line is dropped on purpose, where its day is sealed and
 * it is not noted yet.  0 or -1.
 */
int	ev_make_note(const struct ev_dir *dir, int32_t day,
	    const unsigned char leaf[EV_SHA256_SIZE], const char *reason,
	    struct ev_err *err);

#endif
