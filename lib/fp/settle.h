/*
 * settle: FindingResolved and FindingReopened, the events by which people say
 * what became of a finding (1-events 1.6).
 */
#ifndef EV_FP_SETTLE_H
#define EV_FP_SETTLE_H

#include <stdbool.h>

#include "base/slice.h"
#include "cli/setting.h"
#include "emit/record.h"

struct ev_settle {
	struct ev_slice		 mark, type, message;	/* of the finding */
	bool			 reopen;	/* else it is resolved */
	const char		*commit;	/* its hash, or NULL */
	const struct ev_settings *settings;	/* the dialect is agentguard */
	struct ev_record	*record;	/* not yet open */
};

/* Appends the event to the log.  0 or -1. */
int	ev_settle_write(const struct ev_settle *settle, struct ev_err *err);

#endif
