/*
 * ev-fsck: is a store sound, and keep it so.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/defaults.h"
#include "cmd.h"
#include "fsck/aside.h"
#include "fsck/survey.h"
#include "fsck/options.h"
#include "fsck/redact.h"
#include "fsck/repair.h"
#include "fsck/retain.h"
#include "fsck/rotation.h"
#include "fsck/shrink.h"
#include "fsck/usage.h"
#include "grid/print.h"
#include "out/escape.h"
#include "out/terminal.h"
#include "seals.h"

static const char usage[] =
    "usage: ev-fsck [options] [STORE]\n"
    "\n"
    "Checks the store that is found or named: its log, day files, feed, state\n"
    "and cursors.  Status 0: sound, 1: problems were found, each a line.\n";

struct fsck {
	struct cmd cmd;
	struct ev_fsck_options options;
	struct ev_place place;
	struct ev_findings done; /* what was mended */
};

static void
print(const struct fsck *f, const struct ev_buf *text)
{
	cmd_print(&f->cmd, text->p, text->n);
}

/* Is the private directory of a log there that is gone? */
static bool
left_alone(const struct ev_place *place)
{
	char path[4096];
	struct stat st;

	return snprintf(path, sizeof(path), "%s/%s/state", place->dir,
		   place->priv) < (int)sizeof(path) &&
	    stat(path, &st) == 0;
}

/* The store: an operand, -S, or what is found.  A log that is gone can be
 * repaired when its day files are there. */
static void
find_store(struct fsck *f, const char *operand)
{
	struct cmd *cmd = &f->cmd;
	struct ev_err err, why;
	const char *named;

	cmd_settings(cmd, NULL);
	named =
	    operand != NULL ? operand : ev_setting(cmd->settings, EV_SET_STORE);
	if (ev_place_find(&f->place, named, false, &err) == -1 &&
	    !cmd->common.show &&
	    (ev_place_find(&f->place, named, true, &why) == -1 ||
		!left_alone(&f->place)))
		cmd_die(cmd, "%s", err.text);
	if (f->place.dir != NULL &&
	    ev_defaults_place(cmd->settings, &f->place, &err) == -1)
		cmd_die(cmd, "%s", err.text);
	cmd_show_config(cmd);
}

/* A grid in the format that was asked for. */
static void
print_grid(const struct fsck *f, const struct ev_grid *grid)
{
	struct ev_grid_look look = { .terminal = isatty(STDOUT_FILENO) };
	struct ev_buf out = EV_BUF_INIT;

	if (look.terminal)
		look.ascii = ev_terminal_ascii();
	ev_grid_format(f->options.output)->print(grid, &look, &out);
	print(f, &out);
	ev_buf_clear(&out);
}

static bool
for_people(const struct fsck *f)
{
	return strcmp(f->options.output, "table") == 0;
}

/* What was done, then what was found. */
static void
tell(const struct fsck *f, const struct ev_findings *found)
{
	struct ev_buf out = EV_BUF_INIT;
	struct ev_grid grid;

	if (for_people(f)) {
		ev_findings_text(&f->done, true, &out);
		ev_findings_text(found, f->cmd.common.verbose > 0, &out);
		print(f, &out);
		ev_buf_clear(&out);
		return;
	}
	ev_grid_init(&grid, "findings");
	ev_findings_columns(&grid);
	ev_findings_rows(&f->done, &grid);
	ev_findings_rows(found, &grid);
	print_grid(f, &grid);
	ev_grid_clear(&grid);
}

static void
say_sound(const struct fsck *f, const struct ev_survey *check)
{
	struct ev_buf out = EV_BUF_INIT;

	ev_escape(&out, ev_slice_of(f->place.shown));
	ev_buf_addf(&out, ": sound: %llu event%s, %llu day%s\n",
	    (unsigned long long)check->events, check->events == 1 ? "" : "s",
	    (unsigned long long)check->days, check->days == 1 ? "" : "s");
	print(f, &out);
	ev_buf_clear(&out);
}

static int
check(struct fsck *f)
{
	struct ev_place place = ev_aside_place(&f->place);
	struct ev_survey check = { .place = &place };
	struct ev_err err;
	int status;

	if (ev_survey(&check, &err) == -1)
		cmd_die(&f->cmd, "%s", err.text);
	tell(f, &check.findings);
	status = check.findings.problems > 0 ? CMD_NO : CMD_OK;
	if (status == CMD_OK && for_people(f) && !f->cmd.common.quiet)
		say_sound(f, &check);
	ev_survey_clear(&check);
	ev_place_clear(&place);
	return status;
}

static int
show_usage(struct fsck *f)
{
	struct ev_place place = ev_aside_place(&f->place);
	struct ev_grid grid;
	struct ev_err err;

	if (ev_usage(&grid, &place, &err) == -1)
		cmd_die(&f->cmd, "%s", err.text);
	print_grid(f, &grid);
	ev_grid_clear(&grid);
	ev_place_clear(&place);
	return CMD_OK;
}

/* What was done; 1 when something of it could not be. */
static int
tell_done(const struct fsck *f)
{
	const struct ev_findings none = EV_FINDINGS_INIT;

	tell(f, &none);
	return f->done.problems > 0 ? CMD_NO : CMD_OK;
}

/* 1: there is no such event. */
static int
redact(struct fsck *f)
{
	const char *id = f->options.redact;
	struct ev_err err;
	int r = ev_redact_event(&f->place, id, &f->done, &err), status;

	if (r == -1)
		cmd_die(&f->cmd, "%s", err.text);
	status = tell_done(f);
	if (r == 1)
		return status;
	cmd_warn(&f->cmd, "no event '%s' in '%s'", id, f->place.shown);
	return CMD_NO;
}

/* --compress, --keep, --keep-size: 1 when something had to stay. */
static int
shrink(struct fsck *f)
{
	const struct ev_fsck_options *opt = &f->options;
	struct ev_retain retain = { .by_size = opt->keep_size != EV_FSCK_ALL,
		.size = opt->keep_size };
	const char *age = opt->compress != NULL ? opt->compress : opt->keep;
	struct ev_err err;
	int r, status;

	if (age != NULL && ev_shrink_day(age, &retain.day, &err) < 0)
		cmd_die(&f->cmd, "--%s: %s",
		    opt->compress != NULL ? "compress" : "keep", err.text);
	if (opt->compress != NULL)
		r = ev_compress(&f->place, retain.day, &f->done, &err);
	else
		r = ev_retain(&f->place, &retain, &f->done, &err);
	status = tell_done(f);
	if (r < 0)
		cmd_die(&f->cmd, "%s", err.text);
	return status;
}

/* --rotate: that it was not time is said with -v. */
static int
rotate(struct fsck *f)
{
	struct ev_findings found = EV_FINDINGS_INIT;
	struct ev_err err;
	int r = ev_rotation(&f->place, f->options.rotate, &found, &err);

	tell(f, &found);
	ev_findings_clear(&found);
	if (r < 0)
		cmd_die(&f->cmd, "%s", err.text);
	return CMD_OK;
}

/* --seal, --seal-until, --verify, --anchor. */
static int
seals(struct fsck *f)
{
	struct ev_err err;
	int r = seals_run(&f->cmd, &f->options, &f->place, &f->done, &err);
	int status = tell_done(f);

	if (r < 0)
		cmd_die(&f->cmd, "%s", err.text);
	return status != CMD_OK ? status : r;
}

static int
run(struct fsck *f)
{
	const struct ev_fsck_options *opt = &f->options;
	struct ev_err err;
	int r = 0;

	if (opt->usage)
		return show_usage(f);
	if (opt->redact != NULL)
		return redact(f);
	if (opt->rotate != NULL)
		return rotate(f);
	if (opt->seal != NULL || opt->seal_until != NULL || opt->verify ||
	    opt->anchor)
		return seals(f);
	if (opt->repair)
		r = ev_repair(&f->place, &f->done, &err);
	else if (opt->rebuild)
		r = ev_repair_views(&f->place, &f->done, &err);
	else if (opt->compress != NULL || opt->keep != NULL ||
	    opt->keep_size != EV_FSCK_ALL)
		return shrink(f);
	if (r == -1)
		cmd_die(&f->cmd, "%s", err.text);
	return check(f);
}

static void
read_options(struct fsck *f)
{
	const struct ev_fsck_options *opt = &f->options;
	int modes = opt->repair + opt->rebuild + opt->usage +
	    (opt->compress != NULL) + (opt->rotate != NULL) +
	    (opt->keep != NULL) + (opt->keep_size != EV_FSCK_ALL) +
	    (opt->redact != NULL) + (opt->seal != NULL) +
	    (opt->seal_until != NULL) + opt->verify + opt->anchor;

	if (modes > 1)
		cmd_die(&f->cmd, "one mode at a time");
	if (opt->output == NULL)
		f->options.output = "table";
}

int
main(int argc, char **argv)
{
	static struct fsck f = { .cmd = { .name = "ev-fsck", .usage = usage },
		.options = { .keep_size = EV_FSCK_ALL },
		.place = EV_PLACE_INIT };
	const struct ev_opt_group groups[] = {
		EV_OPT_GROUP("Modes", ev_fsck_options, &f.options),
		EV_OPT_GROUP("Common", cmd_common_options, &f.cmd.common),
	};
	int first, status;

	f.cmd.groups = groups;
	f.cmd.ngroups = sizeof(groups) / sizeof(groups[0]);
	cmd_start();
	first = cmd_options(&f.cmd, argc, argv, false);
	if (argc - first > 1)
		cmd_die(&f.cmd, "one store at a time, not '%s' too",
		    argv[first + 1]);
	if (first < argc && f.cmd.common.store != NULL)
		cmd_die(&f.cmd, "-S and '%s' both name a store: give one",
		    argv[first]);
	read_options(&f);
	find_store(&f, first < argc ? argv[first] : NULL);
	status = run(&f);
	ev_findings_clear(&f.done);
	ev_settings_free(f.cmd.settings);
	ev_place_clear(&f.place);
	return cmd_finish(&f.cmd, status);
}
