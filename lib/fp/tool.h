/*
 * tool: what tools print, as events for ev-emit (3-commands 3.7, --from).
 */
#ifndef EV_FP_TOOL_H
#define EV_FP_TOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "out/sink.h"
#include "read/say.h"

struct ev_tool {
	/* The caller's. */
	const char		*format;	/* "auto", "gcc", ... */
	struct ev_sink		*sink;
	bool			 terminal;
	const struct ev_say	*say;

	uint64_t		 found;		/* failures */
	bool			 damaged;	/* a document was not whole */
	bool			 broken;	/* output failed, told */
};

/* Reads the files (none: standard input, as "-" is).  0, or -1: one could not
 * be read, or the output could not be written; that was told. */
int	ev_tool_run(struct ev_tool *tool, char *const *files, size_t n);

#endif
