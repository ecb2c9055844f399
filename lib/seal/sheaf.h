/*
 * sheaf: the leaves of a seal to come, 2026-01-06.leaves.new (seal/leaves.h).
 */
#ifndef EV_SEAL_SHEAF_H
#define EV_SEAL_SHEAF_H

#include "base/buf.h"
#include "seal/leaves.h"
#include "store/hush.h"

struct ev_sheaf {
	const struct ev_dir	*dir;	/* NULL: not begun, or ended */
	int32_t			 day;
	int			 fd;
	int			 failed;	/* errno of the first write that did */
	struct ev_buf		 held;		/* not yet written */
	struct ev_hush		 hush;	/* until ev_sheaf_end */
};

/* Begins with what the day's file has.  0; -1, and nothing is to be ended. */
int	ev_sheaf_begin(struct ev_sheaf *to, const struct ev_dir *dir,
	    int32_t day, struct ev_err *err);
/* Adds a leaf that has no tag yet. */
void	ev_sheaf_add(struct ev_sheaf *to, const struct ev_seal *seal,
	    const unsigned char leaf[EV_SHA256_SIZE]);
/* Ends it with the seal, and makes it durable; ev_leaves_settle makes it the
 * day's.  0; -1: it is gone. */
int	ev_sheaf_end(struct ev_sheaf *to, const struct ev_seal *seal,
	    struct ev_err *err);
/* It is given up: the file goes. */
void	ev_sheaf_drop(struct ev_sheaf *to);

#endif
