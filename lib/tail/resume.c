#include "tail/resume.h"

#include "text/when.h"

#define OPT(field) offsetof(struct ev_resume, field)
#define BATCH 100

/* clang-format off */
const struct ev_opt ev_resume_options[EV_RESUME_OPTIONS] = {
	{ "cursor", '\0', EV_OPT_TEXT, false, "NAME", NULL,
	    "what this reader did not have yet; remember how far it came",
	    OPT(cursor), NULL },
	{ "cursors", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "list the cursors of the log and how far they are behind",
	    OPT(cursors), NULL },
	{ "forget", '\0', EV_OPT_TEXT, false, "NAME", NULL,
	    "remove a cursor", OPT(forget), NULL },
	{ "deliver", '\0', EV_OPT_TEXT, false, "CMD", NULL,
	    "batches of events as the input of a shell command; the cursor "
	    "moves when it exits with 0", OPT(deliver), NULL },
	{ "batch", '\0', EV_OPT_POSITIVE, false, "N", NULL,
	    "at most N events in a batch (100)", OPT(batch), NULL },
	{ "batch-wait", '\0', EV_OPT_TEXT, false, "D", NULL,
	    "with -f: how long a smaller batch waits for more (0)",
	    OPT(batch_wait), NULL },
};
/* clang-format on */

/* What a cursor does not go with; NULL: with all. */
static const char *
unlike_cursor(const struct ev_tail_options *options)
{
	if (options->reverse)
		return "-r";
	if (options->count)
		return "--count";
	return options->follow && options->lines != NULL ? "-n with -f" : NULL;
}

static int
check_deliver(const struct ev_resume *resume,
    const struct ev_tail_options *options, bool out, struct ev_err *err)
{
	bool batch = resume->batch != 0 || resume->batch_wait != NULL;

	if (resume->deliver == NULL && batch)
		return ev_fail(err,
		    "--batch and --batch-wait are for "
		    "--deliver");
	if (resume->deliver == NULL)
		return 0;
	/* an unset variable, most likely; the shell would call it done */
	if (*resume->deliver == '\0')
		return ev_fail(err, "--deliver: the command is empty");
	if (resume->cursor == NULL)
		return ev_fail(err,
		    "--deliver needs --cursor: what was delivered is "
		    "remembered there");
	if (options->wait || options->head || out)
		return ev_fail(err,
		    "--deliver gives events to its command: "
		    "--wait, --head and --out do not go with "
		    "it");
	return 0;
}

int
ev_resume_check(const struct ev_resume *resume,
    const struct ev_tail_options *options, bool out, struct ev_err *err)
{
	const char *unlike;

	if ((resume->cursors || resume->forget != NULL) &&
	    (resume->cursor != NULL || options->follow || options->wait ||
		options->head || options->after != NULL ||
		options->lines != NULL || options->reverse || options->unique ||
		(resume->cursors && resume->forget != NULL)))
		return ev_fail(err,
		    "--cursors and --forget stand alone, with a log and, for "
		    "--cursors, filters and -o");
	if (check_deliver(resume, options, out, err) == -1)
		return -1;
	unlike = resume->cursor != NULL ? unlike_cursor(options) : NULL;
	if (unlike != NULL)
		return ev_fail(err,
		    "a cursor goes on in log order, event by event: %s does "
		    "not go with --cursor",
		    unlike);
	return 0;
}

int
ev_resume_apply(const struct ev_resume *resume,
    const struct ev_tail_options *options, struct ev_limit *limit,
    struct ev_consume *consume, struct ev_err *err)
{
	if (limit->kind == EV_LIMIT_FROM)
		return ev_fail(err,
		    "-n +N skips events, and a cursor skips none: give -n N, "
		    "the first N, or none");
	consume->limited = limit->kind == EV_LIMIT_LAST;
	consume->most = limit->n;
	*limit = (struct ev_limit){ EV_LIMIT_ALL, 0 };
	consume->after = options->after;
	consume->once = !options->follow && !options->wait;
	consume->deliver.command = resume->deliver;
	consume->deliver.forever = options->follow;
	consume->batch = resume->batch > 0 ? (uint64_t)resume->batch : BATCH;
	if (resume->batch_wait != NULL &&
	    ev_when_duration(resume->batch_wait, &consume->batch_wait, err) ==
		-1)
		return -1;
	return 0;
}
