/*
 * severity: AgentGuard's scale 0..5 (1-events 1.5).
 */
#ifndef EV_EVENT_SEVERITY_H
#define EV_EVENT_SEVERITY_H

#include "base/slice.h"

/* The severity of a type by the seed's table; 2 for a type that is not in it. */
int		 ev_severity_of(struct ev_slice type);
/* "Informational" … "Critical"; NULL outside 0..5. */
const char	*ev_severity_label(int severity);

#endif
