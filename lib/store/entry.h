/*
 * entry: an event that is to be written, and what became of it.
 */
#ifndef EV_STORE_ENTRY_H
#define EV_STORE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/slice.h"
#include "event/dialect.h"
#include "event/ident.h"

/* How an event that is to be written is told from one that is there (W5). */
enum ev_identity {
	EV_NEW_UUID,	/* a new UUIDv7 is put in at id_at under the lock */
	EV_NEW_GUARD,	/* a new evt_<ms>_<fp8> is put in at id_at */
	EV_NEW_STAMP,	/* a new evt_<ms> or vr_<ms> is put in at id_at */
	EV_HAND_ID,	/* an id given by hand: the id alone decides */
	EV_LINE_ID,	/* the line's own id: same unless the content differs */
	EV_NO_ID	/* no id: the raw line, and how many of it the open
			 * store was given so far */
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
	char		 id[EV_IDENT_SIZE]; /* EV_NEW_*: out, without prefix;
					 * in: one made before, or empty */
	struct ev_slice	 own_id;	/* EV_HAND_ID, EV_LINE_ID: its text */
	struct ev_slice	 given;		/* EV_LINE_ID: the caller's own bytes */
	size_t		 asset_at;	/* EV_NEW_STAMP: where the asset_id of the
					 * line goes in, behind id_at; or 0 */
	char		 finger[EV_IDENT_SIZE]; /* EV_NEW_GUARD: "fp_…";
					 * EV_NEW_STAMP: "evt_" or "vr_" */
	bool		 has_time;
	struct timespec	 time;		/* its own time */
	uint64_t	 ordinal;	/* EV_NO_ID: the how-manieth of equal
					 * lines it is; 0: what the open store
					 * was given so far tells */
	bool		 has_id;	/* out, EV_NEW_*: id is in the line */
	size_t		 number;	/* the caller's: line of its input */
	enum ev_written	 result;	/* out */
	struct ev_buf	 there;		/* out, EV_SAME: the log's line, when
					 * its bytes are others; the caller's */
};

/* EV_NEW_*: puts entry->id into the line, and the asset_id that follows from
 * it. */
void	ev_entry_put_id(struct ev_entry *entry);

#endif
