/*
 * resume: a table that goes on from where it was the last time.
 *
 * The file holds, in one line, what the table is of and how far each log was
 * read, and then the table as a part (stats/part.h).  It is there whole or not
 * at all.  A log is known again by the bytes before that place.
 */
#ifndef EV_STATS_RESUME_H
#define EV_STATS_RESUME_H

#include "read/reading.h"
#include "stats/report.h"
#include "stats/run.h"

struct ev_stats_resume {
	const char	*path;
	/* from loading on */
	struct ev_buf	 filter;	/* what events are taken, as text */
	struct ev_buf	 text;		/* the file */
	uint64_t	*start;		/* where each source goes on */
};

/*
 * Loads the table, if there is one, into stats that have read nothing, and says
 * where each source goes on; what came to them after that is not read (a line
 * that has no end yet belongs to the next time).  When a log is no longer the
 * one that was read, all begins anew, which is told.  -1: the file is of
 * another table or damaged, or a source is no plain file.
 */
int	ev_stats_resume_load(struct ev_stats_resume *resume,
	    struct ev_stats *stats, const struct ev_report_scope *scope,
	    struct ev_source *sources, size_t count, const struct ev_say *say,
	    struct ev_err *err);

/* Writes the table and the places; before it is finished. */
int	ev_stats_resume_save(const struct ev_stats_resume *resume,
	    const struct ev_stats *stats, const struct ev_report_scope *scope,
	    const struct ev_source *sources, size_t count,
	    struct ev_err *err);
void	ev_stats_resume_clear(struct ev_stats_resume *resume);

#endif
