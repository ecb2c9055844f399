#include "finger.h"

#include <inttypes.h>
#include <string.h>

#include "fp/baseline.h"
#include "fp/each.h"
#include "fp/list.h"
#include "fp/live.h"
#include "fp/settle.h"
#include "git/commit.h"
#include "grid/print.h"
#include "read/sources.h"

void
finger_put(struct finger *fp, struct ev_buf *text)
{
	struct reader *r = &fp->reader;
	struct ev_err err;

	if (text->n > 0 &&
	    ev_sink_write(&r->sink, text->p, text->n, &err) == -1) {
		reader_fail(r, &err);
		fp->broken = true;
	}
	ev_buf_clear(text);
}

/* How something of each event is printed. */
static struct ev_each
each_of(struct finger *fp)
{
	static bool (*const event[])(const void *, struct ev_marker *,
	    struct ev_event *, struct ev_buf *) = {
		[EV_FP_EVENTS] = ev_put_event,
		[EV_FP_PRINT] = ev_put_one_key,
		[EV_FP_CHECK] = ev_put_check,
		[EV_FP_DEDUPE] = NULL,
	};

	return (struct ev_each){ .reading = &fp->reader.reading,
		.way = &fp->way,
		.sink = &fp->reader.sink,
		.event = event[fp->ask],
		.arg = &fp->put };
}

/* The number of hits. */
static uint64_t
print_each(struct finger *fp, struct ev_sources *sources)
{
	struct ev_each each = each_of(fp);

	if (ev_each_run(&each, sources->v, sources->count) == -1)
		fp->reader.failed = true;
	fp->broken = each.broken;
	fp->sights.matches = each.matches;
	return each.hits;
}

static int
print_events(struct finger *fp, struct ev_sources *sources)
{
	print_each(fp, sources);
	return CMD_OK;
}

static int
check(struct finger *fp, struct ev_sources *sources)
{
	return print_each(fp, sources) > 0 ? CMD_NO : CMD_OK;
}

/* The groups of some sources; 0 or -1. */
static int
gather(
    struct finger *fp, struct ev_groups *groups, struct ev_source *v, size_t n)
{
	struct reader *r = &fp->reader;

	fp->sights.reading = &r->reading;
	fp->sights.way = &fp->way;
	fp->sights.texts = true;
	fp->sights.see = ev_groups_see;
	fp->sights.expect = ev_groups_expect;
	fp->sights.arg = groups;
	if (ev_sights_run(&fp->sights, v, n) == -1)
		r->failed = true;
	if (groups->others > 0)
		cmd_warn(&r->cmd,
		    "more than %" PRIu32 " fingerprints: %" PRIu64
		    " events of others are left out",
		    groups->most, groups->others);
	return r->failed && r->reading.strict ? -1 : 0;
}

/* The groups of --baseline; 0 or -1. */
static int
gather_baseline(struct finger *fp, struct ev_groups *baseline)
{
	struct reader *r = &fp->reader;
	const char *log = NULL;
	struct ev_baseline opened;
	struct ev_err err;
	int status;

	if (ev_inputs_count(r->inputs) == 1)
		log = ev_inputs_name(r->inputs, 0);
	if (ev_baseline_open(
		&opened, fp->options.baseline, log, &r->say, &err) == -1) {
		reader_fail(r, &err);
		return -1;
	}
	status = gather(fp, baseline, opened.sources.v, opened.sources.count);
	ev_baseline_close(&opened);
	return r->failed ? -1 : status;
}

static void
print_grid(struct finger *fp, const struct ev_grid *grid, const char *format)
{
	const struct ev_writer *writer = &fp->reader.writer;
	const struct ev_grid_look look = { writer->terminal, writer->color,
		writer->utc, writer->ascii, writer->width, NULL };
	struct ev_buf text = EV_BUF_INIT;

	ev_grid_format(format)->print(grid, &look, &text);
	finger_put(fp, &text);
}

/* The rows that are picked. */
static size_t
print_list(struct finger *fp, const struct ev_list_pick *pick)
{
	const char *format = fp->options.output;
	struct ev_grid grid;
	size_t rows;

	ev_grid_init(&grid, "fingerprints");
	grid.damaged = fp->sights.damaged;
	rows = ev_list_fill(&grid, &fp->groups, pick);
	print_grid(fp, &grid, format != NULL ? format : "table");
	ev_grid_clear(&grid);
	return rows;
}

static int
list(struct finger *fp, struct ev_sources *sources)
{
	const struct ev_fp_options *options = &fp->options;
	bool compare = options->baseline != NULL;
	struct ev_groups baseline;
	struct ev_list_pick pick = { .fresh = options->fresh,
		.gone = options->gone,
		.regressed = options->regressed,
		.ascii = fp->reader.writer.ascii };
	int r = 0;

	fp->groups.trends =
	    options->output == NULL || strcmp(options->output, "table") == 0;
	ev_groups_init(&baseline);
	if (compare) {
		pick.baseline = &baseline;
		r = gather_baseline(fp, &baseline);
	}
	fp->sights.damaged = fp->sights.matches = 0;
	if (r == 0)
		r = gather(fp, &fp->groups, sources->v, sources->count);
	if (r == 0)
		fp->sights.matches = print_list(fp, &pick);
	ev_groups_clear(&baseline);
	if (r == -1)
		return CMD_FAIL;
	return compare && fp->sights.matches > 0 ? CMD_NO : CMD_OK;
}

/* Lines are read again at the end, but for windows: these may have none. */
static void
settle_sources(struct finger *fp, struct ev_sources *sources)
{
	struct ev_err err;
	size_t i;

	for (i = 0; i < sources->count; i++)
		if (ev_source_settle(&sources->v[i], &err) == -1)
			reader_fail(&fp->reader, &err);
	fp->dedupe.again = ev_again_new(sources->v, sources->count);
}

static void
begin_dedupe(struct finger *fp)
{
	struct ev_sights *sights = &fp->sights;

	fp->dedupe.sink = &fp->reader.sink;
	fp->dedupe.writer = &fp->reader.writer;
	ev_dedupe_begin(&fp->dedupe);
	sights->reading = &fp->reader.reading;
	sights->way = &fp->way;
	sights->lines = fp->dedupe.again == NULL;
	sights->see = ev_dedupe_see;
	sights->expect = ev_dedupe_expect;
	sights->pause = ev_dedupe_pause;
	sights->arg = &fp->dedupe;
}

/* The end of the input: what is still open is printed. */
static void
end_dedupe(struct finger *fp)
{
	struct reader *r = &fp->reader;
	struct ev_err err;

	if (!fp->broken && !(r->failed && r->reading.strict) &&
	    ev_dedupe_end(&fp->dedupe, &err) == -1) {
		reader_fail(r, &err);
		fp->broken = true;
	}
	ev_dedupe_clear(&fp->dedupe);
}

static int
dedupe(struct finger *fp, struct ev_sources *sources)
{
	struct reader *r = &fp->reader;

	if (fp->dedupe.by != EV_DEDUPE_WINDOW)
		settle_sources(fp, sources);
	begin_dedupe(fp);
	if (ev_sights_run(&fp->sights, sources->v, sources->count) == -1)
		r->failed = true;
	fp->broken = fp->sights.broken;
	ev_progress_end(&r->progress);
	end_dedupe(fp);
	ev_again_free(fp->dedupe.again);
	return CMD_OK;
}

static int
record(struct finger *fp, const struct ev_group *group)
{
	struct reader *r = &fp->reader;
	struct ev_settle settle = { .mark = { group->mark, group->mark_n },
		.type = { group->text, group->type_n },
		.message = { group->text + group->type_n, group->message_n },
		.reopen = fp->options.reopen != NULL,
		.settings = r->cmd.settings,
		.record = &fp->record };
	struct ev_commit commit = { 0 };
	struct ev_err err;

	if (fp->options.commit != NULL) {
		if (ev_commit_read(&commit, fp->options.commit, EV_GIT_CHILD, 0,
			&err) == -1)
			cmd_die(&r->cmd, "--commit=%s: %s", fp->options.commit,
			    err.text);
		settle.commit = commit.hash;
	}
	fp->record.place = &r->place;
	fp->record.quiet = r->cmd.common.quiet;
	fp->record.verbose = r->cmd.common.verbose > 0;
	fp->record.to =
	    (struct ev_record_to){ cmd_told, cmd_put, cmd_put_out, &r->cmd };
	ev_setting_put(r->cmd.settings, EV_SET_DIALECT, "agentguard");
	if (ev_settle_write(&settle, &err) == -1)
		cmd_die(&r->cmd, "%s", err.text);
	ev_commit_clear(&commit);
	return CMD_OK;
}

static int
decide(struct finger *fp, struct ev_sources *sources)
{
	const struct ev_fp_options *options = &fp->options;
	struct reader *r = &fp->reader;
	const struct ev_group *group;
	struct ev_err err;

	if (gather(fp, &fp->groups, sources->v, sources->count) == -1)
		return CMD_FAIL;
	group = ev_groups_seek(&fp->groups,
	    options->resolve != NULL ? options->resolve : options->reopen,
	    &err);
	if (group == NULL) {
		cmd_warn(&r->cmd, "%s", err.text);
		return CMD_NO;
	}
	return record(fp, group);
}

/* -f */
static int
follow(struct finger *fp)
{
	struct reader *r = &fp->reader;
	struct ev_each each = each_of(fp);
	struct ev_fp_live live = { .each = &each, .inputs = r->inputs };

	if (fp->ask == EV_FP_DEDUPE) {
		begin_dedupe(fp);
		live.dedupe = &fp->dedupe;
		live.sights = &fp->sights;
	}
	if (ev_fp_live_run(&live) == -1)
		r->failed = true;
	fp->broken = live.broken;
	if (fp->ask == EV_FP_DEDUPE)
		end_dedupe(fp);
	fp->signal = live.signal;
	return r->exit_status && live.matches == 0 ? CMD_NO : CMD_OK;
}

int
finger_answer(struct finger *fp)
{
	static int (*const answer[])(
	    struct finger * fp, struct ev_sources * sources) = {
		[EV_FP_EVENTS] = print_events,
		[EV_FP_PRINT] = print_events,
		[EV_FP_CHECK] = check,
		[EV_FP_LIST] = list,
		[EV_FP_DEDUPE] = dedupe,
		[EV_FP_SETTLE] = decide,
	};
	struct reader *r = &fp->reader;
	struct ev_sources sources;
	int status;

	if (fp->options.follow)
		return follow(fp);
	if (ev_sources_open(&sources, r->inputs, &r->say) == -1)
		r->failed = true;
	ev_sources_progress(sources.v, sources.count, &r->say);
	status = answer[fp->ask](fp, &sources);
	ev_progress_end(&r->progress);
	ev_sources_close(&sources);
	if (fp->sights.matches == 0 && fp->ask == EV_FP_LIST &&
	    fp->options.baseline == NULL)
		reader_none(r, "fingerprints");
	if (fp->sights.matches == 0 &&
	    (fp->ask == EV_FP_EVENTS || fp->ask == EV_FP_DEDUPE))
		reader_none(r, "events match");
	if (r->exit_status && fp->sights.matches == 0)
		return CMD_NO;
	return status;
}
