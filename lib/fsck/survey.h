/*
 * survey: is a store sound: the log, its day files, feed, state, cursors
 * (3-commands 3.9)?
 */
#ifndef EV_FSCK_SURVEY_H
#define EV_FSCK_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "fsck/finding.h"
#include "fsck/shot.h"

struct ev_survey {
	struct ev_place		*place;	/* the caller's */
	struct ev_findings	 findings;
	uint64_t		 lines, events;	/* of the log */
	uint64_t		 days;	/* that it has */
	bool			 views;	/* day files or feed are not as they
					 * should be */
	bool			 torn;	/* the log's last line is */
	int32_t			*bad;	/* those that are not, EV_VIEW_FEED
					 * among them */
	size_t			 nbad;
};

/*
 * Looks at everything and changes nothing.  What seems wrong with the views
 * while others write is looked at again under the lock.  0: findings has what
 * was found; -1: it could not be told.  To be cleared in any case.
 */
int	ev_survey(struct ev_survey *check, struct ev_err *err);
void	ev_survey_clear(struct ev_survey *check);

#endif
