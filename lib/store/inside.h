/*
 * inside: what an open store is made of.
 */
#ifndef EV_STORE_INSIDE_H
#define EV_STORE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "store/admit.h"
#include "store/dir.h"
#include "store/keep.h"
#include "store/lock.h"
#include "store/append.h"
#include "store/log.h"
#include "store/options.h"
#include "store/place.h"
#include "store/views.h"

struct ev_store {
	struct ev_place		 place;
	struct ev_store_options	 options;
	struct ev_dir		 dir;
	struct ev_lock		 lock;
	struct ev_log		 log;
	struct ev_views		 views;
	struct ev_keep		 keep;
	struct ev_admit		 admit;
	struct ev_batch		 batch;		/* of one write(2) */
	size_t			*number;	/* beside batch.put */
	size_t			 cap;		/* of both */
	struct ev_buf		 notes;
	bool			 locked;
	bool			 draining;	/* the spool is written */
	bool			 seal;		/* W4 is still to be done */
	bool			 wrote;		/* something, in this round */
	bool			 was_empty;	/* the log, before this write */
};

#endif
