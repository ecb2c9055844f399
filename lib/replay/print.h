/*
 * print: a player that prints the events, in their time when that is asked.
 */
#ifndef EV_REPLAY_PRINT_H
#define EV_REPLAY_PRINT_H

#include <stdbool.h>

#include "out/format.h"
#include "out/sink.h"
#include "read/play.h"
#include "read/say.h"
#include "replay/pace.h"

struct ev_printer {
	/* The caller's. */
	const struct ev_writer	*writer;
	struct ev_sink		*sink;
	const struct ev_say	*say;
	struct ev_pace		 pace;	/* the model then wants EV_TIME */

	bool			 broken;	/* output failed */
	int			 signal;	/* that ended it; 0: none */
	struct ev_buf		 text;
};

/* Prints what stands before the events.  0 or -1. */
int	ev_printer_begin(struct ev_printer *printer, struct ev_err *err);
/* Sets the functions and arg of the play. */
void	ev_printer_play(struct ev_printer *printer, struct ev_play *play);
void	ev_printer_clear(struct ev_printer *printer);

/* Text to the sink, what is shown of progress out of its way.  0 or -1. */
int	ev_printer_put(struct ev_printer *printer, const char *p, size_t n,
	    struct ev_err *err);

#endif
