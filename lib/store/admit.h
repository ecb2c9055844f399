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
#include "store/append.h"
#include "store/entry.h"
#include "store/lookup.h"
#include "store/options.h"

struct ev_admit {
	struct ev_lookup	 lookup;
	enum ev_on_conflict	 on_conflict;
	char			 last[EV_UUID_SIZE];	/* UUIDv7, or "" */
	uint32_t		 tail;	/* CRC of where the known lines end */
	/* of one round */
	struct ev_entry		*entries;
	struct ev_known_key	*key;	/* beside entries: of those with a line
					 * of their own */
	size_t			 keys, settled;
	struct ev_map		*taken;	/* ids that it gave away */
};

void	ev_admit_init(struct ev_admit *admit, const struct ev_dir *dir,
	    const struct ev_log *log, const struct ev_views *views,
	    enum ev_on_conflict on_conflict);
void	ev_admit_clear(struct ev_admit *admit);

/* Forgets what the log held: it is another one now. */
void	ev_admit_forget(struct ev_admit *admit);
/* The round failed: what it took for known may not be there, and its entries
 * count as not asked for. */
void	ev_admit_failed(struct ev_admit *admit);

/* Are there entries that are compared with all of the log? */
bool	ev_admit_compares(const struct ev_entry *entries, size_t count);

/*
 * Reads the log's lines up to byte `to` into the table of known ones, when
 * there are such entries; before the lock it spares time under it.  A log that
 * does not end any more in what was read last is read anew.  0 or -1.
 */
int	ev_admit_learn(struct ev_admit *admit, const struct ev_entry *entries,
	    size_t count, uint64_t to, struct ev_err *err);

/*
 * Begins a round over entries.  fresh: day files can be relied on; end: of the
 * log's whole lines, which were learnt.  -1: EV_NOW is not a time.
 */
int	ev_admit_begin(struct ev_admit *admit, struct ev_entry *entries,
	    size_t count, bool fresh, uint64_t end, struct ev_err *err);

/*
 * Settles one entry: puts a new id into its line, sets its result.  1: the
 * line is to be written; *number stands for it in ev_admit_placed.  0: it is
 * not.  -1.
 */
int	ev_admit(struct ev_admit *admit, size_t entry, size_t *number,
	    struct ev_err *err);

/* A line got its place. */
void	ev_admit_placed(struct ev_admit *admit, size_t number, uint64_t at);
/* The batch was written: every line that was admitted since the last one, and
 * no other.  0 or -1. */
int	ev_admit_wrote(struct ev_admit *admit, const struct ev_batch *batch,
	    struct ev_err *err);

#endif
