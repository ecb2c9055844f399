/*
 * prose: the lines of a tool's output, one after the other.
 */
#ifndef EV_PARSE_PROSE_H
#define EV_PARSE_PROSE_H

#include "parse/rule.h"
#include "parse/work.h"

struct ev_prose {
	struct ev_work	 work;
	struct ev_rules	*rules;
	struct ev_buf	 clean;
};

/* work.where, found and arg are the caller's to set. */
void	ev_prose_init(struct ev_prose *prose, unsigned tools);
void	ev_prose_clear(struct ev_prose *prose);

/* Reads a line, without its LF. */
void	ev_prose_take(struct ev_prose *prose, struct ev_slice line);
/* What is open goes out: at the end, and before what is no line. */
void	ev_prose_flush(struct ev_prose *prose);

#endif
