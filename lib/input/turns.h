/*
 * turns: blocks that workers finish in any order, handed on in theirs.
 */
#ifndef EV_INPUT_TURNS_H
#define EV_INPUT_TURNS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "input/tally.h"

/* Blocks that may be finished while an earlier one is not. */
#define EV_TURNS_AHEAD	32

/* What came of a block. */
struct ev_outcome {
	bool			 there;
	int			 result;	/* 0, 1 enough, -1 failed */
	const struct ev_err	*err;		/* borrowed, when failed */
	struct ev_tally		 tally;
};

struct ev_turns {
	int		(*next)(void *arg, const struct ev_outcome *outcome);
	void		*arg;
	atomic_bool	 stopped;
	pthread_mutex_t	 lock;
	pthread_cond_t	 moved;
	uint64_t	 at;		/* the block whose turn it is */
	struct ev_outcome ring[EV_TURNS_AHEAD];
};

/*
 * Zeroed turns, `first` being the first block.  next is called for the blocks
 * in their order, one at a time; other than 0 stops all.
 */
void	ev_turns_init(struct ev_turns *turns, uint64_t first,
	    int (*next)(void *arg, const struct ev_outcome *outcome),
	    void *arg);
void	ev_turns_clear(struct ev_turns *turns);

/* Waits until fewer than `ahead` (<= EV_TURNS_AHEAD) blocks are missing before
 * block `index` and itself; false: stopped meanwhile. */
bool	ev_turns_wait(struct ev_turns *turns, uint64_t index, size_t ahead);

/* What came of block `index`, after waiting for it. */
void	ev_turns_put(struct ev_turns *turns, uint64_t index,
	    const struct ev_outcome *outcome);

#endif
