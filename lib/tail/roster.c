#include "tail/roster.h"

#include <inttypes.h>
#include <string.h>

#include "out/table.h"
#include "text/time.h"

/* "5s", "3m", "2h", "4d": one unit, rounded down. */
static void
add_age(struct ev_buf *out, int64_t ms)
{
	static const struct {
		int64_t ms;
		char unit;
	} units[] = { { 86400000, 'd' }, { 3600000, 'h' }, { 60000, 'm' },
		{ 1000, 's' } };
	size_t i = 0;

	if (ms < 0)
		ms = 0;
	while (i < 3 && ms < units[i].ms)
		i++;
	ev_buf_addf(out, "%" PRId64 "%c", ms / units[i].ms, units[i].unit);
}

static const char *const heads[] = { "NAME", "OFFSET", "EVENTS", "BYTES", "AGE",
	"STATE" };
#define CELLS (sizeof(heads) / sizeof(heads[0]))

static void
add_cell(
    const struct ev_standing *row, size_t i, int64_t now, struct ev_buf *out)
{
	switch (i) {
	case 0:
		ev_buf_adds(out, row->name);
		break;
	case 1:
		ev_buf_addf(out, "%" PRIu64, row->mark.pos.offset);
		break;
	case 2:
		ev_buf_addf(out, "%" PRIu64, row->events);
		break;
	case 3:
		ev_buf_addf(out, "%" PRIu64, row->bytes);
		break;
	case 4:
		if (row->mark.seq > 0)
			add_age(out, now - row->mark.at);
		else
			ev_buf_addc(out, '-');
		break;
	default:
		ev_buf_adds(out, row->state);
		if (row->used)
			ev_buf_adds(out, ", in use");
	}
}

static void
add_json(const struct ev_standing *row, int64_t now, struct ev_buf *out)
{
	char at[EV_TIME_SIZE];
	struct timespec t = { row->mark.at / 1000,
		row->mark.at % 1000 * 1000000 };

	ev_buf_addf(out,
	    "{\"name\":\"%s\",\"offset\":%" PRIu64 ",\"events\":%" PRIu64
	    ",\"bytes\":%" PRIu64 ",\"state\":\"%s\",\"in_use\":%s",
	    row->name, row->mark.pos.offset, row->events, row->bytes,
	    row->state, row->used ? "true" : "false");
	if (row->mark.seq > 0) {
		ev_time_format(t, at);
		ev_buf_addf(out, ",\"saved\":\"%s\",\"age_ms\":%" PRId64, at,
		    now - row->mark.at);
	}
	ev_buf_adds(out, ",\"position\":\"");
	ev_position_write(&row->mark.pos, out);
	ev_buf_adds(out, "\"}");
}

/* Columns as wide as their widest cell, two blanks between. */
static void
add_table(const struct ev_behind *behind, int64_t now, struct ev_buf *out)
{
	size_t width[CELLS] = { 0 }, i, j, from;
	struct ev_buf cell = EV_BUF_INIT;

	for (i = 0; i < CELLS; i++) {
		width[i] = strlen(heads[i]);
		for (j = 0; j < behind->n; j++) {
			ev_buf_reset(&cell);
			add_cell(&behind->v[j], i, now, &cell);
			width[i] = cell.n > width[i] ? cell.n : width[i];
		}
	}
	ev_buf_clear(&cell);
	for (j = 0; j <= behind->n; j++) {
		for (i = 0; i < CELLS; i++) {
			from = out->n;
			if (j == 0)
				ev_buf_adds(out, heads[i]);
			else
				add_cell(&behind->v[j - 1], i, now, out);
			while (i + 1 < CELLS && out->n - from < width[i] + 2)
				ev_buf_addc(out, ' ');
		}
		ev_buf_addc(out, '\n');
	}
}

static void
add_rows(const struct ev_behind *behind, int64_t now, char between,
    void (*escape)(struct ev_buf *, size_t), struct ev_buf *out)
{
	size_t i, j, from;

	for (j = 0; j <= behind->n; j++) {
		for (i = 0; i < CELLS; i++) {
			if (i > 0)
				ev_buf_addc(out, between);
			from = out->n;
			if (j == 0)
				ev_buf_adds(out, heads[i]);
			else
				add_cell(&behind->v[j - 1], i, now, out);
			escape(out, from);
		}
		ev_buf_addc(out, '\n');
	}
}

int
ev_roster_print(const struct ev_behind *behind, const char *format, int64_t now,
    struct ev_buf *out, struct ev_err *err)
{
	size_t i;

	if (format == NULL) {
		if (behind->n > 0)
			add_table(behind, now, out);
	} else if (strcmp(format, "csv") == 0) {
		add_rows(behind, now, ',', ev_csv_cell, out);
	} else if (strcmp(format, "tsv") == 0) {
		add_rows(behind, now, '\t', ev_tsv_cell, out);
	} else if (strcmp(format, "jsonl") == 0) {
		for (i = 0; i < behind->n; i++) {
			add_json(&behind->v[i], now, out);
			ev_buf_addc(out, '\n');
		}
	} else {
		return ev_fail(err,
		    "--cursors has no output '%s' (there are: jsonl csv "
		    "tsv)",
		    format);
	}
	return 0;
}
