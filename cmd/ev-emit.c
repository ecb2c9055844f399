#include <string.h>
#include <unistd.h>

#include "cli/defaults.h"
#include "cmd.h"
#include "effort.h"
#include "emit/build.h"
#include "emit/cause.h"
#include "emit/given.h"
#include "emit/import.h"
#include "emit/options.h"
#include "emit/record.h"
#include "emit/redact.h"
#include "emit/wrap.h"
#include "git/commit.h"
#include "out/progress.h"
#include "store/afar.h"
#include "store/rows.h"

#define TIMEOUT_MS 2000 /* of --best-effort */

struct emit {
	struct cmd cmd;
	struct ev_emit_options opt;
	struct ev_place place;
	struct ev_given given;
	struct ev_commit commit;
	struct ev_said_commit said_commit;
	struct ev_err no_commit; /* why there is none */
	struct ev_record record;
	int64_t git_until; /* of ev_clock_mono; 0: no end */
	struct ev_progress progress;
	struct ev_wrap wrap; /* --exec */
};

static const char usage[] =
    "usage: ev-emit [options] TYPE [FIELD=TEXT | FIELD:=JSON ...]\n"
    "       ev-emit [options] -\n"
    "       ev-emit [options] --exec TYPE [FIELD=TEXT ...] -- COMMAND [ARG ...]\n";

static void
set_deadline(struct emit *e)
{
	int64_t ms = e->opt.timeout_ms > 0 ? e->opt.timeout_ms : TIMEOUT_MS;

	e->git_until = effort_limit(e->cmd.name, ms, &e->record.options);
}

static void
be_harmless(struct emit *e)
{
	if (!e->opt.best_effort) {
		if (e->opt.timeout_ms > 0)
			cmd_die(&e->cmd, "--timeout: only with --best-effort");
		return;
	}
	cmd_harmless(&e->cmd);
	e->record.best_effort = true;
	set_deadline(e);
}

/* Something is wrong that --best-effort can do without. */
static void
complain(const struct emit *e, const struct ev_err *err)
{
	if (!e->opt.best_effort)
		cmd_die(&e->cmd, "%s", err->text);
	cmd_warn(&e->cmd, "%s", err->text);
}

/* The store, which the settings may name and which has some, and the options
 * above them. */
static void
settle(struct emit *e)
{
	const char *named;
	struct ev_err err;
	int r;

	cmd_settings(&e->cmd, NULL);
	named = ev_setting(e->cmd.settings, EV_SET_STORE);
	r = ev_place_find(&e->place, named, true, &err);
	if (r == -1 && e->opt.best_effort) {
		e->record.refused = err;
		ev_place_afar(&e->place, named);
	} else if (r == -1 && !e->cmd.common.show)
		cmd_die(&e->cmd, "%s", err.text);
	if (r == 0 && ev_defaults_place(e->cmd.settings, &e->place, &err) == -1)
		complain(e, &err);
	ev_emit_settle(&e->opt, e->cmd.settings);
	cmd_show_config(&e->cmd);
	/* an event is never lost for want of them */
	if (e->place.dir != NULL && ev_rows_read(&e->place, &err) == -1)
		cmd_warn(&e->cmd, "%s; no dialect of it is known", err.text);
	e->given.custom = e->place.custom;
	e->given.unsure = e->place.unsure;
}

/* The place of a word among three, of which it is one. */
static unsigned
place_of(const char *word, const char *const words[3])
{
	unsigned i = 0;

	while (i < 2 && strcmp(words[i], word) != 0)
		i++;
	return i;
}

static void
prepare_record(struct emit *e)
{
	/* in the order of the two enums */
	static const char *const syncs[] = { "none", "data", "full" };
	static const char *const hows[] = { "write", "skip", "error" };
	const struct ev_emit_options *opt = &e->opt;
	const char *sync = ev_setting(e->cmd.settings, EV_SET_SYNC);
	struct ev_record *r = &e->record;

	r->place = &e->place;
	if (!opt->best_effort)
		r->options.sync = (enum ev_sync)place_of(sync, syncs);
	if (opt->on_conflict != NULL)
		r->options.on_conflict =
		    (enum ev_on_conflict)place_of(opt->on_conflict, hows);
	r->to =
	    (struct ev_record_to){ cmd_told, cmd_put, cmd_put_out, &e->cmd };
	r->options.atomic = opt->atomic;
	r->dry_run = opt->dry_run;
	r->lines = opt->dry_run ||
	    (opt->output != NULL && strcmp(opt->output, "json") == 0);
	r->quiet = e->cmd.common.quiet;
	r->verbose = e->cmd.common.verbose > 0;
	r->terminal = !r->quiet && isatty(STDOUT_FILENO) == 1;
}

/* What an argument of -p means.  0 or -1. */
static int
find_cause(
    struct emit *e, const char *text, struct ev_buf *id, struct ev_err *err)
{
	struct ev_err why;

	if ((e->place.exists && ev_record_open(&e->record, &why) == -1) ||
	    ev_cause_id(e->record.store, text, id, &why) == -1)
		return ev_fail(err, "-p: %s", why.text);
	return 0;
}

static void
say_parent(struct emit *e)
{
	const char *text = ev_setting(e->cmd.settings, EV_SET_CAUSED_BY);
	bool option = e->opt.said[EV_SAY_PARENT] != NULL;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_err err;

	if (text == NULL)
		return;
	/* what the environment hands on is a whole id */
	if ((option || *text == '@') && ev_cause_asks(text)) {
		if (find_cause(e, text, &id, &err) == -1) {
			complain(e, &err);
			return;
		}
		text = ev_buf_str(&id);
	}
	if (ev_given_say(&e->given, EV_SAY_PARENT, text, !option, &err) == -1)
		cmd_die(&e->cmd, "%s", err.text);
	ev_buf_clear(&id);
}

/* The commit of --git.  An event is never lost for want of it: a note says
 * there why it is missing. */
static void
say_commit(struct emit *e)
{
	struct ev_said_commit *said = &e->said_commit;
	enum ev_git_way way;

	if (e->opt.body && e->opt.git == NULL)
		cmd_die(&e->cmd, "--body: only with --git");
	if (e->opt.git == NULL)
		return;
	e->given.git = said;
	said->body = e->opt.body;
	/* git starts faster than libgit2, and can be ended */
	way = e->opt.best_effort ? EV_GIT_CHILD : EV_GIT_ANY;
	if (ev_commit_read(&e->commit, e->opt.git, way, e->git_until,
		&e->no_commit) == 0) {
		said->commit = &e->commit;
		return;
	}
	said->note = e->no_commit.text;
	cmd_warn(&e->cmd, "--git=%s: %s; written without commit data",
	    e->opt.git, said->note);
}

/* Nobody should miss that what is in the log is not what came in. */
static void
say_redacted(const struct emit *e)
{
	struct ev_buf told = EV_BUF_INIT;

	if (e->given.redact != NULL && !e->cmd.common.quiet &&
	    ev_redact_told(e->given.redact, &told))
		cmd_warn(&e->cmd, "%s", ev_buf_str(&told));
	ev_buf_clear(&told);
}

/* What settings and options put into events. */
static void
say(struct emit *e, bool input)
{
	struct ev_err err;

	e->given.dir = ".";
	e->given.redact = ev_emit_redactor(&e->opt, e->cmd.settings);
	if (ev_given_settings(&e->given, e->cmd.settings, input, &err) == -1 ||
	    ev_emit_say(&e->opt, &e->given, e->cmd.common.utc, &err) == -1)
		cmd_die(&e->cmd, "%s", err.text);
	say_parent(e);
	say_commit(e);
}

static int
from_arguments(struct emit *e, char **operand, size_t count)
{
	struct ev_queue *queue = &e->record.queue;
	struct ev_extra *extra;
	struct ev_entry *entry = ev_queue_next(queue, &extra);
	struct ev_err err;
	int r;

	r = ev_build(
	    &e->given, operand[0], operand + 1, count - 1, entry, extra, &err);
	if (r == 0 && e->record.verbose)
		cmd_warn(&e->cmd, "%s: below the level to keep", operand[0]);
	if (r == 1) {
		ev_queue_keep(queue);
		r = ev_record_commit(&e->record, &err);
	}
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	return CMD_OK;
}

/* The time that the command takes is its own. */
static void
run_command(struct emit *e)
{
	struct ev_wrap *w = &e->wrap;

	effort_unlimited();
	ev_wrap_run(w);
	cmd_ends_with(w->ran.end.status);
	if (e->opt.best_effort) {
		set_deadline(e);
		ev_record_until(&e->record);
	}
}

/* The command's status is ours, whatever becomes of the event. */
static int
from_command(struct emit *e, char **operand, size_t count, char **command)
{
	struct ev_wrap *w = &e->wrap;
	struct ev_err err;
	int r;

	w->given = &e->given;
	w->record = &e->record;
	w->type = operand[0];
	w->on_error = e->opt.on_error;
	w->fields = operand + 1;
	w->count = count - 1;
	w->ran.argv = command;
	w->ran.raw = e->opt.argv;
	/* standard output is the command's */
	if (e->opt.output == NULL && !e->opt.dry_run)
		e->record.quiet = true;
	if (ev_wrap_begin(w, &err) == -1)
		cmd_die(&e->cmd, "%s; the command %s", err.text,
		    e->opt.best_effort ? "is not recorded" : "was not run");
	run_command(e);
	r = ev_wrap_end(w, &err);
	if (r == -1)
		cmd_warn(&e->cmd, "%s; the command's event is not in the log",
		    err.text);
	if (r == 0 && e->record.verbose)
		cmd_warn(&e->cmd, "%s: below the level to keep", w->type);
	return w->ran.end.status;
}

static int
from_input(struct emit *e)
{
	struct ev_import import = { .given = &e->given,
		.record = &e->record,
		.progress = &e->progress };
	struct ev_err err;

	/* it is for who waits for a long import, not for who types events or
	 * watches the ids go by */
	import.until = e->record.options.until;
	import.still =
	    e->record.quiet || e->record.terminal || isatty(STDIN_FILENO) == 1;
	e->cmd.progress = &e->progress;
	if (ev_import_run(&import, STDIN_FILENO, &err) == -1)
		cmd_die(&e->cmd, "%s", err.text);
	if (import.bad == 0 && e->record.conflicts == 0)
		return CMD_OK;
	return import.good > 0 ? CMD_NO : CMD_FAIL;
}

int
main(int argc, char **argv)
{
	/* the store and all memory go with the process, which is short */
	static struct emit e = { .cmd = { .name = "ev-emit", .usage = usage },
		.place = EV_PLACE_INIT };
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP(
		    "The event's fields", ev_emit_field_options, &e.opt),
		EV_OPT_GROUP("A command", ev_emit_exec_options, &e.opt),
		EV_OPT_GROUP("Writing", ev_emit_write_options, &e.opt),
		EV_OPT_GROUP("Common", cmd_common_options, &e.cmd.common),
	};
	struct ev_argv_rest rest;
	struct ev_err err;
	bool input;
	int first, status;

	ev_exec_signals(&e.wrap.signals);
	cmd_start();
	e.cmd.groups = groups;
	e.cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	e.cmd.harmless = effort_find(argv, &e.wrap.signals);
	first = cmd_options(&e.cmd, argc, argv, false);
	e.cmd.harmless = e.opt.best_effort;
	effort_command(e.opt.exec && e.opt.best_effort && e.cmd.behind >= 0 ?
		argv + e.cmd.behind :
		NULL);
	be_harmless(&e);
	rest = (struct ev_argv_rest){ first, e.cmd.behind };
	if (!e.cmd.common.show &&
	    ev_emit_operands(&e.opt, argc, argv, rest, &err) == -1)
		cmd_die(&e.cmd, "%s", err.text);
	settle(&e);
	input = strcmp(argv[first], "-") == 0;
	prepare_record(&e);
	say(&e, input);
	if (input)
		status = from_input(&e);
	else if (e.opt.exec)
		status = from_command(&e, argv + first,
		    (size_t)(e.cmd.behind - first), argv + e.cmd.behind);
	else
		status =
		    from_arguments(&e, argv + first, (size_t)(argc - first));
	say_redacted(&e);
	return cmd_finish(&e.cmd, status);
}
