/*
 * miss: times in a form that is not ours, and how to write them.
 */
#ifndef EV_TEXT_MISS_H
#define EV_TEXT_MISS_H

#include "base/err.h"

/*
 * When the text has a well-known form that the grammar of text/when.h does not
 * have (2026/01/06, 2026-1-6, 10.30, 6pm, Jan 6, 1709856000, +2h), -1 and a
 * message that names the one to write; else 0.
 */
int	ev_miss_form(const char *text, struct ev_err *err);

/*
 * The text is no time (or period, or what noun says): -1 always, and a message
 * that names the word that was probably meant, or else the examples.
 */
int	ev_miss_word(const char *text, const char *noun, const char *examples,
	    struct ev_err *err);

#endif
