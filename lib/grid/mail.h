/*
 * mail: what a message needs beside its grid (RFC 5322).
 */
#ifndef EV_GRID_MAIL_H
#define EV_GRID_MAIL_H

#include <time.h>

#include "base/err.h"

struct ev_grid_mail {
	const char	*from, *to;	/* addresses, commas between */
	const char	*subject;	/* NULL: the report's name */
	const char	*host;		/* of the message's id */
	struct timespec	 date;
};

/* -1: an address or the subject would make another header: it holds control
 * characters, is no UTF-8, or there is no address; the message names it. */
int	ev_grid_mail_check(const struct ev_grid_mail *mail,
	    struct ev_err *err);

#endif
