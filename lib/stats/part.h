/*
 * part: a table that is not finished, as JSON lines, so that it can be joined
 * with others or gone on with (--partial, --merge, --resume).
 *
 *	{"ev_stats":1,"table":{"report":…,"by":…,…},"since":[s,ns],…}
 *	…			what the report saves
 *	{"end":3,"crc":"1a2b3c4d"}
 *
 * The end has the number of lines before it and the CRC-32C of these, so that
 * a part that was cut is not taken for a whole one.
 */
#ifndef EV_STATS_PART_H
#define EV_STATS_PART_H

#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"
#include "stats/report.h"
#include "stats/run.h"

/* A part's first line. */
struct ev_part {
	struct ev_buf	table;	/* what it is a table of, its JSON text */
	bool		has_since, has_until, has_turn, utc;
	struct timespec	since, until, turn;
	uint64_t	damaged;
};

#define EV_PART_INIT { .table = EV_BUF_INIT }

void	ev_part_clear(struct ev_part *part);

/* Appends what the stats are a table of. */
void	ev_part_table(const struct ev_stats *stats,
	    const struct ev_report_scope *scope, struct ev_buf *out);
/* Appends the whole part. */
void	ev_part_write(const struct ev_stats *stats,
	    const struct ev_report_scope *scope, struct ev_buf *out);

/* Reads a first line.  -1: it is none. */
int	ev_part_read(struct ev_part *part, const struct ev_val *line,
	    struct ev_err *err);

/* What a part is of, as --report and the options had it; the texts are
 * malloced, for ev_part_free_ask. */
const struct ev_report *ev_part_ask(const struct ev_part *part,
	    struct ev_ask *ask, struct ev_err *err);
void	ev_part_free_ask(struct ev_ask *ask);

/* True for the last line; then sound says whether it fits the lines before it,
 * of which there were `lines` with this checksum. */
bool	ev_part_end(const struct ev_val *line, uint64_t lines, uint32_t crc,
	    bool *sound);

#endif
