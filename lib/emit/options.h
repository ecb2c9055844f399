/*
 * options: the options of ev-emit and what they fill (3-commands 3.2).
 */
#ifndef EV_EMIT_OPTIONS_H
#define EV_EMIT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "cli/argv.h"
#include "cli/opt.h"
#include "cli/setting.h"
#include "emit/given.h"

struct ev_emit_options {
	const char	*said[EV_SAYS];	/* but for the two lists */
	struct ev_list	 archetype, skill;
	const char	*time, *keep_level, *on_conflict, *sync, *output;
	const char	*git;		/* REV; NULL: not given */
	const char	*on_error;	/* TYPE */
	bool		 exec, argv;
	bool		 body, dry_run, no_redact, best_effort, atomic;
	int64_t		 timeout_ms;	/* 0: not given */
};

/* The rows of what goes into the event, of a command that it tells of, and of
 * how it is written. */
#define EV_EMIT_FIELD_OPTIONS 18
#define EV_EMIT_EXEC_OPTIONS 3
#define EV_EMIT_WRITE_OPTIONS 9
extern const struct ev_opt ev_emit_field_options[EV_EMIT_FIELD_OPTIONS];
extern const struct ev_opt ev_emit_exec_options[EV_EMIT_EXEC_OPTIONS];
extern const struct ev_opt ev_emit_write_options[EV_EMIT_WRITE_OPTIONS];

/* Puts the options that stand for a setting over it. */
void	ev_emit_settle(const struct ev_emit_options *options,
	    struct ev_settings *settings);

/*
 * Do the operands go with the options?  A command of --exec stands behind the
 * "--" that ends TYPE and fields.  0 or -1.
 */
int	ev_emit_operands(const struct ev_emit_options *options, int argc,
	    char *const *argv, struct ev_argv_rest rest, struct ev_err *err);

/*
 * What takes secrets out, told the keys that the settings name, for
 * ev_redact_free; NULL with --no-redact.
 */
struct ev_redact *ev_emit_redactor(const struct ev_emit_options *options,
	    const struct ev_settings *settings);

/*
 * Gives what options say to the events, but for -p: its words ask the log
 * (emit/cause.h).  -1: one of them is not allowed.
 */
int	ev_emit_say(const struct ev_emit_options *options,
	    struct ev_given *given, bool utc, struct ev_err *err);

#endif
