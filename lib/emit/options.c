#include "emit/options.h"

#include <stddef.h>
#include <string.h>

#include "text/duration.h"

#define LONGEST_WAIT 86400

/* --git, which may come without its argument. */
static int
set_git(void *field, const char *arg, struct ev_err *err)
{
	if (arg != NULL && *arg == '\0')
		return ev_fail(err, "no REV behind the =");
	*(const char **)field = arg != NULL ? arg : "HEAD";
	return 0;
}

/* --timeout: a length of time that a machine can wait. */
static int
set_timeout(void *field, const char *arg, struct ev_err *err)
{
	struct ev_duration length;
	int r = ev_duration_parse(arg, &length, err);

	if (r == 1 && length.months == 0 && length.days == 0 &&
	    length.sec < LONGEST_WAIT)
		*(int64_t *)field = length.sec * 1000 + length.nsec / 1000000;
	else if (r != -1)
		r = ev_fail(err, "'%s' is not a time below a day, as 2s", arg);
	if (r == 1 && *(int64_t *)field == 0)
		return ev_fail(err, "'%s' is too short", arg);
	return r == -1 ? -1 : 0;
}

/* clang-format off */
#define TEXT(name, letter, arg, values, field, help) \
	{ name, letter, EV_OPT_TEXT, false, arg, values, help, \
	    offsetof(struct ev_emit_options, field), NULL }
#define SAY(name, letter, arg, values, what, help) \
	TEXT(name, letter, arg, values, said[EV_SAY_##what], help)
#define LIST(name, arg, field, help) \
	{ name, '\0', EV_OPT_LIST, false, arg, NULL, help, \
	    offsetof(struct ev_emit_options, field), NULL }

const struct ev_opt ev_emit_field_options[EV_EMIT_FIELD_OPTIONS] = {
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
	{ "git", '\0', EV_OPT_CALL, true, "REV", NULL,
	    "the data of a git commit, else of HEAD",
	    offsetof(struct ev_emit_options, git), set_git },
	{ "body", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "with --git: the body of the commit's message, too",
	    offsetof(struct ev_emit_options, body), NULL },
};

const struct ev_opt ev_emit_exec_options[EV_EMIT_EXEC_OPTIONS] = {
	{ "exec", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "run COMMAND, record one event of how it went",
	    offsetof(struct ev_emit_options, exec), NULL },
	TEXT("on-error", '\0', "TYPE", NULL, on_error,
	    "the event's type when the command fails"),
	{ "argv", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "its words as they are, too",
	    offsetof(struct ev_emit_options, argv), NULL },
};

const struct ev_opt ev_emit_write_options[EV_EMIT_WRITE_OPTIONS] = {
	TEXT("keep-level", '\0', "LEVEL", "audit ops debug", keep_level,
	    "do not write events below this level"),
	TEXT("on-conflict", '\0', "HOW", "write skip error", on_conflict,
	    "when the log has the id with other content"),
	TEXT("sync", '\0', "HOW", "none data full", sync,
	    "what is on the disk before the id is printed"),
	{ "atomic", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "all events of standard input, or none",
	    offsetof(struct ev_emit_options, atomic), NULL },
	{ "best-effort", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "never fail and never hold the caller up: for hooks",
	    offsetof(struct ev_emit_options, best_effort), NULL },
	{ "timeout", '\0', EV_OPT_CALL, false, "TIME", NULL,
	    "with --best-effort: how long the caller waits at most (2s)",
	    offsetof(struct ev_emit_options, timeout_ms), set_timeout },
	{ "dry-run", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "write nothing, print the line",
	    offsetof(struct ev_emit_options, dry_run), NULL },
	{ "no-redact", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "write secrets as they are",
	    offsetof(struct ev_emit_options, no_redact), NULL },
	TEXT("output", 'o', "FORMAT", "id json", output,
	    "print the id or the whole line"),
};
/* clang-format on */

static void
override(struct ev_settings *settings, enum ev_setting which, const char *value)
{
	if (value != NULL)
		ev_setting_put(settings, which, value);
}

void
ev_emit_settle(
    const struct ev_emit_options *options, struct ev_settings *settings)
{
	const char *const *said = options->said;

	override(settings, EV_SET_ACTOR, said[EV_SAY_ACTOR]);
	override(settings, EV_SET_SESSION, said[EV_SAY_SESSION]);
	override(settings, EV_SET_CORRELATION, said[EV_SAY_CORRELATION]);
	override(settings, EV_SET_CAUSED_BY, said[EV_SAY_PARENT]);
	override(settings, EV_SET_LEVEL, options->keep_level);
	override(settings, EV_SET_SYNC, options->sync);
}

static int
check_command(const struct ev_emit_options *options, int argc,
    struct ev_argv_rest rest, struct ev_err *err)
{
	if (!options->exec && options->argv)
		return ev_fail(err, "--argv: only with --exec");
	if (!options->exec && options->on_error != NULL)
		return ev_fail(err, "--on-error: only with --exec");
	if (!options->exec)
		return 0;
	if (rest.behind < 0 || rest.behind == argc)
		return ev_fail(err, "--exec: no COMMAND behind --");
	if (rest.behind == rest.first)
		return ev_fail(err, "--exec: no TYPE before --");
	return 0;
}

int
ev_emit_operands(const struct ev_emit_options *options, int argc,
    char *const *argv, struct ev_argv_rest rest, struct ev_err *err)
{
	char *const *operand = argv + rest.first;
	bool input = operand[0] != NULL && strcmp(operand[0], "-") == 0;

	if (check_command(options, argc, rest, err) == -1)
		return -1;
	if (operand[0] == NULL)
		return ev_fail(err,
		    "no TYPE, and no - for events on standard "
		    "input, see --help");
	if (operand[0][0] == '\0')
		return ev_fail(err, "TYPE is empty");
	if (input && options->exec)
		return ev_fail(err, "--exec: not with -");
	if (input && operand[1] != NULL)
		return ev_fail(err,
		    "'%s': no TYPE and no field can stand beside -, and a "
		    "file comes as <FILE",
		    operand[1]);
	if (!input && options->atomic)
		return ev_fail(err, "--atomic: only with -");
	if (input && options->said[EV_SAY_ID] != NULL)
		return ev_fail(err, "--id: not with -, whose events are many");
	return 0;
}

struct ev_redact *
ev_emit_redactor(
    const struct ev_emit_options *options, const struct ev_settings *settings)
{
	struct ev_redact *redact;
	const char *key;
	size_t i;

	if (options->no_redact)
		return NULL;
	redact = ev_redact_new();
	for (i = 0; (key = ev_setting_redact(settings, i)) != NULL; i++)
		ev_redact_key(redact, key);
	return redact;
}

int
ev_emit_say(const struct ev_emit_options *options, struct ev_given *given,
    bool utc, struct ev_err *err)
{
	enum ev_say what;

	for (what = 0; what < EV_SAYS; what++)
		if (options->said[what] != NULL && what != EV_SAY_PARENT &&
		    ev_given_say(
			given, what, options->said[what], false, err) == -1)
			return -1;
	if (ev_given_list(given, EV_SAY_ARCHETYPE, &options->archetype, err) ==
		-1 ||
	    ev_given_list(given, EV_SAY_SKILL, &options->skill, err) == -1)
		return -1;
	if (options->time == NULL)
		return 0;
	return ev_given_time(given, options->time, utc, err);
}
