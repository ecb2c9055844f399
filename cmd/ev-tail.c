/*
 * ev-tail: print and follow events.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "out/terminal.h"
#include "read/stop.h"
#include "reader.h"
#include "tail/follow.h"
#include "tail/options.h"
#include "tail/resume.h"
#include "tail/roster.h"
#include "tail/run.h"
#include "tail/start.h"
#include "text/time.h"
#include "text/when.h"

static const char usage[] =
    "usage: ev-tail [options] [FILE ...]\n"
    "\n"
    "Prints the last 10 matching events of the store, or of the files,\n"
    "directories or standard input (-) that are named.\n";

struct tail {
	struct reader reader;
	struct ev_tail_options options;
	struct ev_resume resume;
	struct ev_follow follow;
	struct ev_tail job;
	struct ev_shelf shelf;
	struct ev_cursor cursor;
	struct ev_consume consume;
	bool gap;
};

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct tail *tail)
{
	struct reader *r = &tail->reader;
	const struct ev_filter *filter = &r->filter;
	const char *lines = tail->options.lines;
	struct ev_err err;
	bool all;

	all = tail->options.count || filter->since_text != NULL ||
	    filter->until_text != NULL || filter->period != NULL ||
	    tail->options.after != NULL || tail->resume.cursor != NULL;
	tail->follow.unlimited = lines == NULL;
	if (lines == NULL)
		lines = all ? "all" : "10";
	reader_compile(r);
	if (ev_limit_parse(&tail->job.limit, lines, &err) == -1 ||
	    (tail->resume.cursor != NULL &&
		ev_resume_apply(&tail->resume, &tail->options, &tail->job.limit,
		    &tail->consume, &err) == -1))
		cmd_die(&r->cmd, "%s", err.text);
	if (!tail->resume.cursors)
		reader_format(r);
}

static void
set_job(struct tail *tail)
{
	struct reader *r = &tail->reader;
	struct ev_tail *job = &tail->job;

	if (tail->options.unique)
		job->seen = ev_seen_new();
	if (ev_inputs_count(r->inputs) > 1) {
		ev_model_want(r->model, EV_ID);
		ev_model_want(r->model, EV_TIME);
	}
	if (tail->options.head || tail->options.after != NULL ||
	    tail->resume.cursor != NULL || tail->resume.cursors)
		ev_model_want(r->model, EV_ID);
	reader_settle(r);
	job->read = &r->reading;
	job->reverse = tail->options.reverse;
	job->count = tail->options.count;
	job->writer = &r->writer;
	job->sink = &r->sink;
	tail->follow.inputs = r->inputs;
}

/* The one log whose positions and cursors are meant. */
static const char *
one_log(const struct tail *tail)
{
	const struct reader *r = &tail->reader;

	if (r->failed)
		exit(CMD_FAIL);
	if (ev_inputs_count(r->inputs) != 1)
		cmd_die(&r->cmd, "a position is one of one log");
	return ev_inputs_name(r->inputs, 0);
}

static void
open_shelf(struct tail *tail)
{
	struct reader *r = &tail->reader;
	struct ev_place *place = r->place.dir != NULL ? &r->place : NULL;
	struct ev_err err;

	if (ev_shelf_open(&tail->shelf, one_log(tail), place, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
}

/* --cursors and --forget answer and end. */
static void
answer(struct tail *tail)
{
	const struct ev_resume *resume = &tail->resume;
	struct reader *r = &tail->reader;
	struct ev_behind behind = { 0 };
	struct ev_buf text = EV_BUF_INIT;
	struct ev_source source;
	struct timespec now;
	struct ev_err err;

	open_shelf(tail);
	if (resume->forget != NULL) {
		if (ev_cursor_forget(&tail->shelf, resume->forget, &err) == -1)
			cmd_die(&r->cmd, "%s", err.text);
		exit(cmd_finish(&r->cmd, CMD_OK));
	}
	if (ev_inputs_open(r->inputs, 0, &source, &err) == -1 ||
	    ev_now(&now, &err) == -1 ||
	    ev_behind_read(&behind, &tail->shelf, &source, &r->reading, &err) ==
		-1 ||
	    ev_roster_print(&behind, r->output, ev_time_ms(now), &text, &err) ==
		-1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_behind_clear(&behind);
	cmd_print(&r->cmd, text.p, text.n);
	exit(cmd_finish(&r->cmd, CMD_OK));
}

/* --head: the end's position, which becomes the cursor's, too. */
static void
print_head(struct tail *tail)
{
	const struct reader *r = &tail->reader;
	struct ev_position pos = { 0 };
	struct ev_buf word = EV_BUF_INIT;
	struct ev_err err;

	one_log(tail);
	if (ev_start_head(r->inputs, r->model, &pos, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_position_write(&pos, &word);
	ev_buf_addc(&word, '\n');
	cmd_print(&r->cmd, word.p, word.n);
	cmd_flush(&r->cmd);
	tail->cursor.mark.pos = pos;
	if (tail->resume.cursor != NULL &&
	    ev_cursor_save(&tail->cursor, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	exit(cmd_finish(&r->cmd, CMD_OK));
}

static void
set_cursor(struct tail *tail)
{
	struct reader *r = &tail->reader;
	struct ev_consume *consume = &tail->consume;
	struct ev_err err;

	open_shelf(tail);
	if (ev_cursor_open(
		&tail->cursor, &tail->shelf, tail->resume.cursor, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	consume->cursor = &tail->cursor;
	consume->deliver.say = r->reading.say;
	consume->hold = r->out != NULL;
	tail->follow.consume = consume;
}

/* --head answers and ends, --cursor and --after set where to begin, --wait
 * until when. */
static void
set_start(struct tail *tail)
{
	const struct ev_tail_options *options = &tail->options;
	struct reader *r = &tail->reader;
	const struct cmd *cmd = &r->cmd;
	struct ev_err err;
	int64_t ms;
	int found;

	tail->follow.wait = options->wait;
	tail->follow.from_end = options->after == NULL;
	if (options->timeout != NULL) {
		if (ev_when_duration(options->timeout, &ms, &err) == -1)
			cmd_die(cmd, "--timeout: %s", err.text);
		tail->follow.until = ev_clock_mono() + ms;
	}
	if (tail->resume.cursor != NULL)
		set_cursor(tail);
	if (options->head)
		print_head(tail);
	if (options->after == NULL || tail->resume.cursor != NULL)
		return;
	one_log(tail);
	found = ev_start_after(
	    r->inputs, options->after, r->model, &r->reading.start, &err);
	if (found == -1)
		cmd_die(cmd, "%s", err.text);
	if (found == 0)
		cmd_warn(cmd, "%s", err.text);
	tail->gap = found == 0;
}

/* Whether the output may be long enough for a pager. */
static bool
is_long(const struct tail *tail)
{
	const struct ev_tail_options *options = &tail->options;
	const struct ev_limit *limit = &tail->job.limit;

	return !options->count && !options->follow && !options->wait &&
	    tail->resume.cursor == NULL &&
	    (limit->kind != EV_LIMIT_LAST ||
		limit->n >= ev_terminal_height(tail->reader.sink.fd));
}

/* Prints; the exit status. */
static int
run(struct tail *tail)
{
	struct ev_inputs *inputs = tail->reader.inputs;
	int r;

	r = tail->options.follow || tail->options.wait ||
		tail->resume.cursor != NULL ?
	    ev_follow_run(&tail->job, &tail->follow) :
	    ev_tail_run(&tail->job, inputs);
	if (r == -1)
		tail->reader.failed = true;
	if (tail->follow.late)
		return CMD_TIMEOUT;
	if (tail->gap || tail->consume.gap)
		return CMD_NO;
	if (tail->job.matches == 0 && !tail->job.count &&
	    !tail->options.follow && tail->resume.cursor == NULL)
		reader_none(&tail->reader, "events match");
	return tail->reader.exit_status && tail->job.matches == 0 ? CMD_NO :
								    CMD_OK;
}

/* What went to --out is there now: the cursor moves behind it. */
static int
end_cursor(struct tail *tail, int status)
{
	struct ev_err err;

	if (status != CMD_FAIL && tail->consume.hold && tail->consume.moved &&
	    ev_cursor_save(&tail->cursor, &err) == -1) {
		cmd_warn(&tail->reader.cmd, "%s", err.text);
		status = CMD_FAIL;
	}
	ev_cursor_close(&tail->cursor);
	ev_shelf_close(&tail->shelf);
	return status;
}

int
main(int argc, char **argv)
{
	static struct tail tail = { .reader.cmd = {
					.name = "ev-tail", .usage = usage } };
	struct reader *r = &tail.reader;
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Output", ev_tail_options, &tail.options),
		EV_OPT_GROUP("Cursors", ev_resume_options, &tail.resume),
		EV_OPT_GROUP("Format", reader_event_options, r),
		EV_OPT_GROUP("Output file", reader_output_options, r),
		EV_OPT_GROUP("Filters", ev_filter_options, &r->filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &r->cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &r->cmd.common),
	};
	struct ev_err err;
	int first, status;

	r->cmd.groups = groups;
	r->cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = reader_options(r, argc, argv);
	if (ev_tail_options_check(&tail.options, r->out != NULL, &err) == -1 ||
	    ev_resume_check(
		&tail.resume, &tail.options, r->out != NULL, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	compile(&tail);
	reader_inputs(r, argv + first, (size_t)(argc - first),
	    tail.options.follow || tail.options.wait);
	set_job(&tail);
	if (tail.resume.cursors || tail.resume.forget != NULL)
		answer(&tail);
	set_start(&tail);
	reader_open(r);
	reader_looks(r, is_long(&tail));
	status = run(&tail);
	ev_seen_free(tail.job.seen);
	ev_buf_clear(&tail.job.text);
	if (tail.consume.hold && tail.follow.signal != 0)
		r->failed = true; /* --out stays as it was */
	status = reader_finish(r, status, tail.job.broken);
	if (tail.resume.cursor != NULL)
		status = end_cursor(&tail, status);
	if (tail.follow.signal != 0 && status != CMD_FAIL)
		ev_stop_raise(tail.follow.signal);
	return status;
}
