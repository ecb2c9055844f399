/*
 * raw: sound JSON text as a value.
 */
#ifndef EV_EMIT_RAW_H
#define EV_EMIT_RAW_H

#include "json/scan.h"

/*
 * The value that a JSON text is, known to be sound and without white space
 * around it.  Borrows the text.
 */
struct ev_val	ev_raw_val(struct ev_slice json);

#endif
