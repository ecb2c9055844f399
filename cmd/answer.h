/*
 * answer: what ev-replay gives to what it was asked.
 */
#ifndef EV_CMD_ANSWER_H
#define EV_CMD_ANSWER_H

#include "reader.h"
#include "replay/metrics.h"
#include "replay/options.h"
#include "replay/print.h"
#include "replay/run.h"
#include "replay/sessions.h"
#include "replay/states.h"

struct replay {
	struct reader		 reader;
	struct ev_replay_options options;
	enum ev_replay_ask	 ask;
	struct ev_replay	 job;
	struct ev_play		 play;		/* limit, reverse, distinct */
	struct ev_printer	 printer;
	struct ev_sessions	*sessions;	/* when they are asked for */
	struct ev_metrics	*metrics;
	struct ev_states_ask	 state;		/* when states are */
	struct ev_states	*states;
	struct ev_inputs	*other;		/* B of --compare */
};

/*
 * Reads the inputs, and prints the answer to the open sink; the exit status.
 * What failed is told (reader.failed).
 */
int	replay_answer(struct replay *replay);

#endif
