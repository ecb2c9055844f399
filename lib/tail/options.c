#include "tail/options.h"

#define OPT(field) offsetof(struct ev_tail_options, field)

/* clang-format off */
const struct ev_opt ev_tail_options[EV_TAIL_OPTIONS] = {
	{ "lines", 'n', EV_OPT_TEXT, false, "N", NULL,
	    "the last N (10), +N from match N on, or all", OPT(lines), NULL },
	{ "follow", 'f', EV_OPT_FLAG, false, NULL, NULL,
	    "print events as they are written, until interrupted",
	    OPT(follow), NULL },
	{ "head", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print the position that the log's end is now", OPT(head), NULL },
	{ "after", '\0', EV_OPT_TEXT, false, "POSITION", NULL,
	    "only what stands behind a position, or behind the event with this "
	    "id", OPT(after), NULL },
	{ "wait", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "wait for the first match from now on (or after --after), print it",
	    OPT(wait), NULL },
	{ "timeout", '\0', EV_OPT_TEXT, false, "D", NULL,
	    "wait no longer: status 124", OPT(timeout), NULL },
	{ "reverse", 'r', EV_OPT_FLAG, false, NULL, NULL,
	    "newest first", OPT(reverse), NULL },
	{ "unique", 'u', EV_OPT_FLAG, false, NULL, NULL,
	    "drop lines that are equal to one before", OPT(unique), NULL },
	{ "count", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print the number of matches", OPT(count), NULL },
};
/* clang-format on */

/* What -f goes with; NULL: with all. */
static const char *
unlike_follow(const struct ev_tail_options *options, bool out)
{
	if (options->reverse)
		return "-r";
	if (options->count)
		return "--count";
	return out ? "--out" : NULL;
}

int
ev_tail_options_check(
    const struct ev_tail_options *options, bool out, struct ev_err *err)
{
	const char *unlike =
	    options->follow ? unlike_follow(options, out) : NULL;

	if (options->wait &&
	    (options->follow || options->count || options->reverse ||
		options->lines != NULL))
		return ev_fail(err,
		    "--wait prints one event: -f, -n, -r and --count do not "
		    "go with it");
	if (options->head &&
	    (options->follow || options->wait || options->count ||
		options->reverse || options->unique || options->lines != NULL))
		return ev_fail(err,
		    "--head prints a position, no events: -f, --wait, -n, -r, "
		    "-u and --count do not go with it");
	if (options->timeout != NULL && !options->wait)
		return ev_fail(err, "--timeout is for --wait");
	if (unlike != NULL)
		return ev_fail(err,
		    "%s needs all events before it prints, and -f never has "
		    "them: give one or the other",
		    unlike);
	return 0;
}
