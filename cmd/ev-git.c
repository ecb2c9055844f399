#include <stdint.h>
#include <string.h>

#include "gits.h"
#include "text/nearest.h"

#define OPT(field) offsetof(struct git_options, field)

/* clang-format off */
static const struct ev_opt rows[] = {
	{ "hooks", '\0', EV_OPT_TEXT, false, "LIST", NULL,
	    "only these hooks, parted by commas (all)", OPT(hooks), NULL },
	{ "track", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "the log is to be committed, and merged by ev-git", OPT(track),
	    NULL },
	{ "dry-run", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "change nothing, say what would be done", OPT(dry_run), NULL },
	{ "all", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "all that branches, tags, remotes and HEAD reach", OPT(all), NULL },
	{ "cached", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "the log as it is staged, not the file", OPT(cached), NULL },
};
/* clang-format on */

static const char usage[] =
    "usage: ev-git install [--hooks LIST] [--track] [--dry-run]\n"
    "       ev-git uninstall [--dry-run]\n"
    "       ev-git status\n"
    "       ev-git hook NAME [ARG ...]\n"
    "       ev-git backfill RANGE ... | --all\n"
    "       ev-git merge %O %A %B [%P]\n"
    "       ev-git blame ID\n"
    "       ev-git check [--cached] [REV]\n";

static const struct sub {
	const char *name;
	size_t first, count; /* of its rows */
	size_t least, most;  /* operands */
	int (*run)(struct git *g, char **args, size_t n);
} subs[] = {
	/* clang-format off */
	{ "install",	0, 3, 0, 0,		gits_install },
	{ "uninstall",	2, 1, 0, 0,		gits_uninstall },
	{ "status",	0, 0, 0, 0,		gits_status },
	{ "hook",	0, 0, 1, SIZE_MAX,	gits_hook },
	{ "backfill",	3, 1, 0, SIZE_MAX,	gits_backfill },
	{ "merge",	0, 0, 3, 4,		gits_merge },
	{ "blame",	0, 0, 1, 1,		gits_blame },
	{ "check",	4, 1, 0, 1,		gits_check },
	/* clang-format on */
};

#define SUBS (sizeof(subs) / sizeof(subs[0]))

static const struct sub *
find_sub(const struct git *g, const char *name)
{
	const char *names[SUBS + 1] = { NULL }, *near;
	size_t i;

	for (i = 0; i < SUBS; i++) {
		if (strcmp(subs[i].name, name) == 0)
			return &subs[i];
		names[i] = subs[i].name;
	}
	near = ev_nearest(ev_slice_of(name), names);
	cmd_die(&g->cmd, "'%s' is no command of ev-git, %s%s%s", name,
	    near != NULL ? "did you mean '" : "see --help",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
}

/* What stands before the name of the command in the command: only what all
 * commands have.  Gives the name's index. */
static int
leading_options(struct git *g, int argc, char **argv)
{
	static struct git_options early;
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Options", rows, &early),
		EV_OPT_GROUP("Common", cmd_common_options, &g->cmd.common),
	};
	int first;

	g->cmd.groups = groups;
	g->cmd.ngroups = 2;
	first = cmd_options(&g->cmd, argc, argv, true);
	if (early.hooks != NULL || early.track || early.dry_run || early.all ||
	    early.cached)
		cmd_die(&g->cmd,
		    "%s: options of a command stand behind its "
		    "name",
		    argv[first - 1]);
	return first;
}

/* The line of it, for as long as the process lives. */
static const char *
own_usage(const struct sub *sub)
{
	static struct ev_buf text;
	const char *line;

	ev_buf_addf(&text, "ev-git %s", sub->name);
	line = strstr(usage, ev_buf_str(&text));
	ev_buf_reset(&text);
	ev_buf_addf(&text, "usage: %.*s\n", (int)strcspn(line, "\n"), line);
	return ev_buf_str(&text);
}

/* Its own options and operands; gives the first operand's index. */
static int
own_options(struct git *g, const struct sub *sub, int argc, char **argv)
{
	const struct ev_opt_group groups[] = {
		{ "Options", rows + sub->first, sub->count, &g->opt },
		EV_OPT_GROUP("Common", cmd_common_options, &g->cmd.common),
	};
	bool hook = sub->run == gits_hook;
	size_t n;
	int first;

	g->cmd.groups = sub->count > 0 ? groups : groups + 1;
	g->cmd.ngroups = sub->count > 0 ? 2 : 1;
	g->cmd.usage = own_usage(sub);
	/* what git gives its hooks is no option of ours */
	first = cmd_options(&g->cmd, argc, argv, hook);
	n = (size_t)(argc - first);
	if (n < sub->least)
		cmd_die(&g->cmd, "%s: too few operands, see --help", sub->name);
	if (n > sub->most)
		cmd_die(&g->cmd, "%s: '%s' is one operand too many", sub->name,
		    argv[first + (int)sub->most]);
	return first;
}

int
main(int argc, char **argv)
{
	/* all memory goes with the process, which is short */
	static struct git g = { .cmd = { .name = "ev-git", .usage = usage },
		.site = EV_SITE_INIT,
		.place = EV_PLACE_INIT };
	const struct sub *sub;
	int first;

	cmd_start();
	if (argc > 1 && strcmp(argv[1], "hook") == 0)
		cmd_harmless(&g.cmd);
	first = leading_options(&g, argc, argv);
	if (g.cmd.common.show) {
		cmd_settings(&g.cmd, NULL);
		cmd_show_config(&g.cmd);
	}
	if (first == argc)
		cmd_die(&g.cmd, "no command, see --help");
	sub = find_sub(&g, argv[first]);
	argc -= first;
	argv += first;
	first = own_options(&g, sub, argc, argv);
	cmd_settings(&g.cmd, NULL);
	cmd_show_config(&g.cmd);
	return cmd_finish(
	    &g.cmd, sub->run(&g, argv + first, (size_t)(argc - first)));
}
