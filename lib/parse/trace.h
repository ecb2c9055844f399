/*
 * trace: an exception, or a panic, and its stack: Node, Java, Go, Rust, C.
 */
#ifndef EV_PARSE_TRACE_H
#define EV_PARSE_TRACE_H

#include "parse/rule.h"

/* The lines behind the one that names the exception. */
ev_block ev_trace_block;

/* Acts of rules whose block this is; they never say no. */

/* An exception: the tool by its class; "file:line" above a SyntaxError. */
bool	ev_trace_exception(struct ev_work *work, const struct ev_match *m);
/* A panic of Rust: where it was, and the test whose output this is. */
bool	ev_trace_rust(struct ev_work *work, const struct ev_match *m);
/* A panic of Go: the test that it ended. */
bool	ev_trace_go(struct ev_work *work, const struct ev_match *m);

#endif
