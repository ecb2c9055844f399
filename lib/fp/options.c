#include "fp/options.h"

#include <string.h>

#define OPT(field) offsetof(struct ev_fp_options, field)

/* clang-format off */
const struct ev_opt ev_fp_options[EV_FP_OPTIONS] = {
	{ "list", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "the distinct fingerprints: how often, when, what", OPT(list),
	    NULL },
	{ "new", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "of the list: first seen in the period of --in", OPT(fresh), NULL },
	{ "regressed", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "of the list: seen again after they were resolved",
	    OPT(regressed), NULL },
	{ "gone", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "of the list: seen before the period of --in, not in it",
	    OPT(gone), NULL },
	{ "baseline", '\0', EV_OPT_TEXT, false, "FILE", NULL,
	    "of the list: not in FILE, or in the log at this git revision; "
	    "status 1 when there is one", OPT(baseline), NULL },
	{ "dedupe", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "one event for each fingerprint and session, its richest copy",
	    OPT(dedupe), NULL },
	{ "window", '\0', EV_OPT_TEXT, false, "WINDOW", NULL,
	    "what --dedupe joins: the copies of a session (the default), of "
	    "this length of time, or all (none)", OPT(window), NULL },
	{ "resolve", '\0', EV_OPT_TEXT, false, "FP", NULL,
	    "record that the finding is resolved", OPT(resolve), NULL },
	{ "reopen", '\0', EV_OPT_TEXT, false, "FP", NULL,
	    "record that the finding is not resolved after all", OPT(reopen),
	    NULL },
	{ "commit", '\0', EV_OPT_TEXT, false, "REV", NULL,
	    "with --resolve: the commit that did it", OPT(commit), NULL },
	{ "components", '\0', EV_OPT_TEXT, false, "LIST", NULL,
	    "what a fingerprint is made of: type,message,file,line",
	    OPT(components), NULL },
	{ "algo", '\0', EV_OPT_TEXT, false, "NAME", "fp1 agentguard gep",
	    "how fingerprints are computed: fp1, agentguard, gep", OPT(algo),
	    NULL },
	{ "print", '\0', EV_OPT_TEXT, false, "KEY",
	    "fp signal-key env-key asset-id errsig",
	    "one key of each event: fp, signal-key, env-key, asset-id, errsig",
	    OPT(print), NULL },
	{ "generation", '\0', EV_OPT_TEXT, false, "VERSION",
	    "1.5.0 1.13.0 1.15.0 1.29.8",
	    "of env-key: 1.5.0 (the default), 1.13.0, 1.15.0, 1.29.8",
	    OPT(generation), NULL },
	{ "env", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "this machine's environment fingerprint and its key", OPT(env),
	    NULL },
	{ "check", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "compare stored asset ids and fingerprints with recomputed ones; "
	    "status 1 when one differs", OPT(check), NULL },
	{ "explain", '\0', EV_OPT_TEXT, false, "TEXT", NULL,
	    "show how a message is normalised, step by step", OPT(explain),
	    NULL },
	{ "from", '\0', EV_OPT_TEXT, false, "FORMAT",
	    "auto lines tap junit sarif gcc go cargo tsc eslint jest pytest "
	    "node python rust java github",
	    "read a tool's output and write its failures as events, for "
	    "ev-emit -", OPT(from), NULL },
	{ "follow", 'f', EV_OPT_FLAG, false, NULL, NULL,
	    "go on with events as they are written", OPT(follow), NULL },
	{ "output", 'o', EV_OPT_TEXT, false, "FORMAT",
	    "table json jsonl csv tsv md prom html short",
	    "events: jsonl (off a terminal), short (on one); lists: "
	    "table, json, jsonl, csv, tsv, md, prom, html", OPT(output), NULL },
	{ "null", '0', EV_OPT_FLAG, false, NULL, NULL,
	    "records end in NUL", OPT(nul), NULL },
};
/* clang-format on */

/* Each of these is a question of its own. */
static int
choose(const struct ev_fp_options *o, enum ev_fp_ask *ask, struct ev_err *err)
{
	const struct {
		const char *name;
		bool given;
		enum ev_fp_ask ask;
	} asks[] = {
		{ "--list",
		    o->list || o->fresh || o->regressed || o->gone ||
			o->baseline != NULL,
		    EV_FP_LIST },
		{ "--dedupe", o->dedupe, EV_FP_DEDUPE },
		{ "--resolve", o->resolve != NULL, EV_FP_SETTLE },
		{ "--reopen", o->reopen != NULL, EV_FP_SETTLE },
		{ "--print", o->print != NULL, EV_FP_PRINT },
		{ "--check", o->check, EV_FP_CHECK },
		{ "--env", o->env, EV_FP_ENV },
		{ "--explain", o->explain != NULL, EV_FP_EXPLAIN },
		{ "--from", o->from != NULL, EV_FP_FROM },
	};
	const char *name = NULL;
	size_t i;

	*ask = EV_FP_EVENTS;
	for (i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		if (!asks[i].given)
			continue;
		if (name != NULL)
			return ev_fail(err, "%s and %s: one question at a time",
			    name, asks[i].name);
		name = asks[i].name;
		*ask = asks[i].ask;
	}
	return 0;
}

/* The formats of an answer. */
static int
check_output(
    const struct ev_fp_options *o, enum ev_fp_ask ask, struct ev_err *err)
{
	bool event, row;

	if (o->output == NULL)
		return 0;
	event = strcmp(o->output, "short") == 0;
	row = !event && strcmp(o->output, "jsonl") != 0;
	if ((ask == EV_FP_EVENTS && row) || (ask == EV_FP_LIST && event) ||
	    (ask == EV_FP_DEDUPE && (row || event)))
		return ev_fail(err, "-o %s: not a format of %s", o->output,
		    ask == EV_FP_LIST ? "lists" : "events");
	if (ask != EV_FP_EVENTS && ask != EV_FP_LIST && ask != EV_FP_DEDUPE)
		return ev_fail(err, "-o does not go with what is asked");
	return 0;
}

/* What would do nothing for this question. */
static int
check_idle(const struct ev_fp_options *o, enum ev_fp_ask ask, bool filtered,
    struct ev_err *err)
{
	bool events =
	    ask == EV_FP_EVENTS || ask == EV_FP_DEDUPE || ask == EV_FP_PRINT;
	bool reads = events || ask == EV_FP_LIST || ask == EV_FP_CHECK;

	if (filtered && ask == EV_FP_FROM)
		return ev_fail(err,
		    "--from takes all of a tool's output: filter its events, "
		    "as in ... | ev-tail -n all -t 'Test*' -");
	if (filtered && !reads)
		return ev_fail(
		    err, "filters are for events, of which none is read here");
	if ((o->components != NULL || o->algo != NULL) && !reads &&
	    ask != EV_FP_SETTLE)
		return ev_fail(err,
		    "--components and --algo are for events that are read");
	if (o->nul && !events)
		return ev_fail(
		    err, "-0: only for events, --print and --dedupe");
	return 0;
}

int
ev_fp_asks(const struct ev_fp_options *o, bool filtered, size_t count,
    enum ev_fp_ask *ask, struct ev_err *err)
{
	bool alone;

	if (choose(o, ask, err) == -1 || check_output(o, *ask, err) == -1 ||
	    check_idle(o, *ask, filtered, err) == -1)
		return -1;
	if (o->follow && *ask != EV_FP_EVENTS && *ask != EV_FP_PRINT &&
	    *ask != EV_FP_DEDUPE)
		return ev_fail(
		    err, "-f: only for events, --print and --dedupe");
	if (o->window != NULL && !o->dedupe)
		return ev_fail(err, "--window: only with --dedupe");
	if (o->commit != NULL && o->resolve == NULL)
		return ev_fail(err, "--commit: only with --resolve");
	if (o->generation != NULL && !o->env &&
	    (o->print == NULL || strcmp(o->print, "env-key") != 0))
		return ev_fail(
		    err, "--generation: only with --print=env-key and --env");
	if (o->components != NULL && o->algo != NULL &&
	    strcmp(o->algo, "gep") == 0)
		return ev_fail(err,
		    "--components: an error signature of --algo=gep has none");
	alone =
	    *ask == EV_FP_ENV || *ask == EV_FP_EXPLAIN || *ask == EV_FP_SETTLE;
	if (alone && count > 0)
		return ev_fail(err, "no file is read here%s",
		    *ask == EV_FP_SETTLE ? " but the store (-S)" : "");
	return 0;
}
