/*
 * stand: the matches of sources as they stand, source after source
 * (--order file).
 */
#ifndef EV_REPLAY_STAND_H
#define EV_REPLAY_STAND_H

#include "read/play.h"
#include "read/reading.h"

/*
 * Plays them.  Distinct: of equal lines the first one stays, wherever the
 * others are; memory grows with the distinct lines.  What is asked for from the
 * end is noted by its place before it is played.  0, or -1 when anything failed, all
 * of which was told.
 */
int	ev_stand_play(struct ev_play *play, const struct ev_reading *reading,
	    struct ev_source *sources, size_t count);

#endif
