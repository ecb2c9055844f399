/*
 * streak: how often in a row a capsule has succeeded (GEP seed, "Computing
 * Success Streaks"): from the last event backwards over the EvolutionEvents
 * with its capsule_id, success adds one, anything else ends it.
 */
#ifndef EV_TREE_STREAK_H
#define EV_TREE_STREAK_H

#include "out/sink.h"
#include "read/reading.h"

/* The roles that must be wanted, ended by EV_ROLES. */
extern const enum ev_role ev_streak_roles[];

struct ev_streaks;

struct ev_streaks *ev_streaks_new(void);
void	ev_streaks_free(struct ev_streaks *streaks);

/* Reads the sources in their order; equal lines count once.  0, or -1 when
 * anything failed, all of which was told. */
int	ev_streaks_read(struct ev_streaks *streaks,
	    const struct ev_reading *reading, struct ev_source *sources,
	    size_t count);
size_t	ev_streaks_count(const struct ev_streaks *streaks);

/*
 * Appends a row {capsule, streak, last} for each, in the order of the ids; last
 * is the time of its last event.  json: an array; jsonl: a line each; any
 * other format: a table.
 */
void	ev_streaks_print(const struct ev_streaks *streaks, const char *format,
	    struct ev_buf *out);

#endif
