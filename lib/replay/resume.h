/*
 * resume: states that go on from where a checkpoint left them
 * (fold/checkpoint.h).
 *
 * A checkpoint is used when the log still begins with the very bytes of which
 * it was made, and all events behind these come later in replay order; else the
 * whole log is played.
 */
#ifndef EV_REPLAY_RESUME_H
#define EV_REPLAY_RESUME_H

#include "read/inputs.h"
#include "replay/states.h"

/*
 * Plays the one log among the inputs into the states (which were made with a
 * spare fold) and keeps the checkpoint at `path`: made, or made anew when
 * something came.  The filter takes all.  A checkpoint that is of no use is
 * told when say is verbose.  0, or -1 when anything failed, all of which was
 * told.
 */
int	ev_resume_run(const struct ev_reading *reading,
	    const struct ev_inputs *inputs, const char *path,
	    struct ev_states *states, struct ev_play *play);

#endif
