/*
 * lookup: is an event there already (2-store 2.3 I6, 2.4 W5)?
 */
#ifndef EV_STORE_LOOKUP_H
#define EV_STORE_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "store/entry.h"
#include "store/known.h"
#include "store/lines.h"
#include "store/log.h"
#include "store/views.h"

struct ev_lookup {
	const struct ev_dir	*dir;
	struct ev_log		*log;
	const struct ev_views	*views;
	int64_t			 until;	/* of ev_clock_mono; 0: no end */
	/* of one round */
	const struct ev_entry	*entries;
	struct timespec		 now;
	bool			 fresh;	/* day files can be relied on */
	uint64_t		 end;	/* of the log's whole lines */
	/* kept from round to round */
	struct ev_known		*known;	/* or NULL */
	uint32_t		 tail;	/* CRC of where the known lines end */
	struct ev_lines		 lines;	/* of the log, for single lines */
	struct ev_buf		 found;	/* the line that the last look found,
					 * or nothing */
};

/* The id by which an entry can be found; empty for some. */
struct ev_slice ev_lookup_id(const struct ev_entry *entry);

/*
 * Does an event of the log have this id?  Asks the table of known ids, when
 * there is one; else the day file where the entry must be and what no view
 * holds yet; else all of the log.  1, 0, -1.
 */
int	ev_lookup_taken(struct ev_lookup *lookup,
	    const struct ev_entry *entry, struct ev_slice id,
	    struct ev_err *err);

/*
 * An entry with an id of its own among the known ones: 0 its id is new, 1
 * events with that id are there and all of them differ, 2 it is there, -1.
 */
int	ev_lookup_line(struct ev_lookup *lookup, const struct ev_entry *entry,
	    struct ev_known_key key, struct ev_err *err);

#endif
