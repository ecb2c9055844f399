/*
 * writer: one way of printing events, with what it was told.
 *
 * Built once (out/format.h), then only read: threads may share it, each with
 * its own event and buffer.
 */
#ifndef EV_OUT_WRITER_H
#define EV_OUT_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "out/column.h"

struct ev_format;

struct ev_writer {
	const struct ev_format	*format;
	struct ev_columns	 columns;	/* of tables */
	bool	nul;		/* records end in NUL, not LF */
	bool	terminal;	/* nothing of the data may act on it */
	bool	color;
	bool	utc;		/* times for people are UTC, not local */
	bool	ascii;		/* the locale is not UTF-8 */
	size_t	width;		/* columns of the terminal; 0: do not cut */
};

#endif
