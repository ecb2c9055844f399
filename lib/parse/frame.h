/*
 * frame: lines of stack traces.
 */
#ifndef EV_PARSE_FRAME_H
#define EV_PARSE_FRAME_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/finding.h"

struct ev_frames;

/* What a trace is written in. */
enum ev_tongue {
	EV_TONGUE_NONE, EV_TONGUE_NODE, EV_TONGUE_PYTHON, EV_TONGUE_GO,
	EV_TONGUE_JAVA, EV_TONGUE_RUST, EV_TONGUE_C
};

/* The patterns, compiled; shared by nobody. */
struct ev_frames *ev_frames_new(void);
void	ev_frames_free(struct ev_frames *frames);

/*
 * Reads a line that is a frame (of any tongue) into *out, whose texts are the
 * line's.  In Go and Rust the function stands in the line before: there
 * function stays empty.  EV_TONGUE_NONE: it is no frame.
 */
enum ev_tongue ev_frames_read(struct ev_frames *frames, struct ev_slice line,
	    struct ev_frame *out);

/* Is it the user's: neither a runtime's, nor a library's, nor a harness's? */
bool	ev_frame_is_user(const struct ev_frame *frame);

/* Reads "file:line" and "file:line:column"; false: it is neither. */
bool	ev_frame_location(struct ev_slice text, struct ev_frame *out);

/* A decimal number; 0 when it is none, or too great. */
uint32_t ev_frame_number(struct ev_slice digits);

#endif
