#include "reader.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/defaults.h"
#include "out/color.h"
#include "out/pager.h"
#include "out/terminal.h"
#include "store/rows.h"

#define OPT(field) offsetof(struct reader, field)

/* clang-format off */
const struct ev_opt reader_output_options[READER_OUTPUT_OPTIONS] = {
	{ "out", '\0', EV_OPT_TEXT, false, "FILE", NULL,
	    "write to a temporary beside FILE and rename it at the end",
	    OPT(out), NULL },
	{ "exit-status", 'x', EV_OPT_FLAG, false, NULL, NULL,
	    "status 1 when nothing matched", OPT(exit_status), NULL },
};

const struct ev_opt reader_event_options[READER_EVENT_OPTIONS] = {
	{ "output", 'o', EV_OPT_TEXT, false, "FORMAT", EV_FORMAT_NAMES,
	    "how to print: jsonl (off a terminal), short (on one), json-seq, "
	    "csv, tsv, md, id, cloudevents, structured, pgcopy, sql, otlp", OPT(output), NULL },
	{ "columns", '\0', EV_OPT_TEXT, false, "LIST", NULL,
	    "columns of csv, tsv, md, pgcopy, sql: roles, dialect, category, "
	    "raw, paths",
	    OPT(columns), NULL },
	{ "null", '0', EV_OPT_FLAG, false, NULL, NULL,
	    "records end in NUL", OPT(nul), NULL },
};
/* clang-format on */

void
reader_none(const struct reader *r, const char *what)
{
	if (r->sink.terminal && !r->failed && !r->cmd.common.quiet)
		cmd_warn(&r->cmd, "no %s", what);
}

void
reader_fail(struct reader *r, const struct ev_err *err)
{
	cmd_warn(&r->cmd, "%s", err->text);
	r->failed = true;
}

int
reader_options(struct reader *r, int argc, char **argv)
{
	int first;

	cmd_start();
	r->place = r->beside = (struct ev_place)EV_PLACE_INIT;
	first = cmd_options(&r->cmd, argc, argv, false);
	if (first < argc && r->cmd.common.store != NULL)
		cmd_die(&r->cmd,
		    "-S names a store and '%s' is a file to "
		    "read: give one or the other",
		    argv[first]);
	return first;
}

void
reader_compile(struct reader *r)
{
	const char *name = r->cmd.common.dialect;
	struct ev_err err;

	r->model = ev_model_new(name != NULL ? ev_dialect_named(name) : NULL);
	if (ev_filter_compile(&r->filter, r->model, r->cmd.common.utc, &err) ==
	    -1)
		cmd_die(&r->cmd, "%s", err.text);
}

void
reader_format(struct reader *r)
{
	const char *output = r->output;
	struct ev_err err;

	if (output == NULL)
		output =
		    r->out == NULL && isatty(STDOUT_FILENO) ? "short" : "jsonl";
	r->writer.nul = r->nul;
	if (ev_format_open(&r->writer, output, r->columns, r->model, &err) ==
	    -1)
		cmd_die(&r->cmd, "%s", err.text);
}

/* The dialect that is forced, which may be the user's. */
static void
force(struct reader *r, const struct ev_custom *custom)
{
	const char *name = r->cmd.common.dialect;
	const struct ev_dialect *forced;

	if (name == NULL)
		return;
	forced = ev_custom_named(custom, name);
	if (forced == NULL)
		cmd_die(&r->cmd, "no dialect '%s', see ev-event(5)", name);
	ev_model_force(r->model, forced);
}

/* The user's dialects of a store. */
static void
take_rows(struct reader *r, struct ev_place *place)
{
	struct ev_err err;

	if (ev_rows_read(place, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_model_custom(r->model, place->custom);
	force(r, place->custom);
}

/* The store that is found; the settings may name it, and it has some.  What is
 * coming need not be there yet: it stands where a writer would make it. */
static void
find_store(struct reader *r, bool coming)
{
	struct cmd *cmd = &r->cmd;
	const char *named = ev_setting(cmd->settings, EV_SET_STORE);
	struct ev_place *place = &r->place;
	struct ev_err err;
	int found = ev_place_find(place, named, coming, &err);

	if (found == -1 && !cmd->common.show) {
		force(r, NULL);
		cmd_die(cmd, "%s", err.text);
	}
	if (found == 0 && ev_defaults_place(cmd->settings, place, &err) == -1)
		cmd_die(cmd, "%s", err.text);
	cmd_show_config(cmd);
	ev_inputs_add_store(r->inputs, place);
	take_rows(r, place);
}

/* Of operands the first that is a store's log says which dialects the user has,
 * else the store that would be found without them, if there is one. */
static void
find_rows(struct reader *r)
{
	const char *named = ev_setting(r->cmd.settings, EV_SET_STORE);
	size_t i, n = ev_inputs_count(r->inputs);

	for (i = 0; i < n; i++)
		if (ev_inputs_store(r->inputs, i) &&
		    ev_place_of_file(&r->beside, ev_inputs_name(r->inputs, i)))
			break;
	if (i < n || ev_place_find(&r->beside, named, false, NULL) == 0)
		take_rows(r, &r->beside);
	else
		force(r, NULL);
}

static void
find_operands(struct reader *r, char **args, size_t n)
{
	struct ev_err *err = ev_calloc(n, sizeof(*err));
	size_t i, wrong = 0;

	for (i = 0; i < n; i++)
		if (ev_inputs_add(r->inputs, args[i], &err[wrong]) == -1)
			wrong++;
	find_rows(r);
	for (i = 0; i < wrong; i++)
		reader_fail(r, &err[i]);
	free(err);
}

void
reader_inputs(struct reader *r, char **args, size_t n, bool coming)
{
	cmd_settings(&r->cmd, NULL);
	r->inputs = ev_inputs_new(coming);
	if (n == 0) {
		find_store(r, coming);
		return;
	}
	cmd_show_config(&r->cmd);
	find_operands(r, args, n);
}

void
reader_settle(struct reader *r)
{
	const struct cmd *cmd = &r->cmd;
	struct ev_reading *reading = &r->reading;
	struct ev_err err;

	if (ev_opt_size(ev_setting(cmd->settings, EV_SET_MAX_LINE),
		&reading->max_line, &err) == -1)
		cmd_die(cmd, "%s", err.text);
	reading->threads = cmd_threads(cmd);
	ev_model_seal(r->model);
	if (cmd->common.quiet)
		reading->literal = ev_filter_literal(&r->filter);
	r->say = (struct ev_say){ cmd_told, &r->cmd, &r->progress,
		cmd->common.quiet, cmd->common.verbose > 0 };
	reading->strict = cmd->common.strict;
	reading->model = r->model;
	reading->filter = &r->filter;
	reading->say = &r->say;
}

void
reader_open(struct reader *r)
{
	struct ev_err err;

	if (ev_sink_open(&r->sink, r->out, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
}

void
reader_looks(struct reader *r, bool paged)
{
	const struct ev_settings *settings = r->cmd.settings;
	struct ev_writer *writer = &r->writer;
	struct ev_sink *sink = &r->sink;

	writer->utc = r->cmd.common.utc;
	writer->color =
	    ev_color_wanted(ev_setting(settings, EV_SET_COLOR), sink->terminal);
	if (!sink->terminal)
		return;
	writer->terminal = true;
	writer->width = ev_terminal_width(sink->fd);
	writer->ascii = ev_terminal_ascii();
	if (sink->path == NULL && paged)
		sink->pager =
		    ev_pager_command(ev_setting(settings, EV_SET_PAGER));
}

int
reader_finish(struct reader *r, int status, bool broken)
{
	struct ev_err err;

	if (ev_filter_solved(&r->filter, &err) == -1)
		reader_fail(r, &err);
	if (ev_sink_close(&r->sink, !r->failed, &err) == -1 && !broken)
		reader_fail(r, &err);
	if (r->failed)
		status = CMD_FAIL;
	if (r->writer.format != NULL)
		ev_format_close(&r->writer);
	ev_inputs_free(r->inputs);
	ev_filter_clear(&r->filter);
	ev_model_free(r->model);
	ev_settings_free(r->cmd.settings);
	ev_place_clear(&r->place);
	ev_place_clear(&r->beside);
	return cmd_finish(&r->cmd, status);
}
