/*
 * slot: a state as text, in the file "state" (2-store 2.1).
 *
 * The file holds two slots of 512 bytes, each one line of JSON padded with
 * blanks; they are written in turn, each with one write in place, and the
 * newest sound one counts.
 */
#ifndef EV_STORE_SLOT_H
#define EV_STORE_SLOT_H

#include <stdbool.h>

#include "store/state.h"

#define EV_SLOT_SIZE	512	/* bytes */

/* The newest sound slot.  1; 0: there is none; -1 with errno. */
int	ev_slot_read(int fd, struct ev_state *state);
/* Counts seq up and writes the other slot.  0, or -1 with errno. */
int	ev_slot_write(int fd, struct ev_state *state);

/* One slot from its bytes (false: not sound) and to them.  What does not fit
 * of part[] is dropped from its end, in *state too. */
bool	ev_slot_parse(struct ev_state *state, const char slot[EV_SLOT_SIZE]);
void	ev_slot_format(struct ev_state *state, char slot[EV_SLOT_SIZE]);

#endif
