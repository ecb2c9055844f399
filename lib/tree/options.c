#include "tree/options.h"

#include <limits.h>
#include <string.h>

#include "tree/print.h"

#define OPT(field) offsetof(struct ev_tree_options, field)

/* clang-format off */
const struct ev_opt ev_tree_options[EV_TREE_OPTIONS] = {
	{ "root", '\0', EV_OPT_TEXT, false, "ID", NULL,
	    "only the tree that begins at this event", OPT(root), NULL },
	{ "ancestors", '\0', EV_OPT_TEXT, false, "ID", NULL,
	    "only this event and what it came from", OPT(ancestors), NULL },
	{ "descendants", '\0', EV_OPT_TEXT, false, "ID", NULL,
	    "only this event and what came of it", OPT(descendants), NULL },
	{ "why", '\0', EV_OPT_TEXT, false, "ID", NULL,
	    "the chain of causes from the first to this event", OPT(why),
	    NULL },
	{ "common", '\0', EV_OPT_TEXT, false, "A", NULL,
	    "the last event that A and B (an operand) both came from",
	    OPT(common), NULL },
	{ "by", '\0', EV_OPT_TEXT, false, "LINK", "parent correlation session",
	    "group by parent (as it is), correlation or session", OPT(by),
	    NULL },
	{ "link", '\0', EV_OPT_TEXT, false, "PATH", NULL,
	    "where the parent's id stands in events without parent or "
	    "caused_by", OPT(link), NULL },
	{ "order", '\0', EV_OPT_TEXT, false, "ORDER", "time file",
	    "children by time, or as the lines stand (file)", OPT(order),
	    NULL },
	{ "depth", '\0', EV_OPT_NUMBER, false, "N", NULL,
	    "at most N levels below the roots", OPT(depth), NULL },
	{ "label", '\0', EV_OPT_TEXT, false, "TEMPLATE", NULL,
	    "how events are shown: text with {field}", OPT(label), NULL },
	{ "streaks", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "the success streak of each capsule instead of a tree",
	    OPT(streaks), NULL },
	{ "output", 'o', EV_OPT_TEXT, false, "FORMAT", EV_TREE_FORMATS,
	    "utf8, ascii, dot, mermaid, json (nested), jsonl (rows), html",
	    OPT(output), NULL },
};
/* clang-format on */

/* A format that only a tree has. */
static bool
drawn(const char *format)
{
	return format != NULL &&
	    (strcmp(format, "dot") == 0 || strcmp(format, "mermaid") == 0 ||
		strcmp(format, "html") == 0);
}

/* An option of trees, or NULL. */
static const char *
of_trees(const struct ev_tree_options *options)
{
	if (options->by != NULL)
		return "--by";
	if (options->link != NULL)
		return "--link";
	if (options->order != NULL && strcmp(options->order, "file") != 0)
		return "--order=time";
	if (options->depth != LONG_MAX)
		return "--depth";
	return options->label != NULL ? "--label" : NULL;
}

int
ev_tree_options_walk(const struct ev_tree_options *options,
    enum ev_walk_kind *kind, const char **from, struct ev_err *err)
{
	const struct {
		const char *name, *id;
		enum ev_walk_kind kind;
	} walks[] = {
		{ "--root", options->root, EV_WALK_DOWN },
		{ "--ancestors", options->ancestors, EV_WALK_UP },
		{ "--descendants", options->descendants, EV_WALK_DOWN },
		{ "--why", options->why, EV_WALK_UP },
		{ "--common", options->common, EV_WALK_COMMON },
	};
	const char *name = NULL;
	size_t i;

	*kind = EV_WALK_ALL;
	*from = NULL;
	for (i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
		if (walks[i].id == NULL)
			continue;
		if (name != NULL)
			return ev_fail(err, "%s and %s: one walk at a time",
			    name, walks[i].name);
		name = walks[i].name;
		*kind = walks[i].kind;
		*from = walks[i].id;
	}
	if (options->depth < 0)
		return ev_fail(err, "--depth: a number from 0 on is needed");
	if (options->label != NULL && options->output != NULL &&
	    !ev_print_labels(options->output))
		return ev_fail(
		    err, "--label: -o %s has no labels", options->output);
	if (options->streaks && drawn(options->output))
		return ev_fail(err,
		    "--streaks makes no tree: -o %s does not go with it",
		    options->output);
	if (options->streaks && name == NULL)
		name = of_trees(options);
	if (options->streaks && name != NULL)
		return ev_fail(err,
		    "--streaks makes no tree: %s does not go with it", name);
	return 0;
}
