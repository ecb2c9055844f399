/*
 * sorted: the matches of any number of sources in replay order (4-views 4.1).
 *
 * Nothing of the lines is kept but their places, and of parts of the sources
 * that are in order as they stand not even these.
 *
 *	s = ev_sorted_new(&reading, sources, count, true);
 *	for (i = 0; i < count; i++)		(an ev_reading_one)
 *		ev_sorted_read(s, i, &tally, &err);
 *	ev_sorted_sort(s, &err);
 *	ev_play(…)				(read/play.h)
 */
#ifndef EV_READ_SORTED_H
#define EV_READ_SORTED_H

#include "base/buf.h"
#include "read/reading.h"
#include "read/stretch.h"

struct ev_sorted;

/*
 * The sources stay the caller's, open until ev_sorted_free.  The model wants
 * EV_ID and EV_TIME.  onward: they are only played from front to end; else the
 * place of every match is kept.
 */
struct ev_sorted *ev_sorted_new(const struct ev_reading *reading,
	    struct ev_source *sources, size_t count, bool onward);
void	ev_sorted_free(struct ev_sorted *sorted);

/* An ev_reading_one: reads source i (settling it first).  After -1 what it gave
 * so far stays. */
int	ev_sorted_read(void *sorted, size_t i, struct ev_tally *tally,
	    struct ev_err *err);
/* When all were read. */
int	ev_sorted_sort(struct ev_sorted *sorted, struct ev_err *err);

/* The first and the last event of what was sorted; false: there is none. */
bool	ev_sorted_ends(const struct ev_sorted *sorted, struct ev_item *first,
	    struct ev_item *last);

/* The rest is for read/play.c. */

struct ev_sorted {
	const struct ev_reading	*reading;
	struct ev_source	*sources;
	struct ev_order		*order;
	struct ev_stretches	 stretches;
	bool			 onward;
	size_t			 present;	/* source that is read */
	uint64_t		 blocks;	/* that were read */
};

/*
 * Runs the pass over bytes of a source, a stretch's first to another's end;
 * pass->model, max_line, threads, literal and block are set.  0 or -1.
 */
int	ev_sorted_again(struct ev_sorted *sorted, struct ev_pass *pass,
	    const struct ev_stretch *first, const struct ev_stretch *last,
	    struct ev_err *err);
/* Fails: the source of a stretch became another one.  Gives -1. */
int	ev_sorted_changed(const struct ev_sorted *sorted,
	    const struct ev_stretch *stretch, struct ev_err *err);
/* Hands on the bytes from a stretch's first line to another's last, with an LF
 * at the end, until bytes() gives other than 0; gives that, 0 or -1. */
int	ev_sorted_copy(struct ev_sorted *sorted,
	    const struct ev_stretch *first, const struct ev_stretch *last,
	    int (*bytes)(void *arg, const char *p, size_t n,
		struct ev_err *err),
	    void *arg, struct ev_err *err);

#endif
