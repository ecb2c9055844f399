/*
 * retention: what is to stay of day files and feeds, and why more of them does.
 */
#ifndef EV_FSCK_RETENTION_H
#define EV_FSCK_RETENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "fsck/finding.h"
#include "fsck/need.h"
#include "store/lost.h"

/* What is to stay. */
struct ev_retain {
	bool		by_size;
	int32_t		day;	/* what is of this day or later */
	uint64_t	size;	/* by_size: the newest so many bytes of day
				 * files, and of feeds */
};

/* A retention in its course. */
struct ev_retention {
	const struct ev_retain	*what;
	struct ev_findings	*findings;
	struct ev_need		 need;	/* of the store's cursors */
	int32_t			 floor;	/* days before it go */
	struct ev_lost		 lost;	/* under the lock */
};

/* Adds a finding: what was done with a file, and why. */
void	ev_retention_done(struct ev_retention *retention, const char *file,
	    const char *what, const char *why);
/* Adds a finding: a cursor needs the file. */
void	ev_retention_needed(struct ev_retention *retention, const char *file,
	    const struct ev_need *need);

#endif
