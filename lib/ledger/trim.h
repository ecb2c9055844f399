/*
 * trim: a text without the white space around it, as JavaScript's trim() sees
 * it (ECMA-262, WhiteSpace and LineTerminator).
 */
#ifndef EV_LEDGER_TRIM_H
#define EV_LEDGER_TRIM_H

#include <stdbool.h>

#include "base/slice.h"

/* A part of the text; empty when it is white space through and through. */
struct ev_slice ev_trim(struct ev_slice text);
/* The next word of a text, which becomes what stands behind it; false: no
 * more. */
bool	ev_trim_word(struct ev_slice *text, struct ev_slice *word);

#endif
