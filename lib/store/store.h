/*
 * store: an open store, and how events get into it (2-store 2.3, 2.4).
 */
#ifndef EV_STORE_STORE_H
#define EV_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/dialect.h"
#include "event/ident.h"
#include "store/place.h"

/* How an event that is to be written is told from one that is there (W5). */
enum ev_identity {
	EV_NEW_UUID,	/* a new UUIDv7 is put in at id_at under the lock */
	EV_NEW_GUARD,	/* a new evt_<ms>_<fp8> is put in at id_at */
	EV_HAND_ID,	/* an id given by hand: the id alone decides */
	EV_LINE_ID,	/* the line's own id: same unless the content differs */
	EV_NO_ID	/* no id: the raw line and its ordinal in this input */
};

enum ev_written {
	EV_WRITTEN,
	EV_SAME,	/* there already, not written again */
	EV_CONFLICT,	/* same id, other content: written all the same */
	EV_SKIPPED,	/* the same, not written (--on-conflict=skip) */
	EV_REFUSED	/* the same, not written (--on-conflict=error) */
};

/* An event to be written.  The line has no LF and is sound. */
struct ev_entry {
	struct ev_buf	 line;
	enum ev_identity identity;
	const struct ev_dialect *dialect;
	size_t		 id_at;		/* EV_NEW_*: where the id goes in */
	char		 id[EV_IDENT_SIZE]; /* EV_NEW_*: out, without prefix */
	struct ev_slice	 own_id;	/* EV_HAND_ID, EV_LINE_ID: its text */
	struct ev_slice	 given;		/* EV_LINE_ID: the caller's own bytes */
	char		 finger[EV_IDENT_SIZE]; /* EV_NEW_GUARD: "fp_…" */
	bool		 has_time;
	struct timespec	 time;		/* its own time */
	uint64_t	 ordinal;	/* EV_NO_ID: 1 for the first such line */
	size_t		 number;	/* the caller's: line of its input */
	enum ev_written	 result;	/* out */
};

enum ev_sync { EV_SYNC_NONE, EV_SYNC_DATA, EV_SYNC_FULL };
enum ev_on_conflict { EV_ON_CONFLICT_WRITE, EV_ON_CONFLICT_SKIP,
    EV_ON_CONFLICT_ERROR };

struct ev_store_options {
	enum ev_sync		sync;
	enum ev_on_conflict	on_conflict;
	int64_t			deadline_ms;	/* for the lock; 0: 5000 */
};

struct ev_store;

/* Opens (and, for the first event ever, makes) a store for writing. */
struct ev_store *ev_store_open(const struct ev_place *place,
	    const struct ev_store_options *options, struct ev_err *err);
void	ev_store_close(struct ev_store *store);

/*
 * Writes the entries in their order, all under one lock (W1 to W9), and fills
 * their id and result.  0: every entry with EV_WRITTEN or EV_CONFLICT is
 * committed (I1).  -1: which are not is unknown, none may be acknowledged.
 * What the caller should tell is in ev_store_notes.
 */
int	ev_store_write(struct ev_store *store, struct ev_entry *entries,
	    size_t count, struct ev_err *err);

/*
 * Lines to say on stderr, each ended by LF, since the last call: views stale,
 * lock not had in time (only with verbose), … .  Empty: nothing.
 */
const char *ev_store_notes(struct ev_store *store, bool verbose);

/*
 * The id of a sound event of the log: back = 1 the last, 2 the one before; of
 * the types that match globs when not NULL.  Reads from behind.  1, 0 none.
 */
struct ev_globs;
int	ev_store_last_id(struct ev_store *store, unsigned back,
	    const struct ev_globs *types, struct ev_buf *id,
	    struct ev_err *err);
/* The one id of the log that begins with prefix: 1, 0 none, -1 several. */
int	ev_store_prefix_id(struct ev_store *store, const char *prefix,
	    struct ev_buf *id, struct ev_err *err);

#endif
