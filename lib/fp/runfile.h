/*
 * runfile: the fingerprints of AgentGuard's run files (1-events 1.6; vectors
 * agentguard.eventFingerprint).
 */
#ifndef EV_FP_RUNFILE_H
#define EV_FP_RUNFILE_H

#include "event/finger.h"
#include "json/scan.h"

/*
 * Its simpleHash over the kind, a colon, and key=JSON of the event's own
 * members sorted by key and joined by commas.  kind, id, timestamp and
 * fingerprint are none of these; JSON is as JavaScript prints what it read:
 * keys inside in their order, but those that are indexes of an array first; of a
 * key that comes twice the first place and the later value.
 */
void	ev_runfile_print(const struct ev_val *event,
	    char out[EV_FINGER_SIZE]);

#endif
