/*
 * body: the text of one failure as test runners put it into their reports.
 */
#ifndef EV_PARSE_BODY_H
#define EV_PARSE_BODY_H

#include "base/slice.h"
#include "parse/work.h"

/*
 * Reads the lines of a text into the open finding: frames, a place, and the
 * message when it has none.
 */
void	ev_body_read(struct ev_work *work, struct ev_slice text);
/*
 * The message in a runner's line: "expect(received).toBe(expected) //
 * Object.is equality" is that of jest without its note, "Error: x" is x.
 */
struct ev_slice ev_body_message(struct ev_slice text);
/* Takes a line's as the message, when there is none yet; "Expected: 1" and
 * "Received: 2" before the first frame are more of it. */
void	ev_body_take(struct ev_note *note, struct ev_slice text);

#endif
