/*
 * given: what the caller says about every event of a run, by options and by
 * the environment.
 */
#ifndef EV_EMIT_GIVEN_H
#define EV_EMIT_GIVEN_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/opt.h"
#include "cli/setting.h"
#include "emit/commit.h"
#include "emit/ran.h"
#include "emit/redact.h"
#include "emit/shape.h"
#include "event/custom.h"

/* One thing that an option can put into an event. */
struct ev_said {
	struct ev_buf	raw;		/* JSON; n == 0: not said */
	bool		ambient;	/* by the environment or a config */
};

struct ev_given {
	const struct ev_shape	*shape;		/* of -d */
	struct ev_said		 said[EV_SAYS];
	struct timespec		 time;		/* --time */
	bool			 timed;		/* --time was given */
	int			 keep_level;	/* enum ev_level; -1: all */
	size_t			 max_line;	/* bytes of a line */
	const struct ev_custom	*custom;	/* the user's dialects, or NULL */
	bool			 unsure;	/* they are wrong: a line of no
						 * dialect may be one of theirs */
	const struct ev_settings *settings;
	const char		*dir;		/* in whose git config the user's
						 * name may stand; or NULL */
	const struct ev_said_commit *git;	/* --git; NULL: not given */
	const struct ev_said_ran *ran;		/* --exec; NULL: not given */
	struct ev_redact	*redact;	/* NULL: no secret is looked for */
	struct ev_buf		 actor;		/* found, JSON; n == 0: not yet */
	char			*who;		/* the name that it was found by, where
						 * nobody said one */
};

/*
 * Takes what the settings say: dialect, session, correlation, the level to
 * keep, the longest line.  custom and unsure are set
 * before.  Borrows the settings.  The dialect must be one that
 * is written, unless events come as lines (lines): then shape may stay NULL.
 */
int	ev_given_settings(struct ev_given *given,
	    const struct ev_settings *settings, bool lines,
	    struct ev_err *err);
/* Takes --time, in the grammar of text/when.h. */
int	ev_given_time(struct ev_given *given, const char *text, bool utc,
	    struct ev_err *err);

/*
 * Takes the text of an option or, ambient, of a setting: numbers, levels and
 * texts by ev_says.  -1: it is not what the option may be.
 */
int	ev_given_say(struct ev_given *given, enum ev_say what, const char *text,
	    bool ambient, struct ev_err *err);
/* The same for a repeatable option whose arguments are comma lists. */
int	ev_given_list(struct ev_given *given, enum ev_say what,
	    const struct ev_list *list, struct ev_err *err);

/*
 * What was said for a member as it must stand there (a level as visibility,
 * "true" as a bool); n == 0: nothing was.  Good as long as *given is.
 */
struct ev_slice ev_given_for(const struct ev_given *given,
	    const struct ev_shape *shape, enum ev_say what);

/*
 * Who emits, as JSON: -a, EV_ACTOR, BD_ACTOR, git's user.name, the login name
 * (3-commands 3.1).  Looked up once.  -1: none is known, or it is not UTF-8.
 */
int	ev_given_actor(struct ev_given *given, struct ev_slice *raw,
	    struct ev_err *err);

/*
 * Takes the secrets out of the JSON value of a member, in place.  True: there
 * were some, and it has moved.
 */
bool	ev_given_redact(const struct ev_given *given, const char *member,
	    struct ev_buf *json);

#endif
