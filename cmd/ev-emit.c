#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "emit/queue.h"
#include "emit/build.h"
#include "emit/cause.h"
#include "emit/complete.h"
#include "emit/given.h"
#include "emit/intake.h"
#include "out/escape.h"
#include "store/store.h"

/* What the options of this command fill. */
struct options {
	const char *said[EV_SAYS]; /* but for the two lists */
	struct ev_list archetype, skill;
	const char *time, *keep_level, *on_conflict, *sync, *output;
	bool dry_run;
};

struct emit {
	struct cmd cmd;
	struct options opt;
	struct ev_place place;
	struct ev_store *store; /* NULL in a dry run, mostly */
	struct ev_given given;
	struct ev_queue queue;
	size_t good, bad, refused; /* refused: by --on-conflict=error */
	bool terminal;
};

/* clang-format off */
#define TEXT(name, letter, arg, values, field, help) \
	{ name, letter, EV_OPT_TEXT, false, arg, values, help, \
	    offsetof(struct options, field), NULL }
#define SAY(name, letter, arg, values, what, help) \
	TEXT(name, letter, arg, values, said[EV_SAY_##what], help)
#define LIST(name, arg, field, help) \
	{ name, '\0', EV_OPT_LIST, false, arg, NULL, help, \
	    offsetof(struct options, field), NULL }

static const struct ev_opt field_options[] = {
	SAY("actor", 'a', "NAME", NULL, ACTOR, "who acts"),
	SAY("session", 's', "ID", NULL, SESSION, "the session"),
	SAY("correlation", 'c', "ID", NULL, CORRELATION,
	    "the correlation id"),
	SAY("caused-by", 'p', "ID", NULL, PARENT,
	    "the event that caused it: an id, a prefix, @last, @last:GLOBS, "
	    "@-3"),
	SAY("entity", 'e', "ID", NULL, ENTITY, "what the event is about"),
	SAY("level", 'l', "LEVEL", "audit ops debug", LEVEL,
	    "audit, ops or debug"),
	SAY("message", 'm', "TEXT", NULL, MESSAGE,
	    "the message: title, description or reason"),
	SAY("severity", '\0', "N", NULL, SEVERITY, "0 to 5"),
	SAY("quality", '\0', "Q", NULL, QUALITY, "0 to 1"),
	LIST("archetype", "A[,A...]", archetype, "archetypes; may be repeated"),
	LIST("skill", "S[,S...]", skill, "skills exercised; may be repeated"),
	SAY("outcome", '\0', "S", NULL, OUTCOME, "a verdict, a status"),
	SAY("score", '\0', "X", NULL, SCORE, "the score of the outcome"),
	SAY("turn", '\0', "N", NULL, TURN, "the turn, a whole number"),
	SAY("id", '\0', "ID", NULL, ID,
	    "the id; when the log has it, nothing is written"),
	TEXT("time", '\0', "T", NULL, time, "when it happened; else now"),
};

static const struct ev_opt write_options[] = {
	TEXT("keep-level", '\0', "LEVEL", "audit ops debug", keep_level,
	    "do not write events below this level"),
	TEXT("on-conflict", '\0', "HOW", "write skip error", on_conflict,
	    "when the log has the id with other content"),
	TEXT("sync", '\0', "HOW", "none data full", sync,
	    "what is on the disk before the id is printed"),
	{ "dry-run", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "write nothing, print the line",
	    offsetof(struct options, dry_run), NULL },
	TEXT("output", 'o', "FORMAT", "id json", output,
	    "print the id or the whole line"),
};
/* clang-format on */

static const char usage[] =
    "usage: ev-emit [options] TYPE [FIELD=TEXT | FIELD:=JSON | FIELD=@FILE |\n"
    "               FIELD:=@FILE | FIELD+=TEXT ...]\n"
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
	if (input && e->opt.said[EV_SAY_ID] != NULL)
		cmd_die(&e->cmd, "--id: not with -, whose events are many");
}

static void
override(struct emit *e, enum ev_setting which, const char *value)
{
	if (value != NULL)
		ev_setting_put(e->cmd.settings, which, value);
}

/* The store's place, and the settings under the options. */
static void
settle(struct emit *e)
{
	const struct options *opt = &e->opt;
	struct ev_err err;

	if (ev_place_find(&e->place, e->cmd.common.store, true, &err) == -1)
		cmd_die(&e->cmd, "%s", err.text);
	cmd_settings(&e->cmd, &e->place);
	override(e, EV_SET_ACTOR, opt->said[EV_SAY_ACTOR]);
	override(e, EV_SET_SESSION, opt->said[EV_SAY_SESSION]);
	override(e, EV_SET_CORRELATION, opt->said[EV_SAY_CORRELATION]);
	override(e, EV_SET_CAUSED_BY, opt->said[EV_SAY_PARENT]);
	override(e, EV_SET_LEVEL, opt->keep_level);
	override(e, EV_SET_SYNC, opt->sync);
	cmd_show_config(&e->cmd);
}

static void
open_store(struct emit *e)
{
	const char *sync = ev_setting(e->cmd.settings, EV_SET_SYNC);
	const char *how = e->opt.on_conflict;
	struct ev_store_options options = { 0 };
	struct ev_err err;

	if (e->store != NULL)
		return;
	if (strcmp(sync, "data") == 0)
		options.sync = EV_SYNC_DATA;
	else if (strcmp(sync, "full") == 0)
		options.sync = EV_SYNC_FULL;
	if (how != NULL && strcmp(how, "skip") == 0)
		options.on_conflict = EV_ON_CONFLICT_SKIP;
	else if (how != NULL && strcmp(how, "error") == 0)
		options.on_conflict = EV_ON_CONFLICT_ERROR;
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

/* What settings and options said into events. */
static void
say(struct emit *e, bool input)
{
	struct ev_given *given = &e->given;
	struct ev_err err;
	enum ev_say what;
	int r;

	given->dir = ".";
	r = ev_given_settings(given, e->cmd.settings, input, &err);
	for (what = 0; what < EV_SAYS && r == 0; what++)
		if (e->opt.said[what] != NULL && what != EV_SAY_PARENT)
			r = ev_given_say(
			    given, what, e->opt.said[what], false, &err);
	if (r == 0)
		r = ev_given_list(
		    given, EV_SAY_ARCHETYPE, &e->opt.archetype, &err);
	if (r == 0)
		r = ev_given_list(given, EV_SAY_SKILL, &e->opt.skill, &err);
	if (r == 0 && e->opt.time != NULL)
		r = ev_given_time(given, e->opt.time, e->cmd.common.utc, &err);
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	say_parent(e);
}

/* Says what became of an event that is not plainly written. */
static void
say_result(struct emit *e, const struct ev_entry *entry, const char *id)
{
	static const char *const what[] = {
		[EV_CONFLICT] = "written again",
		[EV_SKIPPED] = "skipped",
		[EV_REFUSED] = "not written",
	};

	if (entry->result == EV_SAME && e->cmd.common.verbose > 0)
		cmd_warn(&e->cmd, "%s is in the log already", id);
	if (entry->result == EV_WRITTEN || entry->result == EV_SAME)
		return;
	cmd_warn(&e->cmd, "-:%zu: id %s is in the log with other content; %s",
	    entry->number, id, what[entry->result]);
}

/* The id, or the line, of an event that is in the log. */
static void
print(struct emit *e, struct ev_entry *entry, struct ev_slice id)
{
	bool line = e->opt.dry_run ||
	    (e->opt.output != NULL && strcmp(e->opt.output, "json") == 0);
	struct ev_buf text = EV_BUF_INIT;

	if (e->cmd.common.quiet || entry->result == EV_SKIPPED ||
	    entry->result == EV_REFUSED)
		return;
	if (!line)
		ev_escape(&text, id);
	else if (e->terminal) {
		ev_buf_addslice(&text, ev_buf_slice(&entry->line));
		ev_escape_lines(&text, 0);
	} else
		cmd_print(&e->cmd, entry->line.p, entry->line.n);
	cmd_print(&e->cmd, text.p, text.n);
	cmd_print(&e->cmd, "\n", 1);
	ev_buf_clear(&text);
}

static void
say_notes(struct emit *e)
{
	const char *p, *end;

	p = ev_store_notes(e->store, e->cmd.common.verbose > 0);
	for (; (end = strchr(p, '\n')) != NULL; p = end + 1)
		cmd_warn(&e->cmd, "%.*s", (int)(end - p), p);
}

/* Writes the queue, says and prints what became of it, begins a new one. */
static void
commit(struct emit *e)
{
	struct ev_queue *queue = &e->queue;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_err err;
	size_t i;
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
	for (i = 0; i < queue->n; i++) {
		ev_buf_reset(&id);
		ev_queue_id(&queue->entry[i], &id);
		say_result(e, &queue->entry[i], ev_buf_str(&id));
		print(e, &queue->entry[i], ev_buf_slice(&id));
		e->refused += queue->entry[i].result == EV_REFUSED;
	}
	cmd_flush(&e->cmd);
	ev_buf_clear(&id);
	ev_queue_reset(queue);
}

static int
from_arguments(struct emit *e, const char *type, char **fields)
{
	struct ev_extra *extra;
	struct ev_entry *entry = ev_queue_next(&e->queue, &extra);
	struct ev_err err;
	size_t count = 0;
	int r;

	while (fields[count] != NULL)
		count++;
	r = ev_build(&e->given, type, fields, count, entry, extra, &err);
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	if (r == 0 && e->cmd.common.verbose > 0)
		cmd_warn(&e->cmd, "%s: below the level to keep", type);
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

static int
from_input(struct emit *e)
{
	struct ev_complete *complete = ev_complete_new(&e->given);
	struct ev_intake *in = ev_intake_new(STDIN_FILENO, e->given.max_line);
	struct ev_slice text;
	struct ev_err err;
	size_t number;
	int r;

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
	}
	if (r == -1)
		cmd_die(&e->cmd, "%s", err.text);
	ev_complete_free(complete);
	ev_intake_free(in);
	if (e->bad == 0 && e->refused == 0)
		return CMD_OK;
	return e->good > 0 ? CMD_NO : CMD_FAIL;
}

int
main(int argc, char **argv)
{
	struct emit e = { .cmd = { .name = "ev-emit", .usage = usage },
		.place = EV_PLACE_INIT };
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("The event's fields", field_options, &e.opt),
		EV_OPT_GROUP("Writing", write_options, &e.opt),
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
	e.terminal = isatty(STDOUT_FILENO) == 1;
	status = input ? from_input(&e) :
			 from_arguments(&e, argv[first], argv + first + 1);
	ev_store_close(e.store);
	ev_queue_clear(&e.queue);
	ev_given_clear(&e.given);
	ev_settings_free(e.cmd.settings);
	ev_place_clear(&e.place);
	return cmd_finish(&e.cmd, status);
}
