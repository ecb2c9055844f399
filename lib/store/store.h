/*
 * store: an open store, and how events get into it (2-store 2.3, 2.4).
 */
#ifndef EV_STORE_STORE_H
#define EV_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/entry.h"
#include "store/options.h"
#include "store/place.h"

struct ev_store;

/*
 * Opens a store for writing; the first write makes what is missing.  place may
 * go after that; its descriptor and its dialects are the store's from now on.  NULL: the directory cannot be opened, or the private one is
 * refused.
 */
struct ev_store *ev_store_open(struct ev_place *place,
	    const struct ev_store_options *options, struct ev_err *err);
void	ev_store_close(struct ev_store *store);

/*
 * Writes the entries in their order, all under one lock (W1 to W9), and fills
 * their id and result.  0: every entry with EV_WRITTEN or EV_CONFLICT is
 * committed (I1), and durable as far as options ask for it.  -1: which are not
 * is unknown, none may be acknowledged.  When the lock is not had in time the
 * entries are written without it.  With the option atomic -1 means that none
 * is written, or that the message says that the next writer writes them all:
 * they stand in the spool until they are in the log; without the lock, or
 * with an EV_REFUSED one among them, none is written.  With count 0 only the views are brought up
 * to date.  What the caller should tell is in ev_store_notes.
 */
int	ev_store_write(struct ev_store *store, struct ev_entry *entries,
	    size_t count, struct ev_err *err);

/* Other moments than those that the store was opened with. */
void	ev_store_until(struct ev_store *store, int64_t lock_by,
	    int64_t until);

/*
 * Lines to say on stderr, each ended by LF, since the last call: views stale,
 * lines kept in lost.jsonl; with verbose also what needs no attention: the
 * lock not had in time, views made anew.  Empty: nothing.  Good until the next
 * call for this store.
 */
const char *ev_store_notes(struct ev_store *store, bool verbose);

/* Makes the views anew, however large the log is.  0 or -1: also when its
 * dialects are wrong (store/rows.h). */
int	ev_store_rebuild(struct ev_store *store, struct ev_err *err);
/* The same, and ends an unfinished last line of the log before, as a writer
 * does (W4); makes the log when it is gone. */
int	ev_store_repair(struct ev_store *store, struct ev_err *err);

/*
 * Calls fn under the lock, with views that have all of the log; what fn gives.
 * -1: the lock was not had, there is no log, or the views are not sound.
 */
struct ev_views;
int	ev_store_upkeep(struct ev_store *store,
	    int (*fn)(void *arg, struct ev_views *views, struct ev_err *err),
	    void *arg, struct ev_err *err);

/*
 * The id of a sound event of the log that has one: back = 1 the last, 2 the
 * one before; of the types that match globs when not NULL.  Reads from behind.
 * 1, 0 none, -1.
 */
struct ev_globs;
int	ev_store_last_id(struct ev_store *store, unsigned back,
	    const struct ev_globs *types, struct ev_buf *id,
	    struct ev_err *err);
/* The one id of the log that begins with prefix: 1, 0 none, -1 several (or the
 * log cannot be read). */
int	ev_store_prefix_id(struct ev_store *store, const char *prefix,
	    struct ev_buf *id, struct ev_err *err);

#endif
