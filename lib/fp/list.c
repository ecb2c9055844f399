#include "fp/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

static bool
is_fresh(const struct ev_groups *groups, const struct ev_group *group)
{
	return group->timed &&
	    !(groups->has_since &&
		ev_time_cmp(group->first, groups->since) < 0) &&
	    !(groups->has_until &&
		ev_time_cmp(group->first, groups->until) >= 0);
}

static bool
is_gone(const struct ev_groups *groups, const struct ev_group *group)
{
	return group->timed && !group->within && groups->has_since &&
	    ev_time_cmp(group->first, groups->since) < 0;
}

static bool
is_back(const struct ev_groups *groups, const struct ev_group *group)
{
	return ev_group_status(group) == EV_GROUP_REGRESSED &&
	    (group->within || (!groups->has_since && !groups->has_until));
}

static bool
is_picked(const struct ev_groups *groups, const struct ev_group *group,
    const struct ev_list_pick *pick)
{
	const struct ev_slice mark = { group->mark, group->mark_n };

	if (group->count == 0)
		return false;
	if (pick->baseline != NULL &&
	    ev_groups_find(pick->baseline, mark) != NULL)
		return false;
	if (!pick->fresh && !pick->gone && !pick->regressed)
		return group->within ||
		    (!groups->has_since && !groups->has_until);
	return (pick->fresh && is_fresh(groups, group)) ||
	    (pick->gone && is_gone(groups, group)) ||
	    (pick->regressed && is_back(groups, group));
}

static int
by_count(const void *left, const void *right)
{
	const struct ev_group *a = *(struct ev_group *const *)left;
	const struct ev_group *b = *(struct ev_group *const *)right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return ev_slice_cmp((struct ev_slice){ a->mark, a->mark_n },
	    (struct ev_slice){ b->mark, b->mark_n });
}

static void
add_columns(struct ev_grid *grid, bool trend)
{
	ev_grid_group(grid, "fingerprint", EV_GRID_TEXT);
	ev_grid_column(grid, "count", EV_GRID_COUNT);
	if (trend) {
		ev_grid_column(grid, "trend", EV_GRID_TEXT);
		ev_grid_spare(grid, 4);
	}
	ev_grid_column(grid, "first", EV_GRID_TIME);
	ev_grid_spare(grid, 3);
	ev_grid_column(grid, "last", EV_GRID_TIME);
	ev_grid_column(grid, "sessions", EV_GRID_COUNT);
	ev_grid_spare(grid, 2);
	ev_grid_column(grid, "severity", EV_GRID_NUMBER);
	ev_grid_spare(grid, 1);
	ev_grid_group(grid, "type", EV_GRID_TEXT);
	ev_grid_group(grid, "message", EV_GRID_TEXT);
	ev_grid_column(grid, "status", EV_GRID_TEXT);
}

static void
add_row(struct ev_grid *grid, const struct ev_groups *groups,
    const struct ev_group *group, bool ascii)
{
	static const char *const status[] = { "open", "resolved", "regressed" };
	struct ev_buf bars = EV_BUF_INIT;

	ev_grid_text(grid, (struct ev_slice){ group->mark, group->mark_n });
	ev_grid_count(grid, group->count);
	if (groups->trends) {
		ev_trend_draw(&groups->trend[group - groups->v], ascii, &bars);
		ev_grid_text(grid, ev_buf_slice(&bars));
		ev_buf_clear(&bars);
	}
	if (group->timed) {
		ev_grid_time(grid, group->first);
		ev_grid_time(grid, group->last);
	} else {
		ev_grid_null(grid);
		ev_grid_null(grid);
	}
	ev_grid_count(grid, group->sessions);
	if (group->severity >= 0)
		ev_grid_number(grid, group->severity);
	else
		ev_grid_null(grid);
	ev_grid_text(grid, (struct ev_slice){ group->text, group->type_n });
	ev_grid_text(grid,
	    (struct ev_slice){ group->text + group->type_n, group->message_n });
	ev_grid_text(grid, ev_slice_of(status[ev_group_status(group)]));
}

size_t
ev_list_fill(struct ev_grid *grid, const struct ev_groups *groups,
    const struct ev_list_pick *pick)
{
	const struct ev_group **rows;
	size_t n = 0;
	uint32_t i;

	rows = ev_calloc(groups->n > 0 ? groups->n : 1, sizeof(*rows));
	for (i = 0; i < groups->n; i++)
		if (is_picked(groups, &groups->v[i], pick))
			rows[n++] = &groups->v[i];
	qsort(rows, n, sizeof(*rows), by_count);
	add_columns(grid, groups->trends);
	for (i = 0; i < n; i++)
		add_row(grid, groups, rows[i], pick->ascii);
	free(rows);
	return n;
}
