/*
 * trim: a text without the white space around it, as JavaScript's trim() sees
 * it (ECMA-262, WhiteSpace and LineTerminator).
 */
#ifndef EV_LEDGER_TRIM_H
#define EV_LEDGER_TRIM_H

#include "base/slice.h"

/* A part of the text; empty when it is white space through and through. */
struct ev_slice ev_trim(struct ev_slice text);

#endif
