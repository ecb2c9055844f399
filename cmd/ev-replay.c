/*
 * ev-replay: events in their order, their history, what came of them.
 */
#include <string.h>

#include "answer.h"
#include "read/stop.h"
#include "text/time.h"
#include "text/when.h"

static const char usage[] =
    "usage: ev-replay [options] [FILE ...]\n"
    "       ev-replay --compare [options] A B\n"
    "\n"
    "Prints the matching events of the store, or of the files, directories or\n"
    "standard input (-) that are named, in replay order: by time, id and\n"
    "bytes, of equal lines one.\n";

/* The question about states.  There -e names what is asked for: events of other
 * entities may rename it, or tell of it. */
static void
ask_states(struct replay *replay)
{
	const struct ev_replay_options *options = &replay->options;
	struct reader *r = &replay->reader;
	bool patch = r->output != NULL && strcmp(r->output, "patch") == 0;

	replay->state = (struct ev_states_ask){
		.rules = options->rules,
		.entity = r->filter.entities,
		.view = options->project,
		.at = options->at,
		.diff = options->diff[0] != NULL ? options->diff : NULL,
		.form = patch ? EV_CHANGE_PATCH : EV_CHANGE_LINES,
		.utc = r->cmd.common.utc,
		.resumed = options->checkpoint != NULL,
	};
	r->filter.entities = NULL;
}

/* A checkpoint is of one whole log. */
static void
check_whole(const struct replay *replay)
{
	const struct reader *r = &replay->reader;

	if (replay->options.checkpoint == NULL)
		return;
	/* -e was taken out of it */
	if (ev_filter_given(&r->filter))
		cmd_die(&r->cmd,
		    "--checkpoint keeps the state of all events: no filter "
		    "but -e goes with it");
	if (!r->failed && ev_inputs_count(r->inputs) != 1)
		cmd_die(&r->cmd, "--checkpoint is of one log");
}

/* Other events are neither sorted nor read again; for -x each one counts, and
 * -v tells of ids among all of them. */
static void
take_only_what_matters(struct replay *replay)
{
	struct reader *r = &replay->reader;
	struct ev_buf expr = EV_BUF_INIT;
	struct ev_err err;

	if (r->exit_status || r->cmd.common.verbose > 0)
		return;
	replay->job.literal = ev_states_literal(replay->states);
	replay->job.enough = ev_states_enough;
	replay->job.arg = replay->states;
	if (ev_states_interest(replay->states, &expr) &&
	    ev_filter_also(&r->filter, r->model, ev_buf_str(&expr), &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_buf_clear(&expr);
}

static void
open_states(struct replay *replay)
{
	struct reader *r = &replay->reader;
	struct ev_err err;

	replay->states = ev_states_new(&replay->state, r->model, &err);
	if (replay->states == NULL)
		cmd_die(&r->cmd, "%s", err.text);
	take_only_what_matters(replay);
}

/* --at where nothing is folded. */
static void
take_up_to(struct replay *replay)
{
	struct reader *r = &replay->reader;
	struct timespec now, time;
	struct ev_err err;

	if (ev_now(&now, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	if (ev_when_parse(
		replay->options.at, now, r->cmd.common.utc, &time, &err) == -1)
		cmd_die(&r->cmd, "--at: %s", err.text);
	if (++time.tv_nsec == 1000000000)
		time = (struct timespec){ time.tv_sec + 1, 0 };
	r->filter.has_until = true;
	r->filter.until = time;
}

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct replay *replay)
{
	const struct ev_replay_options *options = &replay->options;
	const char *lines = options->lines;
	struct reader *r = &replay->reader;
	struct ev_err err;

	if (lines == NULL)
		lines = replay->ask == EV_REPLAY_SESSIONS ? "20" : "all";
	replay->play.distinct = true;
	replay->play.reverse = options->reverse;
	replay->job.file_order =
	    options->order != NULL && strcmp(options->order, "file") == 0;
	if (replay->ask == EV_REPLAY_STATES)
		ask_states(replay);
	else if (options->at != NULL)
		take_up_to(replay);
	reader_compile(r);
	if (ev_limit_parse(&replay->play.limit, lines, &err) == -1 ||
	    ev_pace_open(&replay->printer.pace, options->speed,
		options->max_gap, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_model_want(r->model, EV_ID);
	ev_model_want(r->model, EV_TIME);
	if (replay->ask == EV_REPLAY_EVENTS)
		reader_format(r);
	if (replay->ask == EV_REPLAY_SESSIONS)
		replay->sessions = ev_sessions_new(r->model);
	if (replay->ask == EV_REPLAY_METRICS)
		replay->metrics = ev_metrics_new(r->model, &err);
	if (replay->ask == EV_REPLAY_METRICS && replay->metrics == NULL)
		cmd_die(&r->cmd, "%s", err.text);
	if (replay->ask == EV_REPLAY_STATES)
		open_states(replay);
}

static void
set_inputs(struct replay *replay, char **args, size_t n)
{
	struct reader *r = &replay->reader;
	bool compare = replay->ask == EV_REPLAY_COMPARE;
	struct ev_err err;

	if (compare && !r->cmd.common.show && n != 2)
		cmd_die(&r->cmd, "--compare needs two logs, A and B");
	if (compare && n == 2 && strcmp(args[0], args[1]) == 0 &&
	    strcmp(args[0], "-") == 0)
		cmd_die(&r->cmd, "standard input can only be read once");
	reader_inputs(r, args, compare && n == 2 ? 1 : n, false);
	replay->other = ev_inputs_new(false);
	if (compare && n == 2 &&
	    ev_inputs_add(replay->other, args[1], &err) == -1)
		reader_fail(r, &err);
	check_whole(replay);
	reader_settle(r);
	replay->job.reading = &r->reading;
	if (r->cmd.common.verbose > 0 && !compare)
		replay->job.twice = ev_twice_new();
}

int
main(int argc, char **argv)
{
	static struct replay replay = { .reader.cmd = { .name = "ev-replay",
					    .usage = usage } };
	struct reader *r = &replay.reader;
	struct ev_opt format[READER_EVENT_OPTIONS];
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Replay", ev_replay_options, &replay.options),
		EV_OPT_GROUP("Format", format, r),
		EV_OPT_GROUP("Output file", reader_output_options, r),
		EV_OPT_GROUP("Filters", ev_filter_options, &r->filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &r->cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &r->cmd.common),
	};
	struct ev_err err;
	int first, status;

	memcpy(format, reader_event_options, sizeof(format));
	format[0].values = EV_FORMAT_NAMES " patch";
	format[0].help = "how to print: as ev-tail, jsonl (off a terminal), "
			 "short (on one), ...; patch: --diff as merge patches";
	r->cmd.groups = groups;
	r->cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = reader_options(r, argc, argv);
	if (ev_replay_options_check(&replay.options, r->output, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	replay.ask = ev_replay_asks(&replay.options);
	if (replay.ask != EV_REPLAY_EVENTS && (r->nul || r->columns != NULL))
		cmd_die(&r->cmd, "-0 and --columns are for events");
	compile(&replay);
	set_inputs(&replay, argv + first, (size_t)(argc - first));
	reader_open(r);
	replay.printer.writer = &r->writer;
	replay.printer.sink = &r->sink;
	replay.printer.say = &r->say;
	status = replay_answer(&replay);
	ev_printer_clear(&replay.printer);
	ev_sessions_free(replay.sessions);
	ev_metrics_free(replay.metrics);
	ev_states_free(replay.states);
	ev_twice_free(replay.job.twice);
	ev_inputs_free(replay.other);
	/* a part of the events is no file's content */
	r->failed |= replay.printer.signal != 0;
	status = reader_finish(r, status, replay.printer.broken);
	if (replay.printer.signal != 0)
		ev_stop_raise(replay.printer.signal);
	return status;
}
