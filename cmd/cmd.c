#include "cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/argv.h"
#include "cli/defaults.h"
#include "cli/help.h"
#include "cli/knob.h"
#include "out/escape.h"

#define OPT(field) offsetof(struct cmd_common, field)
#define BUFFER 65536

/* clang-format off */
const struct ev_opt cmd_common_options[CMD_COMMON_OPTIONS] = {
	{ "store", 'S', EV_OPT_TEXT, false, "PATH", NULL,
	    "the log file, or the directory that holds one", OPT(store),
	    NULL },
	{ "dialect", 'd', EV_OPT_TEXT, false, "NAME", NULL,
	    "the dialect to write; in readers the one that every line has",
	    OPT(dialect), NULL },
	{ "color", '\0', EV_OPT_TEXT, false, "WHEN", "auto always never",
	    "colour the output: auto, always or never", OPT(color), NULL },
	{ "utc", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "read and show times without a zone as UTC", OPT(utc), NULL },
	{ "quiet", 'q', EV_OPT_FLAG, false, NULL, NULL,
	    "say less", OPT(quiet), NULL },
	{ "verbose", 'v', EV_OPT_COUNT, false, NULL, NULL,
	    "say more", OPT(verbose), NULL },
	{ "show-config", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print every setting and where it came from", OPT(show), NULL },
	{ "list-options", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print the options for completions", OPT(list), NULL },
	{ "help", 'h', EV_OPT_FLAG, false, NULL, NULL,
	    "print this help", OPT(help), NULL },
	{ "version", 'V', EV_OPT_FLAG, false, NULL, NULL,
	    "print the version", OPT(version), NULL },
};

const struct ev_opt cmd_reader_options[CMD_READER_OPTIONS] = {
	{ "strict", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "end with status 2 at the first damaged line", OPT(strict), NULL },
	{ "max-line", '\0', EV_OPT_SIZE, false, "SIZE", NULL,
	    "count longer lines as damaged (64M)", OPT(max_line), NULL },
	{ "threads", '\0', EV_OPT_NUMBER, false, "N", NULL,
	    "use N threads for large files (one per core)", OPT(threads),
	    NULL },
};
/* clang-format on */

static struct {
	char p[BUFFER];
	size_t n;
} out;

/* How the process ends when it ends by itself. */
static struct {
	bool registered;
	int status;
	void (*instead)(void);
} last;

/*
 * A descriptor that was closed when we started must not become a log: take it
 * with /dev/null opened the wrong way round, so that its use fails.
 */
static void
take_descriptors(void)
{
	static const int wrong_way[] = { O_WRONLY, O_RDONLY, O_RDONLY };
	struct pollfd fds[3];
	int fd;

#ifdef EV_MUTANT_OPEN_DESCRIPTORS
	return;
#endif
	for (fd = 0; fd < 3; fd++)
		fds[fd] = (struct pollfd){ fd, 0, 0 };
	if (poll(fds, 3, 0) <= 0)
		return;
	/* from the lowest up: open(2) gives the lowest that is free */
	for (fd = 0; fd < 3; fd++)
		if ((fds[fd].revents & POLLNVAL) != 0 &&
		    open("/dev/null", wrong_way[fd]) != fd)
			_exit(CMD_FAIL);
}

/*
 * Signals as most callers leave them: where SIGCHLD is ignored nobody learns
 * how a child ended, and a reader that goes away ends us by SIGPIPE.
 */
static void
take_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	sigaddset(&set, SIGCHLD);
	signal(SIGPIPE, SIG_DFL);
#ifndef EV_MUTANT_INHERITED_SIGNALS
	signal(SIGCHLD, SIG_DFL);
#endif
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void
cmd_start(void)
{
	take_descriptors();
	take_signals();
}

static void
answer(const struct cmd *cmd, struct ev_buf *text)
{
	cmd_print(cmd, text->p, text->n);
	ev_buf_clear(text);
	last.instead = NULL;
	exit(cmd_finish(cmd, CMD_OK));
}

int
cmd_options(struct cmd *cmd, int argc, char **argv, bool in_order)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_argv_rest rest;
	struct ev_err err;

	if (ev_argv_parse(cmd->groups, cmd->ngroups, argc, argv, in_order,
		&rest, &err) == -1)
		cmd_die(cmd, "%s", err.text);
	if (cmd->common.help)
		ev_opt_help(cmd->groups, cmd->ngroups, cmd->usage, &text);
	else if (cmd->common.version)
		ev_buf_addf(&text, "%s (ev) %s\n", cmd->name, EV_VERSION);
	else if (cmd->common.list)
		ev_opt_list(cmd->groups, cmd->ngroups, &text);
	if (text.n > 0)
		answer(cmd, &text);
	cmd->behind = rest.behind;
	return rest.first;
}

void
cmd_settings(struct cmd *cmd, struct ev_place *place)
{
	const struct cmd_common *common = &cmd->common;
	struct ev_err err;
	char number[32];

	if (cmd->harmless)
		cmd->settings = ev_defaults_best(place, &err);
	else
		cmd->settings = ev_defaults_read(place, &err);
	if (cmd->settings == NULL)
		cmd_die(cmd, "%s", err.text);
	if (cmd->harmless && err.text[0] != '\0')
		cmd_warn(cmd, "%s", err.text);
	if (common->store != NULL)
		ev_setting_put(cmd->settings, EV_SET_STORE, common->store);
	if (common->dialect != NULL)
		ev_setting_put(cmd->settings, EV_SET_DIALECT, common->dialect);
	if (common->color != NULL)
		ev_setting_put(cmd->settings, EV_SET_COLOR, common->color);
	if (common->max_line > 0) {
		snprintf(number, sizeof(number), "%zu", common->max_line);
		ev_setting_put(cmd->settings, EV_SET_MAX_LINE, number);
	}
	if (common->threads != 0) {
		snprintf(number, sizeof(number), "%ld", common->threads);
		if (ev_knob_check(&ev_knobs[EV_SET_THREADS], "--threads",
			number, &err) == -1)
			cmd_die(cmd, "%s", err.text);
		ev_setting_put(cmd->settings, EV_SET_THREADS, number);
	}
}

unsigned
cmd_threads(const struct cmd *cmd)
{
	const char *threads = ev_setting(cmd->settings, EV_SET_THREADS);

	return threads != NULL ? (unsigned)strtoul(threads, NULL, 10) : 0;
}

void
cmd_show_config(const struct cmd *cmd)
{
	struct ev_buf text = EV_BUF_INIT;

	if (!cmd->common.show)
		return;
	ev_settings_show(cmd->settings, &text);
	answer(cmd, &text);
}

__attribute__((format(printf, 2, 0))) static void
say(const struct cmd *cmd, const char *fmt, va_list ap)
{
	struct ev_buf line = EV_BUF_INIT;
	char text[2048];
	int n;

	n = vsnprintf(text, sizeof(text), fmt, ap);
	if (n < 0)
		return;
	ev_buf_addf(&line, "%s: ", cmd->name);
	ev_escape(&line, ev_slice_of(text));
	ev_buf_addc(&line, '\n');
	if (cmd->progress != NULL)
		ev_progress_hide(cmd->progress);
	if (ev_write_all(STDERR_FILENO, line.p, line.n) == -1)
		errno = 0; /* nobody is there to be told */
	ev_buf_clear(&line);
}

void
cmd_leave(void)
{
	if (last.instead != NULL)
		last.instead();
	_exit(last.status);
}

/* Wherever exit is called, also without memory. */
static void
register_leave(void)
{
	if (!last.registered && atexit(cmd_leave) == 0)
		last.registered = true;
}

void
cmd_ends_with(int status)
{
	last.status = status;
	last.instead = NULL;
	register_leave();
}

void
cmd_instead(void (*instead)(void))
{
	last.instead = instead;
	if (instead != NULL)
		register_leave();
}

void
cmd_harmless(struct cmd *cmd)
{
	cmd->harmless = true;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	last.status = CMD_OK;
	register_leave();
}

void
cmd_warn(const struct cmd *cmd, const char *fmt, ...)
{
	va_list ap;

	if (cmd->harmless && cmd->common.quiet)
		return;
	va_start(ap, fmt);
	say(cmd, fmt, ap);
	va_end(ap);
}

void
cmd_die(const struct cmd *cmd, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(cmd, fmt, ap);
	va_end(ap);
	/* the last word has what is registered for the end, if anything is */
	exit(cmd->harmless ? CMD_OK : CMD_FAIL);
}

static int
put(const void *p, size_t n)
{
	return n > 0 ? ev_write_all(STDOUT_FILENO, p, n) : 0;
}

void
cmd_flush(const struct cmd *cmd)
{
	size_t n = out.n;

	out.n = 0;
	if (put(out.p, n) == -1)
		cmd_die(cmd, "cannot write to standard output: %s",
		    strerror(errno));
}

void
cmd_print(const struct cmd *cmd, const void *p, size_t n)
{
	if (n > sizeof(out.p) - out.n)
		cmd_flush(cmd);
	if (n > sizeof(out.p)) {
		if (put(p, n) == -1)
			cmd_die(cmd, "cannot write to standard output: %s",
			    strerror(errno));
		return;
	}
	if (n > 0)
		memcpy(out.p + out.n, p, n);
	out.n += n;
}

void
cmd_told(void *cmd, const char *text)
{
	cmd_warn(cmd, "%s", text);
}

void
cmd_put(void *cmd, const void *p, size_t n)
{
	cmd_print(cmd, p, n);
}

void
cmd_put_out(void *cmd)
{
	cmd_flush(cmd);
}

int
cmd_finish(const struct cmd *cmd, int status)
{
	cmd_flush(cmd);
	if (close(STDOUT_FILENO) == -1 && errno != EBADF && errno != EINTR)
		cmd_die(cmd, "cannot write to standard output: %s",
		    strerror(errno));
	return status;
}
