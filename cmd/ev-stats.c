/*
 * ev-stats: how many, how much, how often.
 */
#include <string.h>

#include "reader.h"
#include "grid/print.h"
#include "read/sources.h"
#include "stats/options.h"
#include "stats/previous.h"
#include "stats/run.h"
#include "text/time.h"

static const char usage[] =
    "usage: ev-stats [options] [FILE ...]\n"
    "\n"
    "Counts and measures the events of the store, or of the files,\n"
    "directories or standard input (-) that are named.\n";

struct stats {
	struct reader reader;
	struct ev_stats_options options;
	struct ev_report_scope scope;
	struct ev_stats stats;
	const struct ev_grid_format *format;
	bool broken;
};

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct stats *s)
{
	const struct ev_report *report;
	struct reader *r = &s->reader;
	struct ev_err err;

	s->format = ev_grid_format(
	    s->options.output != NULL ? s->options.output : "table");
	report = ev_stats_options_report(&s->options, &err);
	if (report == NULL)
		cmd_die(&r->cmd, "%s", err.text);
	reader_compile(r);
	if (ev_now(&s->scope.now, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	s->scope.utc = r->cmd.common.utc;
	s->scope.ask = &s->options.ask;
	s->scope.filter = &r->filter;
	s->scope.has_turn =
	    s->options.ask.versus && s->options.ask.every == NULL;
	if (s->scope.has_turn &&
	    ev_previous_open(&r->filter, s->scope.now, s->scope.utc,
		&s->scope.turn, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	if (ev_stats_open(&s->stats, report, &s->scope, s->options.unique,
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
	if (ev_stats_settle(&s->stats, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
}

static void
print(struct stats *s, const struct ev_grid *grid)
{
	struct reader *r = &s->reader;
	const struct ev_grid_look look = { .terminal = r->writer.terminal,
		.color = r->writer.color,
		.utc = r->writer.utc,
		.ascii = r->writer.ascii,
		.width = s->options.width > 0 ? (size_t)s->options.width :
						r->writer.width };
	struct ev_buf out = EV_BUF_INIT;
	struct ev_err err;

	s->format->print(grid, &look, &out);
	if (ev_sink_write(&r->sink, out.p, out.n, &err) == -1) {
		reader_fail(r, &err);
		s->broken = true;
	}
	ev_buf_clear(&out);
}

/* Makes the table of what was read and prints it; the exit status. */
static int
answer(struct stats *s)
{
	struct reader *r = &s->reader;
	struct ev_grid grid;
	struct ev_err err;
	int status = CMD_OK;

	if (ev_stats_finish(&s->stats, &s->scope, &grid, &err) == -1) {
		reader_fail(r, &err);
	} else {
		print(s, &grid);
		if (r->exit_status && grid.rows == 0)
			status = CMD_NO;
	}
	ev_grid_clear(&grid);
	return status;
}

static int
run(struct stats *s)
{
	struct reader *r = &s->reader;
	struct ev_sources sources;
	int status = CMD_OK;

	if (ev_sources_open(&sources, r->inputs, &r->say) == -1)
		r->failed = true;
	ev_sources_progress(sources.v, sources.count, &r->say);
	if (ev_stats_read(&s->stats, &r->reading, sources.v, sources.count) ==
	    -1)
		r->failed = true;
	ev_progress_end(&r->progress);
	if (!(r->failed && r->reading.strict))
		status = answer(s);
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
		EV_OPT_GROUP("Filters", ev_filter_options, &r->filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &r->cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &r->cmd.common),
	};
	int first, status;

	r->cmd.groups = groups;
	r->cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = reader_options(r, argc, argv);
	compile(&s);
	reader_inputs(r, argv + first, (size_t)(argc - first), false);
	reader_settle(r);
	settle(&s);
	reader_open(r);
	reader_looks(r, true);
	status = run(&s);
	ev_stats_close(&s.stats);
	return reader_finish(r, status, s.broken);
}
