/*
 * lost: lines that views held and the log lacks (a reset of git, a power cut)
 * are kept in lost.jsonl before the views are made anew.
 */
#ifndef EV_STORE_LOST_H
#define EV_STORE_LOST_H

#include <stdint.h>

#include "base/err.h"
#include "store/chain.h"
#include "store/dir.h"
#include "store/known.h"

struct ev_lost {
	const struct ev_dir	*dir;
	struct ev_chain		*log;
	uint64_t		 to;	/* its bytes [0, to) count */
	struct ev_known		*known;	/* its lines; made when needed */
	struct ev_known		*kept;	/* those of lost.jsonl */
	int			 fd;	/* of lost.jsonl; -1: there is none yet */
	uint64_t		 count;	/* lines added */
	struct ev_model		*model;	/* has it an id? */
	struct ev_event		*event;
};

void	ev_lost_init(struct ev_lost *lost, const struct ev_dir *dir,
	    struct ev_chain *log, uint64_t to);

/* Keeps those lines among the first n bytes of fd that stand neither in the
 * log nor in lost.jsonl; of equal ones without an id as many.  0 or -1. */
int	ev_lost_keep(struct ev_lost *lost, int fd, uint64_t n,
	    struct ev_err *err);

/* Makes lost.jsonl durable; what it holds may be nowhere else soon. */
int	ev_lost_sync(struct ev_lost *lost, struct ev_err *err);
void	ev_lost_clear(struct ev_lost *lost);

#endif
