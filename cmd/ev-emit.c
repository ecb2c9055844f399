#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "emit/build.h"
#include "emit/cause.h"
#include "emit/complete.h"
#include "emit/given.h"
#include "emit/intake.h"
#include "emit/options.h"
#include "emit/queue.h"
#include "emit/redact.h"
#include "git/commit.h"
#include "out/escape.h"
#include "out/progress.h"
#include "store/store.h"

struct emit {
	struct cmd cmd;
	struct ev_emit_options opt;
	struct ev_place place;
	struct ev_store *store; /* NULL in a dry run, mostly */
	struct ev_given given;
	struct ev_commit commit;
	struct ev_said_commit said_commit;
	struct ev_err no_commit; /* why there is none */
	struct ev_queue queue;
	struct ev_progress progress;
	size_t good, bad, refused; /* refused: by --on-conflict=error */
	bool terminal;
};

static const char usage[] =
    "usage: ev-emit [options] TYPE [FIELD=TEXT | FIELD:=JSON ...]\n"
    "       ev-emit [options] -\n";

static void
check_operands(const struct emit *e, char **operand)
{
	bool input = operand[0] != NULL && strcmp(operand[0], "-") == 0;

	if (operand[0] == NULL)
		cmd_die(&e->cmd,
		    "no TYPE, and no - for events on standard "
		    "input, see --help");
	if (operand[0][0] == '\0')
		cmd_die(&e->cmd, "TYPE is empty");
	if (input && operand[1] != NULL)
		cmd_die(&e->cmd,
		    "'%s': no TYPE and no field can stand beside -",
		    operand[1]);
	if (input && e->opt.git != NULL)
		cmd_die(&e->cmd, "--git: not with -, whose events are lines");
	if (input && e->opt.said[EV_SAY_ID] != NULL)
		cmd_die(&e->cmd, "--id: not with -, whose events are many");
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
	if (r == -1 && !e->cmd.common.show)
		cmd_die(&e->cmd, "%s", err.text);
	if (r == 0 && ev_settings_place(e->cmd.settings, &e->place, &err) == -1)
		cmd_die(&e->cmd, "%s", err.text);
	ev_emit_settle(&e->opt, e->cmd.settings);
	cmd_show_config(&e->cmd);
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
open_store(struct emit *e)
{
	/* in the order of the two enums */
	static const char *const syncs[] = { "none", "data", "full" };
	static const char *const hows[] = { "write", "skip", "error" };
	const char *sync = ev_setting(e->cmd.settings, EV_SET_SYNC);
	const char *how = e->opt.on_conflict;
	struct ev_store_options options = { 0 };
	struct ev_err err;

	if (e->store != NULL)
		return;
	options.sync = (enum ev_sync)place_of(sync, syncs);
	if (how != NULL)
		options.on_conflict = (enum ev_on_conflict)place_of(how, hows);
	e->store = ev_store_open(&e->place, &options, &err);
	if (e->store == NULL)
		cmd_die(&e->cmd, "%s", err.text);
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
		if (e->place.exists)
			open_store(e);
		if (ev_cause_id(e->store, text, &id, &err) == -1)
			cmd_die(&e->cmd, "-p: %s", err.text);
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

	if (e->opt.body && e->opt.git == NULL)
		cmd_die(&e->cmd, "--body: only with --git");
	if (e->opt.git == NULL)
		return;
	e->given.git = said;
	said->body = e->opt.body;
	if (ev_commit_read(&e->commit, e->opt.git, EV_GIT_ANY, &e->no_commit) ==
	    0) {
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

/* Says what became of an event of the input that is not plainly written. */
static void
say_result(const struct emit *e, const struct ev_entry *entry, const char *id)
{
	static const char *const what[] = {
		[EV_CONFLICT] = "written again",
		[EV_SKIPPED] = "skipped",
		[EV_REFUSED] = "not written",
	};

	if (entry->result != EV_SAME)
		cmd_warn(&e->cmd,
		    "-:%zu: id %s is in the log with other content; %s",
		    entry->number, id, what[entry->result]);
	else if (e->cmd.common.verbose > 0)
		cmd_warn(&e->cmd, "%s is in the log already", id);
}

/* The id, or the line, of an event that is in the log. */
static void
print(const struct emit *e, const struct ev_entry *entry, struct ev_slice id)
{
	bool line = e->opt.dry_run ||
	    (e->opt.output != NULL && strcmp(e->opt.output, "json") == 0);
	const struct ev_buf *stored =
	    entry->there.n > 0 ? &entry->there : &entry->line;
	struct ev_buf text = EV_BUF_INIT;

	if (e->cmd.common.quiet || entry->result == EV_SKIPPED ||
	    entry->result == EV_REFUSED)
		return;
	if (!line)
		ev_escape(&text, id);
	else if (e->terminal) {
		ev_buf_addslice(&text, ev_buf_slice(stored));
		ev_escape_lines(&text, 0);
	} else
		cmd_print(&e->cmd, stored->p, stored->n);
	cmd_print(&e->cmd, text.p, text.n);
	cmd_print(&e->cmd, "\n", 1);
	ev_buf_clear(&text);
}

static void
say_notes(struct emit *e)
{
	const char *p = ev_store_notes(e->store, e->cmd.common.verbose > 0);
	const char *end;

	for (; (end = strchr(p, '\n')) != NULL; p = end + 1)
		cmd_warn(&e->cmd, "%.*s", (int)(end - p), p);
}

/* Writes the queue, says and prints what became of it, begins a new one. */
static void
commit(struct emit *e)
{
	struct ev_queue *queue = &e->queue;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_entry *entry;
	struct ev_err err;
	bool written;
	int r;

	if (queue->n == 0)
		return;
	if (e->opt.dry_run)
		r = ev_queue_dry(queue, &err);
	else {
		open_store(e);
		r = ev_store_write(e->store, queue->entry, queue->n, &err);
		say_notes(e);
	}
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	for (entry = queue->entry; entry < queue->entry + queue->n; entry++) {
		written = entry->result == EV_WRITTEN;
		if (written && e->cmd.common.quiet)
			continue;
		ev_buf_reset(&id);
		ev_queue_id(entry, &id);
		if (!written)
			say_result(e, entry, ev_buf_str(&id));
		print(e, entry, ev_buf_slice(&id));
		e->refused += entry->result == EV_REFUSED;
	}
	cmd_flush(&e->cmd);
	ev_buf_clear(&id);
	ev_queue_reset(queue);
}

static int
from_arguments(struct emit *e, char **operand, size_t count)
{
	struct ev_extra *extra;
	struct ev_entry *entry = ev_queue_next(&e->queue, &extra);
	struct ev_err err;
	int r;

	r = ev_build(
	    &e->given, operand[0], operand + 1, count - 1, entry, extra, &err);
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	if (r == 0 && e->cmd.common.verbose > 0)
		cmd_warn(&e->cmd, "%s: below the level to keep", operand[0]);
	if (r == 1)
		ev_queue_keep(&e->queue);
	commit(e);
	return CMD_OK;
}

static void
take_line(struct emit *e, struct ev_complete *complete, struct ev_slice text,
    size_t number)
{
	struct ev_extra *extra;
	struct ev_entry *entry = ev_queue_next(&e->queue, &extra);
	struct ev_err err;
	int r;

	r = ev_complete_line(complete, text, entry, extra, &err);
	entry->number = number;
	if (r == -1)
		cmd_warn(&e->cmd, "-:%zu: %s", number, err.text);
	if (r == 2 && e->cmd.common.verbose > 0)
		cmd_warn(&e->cmd, "-:%zu: below the level to keep", number);
	e->bad += r == -1;
	e->good += r > 0;
	if (r == 1)
		ev_queue_keep(&e->queue);
	if (ev_queue_full(&e->queue))
		commit(e);
}

/* Progress is for who waits for a long import, not for who types events or
 * watches the ids go by. */
static void
show_progress(struct emit *e, const struct ev_intake *in)
{
	bool quiet =
	    e->cmd.common.quiet || e->terminal || isatty(STDIN_FILENO) == 1;

	ev_progress_start(&e->progress, ev_intake_left(in), quiet);
	e->cmd.progress = &e->progress;
}

static int
from_input(struct emit *e)
{
	struct ev_complete *complete = ev_complete_new(&e->given);
	struct ev_intake *in = ev_intake_new(STDIN_FILENO, e->given.max_line);
	struct ev_slice text;
	struct ev_err err;
	size_t number;
	int r;

	show_progress(e, in);
	while ((r = ev_intake_wait(in, &err)) == 1) {
		while ((r = ev_intake_next(in, &text, &number, &err)) != 0) {
			if (r == 1)
				take_line(e, complete, text, number);
			else
				cmd_warn(
				    &e->cmd, "-:%zu: %s", number, err.text);
			e->bad += r == -1;
		}
		commit(e);
		ev_progress_tick(&e->progress, ev_intake_read(in));
	}
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	ev_progress_end(&e->progress);
	ev_complete_free(complete);
	ev_intake_free(in);
	if (e->bad == 0 && e->refused == 0)
		return CMD_OK;
	return e->good > 0 ? CMD_NO : CMD_FAIL;
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
		EV_OPT_GROUP("Writing", ev_emit_write_options, &e.opt),
		EV_OPT_GROUP("Common", cmd_common_options, &e.cmd.common),
	};
	bool input;
	int first, status;

	cmd_start();
	e.cmd.groups = groups;
	e.cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = cmd_options(&e.cmd, argc, argv, false);
	if (!e.cmd.common.show)
		check_operands(&e, argv + first);
	settle(&e);
	input = strcmp(argv[first], "-") == 0;
	say(&e, input);
	e.terminal = !e.cmd.common.quiet && isatty(STDOUT_FILENO) == 1;
	status = input ?
	    from_input(&e) :
	    from_arguments(&e, argv + first, (size_t)(argc - first));
	say_redacted(&e);
	return cmd_finish(&e.cmd, status);
}
