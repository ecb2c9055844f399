/*
 * intake: the JSON texts of an input that may never end.
 *
 * One object per line; or, when the first line that is not blank is no whole
 * JSON text, objects of any layout one after the other (json/stream.h).
 *
 *	while ((r = ev_intake_wait(in, &err)) == 1)
 *		while ((r = ev_intake_next(in, &text, &line, &err)) != 0)
 *			...
 */
#ifndef EV_EMIT_INTAKE_H
#define EV_EMIT_INTAKE_H

#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct ev_intake;

/* Reads from fd, which stays the caller's. */
struct ev_intake *ev_intake_new(int fd, size_t max_line);
void	ev_intake_free(struct ev_intake *intake);

/*
 * Waits until there is input and takes what is there, at most about 1 MiB.  1;
 * 0 at the end of the input; -1: it cannot be read, or there was none until
 * the moment `until` of ev_clock_mono (0: none).
 */
int	ev_intake_wait(struct ev_intake *intake, int64_t until,
	    struct ev_err *err);

/* Bytes of a file that are still to be read; 0 when nobody knows. */
uint64_t ev_intake_left(const struct ev_intake *intake);
/* Bytes of the input that were read so far. */
uint64_t ev_intake_read(const struct ev_intake *intake);
/*
 * The next text of what is there, without its LF, in the terms of
 * ev_scan_line, and the number of its first line from 1.  The text is good
 * until the next call.  1; 0: wait for more; -1: what stands there is no text
 * (too long, torn), the rest goes on behind it.
 */
int	ev_intake_next(struct ev_intake *intake, struct ev_slice *text,
	    size_t *line, struct ev_err *err);

#endif
