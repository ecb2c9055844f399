/*
 * finger: what ev-fp gives to what it was asked of events.
 */
#ifndef EV_CMD_FINGER_H
#define EV_CMD_FINGER_H

#include "emit/record.h"
#include "fp/dedupe.h"
#include "fp/group.h"
#include "fp/options.h"
#include "fp/put.h"
#include "fp/sight.h"
#include "reader.h"

struct finger {
	struct reader		 reader;
	struct ev_fp_options	 options;
	enum ev_fp_ask		 ask;
	struct ev_mark_way	 way;
	struct ev_put		 put;
	struct ev_sights	 sights;
	struct ev_groups	 groups;	/* with the period */
	struct ev_dedupe	 dedupe;	/* with the window */
	struct ev_record	 record;
	bool			 broken;	/* output failed, which was told */
	int			 signal;	/* that ended -f; 0: none */
};

/* Text to the open sink; clears it. */
void	finger_put(struct finger *finger, struct ev_buf *text);

/*
 * Reads the inputs, and prints the answer to the open sink; the exit status.
 * What failed is told (reader.failed).
 */
int	finger_answer(struct finger *finger);

#endif
