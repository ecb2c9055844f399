/*
 * bins: what is counted for each key; a key is one text or several.
 *
 * A bin has counts, sums, the bounds of its events' times and the last event's
 * word; a report uses what it needs.  Tables merge: any split of the events
 * and any order of merging give the same bins.
 */
#ifndef EV_STATS_BINS_H
#define EV_STATS_BINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/slice.h"
#include "stats/mark.h"
#include "stats/sum.h"

#define EV_BIN_COUNTS	4
#define EV_BIN_SUMS	2
#define EV_BINS_MOST	(1u << 20)	/* keys of one table */

struct ev_bin {
	char		*key;	/* JSON strings (or null), commas between */
	size_t		 n;
	uint64_t	 count[EV_BIN_COUNTS];
	struct ev_sum	 sum[EV_BIN_SUMS];
	bool		 timed;
	struct timespec	 first, last;
	struct ev_mark	 mark;
};

struct ev_bins {
	struct ev_bin	*bin;
	size_t		 count, cap;
	struct ev_map	*number;
	struct ev_buf	 key;		/* scratch */
	bool		 full;		/* some keys went to the last bin,
					 * "(other)" */
};

void	ev_bins_init(struct ev_bins *bins);
void	ev_bins_clear(struct ev_bins *bins);

/* The bin of a key of up to three texts (text with p NULL: null; parts: how
 * many).  Good until the next call. */
struct ev_bin *ev_bins_at(struct ev_bins *bins, const struct ev_slice *part,
	    size_t parts);
/* The same when there is one, else NULL. */
struct ev_bin *ev_bins_find(struct ev_bins *bins, const struct ev_slice *part,
	    size_t parts);
/* Extends the times of a bin. */
void	ev_bin_time(struct ev_bin *bin, struct timespec time);

/* Part i of a bin's key as JSON text; "null" where it has no such part. */
struct ev_slice ev_bin_part(const struct ev_bin *bin, size_t i);
/* The same as text, decoded into *scratch, which is reset. */
struct ev_slice ev_bin_text(const struct ev_bin *bin, size_t i,
	    struct ev_buf *scratch);
/* Compares part i of two keys, by what they mean as bytes; null first. */
int	ev_bin_cmp(const struct ev_bin *a, const struct ev_bin *b, size_t i);

/* Sorts the bins; what ev_bins_at finds is wrong from then on. */
void	ev_bins_sort(struct ev_bins *bins,
	    int (*cmp)(const void *a, const void *b));

/* from is emptied of what it owns, and may only be cleared. */
void	ev_bins_merge(struct ev_bins *into, struct ev_bins *from);

/* Appends the members of one bin, "key":[…],… without braces, and adds such a
 * bin: -1 when it is none. */
void	ev_bin_save(const struct ev_bin *bin, struct ev_buf *out);
int	ev_bins_load(struct ev_bins *bins, const struct ev_val *line,
	    struct ev_err *err);

#endif
