/*
 * gep: what GEP's records are filled with, and objects inside a record
 * (1-events 1.2, 1.7).
 */
#ifndef EV_EMIT_GEP_H
#define EV_EMIT_GEP_H

#include <stdbool.h>

#include "base/err.h"
#include "emit/draft.h"
#include "emit/given.h"

/* Fills a missing member with the machine that this is.  -1: EV_NOW is not a
 * time. */
int	ev_gep_machine(struct ev_draft *draft, size_t member,
	    struct ev_err *err);

/* Fills a missing member with the key of env_fingerprint, if that is there. */
void	ev_gep_env_key(struct ev_draft *draft, size_t member);

/* Fills a missing member: are there commands, and all of them ok? */
void	ev_gep_all_ok(struct ev_draft *draft, size_t member);

/* Is a member an object with inner members that may be added to? */
bool	ev_gep_lacks(const struct ev_draft *draft, size_t member);

/* Fills what is missing inside an object, or makes the object.  -1: EV_NOW is
 * not a time. */
int	ev_gep_inner(struct ev_draft *draft, size_t member,
	    const struct ev_given *given, struct ev_err *err);

#endif
