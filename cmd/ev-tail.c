/*
 * ev-tail: print and follow events.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "filter/filter.h"
#include "out/color.h"
#include "out/format.h"
#include "out/pager.h"
#include "out/terminal.h"
#include "base/clock.h"
#include "store/place.h"
#include "tail/follow.h"
#include "tail/options.h"
#include "tail/run.h"
#include "tail/start.h"
#include "tail/stop.h"
#include "text/when.h"

static const char usage[] =
    "usage: ev-tail [options] [FILE ...]\n"
    "\n"
    "Prints the last 10 matching events of the store, or of the files,\n"
    "directories or standard input (-) that are named.\n";

struct tail {
	struct cmd cmd;
	struct ev_tail_options options;
	struct ev_inputs *inputs;
	struct ev_place place; /* when a store was found */
	struct ev_follow follow;
	struct ev_model *model;
	struct ev_filter filter;
	struct ev_writer writer;
	struct ev_sink sink;
	struct ev_progress progress;
	struct ev_tail job;
	bool failed, gap;
};

static void
fail(struct tail *tail, const struct ev_err *err)
{
	cmd_warn(&tail->cmd, "%s", err->text);
	tail->failed = true;
}

static void
say(void *arg, const char *text)
{
	cmd_warn(arg, "%s", text);
}

/* The store that is found; the settings may name it, and it has some.  What is
 * followed need not be there yet: it stands where a writer would make it. */
static void
find_store(struct tail *tail)
{
	struct cmd *cmd = &tail->cmd;
	const char *named = ev_setting(cmd->settings, EV_SET_STORE);
	struct ev_place *place = &tail->place;
	struct ev_err err;
	int found = ev_place_find(
	    place, named, tail->options.follow || tail->options.wait, &err);

	if (found == -1 && !cmd->common.show)
		cmd_die(cmd, "%s", err.text);
	if (found == 0 && ev_settings_place(cmd->settings, place, &err) == -1)
		cmd_die(cmd, "%s", err.text);
	cmd_show_config(cmd);
	ev_inputs_add_file(tail->inputs, place->shown, true);
	tail->follow.place = place;
}

static void
find_operands(struct tail *tail, char **args, size_t n)
{
	struct ev_err err;
	size_t i;

	cmd_show_config(&tail->cmd);
	for (i = 0; i < n; i++) {
		if (ev_inputs_add(tail->inputs, args[i], &err) == -1)
			fail(tail, &err);
	}
}

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct tail *tail)
{
	const struct cmd *cmd = &tail->cmd;
	const struct ev_filter *filter = &tail->filter;
	const struct ev_dialect *forced = NULL;
	const char *output = tail->options.output, *lines = tail->options.lines;
	struct ev_err err;
	bool all;

	if (cmd->common.dialect != NULL) {
		forced = ev_dialect_named(cmd->common.dialect);
		if (forced == NULL)
			cmd_die(cmd, "no dialect '%s', see ev-event(5)",
			    cmd->common.dialect);
	}
	if (output == NULL)
		output = tail->options.out == NULL && isatty(STDOUT_FILENO) ?
		    "short" :
		    "jsonl";
	all = tail->options.count || filter->since_text != NULL ||
	    filter->until_text != NULL || filter->period != NULL ||
	    tail->options.after != NULL;
	tail->follow.unlimited = lines == NULL;
	if (lines == NULL)
		lines = all ? "all" : "10";
	tail->model = ev_model_new(forced);
	tail->writer.nul = tail->options.nul;
	if (ev_limit_parse(&tail->job.limit, lines, &err) == -1 ||
	    ev_filter_compile(
		&tail->filter, tail->model, cmd->common.utc, &err) == -1 ||
	    ev_format_open(&tail->writer, output, tail->options.columns,
		tail->model, &err) == -1)
		cmd_die(cmd, "%s", err.text);
}

static void
set_job(struct tail *tail)
{
	const struct cmd *cmd = &tail->cmd;
	const char *threads = ev_setting(cmd->settings, EV_SET_THREADS);
	struct ev_tail *job = &tail->job;
	struct ev_err err;

	if (ev_opt_size(ev_setting(cmd->settings, EV_SET_MAX_LINE),
		&job->max_line, &err) == -1)
		cmd_die(cmd, "%s", err.text);
	if (threads != NULL)
		job->threads = (unsigned)strtoul(threads, NULL, 10);
	if (tail->options.unique)
		job->seen = ev_seen_new();
	if (ev_inputs_count(tail->inputs) > 1) {
		ev_model_want(tail->model, EV_ID);
		ev_model_want(tail->model, EV_TIME);
	}
	if (tail->options.head || tail->options.after != NULL)
		ev_model_want(tail->model, EV_ID);
	ev_model_seal(tail->model);
	if (cmd->common.quiet)
		job->literal = ev_filter_literal(&tail->filter);
	job->strict = cmd->common.strict;
	job->reverse = tail->options.reverse;
	job->count = tail->options.count;
	job->model = tail->model;
	job->filter = &tail->filter;
	job->writer = &tail->writer;
	job->sink = &tail->sink;
	job->progress = &tail->progress;
}

/* --head answers and ends, --after sets where to begin, --wait until when. */
static void
set_start(struct tail *tail)
{
	const struct ev_tail_options *options = &tail->options;
	const struct cmd *cmd = &tail->cmd;
	struct ev_buf word = EV_BUF_INIT;
	struct ev_err err;
	const char *name;
	int64_t ms;
	int r = 1;

	tail->follow.wait = options->wait;
	tail->follow.from_end = options->after == NULL;
	if (options->timeout != NULL) {
		if (ev_when_duration(options->timeout, &ms, &err) == -1)
			cmd_die(cmd, "--timeout: %s", err.text);
		tail->follow.until = ev_clock_mono() + ms;
	}
	if (!options->head && options->after == NULL)
		return;
	if (tail->failed)
		exit(CMD_FAIL);
	if (ev_inputs_count(tail->inputs) != 1)
		cmd_die(cmd, "a position is one of one log");
	name = ev_inputs_name(tail->inputs, 0);
	if (options->after != NULL)
		r = ev_start_after(
		    name, options->after, tail->model, &tail->job.start, &err);
	else
		r = ev_start_head(name, ev_inputs_store(tail->inputs, 0),
		    tail->model, &word, &err);
	if (r == -1)
		cmd_die(cmd, "%s", err.text);
	if (r == 0)
		cmd_warn(cmd, "%s", err.text);
	tail->gap = r == 0;
	if (word.n == 0)
		return;
	ev_buf_addc(&word, '\n');
	cmd_print(cmd, word.p, word.n);
	exit(cmd_finish(cmd, CMD_OK));
}

/* How it looks, and whether it may be long enough for a pager. */
static void
set_looks(struct tail *tail)
{
	const struct ev_settings *settings = tail->cmd.settings;
	const struct ev_limit *limit = &tail->job.limit;
	struct ev_writer *writer = &tail->writer;
	struct ev_sink *sink = &tail->sink;

	writer->utc = tail->cmd.common.utc;
	writer->color =
	    ev_color_wanted(ev_setting(settings, EV_SET_COLOR), sink->terminal);
	if (!sink->terminal)
		return;
	writer->terminal = true;
	writer->width = ev_terminal_width(sink->fd);
	writer->ascii = ev_terminal_ascii();
	if (sink->path == NULL && !tail->options.count &&
	    !tail->options.follow && !tail->options.wait &&
	    (limit->kind != EV_LIMIT_LAST ||
		limit->n >= ev_terminal_height(sink->fd)))
		sink->pager =
		    ev_pager_command(ev_setting(settings, EV_SET_PAGER));
}

/* Prints; the exit status. */
static int
run(struct tail *tail)
{
	const struct cmd_common *common = &tail->cmd.common;
	struct ev_tail_say to = { say, &tail->cmd, common->quiet,
		common->verbose > 0 };
	struct ev_err err;
	int r;

	tail->follow.inputs = tail->inputs;
	tail->follow.say = &to;
	r = tail->options.follow || tail->options.wait ?
	    ev_follow_run(&tail->job, &tail->follow) :
	    ev_tail_run(&tail->job, tail->inputs, &to);
	if (r == -1)
		tail->failed = true;
	if (ev_filter_solved(&tail->filter, &err) == -1)
		fail(tail, &err);
	if (ev_sink_close(&tail->sink, !tail->failed, &err) == -1 &&
	    !tail->job.broken)
		fail(tail, &err);
	if (tail->failed)
		return CMD_FAIL;
	if (tail->follow.late)
		return CMD_TIMEOUT;
	if (tail->gap)
		return CMD_NO;
	return tail->options.exit_status && tail->job.matches == 0 ? CMD_NO :
								     CMD_OK;
}

static void
clear(struct tail *tail)
{
	ev_inputs_free(tail->inputs);
	ev_format_close(&tail->writer);
	ev_filter_clear(&tail->filter);
	ev_model_free(tail->model);
	ev_seen_free(tail->job.seen);
	ev_buf_clear(&tail->job.text);
	ev_settings_free(tail->cmd.settings);
	ev_place_clear(&tail->place);
}

int
main(int argc, char **argv)
{
	struct tail tail;
	struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Output", ev_tail_options, &tail.options),
		EV_OPT_GROUP("Filters", ev_filter_options, &tail.filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &tail.cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &tail.cmd.common),
	};
	struct ev_err err;
	int first, status;

	cmd_start();
	memset(&tail, 0, sizeof(tail));
	tail.cmd.name = "ev-tail";
	tail.cmd.usage = usage;
	tail.cmd.groups = groups;
	tail.cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = cmd_options(&tail.cmd, argc, argv, false);
	if (first < argc && tail.cmd.common.store != NULL)
		cmd_die(&tail.cmd,
		    "-S names a store and '%s' is a file to "
		    "read: give one or the other",
		    argv[first]);
	if (ev_tail_options_check(&tail.options, &err) == -1)
		cmd_die(&tail.cmd, "%s", err.text);
	compile(&tail);
	cmd_settings(&tail.cmd, NULL);
	tail.inputs = ev_inputs_new(tail.options.follow || tail.options.wait);
	if (first == argc)
		find_store(&tail);
	else
		find_operands(&tail, argv + first, (size_t)(argc - first));
	set_job(&tail);
	set_start(&tail);
	if (ev_sink_open(&tail.sink, tail.options.out, &err) == -1)
		cmd_die(&tail.cmd, "%s", err.text);
	set_looks(&tail);
	status = run(&tail);
	clear(&tail);
	status = cmd_finish(&tail.cmd, status);
	if (tail.follow.signal != 0 && status != CMD_FAIL)
		ev_stop_raise(tail.follow.signal);
	return status;
}
