/*
 * feeds: the feed is begun anew, those before it (feed.1.jsonl and so on, the
 * oldest first) are dropped (2-store 2.5).
 */
#ifndef EV_FSCK_FEEDS_H
#define EV_FSCK_FEEDS_H

#include "base/err.h"
#include "fsck/retention.h"
#include "store/views.h"

/* Under the lock: drops the feeds that were set aside before and need not stay,
 * and sets the present one aside when it is too old or too large.  0 or -1. */
int	ev_feeds_drop(struct ev_retention *retention, struct ev_views *views,
	    struct ev_err *err);

#endif
