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
struct ev_event;
struct ev_buf;

struct ev_writer {
	const struct ev_format	*format;
	struct ev_columns	 columns;	/* of tables */
	bool	nul;		/* records end in NUL, not LF */
	bool	terminal;	/* nothing of the data may act on it */
	bool	color;
	bool	utc;		/* times for people are UTC, not local */
	bool	ascii;		/* the locale is not UTF-8 */
	size_t	width;		/* columns of the terminal; 0: do not cut */
	/* Not NULL: a command's own way of printing instead of the format; it
	 * appends whole records, or nothing. */
	void	(*own)(void *arg, struct ev_event *ev, struct ev_buf *out);
	void	*own_arg;
};

#endif
