/*
 * golog: what tests of Go logged first, until it is known whether they failed.
 */
#ifndef EV_PARSE_GOLOG_H
#define EV_PARSE_GOLOG_H

#include <stdint.h>

#include "base/slice.h"

#define EV_GOLOG_TESTS	64	/* tests that run; the oldest is forgotten */
#define EV_GOLOG_NAME	256	/* bytes that are kept */
#define EV_GOLOG_TEXT	512

struct ev_golog_row {
	char		name[EV_GOLOG_NAME];	/* with its package; empty: a free row */
	char		file[EV_GOLOG_NAME];
	char		text[EV_GOLOG_TEXT];
	uint32_t	line;
};

struct ev_golog {
	struct ev_golog_row row[EV_GOLOG_TESTS];
	size_t		 next;		/* the oldest row */
};

/* Notes a line of a test's log; only the first with a text counts. */
void	ev_golog_add(struct ev_golog *log, struct ev_slice name,
	    struct ev_slice file, uint32_t line, struct ev_slice text);

/* The row of a test, NULL when it logged nothing; free it by its name. */
struct ev_golog_row *ev_golog_find(struct ev_golog *log, struct ev_slice name);

#endif
