/*
 * gepenv: the key by which GEP compares machines (1-events 1.7; vectors
 * gep.envFingerprintKey).
 */
#ifndef EV_EVENT_GEPENV_H
#define EV_EVENT_GEPENV_H

#include "base/slice.h"
#include "json/scan.h"

#define EV_GEPENV_SIZE 17	/* 16 hex and a NUL, or "unknown" */

/* What the key is made of: as GEP's tool did from this version of it on. */
enum ev_gepenv {
	EV_GEPENV_1_5_0, EV_GEPENV_1_13_0, EV_GEPENV_1_15_0, EV_GEPENV_1_29_8,
	EV_GEPENVS
};

/* The generation that is called "1.5.0", ..., or -1. */
int	ev_gepenv_named(struct ev_slice name);

/*
 * The first 16 hex of SHA-256 of an env_fingerprint's parts, joined by "|"; an
 * absent part is empty.  "unknown" of what is no object.
 */
void	ev_gepenv_key(const struct ev_val *env, enum ev_gepenv generation,
	    char out[EV_GEPENV_SIZE]);

#endif
