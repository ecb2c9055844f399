/*
 * gepkey: the keys by which GEP compares failures and signals
 * (1-events 1.7; vectors gep.*).
 */
#ifndef EV_EVENT_GEPKEY_H
#define EV_EVENT_GEPKEY_H

#include <stdint.h>

#include "base/buf.h"
#include "json/scan.h"

/* FNV-1a in 32 bits over the UTF-16 units of a text. */
uint32_t ev_gepkey_hash(struct ev_slice text);

/*
 * Appends the error signature of a text: white space at its ends removed, lower
 * case, paths <path>, words 0x... <hex>, words of digits <n>, runs of white
 * space a blank, the first 220 UTF-16 units.  Nothing: it was empty.
 */
void	ev_gepkey_error(struct ev_buf *out, struct ev_slice text);

/*
 * Appends the signal key of an array of signals, "(none)" when it has none.
 * What is neither a text nor a number is no signal, and nor is 0.
 */
void	ev_gepkey_signals(struct ev_buf *out, const struct ev_val *signals);

/*
 * Appends what a value is in a key of JavaScript's: a text, a number as that
 * prints it, "true"; nothing for what is false there (0, null), nor for
 * containers.
 */
void	ev_gepkey_text(struct ev_buf *out, const struct ev_val *val);

#endif
