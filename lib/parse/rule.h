/*
 * rule: lines that tell of a failure, or of what later lines mean.
 *
 * A rule is a row: whose it is, what stands in each such line, the pattern, and
 * what its groups are.
 */
#ifndef EV_PARSE_RULE_H
#define EV_PARSE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "parse/work.h"

#define EV_RULE_GROUPS 9

/* What a rule's type is. */
enum ev_by {
	EV_BY_TYPE,		/* the row's */
	EV_BY_EXCEPTION,	/* by class and message (parse/class.h) */
	EV_BY_COMPILER,		/* by level, code and message */
	EV_BY_LINTER,		/* by level and message */
	EV_BY_NONE		/* it begins no finding: act does it all */
};

/* The groups of a match by their meaning; n == 0 where there is none. */
struct ev_match {
	const struct ev_rule *rule;
	struct ev_slice	line;		/* the whole line */
	struct ev_slice	file, at, column, message, code, level, class, test;
};

struct ev_rule {
	unsigned	 tools;		/* of enum ev_tool */
	const char	*tool;		/* the event's source; NULL: by file */
	const char	*needle;	/* stands in every such line; or NULL */
	const char	*also;		/* and this; or NULL */
	const char	*pattern;
	/*
	 * One letter for each group: f file, l line, c column, m message,
	 * k code, s level, x class, t test, '-' nothing.
	 */
	const char	*groups;
	enum ev_by	 by;
	const char	*type;		/* EV_BY_TYPE */
	/* a sum: left out when a failure of this type was told */
	bool		 sum;
	/*
	 * Called with the match, after the finding was begun; false: the rule
	 * does not hold, the finding is forgotten.  NULL: nothing more to do.
	 */
	bool		(*act)(struct ev_work *work, const struct ev_match *m);
	ev_block	*block;		/* reads the lines behind it; or NULL */
};

/* A list of rules ends with a row without a pattern. */

struct ev_rules;

/* The rules of these tools, compiled when they are first needed. */
struct ev_rules *ev_rules_new(unsigned tools, const struct ev_rule *const *list);
void	ev_rules_free(struct ev_rules *rules);

/*
 * Asks the rules in their order; true: one held, and did what it says.  The
 * line is clean (parse/clean.h).
 */
bool	ev_rules_line(struct ev_rules *rules, struct ev_work *work,
	    struct ev_slice line);

#endif
