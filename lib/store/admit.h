/*
 * admit: which entries are written, and the new ids (2-store 2.3 I6, 2.4 W5).
 */
#ifndef EV_STORE_ADMIT_H
#define EV_STORE_ADMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "store/entry.h"
#include "store/lookup.h"
#include "store/options.h"

struct ev_admit {
	struct ev_lookup	 lookup;
	enum ev_on_conflict	 on_conflict;
	char			 last[EV_UUID_SIZE];	/* UUIDv7, or "" */
	/* of one round */
	struct ev_entry		*entries;
	struct ev_known_key	*key;	/* beside entries: of those with a line
					 * of their own */
	size_t			 keys, count, settled;
	struct ev_map		*taken;	/* ids that it gave away */
};

void	ev_admit_init(struct ev_admit *admit, const struct ev_dir *dir,
	    struct ev_log *log, const struct ev_views *views,
	    enum ev_on_conflict on_conflict);
void	ev_admit_clear(struct ev_admit *admit);

/*
 * Begins a round over entries.  fresh: day files can be relied on; end: of the
 * log's whole lines, which were learnt.  -1: EV_NOW is not a time.
 */
int	ev_admit_begin(struct ev_admit *admit, struct ev_entry *entries,
	    size_t count, bool fresh, uint64_t end, struct ev_err *err);
/* Ends it.  When it failed, its entries count as not asked for, and what it
 * took for known may not be there. */
void	ev_admit_end(struct ev_admit *admit, bool failed);

/*
 * Settles one entry: puts a new id into its line, sets its result.  1: the
 * line is to be written; *number stands for it in ev_admit_placed.  0: it is
 * not.  -1.
 */
int	ev_admit(struct ev_admit *admit, size_t entry, size_t *number,
	    struct ev_err *err);

/* A line got its place. */
void	ev_admit_placed(struct ev_admit *admit, size_t number, uint64_t at);

#endif
