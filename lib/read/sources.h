/*
 * sources: the inputs that could be opened.
 *
 *	struct ev_sources sources;
 *	r = ev_sources_open(&sources, inputs, &say);
 *	…
 *	ev_sources_close(&sources);
 */
#ifndef EV_READ_SOURCES_H
#define EV_READ_SOURCES_H

#include "input/source.h"
#include "read/inputs.h"
#include "read/say.h"

struct ev_sources {
	struct ev_source	*v;
	size_t			 count;
};

/* Opens all inputs.  0, or -1 when one of them could not be opened, which was
 * told; the others are there. */
int	ev_sources_open(struct ev_sources *sources,
	    const struct ev_inputs *inputs, const struct ev_say *say);
void	ev_sources_close(struct ev_sources *sources);

/* Starts the progress of say for reading all of them once. */
void	ev_sources_progress(const struct ev_source *v, size_t count,
	    const struct ev_say *say);

#endif
