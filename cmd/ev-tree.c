/*
 * ev-tree: what came of what.
 */
#include <limits.h>
#include <string.h>

#include "reader.h"
#include "read/sources.h"
#include "tree/gather.h"
#include "tree/link.h"
#include "tree/options.h"
#include "tree/print.h"
#include "tree/seek.h"
#include "tree/streak.h"

static const char usage[] =
    "usage: ev-tree [options] [FILE ...]\n"
    "       ev-tree [options] --common A B [FILE ...]\n"
    "\n"
    "Prints the events of the store, or of the files, directories or standard\n"
    "input (-) that are named, as trees: each below the event it came from.\n";

struct tree {
	struct reader reader;
	struct ev_tree_options options;
	struct ev_gather gather;
	struct ev_labels *labels;
	struct ev_captions *captions; /* when most labels will be shown */
	enum ev_walk_kind walk;
	const char *from, *other; /* ids where the walk starts */
	struct ev_forest forest;
	struct ev_again *again;
	struct ev_event *ev;
	bool broken;
};

/* What was asked for, compiled: wrong usage is told whatever there is to
 * read. */
static void
compile(struct tree *tree)
{
	const struct ev_tree_options *options = &tree->options;
	struct reader *r = &tree->reader;
	struct ev_err err;
	size_t i;

	reader_compile(r);
	tree->gather.path = options->link;
	tree->gather.by_time =
	    options->order == NULL || strcmp(options->order, "time") == 0;
	tree->gather.group = -1;
	if (options->by != NULL && strcmp(options->by, "parent") != 0)
		tree->gather.group = ev_role_of(ev_slice_of(options->by));
	ev_model_want(r->model, EV_TYPE);
	for (i = 0; options->streaks && ev_streak_roles[i] != EV_ROLES; i++)
		ev_model_want(r->model, ev_streak_roles[i]);
	if (ev_gather_want(&tree->gather, r->model, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	tree->labels = ev_labels_new(options->label, r->model, &err);
	if (tree->labels == NULL)
		cmd_die(&r->cmd, "--%s", err.text);
	if (tree->walk != EV_WALK_ALL || options->depth != LONG_MAX ||
	    (options->output != NULL && !ev_print_labels(options->output)))
		return;
	tree->captions = ev_captions_new();
	tree->gather.captions = tree->captions;
	tree->gather.labels = tree->labels;
}

/* The node of an id; false: there is none, which was told. */
static bool
seek(struct tree *tree, const char *id, uint32_t *node)
{
	struct reader *r = &tree->reader;
	struct ev_err err;
	int found = ev_forest_seek(
	    &tree->forest, tree->again, tree->ev, id, node, &err);

	if (found == 0)
		cmd_warn(&r->cmd, "%s", err.text);
	if (found == -1)
		reader_fail(r, &err);
	return found == 1;
}

/* Says where circles were cut. */
static void
say_cycles(struct tree *tree)
{
	const struct ev_forest *forest = &tree->forest;
	uint32_t i, count = 0;

	for (i = 0; i < forest->events; i++)
		count += (forest->node[i].flags & EV_FOREST_CYCLE) != 0;
	if (count > 0 && !tree->reader.cmd.common.quiet)
		cmd_warn(&tree->reader.cmd,
		    "%u circle%s of events that came of themselves: each cut "
		    "at its earliest event",
		    count, count == 1 ? "" : "s");
}

static int
link_all(struct tree *tree, struct ev_err *err)
{
	if (tree->gather.group < 0)
		return ev_forest_link(&tree->forest, tree->again, err);
	return ev_forest_group(&tree->forest, tree->again, "-", err);
}

static void
print(struct tree *tree)
{
	struct reader *r = &tree->reader;
	const char *format = tree->options.output;
	struct ev_print print = { .forest = &tree->forest,
		.again = tree->again,
		.ev = tree->ev,
		.labels = tree->labels,
		.captions = tree->captions,
		.group = tree->options.by,
		.sink = &r->sink,
		.most = tree->options.depth >= EV_FOREST_NONE ?
		    EV_FOREST_NONE :
		    (uint32_t)tree->options.depth,
		.width = r->writer.width,
		.terminal = r->writer.terminal,
		.ascii = r->writer.ascii };
	struct ev_err err;

	if (format == NULL)
		format = r->writer.ascii ? "ascii" : "utf8";
	if (ev_print_forest(&print, format, &err) == -1) {
		reader_fail(r, &err);
		tree->broken = true;
	}
}

/* Makes the trees and prints what is asked of them; whether there was any. */
static bool
grow(struct tree *tree, struct ev_source *sources, size_t count)
{
	struct reader *r = &tree->reader;
	uint32_t from = EV_FOREST_NONE, other = EV_FOREST_NONE, matches;
	struct ev_err err;

	if (ev_gather_run(&tree->gather, &r->reading, sources, count,
		&tree->forest) == -1)
		r->failed = true;
	ev_progress_end(&r->progress);
	if (r->failed && r->reading.strict)
		return false;
	tree->again = ev_again_new(sources, count);
	tree->ev = ev_event_new(r->model);
	if (link_all(tree, &err) == -1) {
		reader_fail(r, &err);
		return false;
	}
	say_cycles(tree);
	if ((tree->from != NULL && !seek(tree, tree->from, &from)) ||
	    (tree->other != NULL && !seek(tree, tree->other, &other)))
		return false;
	matches = ev_forest_select(&tree->forest, tree->walk, from, other);
	if (tree->other != NULL && matches == 0)
		cmd_warn(&r->cmd, "'%s' and '%s' have nothing in common",
		    tree->from, tree->other);
	else if (tree->from != NULL && matches == 0)
		cmd_warn(
		    &r->cmd, "'%s': no event passes the filters", tree->from);
	print(tree);
	return matches > 0;
}

static bool
count_streaks(struct tree *tree, struct ev_source *sources, size_t count)
{
	struct reader *r = &tree->reader;
	struct ev_streaks *streaks = ev_streaks_new();
	const char *format = tree->options.output;
	struct ev_buf out = EV_BUF_INIT;
	struct ev_err err;
	bool any;

	if (ev_streaks_read(streaks, &r->reading, sources, count) == -1)
		r->failed = true;
	ev_progress_end(&r->progress);
	any = ev_streaks_count(streaks) > 0;
	ev_streaks_print(streaks, format == NULL ? "utf8" : format, &out);
	if (!(r->failed && r->reading.strict) &&
	    ev_sink_write(&r->sink, out.p, out.n, &err) == -1) {
		reader_fail(r, &err);
		tree->broken = true;
	}
	ev_buf_clear(&out);
	ev_streaks_free(streaks);
	return any;
}

static int
run(struct tree *tree)
{
	struct reader *r = &tree->reader;
	struct ev_sources sources;
	bool any;

	if (ev_sources_open(&sources, r->inputs, &r->say) == -1)
		r->failed = true;
	ev_sources_progress(sources.v, sources.count, &r->say);
	any = tree->options.streaks ?
	    count_streaks(tree, sources.v, sources.count) :
	    grow(tree, sources.v, sources.count);
	ev_again_free(tree->again);
	ev_event_free(tree->ev);
	ev_sources_close(&sources);
	if (!any && tree->from == NULL)
		reader_none(
		    r, tree->options.streaks ? "capsules" : "events match");
	return !any && (r->exit_status || tree->from != NULL) ? CMD_NO : CMD_OK;
}

/* The options, and the ids among the operands; gives the first other one. */
static int
read_options(struct tree *tree, int argc, char **argv)
{
	struct reader *r = &tree->reader;
	struct ev_err err;
	int first;

	first = reader_options(r, argc, argv);
	if (ev_tree_options_walk(
		&tree->options, &tree->walk, &tree->from, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	if (tree->walk != EV_WALK_COMMON)
		return first;
	if (first == argc)
		cmd_die(&r->cmd, "--common: two ids are needed");
	tree->other = argv[first];
	return first + 1;
}

int
main(int argc, char **argv)
{
	static struct tree tree = { .reader.cmd = { .name = "ev-tree",
					.usage = usage },
		.options.depth = LONG_MAX };
	struct reader *r = &tree.reader;
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Trees", ev_tree_options, &tree.options),
		EV_OPT_GROUP("Output", reader_output_options, r),
		EV_OPT_GROUP("Filters", ev_filter_options, &r->filter),
		EV_OPT_GROUP("Reading", cmd_reader_options, &r->cmd.common),
		EV_OPT_GROUP("Common", cmd_common_options, &r->cmd.common),
	};
	int first, status;

	r->cmd.groups = groups;
	r->cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	first = read_options(&tree, argc, argv);
	compile(&tree);
	reader_inputs(r, argv + first, (size_t)(argc - first), false);
	reader_settle(r);
	reader_open(r);
	reader_looks(r, true);
	ev_forest_init(&tree.forest);
	status = run(&tree);
	ev_forest_clear(&tree.forest);
	ev_labels_free(tree.labels);
	ev_captions_free(tree.captions);
	return reader_finish(r, status, tree.broken);
}
