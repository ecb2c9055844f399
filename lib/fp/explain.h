/*
 * explain: how a message loses what differs from one time to the next
 * (1-events 1.6), for people.
 */
#ifndef EV_FP_EXPLAIN_H
#define EV_FP_EXPLAIN_H

#include "base/buf.h"
#include "base/slice.h"

/*
 * Appends a line for each step: its name, and the message behind it, or "="
 * when it changed nothing.  All text is escaped.
 */
void	ev_explain(struct ev_buf *out, struct ev_slice message);

#endif
