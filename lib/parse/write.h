/*
 * write: a finding as an event of AgentGuard (1-events 1.2).
 */
#ifndef EV_PARSE_WRITE_H
#define EV_PARSE_WRITE_H

#include <time.h>

#include "base/buf.h"
#include "parse/finding.h"

/*
 * Appends the event as one line, with its LF: fingerprint (1.6), type,
 * severity, source, file, line, message, metadata (code, column, testName,
 * stack as "at function (file:line:column)", rawLines), resolved.  now: also
 * its time, and the id of the n-th event of that fingerprint and millisecond;
 * NULL: neither, ev-emit puts them in.
 */
void	ev_finding_write(struct ev_buf *out, const struct ev_finding *finding,
	    const struct timespec *now, unsigned n);

/* The finding's fingerprint, as ev-emit would compute it. */
void	ev_finding_print(const struct ev_finding *finding, char *out);

#endif
