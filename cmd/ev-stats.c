/*
 * ev-stats: how many, how much, how often.
 */
#include <string.h>

#include "reader.h"
#include "grid/print.h"
#include "grid/show.h"
#include "out/terminal.h"
#include "read/sources.h"
#include "read/stop.h"
#include "stats/failif.h"
#include "stats/letter.h"
#include "stats/live.h"
#include "stats/merge.h"
#include "stats/options.h"
#include "stats/previous.h"
#include "stats/resume.h"
#include "text/time.h"

static const char usage[] =
    "usage: ev-stats [options] [FILE ...]\n"
    "       ev-stats [options] --merge PART ...\n"
    "\n"
    "Counts and measures the events of the store, or of the files,\n"
    "directories or standard input (-) that are named.\n";

struct stats {
	struct reader reader;
	struct ev_stats_options options;
	struct ev_report_scope scope;
	struct ev_stats stats;
	struct ev_stats_resume resume;
	struct ev_merge merge;
	struct ev_condition *fail_if;
	struct ev_letter letter;
	const struct ev_grid_format *format;
	bool broken, alarm; /* output is lost, --fail-if is true */
	int signal;	    /* what ended -f */
};

/* Two periods instead of the one that is asked for. */
static void
open_previous(struct stats *s)
{
	struct reader *r = &s->reader;
	struct ev_err err;

	if (!s->options.ask.versus || s->options.ask.every != NULL)
		return;
	s->scope.has_turn = true;
	if (ev_previous_open(&r->filter, s->scope.now, s->scope.utc,
		&s->scope.turn, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
}

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct stats *s)
{
	const struct ev_stats_options *options = &s->options;
	const struct ev_report *report;
	struct reader *r = &s->reader;
	struct ev_err err;

	s->format =
	    ev_grid_format(options->output != NULL ? options->output : "table");
	if (s->format == NULL)
		s->format = &ev_grid_mail_format;
	if (options->fail_if != NULL) {
		s->fail_if = ev_condition_new(options->fail_if, &err);
		if (s->fail_if == NULL)
			cmd_die(&r->cmd, "--fail-if: %s", err.text);
	}
	reader_compile(r);
	if (ev_now(&s->scope.now, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	if (s->format != &ev_grid_mail_format &&
	    (s->letter.from != NULL || s->letter.to != NULL ||
		s->letter.subject != NULL))
		cmd_die(&r->cmd, "--from, --to and --subject go with -o mail");
	if (s->format == &ev_grid_mail_format &&
	    ev_letter_open(&s->letter, s->scope.now, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	s->scope.utc = r->cmd.common.utc;
	s->scope.ask = &options->ask;
	s->scope.filter = &r->filter;
	if (options->merge) {
		if (ev_stats_options_merge(options, &r->filter, &err) == -1)
			cmd_die(&r->cmd, "%s", err.text);
		return;
	}
	report = ev_stats_options_report(&s->options, &err);
	if (report == NULL)
		cmd_die(&r->cmd, "%s", err.text);
	open_previous(s);
	if (ev_stats_open(&s->stats, report, &s->scope, options->unique,
		r->model, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
}

/* The store that the events come from, or that stands beside them. */
static void
settle(struct stats *s)
{
	struct reader *r = &s->reader;
	struct ev_err err;

	if (r->place.dir != NULL)
		s->scope.place = &r->place;
	else if (r->beside.dir != NULL)
		s->scope.place = &r->beside;
	/* parts are not opened yet */
	if (!s->options.merge && ev_stats_settle(&s->stats, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
}

static void
put(struct stats *s, const struct ev_buf *out)
{
	struct ev_err err;

	if (ev_sink_write(&s->reader.sink, out->p, out->n, &err) == -1) {
		reader_fail(&s->reader, &err);
		s->broken = true;
	}
}

static void
print(struct stats *s, const struct ev_grid *grid)
{
	struct reader *r = &s->reader;
	const struct ev_grid_look look = { .terminal = r->writer.terminal,
		.color = r->writer.color,
		.utc = r->writer.utc,
		.ascii = ev_terminal_ascii(),
		.width = s->options.width > 0 ? (size_t)s->options.width :
						r->writer.width,
		.mail = &s->letter.mail };
	struct ev_buf out = EV_BUF_INIT;

	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): see compile() */
	s->format->print(grid, &look, &out);
	put(s, &out);
	ev_buf_clear(&out);
}

static int
print_part(struct stats *s)
{
	struct ev_buf out = EV_BUF_INIT;

	ev_part_write(&s->stats, &s->scope, &out);
	put(s, &out);
	ev_buf_clear(&out);
	return CMD_OK;
}

/* -x: no event matched, whatever rows its absence makes; what earlier runs or
 * other parts have counted is only seen by the rows. */
static bool
is_nothing(const struct stats *s, const struct ev_grid *grid)
{
	bool alone = !s->options.merge && s->options.resume == NULL;

	return (alone && s->stats.matched == 0) ||
	    (grid->rows == 0 && grid->panels == 0);
}

/* Makes the table of what was read and prints it; the exit status. */
static int
answer(struct stats *s, struct ev_stats *stats)
{
	struct reader *r = &s->reader;
	struct ev_grid grid;
	struct ev_err err;
	int status = CMD_OK, fails = 0;

	if (s->options.partial)
		return print_part(s);
	if (ev_stats_finish(stats, &s->scope, &grid, &err) == -1) {
		reader_fail(r, &err);
	} else {
		if (grid.rows == 0 && grid.panels == 0 && grid.notes.n == 0) {
			ev_grid_none(&grid, true, &grid.notes);
			ev_buf_addc(&grid.notes, '\n');
		}
		if (!s->options.ask.skip_empty || !ev_grid_is_empty(&grid))
			print(s, &grid);
		if (s->fail_if != NULL)
			fails = ev_failif_any(s->fail_if, &grid, &err);
		if (fails == -1)
			reader_fail(r, &err);
		s->alarm = fails == 1;
		if (s->alarm || (r->exit_status && is_nothing(s, &grid)))
			status = CMD_NO;
	}
	ev_grid_clear(&grid);
	return status;
}

static void
read_parts(struct stats *s, struct ev_sources *sources)
{
	struct reader *r = &s->reader;
	struct ev_err err;

	s->merge.stats = &s->stats;
	s->merge.scope = &s->scope;
	s->merge.ask = s->options.ask;
	if (ev_merge_read(&s->merge, sources->v, sources->count, &err) == -1)
		reader_fail(r, &err);
}

static void
read_events(struct stats *s, struct ev_sources *sources)
{
	struct reader *r = &s->reader;

	ev_sources_progress(sources->v, sources->count, &r->say);
	if (ev_stats_read(&s->stats, &r->reading, sources->v, sources->count,
		s->resume.start) == -1)
		r->failed = true;
	ev_progress_end(&r->progress);
}

/* The same with a table that is kept in a file. */
static void
read_on(struct stats *s, struct ev_sources *sources)
{
	struct ev_stats_resume *resume = &s->resume;
	struct reader *r = &s->reader;
	struct ev_err err;

	resume->path = s->options.resume;
	if (r->failed)
		return;
	if (ev_stats_resume_load(resume, &s->stats, &s->scope, sources->v,
		sources->count, &r->say, &err) == -1) {
		reader_fail(r, &err);
		return;
	}
	read_events(s, sources);
	if (!r->failed &&
	    ev_stats_resume_save(resume, &s->stats, &s->scope, sources->v,
		sources->count, &err) == -1)
		reader_fail(r, &err);
}

/* One of the tables of -f; -1: the last one. */
static int
show(void *arg, struct ev_stats *stats)
{
	static const char clear[] = "\033[H\033[2J";
	struct stats *s = arg;
	struct reader *r = &s->reader;
	struct ev_err err;

	if (r->writer.terminal &&
	    ev_sink_write(&r->sink, clear, sizeof(clear) - 1, &err) == -1)
		s->broken = true;
	answer(s, stats);
	if (!s->broken && ev_sink_flush(&r->sink, &err) == -1) {
		reader_fail(r, &err);
		s->broken = true;
	}
	return s->broken || s->alarm ? -1 : 0;
}

static int
follow(struct stats *s)
{
	struct reader *r = &s->reader;
	struct ev_live live = { .stats = &s->stats,
		.scope = &s->scope,
		.reading = &r->reading,
		.inputs = r->inputs,
		.show = show,
		.arg = s };
	struct ev_err err;

	s->signal = ev_live_run(&live, &err);
	if (s->signal == -1)
		reader_fail(r, &err);
	return s->alarm ? CMD_NO : CMD_OK;
}

static int
run(struct stats *s)
{
	struct reader *r = &s->reader;
	struct ev_sources sources;
	int status = CMD_OK;

	if (s->options.follow)
		return follow(s);
	if (ev_sources_open(&sources, r->inputs, &r->say) == -1)
		r->failed = true;
	if (s->options.merge)
		read_parts(s, &sources);
	else if (s->options.resume != NULL)
		read_on(s, &sources);
	else
		read_events(s, &sources);
	/* half a table of parts, or of a log that is strict, is none */
	if (!r->failed ||
	    !(r->reading.strict || s->options.merge ||
		s->options.resume != NULL))
		status = answer(s, &s->stats);
	ev_sources_close(&sources);
	return status;
}

int
main(int argc, char **argv)
{
	static struct stats s = { .reader.cmd = {
				      .name = "ev-stats", .usage = usage } };
	struct reader *r = &s.reader;
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Tables", ev_stats_options, &s.options),
		EV_OPT_GROUP("Output", reader_output_options, r),
		EV_OPT_GROUP("Mail", ev_letter_options, &s.letter),
		EV_OPT_GROUP("Filters", ev_filter_options, &r->filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &r->cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &r->cmd.common),
	};
	int first, status;

	r->cmd.groups = groups;
	r->cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = reader_options(r, argc, argv);
	compile(&s);
	reader_inputs(
	    r, argv + first, (size_t)(argc - first), s.options.follow);
	reader_settle(r);
	settle(&s);
	reader_open(r);
	reader_looks(r, !s.options.follow);
	status = run(&s);
	ev_stats_close(&s.stats);
	ev_letter_close(&s.letter);
	ev_stats_resume_clear(&s.resume);
	ev_merge_clear(&s.merge);
	ev_condition_free(s.fail_if);
	status = reader_finish(r, status, s.broken);
	if (s.signal > 0 && status != CMD_FAIL)
		ev_stop_raise(s.signal);
	return status;
}
