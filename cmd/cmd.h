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

/* Exit statuses of all commands (5-house 5.2). */
enum { CMD_OK = 0, CMD_NO = 1, CMD_FAIL = 2, CMD_TIMEOUT = 124 };

/* What the options of all commands fill. */
struct cmd_common {
	const char	*store;		/* -S */
	const char	*color;		/* --color WHEN */
	const char	*dialect;	/* -d */
	bool		 utc, quiet, strict, help, version, list, show;
	int		 verbose;
	size_t		 max_line;
	long		 threads;
};

struct cmd {
	const char		*name;	/* "ev-tail" */
	const char		*usage;	/* lines for --help */
	struct cmd_common	 common;
	const struct ev_opt_group *groups;
	size_t			 ngroups;
	struct ev_settings	*settings;
};

/* The rows of all commands, and those of readers only. */
extern const struct ev_opt cmd_common_options[];
extern const size_t cmd_common_count;
extern const struct ev_opt cmd_reader_options[];
extern const size_t cmd_reader_count;

/*
 * Before anything else: descriptors 0 to 2 are open, SIGPIPE ends silently,
 * the locale is the user's but numbers are C's.
 */
void	cmd_start(struct cmd *cmd);

/*
 * Parses argv and answers --help, --version and --list-options (which end the
 * process).  Gives the index of the first operand; a wrong option ends with 2.
 */
int	cmd_options(struct cmd *cmd, int argc, char **argv, bool in_order);

/* "ev-tail: …" on stderr, untrusted bytes escaped. */
void	cmd_warn(const struct cmd *cmd, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* cmd_warn and exit status 2. */
void	cmd_die(const struct cmd *cmd, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3), noreturn));

/* Bytes to stdout (buffered); an error there ends with 2. */
void	cmd_print(const struct cmd *cmd, const void *p, size_t n);
/* Flushes and closes stdout; the only successful way out: gives `status`, or 2
 * with a message when output was lost. */
int	cmd_finish(const struct cmd *cmd, int status);

#endif
