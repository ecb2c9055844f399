/*
 * level: how much a type of event matters, and what it is about
 * (1-events 1.4; Brewva's event pipeline).
 */
#ifndef EV_EVENT_LEVEL_H
#define EV_EVENT_LEVEL_H

#include <stdbool.h>

#include "base/slice.h"
#include "event/dialect.h"

enum ev_level { EV_AUDIT, EV_OPS, EV_DEBUG };

enum ev_level	 ev_level_of(struct ev_slice type);
const char	*ev_level_name(enum ev_level level);
/* -1: not a level's name. */
int		 ev_level_parse(struct ev_slice name);

/* "state", "session", "turn", …, "other"; dialect may be NULL. */
const char	*ev_category_of(struct ev_slice type,
		    const struct ev_dialect *dialect);

#endif
