/*
 * finding: one failure that a tool's output tells of.
 */
#ifndef EV_PARSE_FINDING_H
#define EV_PARSE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

#define EV_FRAMES_MOST 64	/* of a longer stack the innermost are kept */

/* A frame of a stack; texts may be empty, numbers 0: not known. */
struct ev_frame {
	struct ev_slice	function, file;
	uint32_t	line, column;
	bool		user;		/* no runtime, library or harness */
};

/* All texts are UTF-8 without NUL, and good until the callback returns. */
struct ev_finding {
	const char	*tool;		/* "gcc", "jest": the event's source */
	const char	*type;		/* AgentGuard's: "TestFailure" */
	int		 severity;	/* of the type (1-events 1.5) */
	struct ev_slice	 message;	/* never empty */
	struct ev_slice	 file;		/* relative to the root when below it */
	struct ev_slice	 code;		/* "E0308", "no-undef"; or empty */
	struct ev_slice	 test;		/* the test that failed; or empty */
	uint32_t	 line, column;	/* from 1; 0: not known */
	/* the user's first, innermost first among those of a kind */
	struct ev_frame	 frame[EV_FRAMES_MOST];
	size_t		 frames;
	uint64_t	 raw;		/* lines of input that it was told in */
};

#endif
