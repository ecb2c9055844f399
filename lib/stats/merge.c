#include "stats/merge.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "input/pass.h"

/* The first part says what the table is. */
static int
open_first(struct ev_merge *m, struct ev_err *err)
{
	const struct ev_part *part = &m->part;
	const struct ev_report *report;
	struct ev_ask ask = m->ask;

	report = ev_part_ask(part, &ask, err);
	m->ask = ask;
	if (report == NULL)
		return -1;
	m->scope->ask = &m->ask;
	m->scope->filter = &m->filter;
	m->scope->utc = part->utc;
	m->filter.has_since = part->has_since;
	m->filter.since = part->since;
	m->filter.has_until = part->has_until;
	m->filter.until = part->until;
	m->scope->has_turn = part->has_turn;
	m->scope->turn = part->turn;
	ev_buf_addslice(&m->table, ev_buf_slice(&part->table));
	/* no event will be read through it */
	m->model = ev_model_new(NULL);
	if (ev_stats_open(m->stats, report, m->scope, false, m->model, err) ==
	    -1)
		return -1;
	return ev_stats_settle(m->stats, err);
}

/* All bounds together: those that all of them are within. */
static int
add_bounds(struct ev_merge *m, struct ev_err *err)
{
	const struct ev_part *part = &m->part;
	struct ev_filter *filter = &m->filter;

	if (!ev_slice_eq(ev_buf_slice(&part->table), ev_buf_slice(&m->table)))
		return ev_fail(err, "a part of another table");
	if (part->has_turn != m->scope->has_turn ||
	    (part->has_turn && ev_time_cmp(part->turn, m->scope->turn) != 0))
		return ev_fail(err, "a part of another period");
	filter->has_since &= part->has_since;
	if (filter->has_since && ev_time_cmp(part->since, filter->since) < 0)
		filter->since = part->since;
	filter->has_until &= part->has_until;
	if (filter->has_until && ev_time_cmp(part->until, filter->until) > 0)
		filter->until = part->until;
	return 0;
}

static int
first_line(struct ev_merge *m, const struct ev_val *line, struct ev_err *err)
{
	if (ev_part_read(&m->part, line, err) == -1)
		return -1;
	if (m->stats->plan == NULL) {
		if (open_first(m, err) == -1)
			return -1;
	} else if (add_bounds(m, err) == -1)
		return -1;
	m->stats->damaged += m->part.damaged;
	return 0;
}

/* One line of a part; several parts may stand in one file. */
static int
take_line(struct ev_merge *m, const char *p, size_t n, struct ev_err *err)
{
	struct ev_val line;
	bool sound = true;
	int r;

	if (ev_scan_value(p, n, &line, NULL) != EV_SCAN_OK)
		return ev_fail(err, "not a part of a table (--partial)");
	if (m->ended) {
		m->ended = false;
		m->lines = 0;
		m->crc = 0;
		r = first_line(m, &line, err);
	} else if (ev_part_end(&line, m->lines, m->crc, &sound)) {
		m->ended = true;
		return sound ? 0 :
			       ev_fail(err,
				   "a part of a table that was cut "
				   "or changed");
	} else
		r = m->stats->report->load(m->stats->acc, &line, err);
	m->lines++;
	m->crc = ev_crc32c(m->crc, p, n);
	m->crc = ev_crc32c(m->crc, "\n", 1);
	return r;
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct ev_merge *m = state;
	struct ev_err why;

	(void)offset;
	if (m->result == 0 && take_line(m, ev->line.p, ev->line.n, &why) == -1)
		m->result =
		    ev_fail(m->err, "%s: %s", m->source->name, why.text);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct ev_merge *m = arg;

	(void)state;
	(void)err;
	return m->result == 0 ? 0 : 1;
}

static int
read_part(struct ev_merge *m, const struct ev_model *model,
    struct ev_source *source, struct ev_err *err)
{
	const struct ev_pass pass = { .model = model,
		.strict = true,
		.arg = m,
		.event = event,
		.flush = flush };
	struct ev_tally tally;

	m->source = source;
	m->ended = true;
	m->err = err;
	if (ev_pass_run(&pass, source, 0, &tally, err) == -1)
		return -1;
	if (m->result == 0 && tally.kind[EV_SCAN_OK] == 0)
		return ev_fail(
		    err, "%s: not a part of a table (--partial)", source->name);
	if (m->result == 0 && !m->ended)
		return ev_fail(
		    err, "%s: a part of a table that was cut", source->name);
	return m->result;
}

int
ev_merge_read(struct ev_merge *m, struct ev_source *sources, size_t count,
    struct ev_err *err)
{
	struct ev_model *model = ev_model_new(NULL);
	size_t i;
	int r = 0;

	ev_model_seal(model);
	for (i = 0; r == 0 && i < count; i++)
		r = read_part(m, model, &sources[i], err);
	ev_model_free(model);
	return r;
}

void
ev_merge_clear(struct ev_merge *m)
{
	if (m->model != NULL)
		ev_model_free(m->model);
	ev_part_free_ask(&m->ask);
	ev_part_clear(&m->part);
	ev_buf_clear(&m->table);
}

int
ev_merge_text(struct ev_stats *stats, const struct ev_report_scope *scope,
    const char *p, size_t n, struct ev_err *err)
{
	struct ev_merge m = { .stats = stats, .ended = true };
	struct ev_report_scope copy = *scope;
	const char *end = p + n, *lf;
	int r = 0;

	m.scope = &copy;
	m.filter = *scope->filter;
	ev_part_table(stats, scope, &m.table);
	for (; r == 0 && p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			r = ev_fail(err, "a part of a table that was cut");
		else
			r = take_line(&m, p, (size_t)(lf - p), err);
		if (lf == NULL)
			break;
	}
	if (r == 0 && !m.ended)
		r = ev_fail(err, "a part of a table that was cut");
	ev_part_clear(&m.part);
	ev_buf_clear(&m.table);
	return r;
}
