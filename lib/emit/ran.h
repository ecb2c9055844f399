/*
 * ran: what --exec puts into an event (3-commands 3.2).
 */
#ifndef EV_EMIT_RAN_H
#define EV_EMIT_RAN_H

#include <stdbool.h>

#include "base/buf.h"
#include "emit/shapes.h"
#include "exec/child.h"

struct ev_said_ran {
	char *const	*argv;		/* the command */
	const char	*cwd;		/* where it ran; NULL: nobody knows */
	struct ev_exec_end end;
	bool		 raw;		/* --argv: its words as they are */
	bool		 test;		/* it is one of govern's tests */
};

/* Did it end well? */
bool	ev_said_ran_well(const struct ev_said_ran *ran);

/*
 * Appends a JSON object: the members by their paths from the top
 * ("data.exit_code").  GOVERN's tests have testsPassed, GEP's records their
 * outcome or their commands.
 */
void	ev_said_ran_json(const struct ev_said_ran *ran,
	    const struct ev_shape *shape, struct ev_buf *out);

#endif
