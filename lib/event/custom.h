/*
 * custom: the user's own dialects, rows that are tried before those that are
 * built in (1-events 1.1).  event/rowtext.h reads them.
 */
#ifndef EV_EVENT_CUSTOM_H
#define EV_EVENT_CUSTOM_H

#include <stddef.h>
#include <stdint.h>

#include "event/detect.h"
#include "event/dialect.h"

#define EV_CUSTOM_ROWS	1000	/* of a file, at most */
#define EV_CUSTOM_LIST	16	/* paths of a cell, tests of a row, at most */
#define EV_CUSTOM_NAME	64	/* characters of a name, at most */

struct ev_custom_row {
	struct ev_dialect	dialect;
	struct ev_test		test[EV_CUSTOM_LIST + 1];
};

struct ev_custom {
	struct ev_custom_row	*row;
	size_t			 rows;
	char			**text;	/* what the rows point to */
	size_t			 texts;
};

void	ev_custom_free(struct ev_custom *custom);

/* The dialect of a name, of the user's (custom may be NULL) or built in; or
 * NULL. */
const struct ev_dialect *ev_custom_named(const struct ev_custom *custom,
	    const char *name);

/*
 * A number for what decides where an event's time stands: the tests and time
 * cells of the rows in their order, by SHA-256; from 2^52 to below 2^53.
 */
uint64_t ev_custom_routing(const struct ev_custom *custom, uint64_t version);

#endif
