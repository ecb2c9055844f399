/*
 * audit: are the views' files as the state says?  Asked after another boot,
 * when what was not synced may be gone (2-store 2.4, W3).
 */
#ifndef EV_STORE_AUDIT_H
#define EV_STORE_AUDIT_H

#include "base/err.h"
#include "store/dir.h"
#include "store/log.h"
#include "store/state.h"

/*
 * Is an open partition of `size` bytes as long as noted, with the end that was
 * noted?  1, 0, -1 with errno.
 */
int	ev_audit_part(int fd, uint64_t size, const struct ev_part *part);

/*
 * Compares lengths and ends of the feed and of the partitions that the state
 * lists, and the sum of all partitions with what was applied; what stands behind
 * that must be lines of the log behind it.  1 they are, 0 not, -1 a file cannot
 * be read or is refused.
 */
int	ev_audit(const struct ev_dir *dir, const struct ev_state *state,
	    struct ev_log *log, struct ev_err *err);

#endif
