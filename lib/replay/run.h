/*
 * run: the inputs of a replay, opened, read and played.
 */
#ifndef EV_REPLAY_RUN_H
#define EV_REPLAY_RUN_H

#include <stdbool.h>

#include "read/inputs.h"
#include "read/play.h"
#include "read/reading.h"
#include "replay/twice.h"

struct ev_replay {
	const struct ev_reading	*reading;
	bool			 file_order;	/* as the lines stand */
	struct ev_twice		*twice;		/* NULL: nobody asks */
	/*
	 * In replay order: the lines that hold this text (ev_pass.literal) are
	 * played first, and enough() says whether no others are needed; else
	 * it makes ready for all of them.  NULL: there is no such text.
	 */
	const char		*literal;
	bool			(*enough)(void *arg);
	void			*arg;
};

/*
 * Plays the matches of the inputs.  The model wants EV_ID and EV_TIME.
 * An input that cannot be read is told, and the others are gone on with.  0,
 * or -1 when anything failed, all of which was told.
 */
int	ev_replay_run(struct ev_replay *replay, const struct ev_inputs *inputs,
	    struct ev_play *play);

#endif
