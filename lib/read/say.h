/*
 * say: how a caller is told what happens while inputs are read.
 */
#ifndef EV_READ_SAY_H
#define EV_READ_SAY_H

#include <stdbool.h>

#include "base/err.h"
#include "input/source.h"
#include "input/tally.h"
#include "out/progress.h"

struct ev_say {
	void			(*fn)(void *arg, const char *text);
	void			*arg;
	struct ev_progress	*progress;	/* hidden before a message */
	bool			 quiet;		/* nothing of damaged lines, no
						 * progress */
	bool			 verbose;	/* lines read, of each input */
};

/* What went wrong. */
void	ev_say_err(const struct ev_say *say, const struct ev_err *err);
/* What stood in an input that was no event; place: of ev_tally_say. */
void	ev_say_tally(const struct ev_say *say, const char *name,
	    const struct ev_tally *tally, const char *place);
/* What an input lacks, when that was met. */
void	ev_say_gap(const struct ev_say *say, const struct ev_source *source);

#endif
