/*
 * required: what can be read off the text of a Perl pattern.
 */
#ifndef EV_TEXT_REQUIRED_H
#define EV_TEXT_REQUIRED_H

#include <stddef.h>

/*
 * The longest run of plain characters (the first of several) that must stand,
 * byte for byte, in all that a sound pattern matches when case counts.  NULL
 * when none has min bytes, or where the pattern holds anything (alternatives
 * at the top, options, assertions, rare escapes) that makes it less than
 * plain; a run that exists may be missed, never the other way round.  The
 * caller's, for free().
 */
char	*ev_required_run(const char *pattern, size_t min);

/*
 * The pattern without its escapes (\S, \p{Lu}, \x{C9}) and the names in it
 * ((?<Name>, (*VERB)): in it stand all letters that mean themselves.  The
 * caller's, for free().
 */
char	*ev_required_letters(const char *pattern);

#endif
