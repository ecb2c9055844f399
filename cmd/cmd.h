/*
 * cmd: what the mains share: start, options, messages, a clean end.
 */
#ifndef EV_CMD_H
#define EV_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "cli/opt.h"
#include "cli/setting.h"
#include "out/progress.h"
#include "store/place.h"

/* Exit statuses of all commands (5-house 5.2). */
enum { CMD_OK = 0, CMD_NO = 1, CMD_FAIL = 2, CMD_TIMEOUT = 124 };

/* What the options of all commands fill. */
struct cmd_common {
	const char	*store;		/* -S */
	const char	*dialect;	/* -d */
	const char	*color;		/* --color WHEN */
	bool		 utc, quiet, help, version, list, show;
	int		 verbose;
	/* readers */
	bool		 strict;
	size_t		 max_line;	/* 0: not given */
	long		 threads;	/* 0: not given */
};

struct cmd {
	const char		*name;	/* "ev-tail" */
	const char		*usage;	/* for --help: "usage: …", LF-ended */
	struct cmd_common	 common;
	const struct ev_opt_group *groups;
	size_t			 ngroups;
	bool			 harmless; /* see cmd_harmless */
	struct ev_settings	*settings;
	int			 behind; /* as ev_argv_rest has it */
	struct ev_progress	*progress; /* taken away before a message; or
					    * NULL */
};

/* The rows of all commands, and those of readers only. */
#define CMD_COMMON_OPTIONS 10
#define CMD_READER_OPTIONS 3
extern const struct ev_opt cmd_common_options[CMD_COMMON_OPTIONS];
extern const struct ev_opt cmd_reader_options[CMD_READER_OPTIONS];

/*
 * Before anything else: descriptors 0 to 2 are taken (a closed one by what
 * fails when it is used), SIGPIPE ends the process and SIGCHLD is not ignored,
 * whatever was inherited.  No locale is set: out/ asks for the character set
 * when it matters.
 */
void	cmd_start(void);

/*
 * Parses argv and answers --help, --version and --list-options (which end the
 * process).  Gives the index of the first operand; a wrong option ends with 2.
 */
int	cmd_options(struct cmd *cmd, int argc, char **argv, bool in_order);

/*
 * Reads the settings for a store (place may be NULL) and puts the options of
 * all commands over them; a wrong one ends with 2, or is left out after
 * cmd_harmless.
 */
void	cmd_settings(struct cmd *cmd, struct ev_place *place);
/* Answers --show-config, which ends the process; after the last
 * ev_setting_put. */
void	cmd_show_config(const struct cmd *cmd);
/* How many threads may read; 0: as many as there are cores. */
unsigned cmd_threads(const struct cmd *cmd);

/*
 * From now on whatever ends the process by itself ends it with status 0, and
 * -q silences all messages but the one of cmd_die.
 */
void	cmd_harmless(struct cmd *cmd);
/* From now on every end of the process has this status, a good one, too. */
void	cmd_ends_with(int status);
/* What is called when the process would end by itself, with --help and the
 * like excepted; until cmd_ends_with. */
void	cmd_instead(void (*instead)(void));
/* Ends the process as it would end by itself, at once, also in a handler of a
 * signal. */
void	cmd_leave(void) __attribute__((noreturn));

/* "ev-tail: …" on stderr, untrusted bytes escaped. */
void	cmd_warn(const struct cmd *cmd, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* cmd_warn and exit status 2. */
void	cmd_die(const struct cmd *cmd, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3), noreturn));

/* Bytes to stdout, buffered; an error there ends with 2. */
void	cmd_print(const struct cmd *cmd, const void *p, size_t n);
/* What is buffered goes out now. */
void	cmd_flush(const struct cmd *cmd);
/* The same three for the library, whose arg is the command: a message, bytes,
 * what is buffered. */
void	cmd_told(void *cmd, const char *text);
void	cmd_put(void *cmd, const void *p, size_t n);
void	cmd_put_out(void *cmd);

/* Flushes and closes stdout; the only successful way out: gives `status`, or 2
 * with a message when output was lost. */
int	cmd_finish(const struct cmd *cmd, int status);

#endif
