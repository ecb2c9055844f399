/*
 * alignment: which skills belong to which archetype (GOVERN's
 * archetypeAlignment).
 *
 * archetypes.json in a store's private directory says it,
 *	{"jarvis":["system-integration","diagnostic-reasoning"]}
 * else the table of GOVERN's examples holds: jarvis as above, meridian:
 * deployment-orchestration.
 */
#ifndef EV_STATS_ALIGNMENT_H
#define EV_STATS_ALIGNMENT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"
#include "store/place.h"

struct ev_alignment;

/*
 * The table of a store (NULL: no store).  NULL: the file is no regular file
 * beneath the store, too long, or no strict JSON of that form; the message
 * names it.
 */
struct ev_alignment *ev_alignment_new(struct ev_place *place,
	    struct ev_err *err);
void	ev_alignment_free(struct ev_alignment *alignment);

/* Does the archetype have the skill?  Bytes are compared. */
bool	ev_alignment_has(const struct ev_alignment *alignment,
	    struct ev_slice archetype, struct ev_slice skill);

#endif
