/*
 * recent: an event by its place from the end of a log: "@last", "@last:GLOBS"
 * (the last of a type), "@-3" (the third from the end).
 */
#ifndef EV_TEXT_RECENT_H
#define EV_TEXT_RECENT_H

#include "base/err.h"
#include "text/glob.h"

struct ev_recent {
	unsigned	 back;	/* 1: the last */
	struct ev_globs	*types;	/* NULL: of any */
};

/* Reads one; release with ev_globs_free(types).  -1: it is none of these. */
int	ev_recent_parse(struct ev_recent *recent, const char *text,
	    struct ev_err *err);

#endif
