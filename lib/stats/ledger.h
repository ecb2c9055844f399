/*
 * ledger: the accumulator of most named reports: tables of bins, and the five
 * functions of struct ev_report that need not know what is counted.
 */
#ifndef EV_STATS_LEDGER_H
#define EV_STATS_LEDGER_H

#include "stats/bins.h"
#include "stats/report.h"
#include "stats/window.h"
#include "text/zone.h"

#define EV_LEDGER_TABLES 2
#define EV_LEDGER_FIELDS 5

/* The plan of such a report. */
struct ev_study {
	const struct ev_report_scope *scope;
	struct ev_window	 window;
	struct ev_zone		 zone;
	int			 field[EV_LEDGER_FIELDS]; /* of the model */
	struct ev_alignment	*alignment;	/* of convergence */
};

struct ev_ledger {
	const struct ev_study	*study;
	struct ev_bins		 table[EV_LEDGER_TABLES];
};

/* window: its length, or NULL for a report without one.  NULL: an option that
 * does not go with such a report. */
struct ev_study *ev_ledger_open(const struct ev_report_scope *scope,
	    const char *window, struct ev_err *err);
/* Wants the field at a path; the path is one of ours. */
void	ev_ledger_field(struct ev_study *study, size_t i,
	    struct ev_model *model, const char *path);
void	ev_ledger_close(void *study);

void	*ev_ledger_start(const void *study);
void	ev_ledger_merge(void *into, void *from);
void	ev_ledger_free(void *ledger);
void	ev_ledger_save(const void *ledger, struct ev_buf *out);
int	ev_ledger_load(void *ledger, const struct ev_val *line,
	    struct ev_err *err);

/* For finish(): sorts the first table, gives its bins, and tells of the window
 * and of keys that were left together. */
const struct ev_bins *ev_ledger_sort(struct ev_ledger *ledger,
	    int (*cmp)(const void *a, const void *b), struct ev_grid *grid);
/* Its end: --sort and --top (most: where that was not given; 0: all rows). */
int	ev_ledger_end(const struct ev_ledger *ledger, size_t most,
	    struct ev_grid *grid, struct ev_err *err);

/* The event's time in the window: false: it has none, or it is outside. */
bool	ev_ledger_time(const struct ev_ledger *ledger, struct ev_event *ev,
	    struct timespec *time);
/* The value of a field, kind EV_NONE when there is none; good until the next
 * question. */
struct ev_val ev_ledger_value(const struct ev_ledger *ledger, size_t i,
	    struct ev_event *ev);
/* A role as a key: p NULL where the event has none. */
struct ev_slice ev_ledger_key(struct ev_event *ev, enum ev_role role);

/* Cells: a time or null; a mean or null; a share of a whole or null. */
void	ev_ledger_put_time(struct ev_grid *grid, bool has,
	    struct timespec time);
void	ev_ledger_put_mean(struct ev_grid *grid, const struct ev_sum *sum);
void	ev_ledger_put_ratio(struct ev_grid *grid, uint64_t part,
	    uint64_t whole);
/* Whole seconds from the time to now, not below 0, or null. */
void	ev_ledger_put_idle(struct ev_grid *grid, const struct ev_bin *bin,
	    struct timespec now);

#endif
