/*
 * sorted: the matches of any number of sources in replay order (4-views 4.1);
 * nothing but their places is kept in memory.
 *
 *	s = ev_sorted_new(&reading, sources, count);
 *	for (i = 0; i < count; i++)		(an ev_reading_one)
 *		ev_sorted_read(s, i, &tally, &err);
 *	ev_sorted_sort(s, &err);
 *	for (i = 0; i < ev_sorted_count(s); i++)
 *		ev_sorted_line(s, i, &line, &err);
 */
#ifndef EV_READ_SORTED_H
#define EV_READ_SORTED_H

#include "base/buf.h"
#include "read/reading.h"

struct ev_sorted;

/* The sources stay the caller's, open until ev_sorted_free.  The model wants
 * EV_ID and EV_TIME. */
struct ev_sorted *ev_sorted_new(const struct ev_reading *reading,
	    struct ev_source *sources, size_t count);
void	ev_sorted_free(struct ev_sorted *sorted);

/* An ev_reading_one: reads source i (settling it first).  After -1 what it gave
 * so far stays. */
int	ev_sorted_read(void *sorted, size_t i, struct ev_tally *tally,
	    struct ev_err *err);
/* When all were read. */
int	ev_sorted_sort(struct ev_sorted *sorted, struct ev_err *err);

size_t	ev_sorted_count(const struct ev_sorted *sorted);
/* Line i in order, with LF and EV_SCAN_PAD readable bytes behind (out is reset
 * first); equal lines stand side by side. */
int	ev_sorted_line(struct ev_sorted *sorted, size_t i, struct ev_buf *out,
	    struct ev_err *err);

#endif
