/*
 * probe: where in a large file the events since a moment begin.
 */
#ifndef EV_INPUT_PROBE_H
#define EV_INPUT_PROBE_H

#include <stdint.h>
#include <time.h>

#include "event/event.h"
#include "input/source.h"

#define EV_PROBE_OVER	(32u << 20)	/* bytes; smaller files: no probing */

/*
 * The offset of a line before which no event at or after `since` stands, as
 * far as windows of 64 KiB at even distances and a bisection between two of
 * them tell by their latest times.  0 when the file is small or when any two
 * windows contradict (the whole file must then be read).  The model wants
 * EV_TIME.
 */
uint64_t ev_probe_since(struct ev_source *source, const struct ev_model *model,
	    struct timespec since);

#endif
