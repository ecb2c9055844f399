/*
 * strict: what we refuse to write although readers tolerate it (2-store 2.7).
 */
#ifndef EV_JSON_STRICT_H
#define EV_JSON_STRICT_H

#include "base/err.h"
#include "json/scan.h"

/*
 * Checks a line that the scanner accepted: no key twice in one object (keys
 * compare decoded, at any depth), no \u0000, no lone surrogate escape.  0, or
 * -1 with the reason ("duplicate key \"a\" in data").
 */
int	ev_strict(const struct ev_val *root, struct ev_err *err);

#endif
