/*
 * back: the events of a seekable source from the last to the first.
 */
#ifndef EV_INPUT_BACK_H
#define EV_INPUT_BACK_H

#include "input/pass.h"

/*
 * Reads backwards in 64 KiB steps and calls event(arg, ev, offset) for each
 * sound event, newest first, until it gives other than 0 or the start is
 * reached (0 both times); damaged lines on the way are counted, with strict
 * the first one met is -1 and the message names line and reason.  What an
 * unterminated last line is: as in ev_pass_run.  One thread, memory for twice
 * the longest line.  Of tally only kind[], lines and bytes are filled (no line
 * number is known from behind: first is 0 unless the whole file was read).
 */
int	ev_back_run(struct ev_source *source, const struct ev_model *model,
	    size_t max_line, bool strict,
	    int (*event)(void *arg, struct ev_event *ev, uint64_t offset),
	    void *arg, struct ev_tally *tally, struct ev_err *err);

#endif
