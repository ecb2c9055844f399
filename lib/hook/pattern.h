/*
 * pattern: the store's files as gitignore(5) and gitattributes(5) name them.
 *
 * A log that is tracked has its seals and their leaves with it: lines whose
 * order and repetition mean nothing (ev-store(5)), which git joins by itself.
 * All else of the private directory belongs to the clone.
 */
#ifndef EV_HOOK_PATTERN_H
#define EV_HOOK_PATTERN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/place.h"

/* Appends what git is to ignore; sub: the log's directory, from the root of
 * the work tree on. */
void	ev_pattern_exclude(const struct ev_place *place, const char *sub,
	    bool track, struct ev_buf *out);

/* Can the files be named in gitattributes?  0; -1: a name has blanks, quotes
 * or wildcards. */
int	ev_pattern_check(const struct ev_place *place, const char *sub,
	    struct ev_err *err);
/* Appends how git is to merge what is tracked. */
void	ev_pattern_attributes(const struct ev_place *place, const char *sub,
	    struct ev_buf *out);

#endif
