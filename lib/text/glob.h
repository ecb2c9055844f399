/*
 * glob: shell patterns over whole names.
 */
#ifndef EV_TEXT_GLOB_H
#define EV_TEXT_GLOB_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * True when pattern (* ? [a-z] [!a-z] [^a-z], \ takes the next character as it
 * is) matches the whole of text; case counts, characters are UTF-8 (a byte
 * that is not stands for itself alone), "." and "/" are nothing special.  A
 * "[" that nothing closes is itself, and so is "]" as the first in a class.
 * However many stars, the work grows only as |pattern| * |text|.
 */
bool	ev_glob_match(struct ev_slice pattern, struct ev_slice text);

/*
 * A comma list of patterns; "!" before one excludes what it matches, wherever
 * it stands in the list; "\," is a comma, "\!" no exclusion.  Excluding
 * patterns alone let all else pass.  An empty pattern matches only the empty
 * text (and "" is a list of one empty pattern).
 */
struct ev_globs;
struct ev_globs *ev_globs_new(const char *list);
void	ev_globs_free(struct ev_globs *globs);
bool	ev_globs_match(const struct ev_globs *globs, struct ev_slice text);

#endif
