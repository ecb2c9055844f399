/*
 * ev-fp: fingerprints, the names of failures.
 */
#include <string.h>
#include <unistd.h>

#include "emit/machine.h"
#include "finger.h"
#include "read/stop.h"
#include "fp/explain.h"
#include "fp/tool.h"
#include "text/time.h"

static const char usage[] =
    "usage: ev-fp [options] [FILE ...]\n"
    "       ev-fp --from=FORMAT [FILE ...]\n"
    "       ev-fp --resolve=FP [--commit=REV] | --reopen=FP\n"
    "       ev-fp --env | --explain=TEXT\n"
    "\n"
    "Prints the events of the store, or of the files, directories or standard\n"
    "input (-) that are named, each with the fingerprint of its failure.\n";

/* The number of a word among those of an option, of which it is one. */
static int
number_of(const char *word, const char *const *words)
{
	int i = 0;

	while (words[i] != NULL && strcmp(words[i], word) != 0)
		i++;
	return i;
}

static void
set_way(struct finger *fp)
{
	/* in the order of the enums */
	static const char *const algos[] = { "fp1", "agentguard", "gep", NULL };
	static const char *const keys[] = { "fp", "signal-key", "env-key",
		"asset-id", "errsig", NULL };
	const struct ev_fp_options *options = &fp->options;
	struct ev_err err;

	fp->way.parts = EV_MARK_ALL;
	fp->way.anew = options->components != NULL || options->algo != NULL;
	if (options->algo != NULL)
		fp->way.algo =
		    (enum ev_mark_algo)number_of(options->algo, algos);
	if (options->components != NULL &&
	    ev_mark_parts(options->components, &fp->way.parts, &err) == -1)
		cmd_die(&fp->reader.cmd, "--components: %s", err.text);
	if (options->print != NULL)
		fp->put.key = (enum ev_put_key)number_of(options->print, keys);
	if (options->generation != NULL)
		fp->put.generation = (enum ev_gepenv)ev_gepenv_named(
		    ev_slice_of(options->generation));
}

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct finger *fp)
{
	const struct ev_fp_options *options = &fp->options;
	struct reader *r = &fp->reader;
	struct ev_filter *filter = &r->filter;
	struct ev_err err;

	set_way(fp);
	fp->put.writer = &r->writer;
	fp->put.people = fp->ask == EV_FP_EVENTS &&
	    (options->output != NULL ? strcmp(options->output, "short") == 0 :
				       r->out == NULL && isatty(STDOUT_FILENO));
	r->writer.nul = options->nul;
	reader_compile(r);
	ev_mark_want(&fp->way, r->model);
	ev_put_want(&fp->put, r->model);
	ev_sights_want(&fp->sights, r->model);
	if (ev_dedupe_window(&fp->dedupe, options->window, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_groups_init(&fp->groups);
	if (fp->ask != EV_FP_LIST)
		return;
	/* decisions, and for some questions what was before the period, matter
	 * whenever they were */
	fp->groups.has_since = filter->has_since;
	fp->groups.since = filter->since;
	fp->groups.has_until = filter->has_until;
	fp->groups.until = filter->until;
	fp->groups.only = (filter->has_since || filter->has_until) &&
	    !options->fresh && !options->gone && !options->regressed &&
	    options->baseline == NULL;
	filter->has_since = filter->has_until = false;
	if (options->gone && !fp->groups.has_since)
		cmd_die(&r->cmd, "--gone: since when? (--in PERIOD)");
	if (options->fresh && !fp->groups.has_since && !fp->groups.has_until)
		cmd_die(&r->cmd, "--new: in which period? (--in PERIOD)");
}

static int
tell_env(struct finger *fp)
{
	struct reader *r = &fp->reader;
	const char *generation = fp->options.generation;
	struct ev_buf env = EV_BUF_INIT, text = EV_BUF_INIT;
	struct ev_val val = { .kind = EV_OBJECT };
	char key[EV_GEPENV_SIZE];
	struct timespec now;
	struct ev_err err;

	if (ev_now(&now, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_machine(&env, now);
	ev_buf_str(&env);
	val.p = env.p;
	val.n = (uint32_t)env.n;
	ev_gepenv_key(&val, fp->put.generation, key);
	ev_buf_adds(&text, "{\"env_fingerprint\":");
	ev_buf_addslice(&text, ev_buf_slice(&env));
	ev_buf_addf(&text,
	    ",\"env_fingerprint_key\":\"%s\",\"generation\":\"%s\"}\n", key,
	    generation != NULL ? generation : "1.5.0");
	ev_buf_clear(&env);
	finger_put(fp, &text);
	return CMD_OK;
}

static int
explain(struct finger *fp)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_explain(&text, ev_slice_of(fp->options.explain));
	finger_put(fp, &text);
	return CMD_OK;
}

static int
read_tools(struct finger *fp, char **files, size_t n)
{
	struct reader *r = &fp->reader;
	struct ev_tool tool = { .format = fp->options.from,
		.sink = &r->sink,
		.terminal = r->writer.terminal,
		.say = &r->say };

	if (ev_tool_run(&tool, files, n) == -1)
		r->failed = true;
	fp->broken = tool.broken;
	if (tool.damaged)
		return CMD_NO;
	if (tool.found == 0)
		reader_none(r, "failures found");
	return r->exit_status && tool.found == 0 ? CMD_NO : CMD_OK;
}

/* What is asked of no events needs neither a store nor files of them. */
static int
answer_alone(struct finger *fp, char **files, size_t n)
{
	struct reader *r = &fp->reader;

	cmd_settings(&r->cmd, NULL);
	cmd_show_config(&r->cmd);
	reader_settle(r);
	reader_open(r);
	reader_looks(r, false);
	if (fp->ask == EV_FP_ENV)
		return tell_env(fp);
	if (fp->ask == EV_FP_EXPLAIN)
		return explain(fp);
	return read_tools(fp, files, n);
}

static int
answer(struct finger *fp, char **files, size_t n)
{
	struct reader *r = &fp->reader;

	reader_inputs(r, files, n, fp->options.follow);
	reader_settle(r);
	if (fp->ask == EV_FP_LIST)
		r->reading.literal = NULL; /* a decision may be without it */
	reader_open(r);
	reader_looks(r,
	    !fp->options.follow &&
		(fp->ask == EV_FP_LIST || fp->ask == EV_FP_EVENTS));
	return finger_answer(fp);
}

int
main(int argc, char **argv)
{
	static struct finger fp = { .reader.cmd = {
					.name = "ev-fp", .usage = usage } };
	struct reader *r = &fp.reader;
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Fingerprints", ev_fp_options, &fp.options),
		EV_OPT_GROUP("Output file", reader_output_options, r),
		EV_OPT_GROUP("Filters", ev_filter_options, &r->filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &r->cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &r->cmd.common),
	};
	struct ev_err err;
	int first, status;
	bool alone;
	size_t n;

	r->cmd.groups = groups;
	r->cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = reader_options(r, argc, argv);
	n = (size_t)(argc - first);
	if (ev_fp_asks(&fp.options, ev_filter_given(&r->filter), n, &fp.ask,
		&err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	compile(&fp);
	alone = fp.ask == EV_FP_ENV || fp.ask == EV_FP_EXPLAIN ||
	    fp.ask == EV_FP_FROM;
	status = alone ? answer_alone(&fp, argv + first, n) :
			 answer(&fp, argv + first, n);
	ev_groups_clear(&fp.groups);
	r->failed |= r->out != NULL && fp.signal != 0;
	status = reader_finish(r, status, fp.broken);
	if (fp.signal != 0 && status != CMD_FAIL)
		ev_stop_raise(fp.signal);
	return status;
}
