/*
 * rows: the user's dialects in a store's private directory (1-events 1.1,
 * 2-store 2.1), dialects.json.
 */
#ifndef EV_STORE_ROWS_H
#define EV_STORE_ROWS_H

#include <stdint.h>

#include "base/err.h"
#include "store/place.h"

/*
 * Reads the file into place->custom, once for all who ask.  0: also when there
 * is none, or none that is ours to read.  -1: it is no regular file beneath the
 * place, too long or wrong; place->unsure is set then, and who asks again gets
 * 0.
 */
int	ev_rows_read(struct ev_place *place, struct ev_err *err);

/* The version of the rule that makes days (EV_ROUTING), these rows counted. */
uint64_t ev_rows_routing(const struct ev_place *place);

#endif
