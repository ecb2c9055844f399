#include "stats/part.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "stats/reports.h"

void
ev_part_clear(struct ev_part *part)
{
	ev_buf_clear(&part->table);
}

static void
put_text(const char *name, const char *text, struct ev_buf *out)
{
	ev_buf_addf(out, ",\"%s\":", name);
	if (text == NULL)
		ev_buf_adds(out, "null");
	else
		ev_quote(out, ev_slice_of(text));
}

void
ev_part_table(const struct ev_stats *stats, const struct ev_report_scope *scope,
    struct ev_buf *out)
{
	const struct ev_ask *ask = scope->ask;
	size_t i;

	ev_buf_adds(out, "{\"report\":");
	ev_quote(out, ev_slice_of(stats->report->name));
	put_text("by", ask->by, out);
	put_text("agg", ask->agg, out);
	put_text("every", ask->every, out);
	ev_buf_adds(out, ",\"ratios\":[");
	for (i = 0; i < ask->ratios.n; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_quote(out, ev_slice_of(ask->ratios.v[i]));
	}
	ev_buf_addf(out, "],\"vs\":%s,\"utc\":%s}",
	    ask->versus ? "true" : "false", scope->utc ? "true" : "false");
}

static void
put_time(const char *name, bool has, struct timespec t, struct ev_buf *out)
{
	if (has)
		ev_buf_addf(out, ",\"%s\":[%" PRId64 ",%ld]", name,
		    (int64_t)t.tv_sec, t.tv_nsec);
}

void
ev_part_write(const struct ev_stats *stats, const struct ev_report_scope *scope,
    struct ev_buf *out)
{
	const struct ev_filter *filter = scope->filter;
	size_t from = out->n, lines = 0;
	const char *p;
	uint32_t crc;

	ev_buf_adds(out, "{\"ev_stats\":1,\"table\":");
	ev_part_table(stats, scope, out);
	put_time("since", filter->has_since, filter->since, out);
	put_time("until", filter->has_until, filter->until, out);
	put_time("turn", scope->has_turn, scope->turn, out);
	ev_buf_addf(out, ",\"damaged\":%" PRIu64 "}\n", stats->damaged);
	stats->report->save(stats->acc, out);
	crc = ev_crc32c(0, out->p + from, out->n - from);
	for (p = out->p + from; p < out->p + out->n; lines++)
		p = (const char *)memchr(
			p, '\n', (size_t)(out->p + out->n - p)) +
		    1;
	ev_buf_addf(
	    out, "{\"end\":%zu,\"crc\":\"%08" PRIx32 "\"}\n", lines, crc);
}

/* [seconds, nanoseconds]; false: there is none, *sound: or a wrong one. */
static bool
time_of(const struct ev_val *line, const char *name, struct timespec *out,
    bool *sound)
{
	struct ev_val array = ev_member_of(line, name), val;
	struct ev_walk walk;
	int64_t part[2];
	int i;

	if (array.kind == EV_NONE)
		return false;
	ev_walk_begin(&walk, &array);
	for (i = 0; i < 2; i++)
		if (!ev_walk_next(&walk, NULL, &val) || val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &part[i])) {
			*sound = false;
			return false;
		}
	*out = (struct timespec){ (time_t)part[0], (long)part[1] };
	return true;
}

int
ev_part_read(
    struct ev_part *part, const struct ev_val *line, struct ev_err *err)
{
	struct ev_val version = ev_member_of(line, "ev_stats");
	struct ev_val table = ev_member_of(line, "table");
	struct ev_val damaged = ev_member_of(line, "damaged"), utc;
	bool sound = true;
	int64_t n;

	if (version.kind == EV_NONE || table.kind != EV_OBJECT)
		return ev_fail(err, "not a part of a table (--partial)");
	if (!ev_slice_is(ev_val_slice(&version), "1"))
		return ev_fail(err, "a part of another version");
	ev_buf_reset(&part->table);
	ev_buf_addslice(&part->table, ev_val_slice(&table));
	part->has_since = time_of(line, "since", &part->since, &sound);
	part->has_until = time_of(line, "until", &part->until, &sound);
	part->has_turn = time_of(line, "turn", &part->turn, &sound);
	utc = ev_member_of(&table, "utc");
	part->utc = utc.kind == EV_TRUE;
	if (!sound || damaged.kind != EV_NUMBER ||
	    !ev_num_int(ev_val_slice(&damaged), &n) || n < 0)
		return ev_fail(err, "a part of a table that is damaged");
	part->damaged = (uint64_t)n;
	return 0;
}

/* A member that is a string, malloced; else NULL. */
static char *
text_of(const struct ev_val *val)
{
	struct ev_buf text = EV_BUF_INIT;
	char *copy;

	if (val->kind != EV_STRING)
		return NULL;
	ev_unquote(&text, val);
	copy = ev_strdup(ev_buf_str(&text));
	ev_buf_clear(&text);
	return copy;
}

const struct ev_report *
ev_part_ask(const struct ev_part *part, struct ev_ask *ask, struct ev_err *err)
{
	const struct ev_report *report = NULL;
	struct ev_val table, val;
	struct ev_buf copy = EV_BUF_INIT;
	struct ev_walk walk;
	char *name;

	ev_buf_addslice(&copy, ev_buf_slice(&part->table));
	ev_buf_reserve(&copy, EV_SCAN_PAD);
	ev_buf_str(&copy);
	ev_scan_value(copy.p, copy.n, &table, NULL);
	val = ev_member_of(&table, "report");
	name = text_of(&val);
	if (name != NULL)
		report = ev_report_named(name);
	if (report == NULL)
		ev_fail(err, "a part of an unknown report '%s'",
		    name != NULL ? name : "");
	val = ev_member_of(&table, "by");
	ask->by = text_of(&val);
	val = ev_member_of(&table, "agg");
	ask->agg = text_of(&val);
	val = ev_member_of(&table, "every");
	ask->every = text_of(&val);
	ask->versus = ev_member_of(&table, "vs").kind == EV_TRUE;
	val = ev_member_of(&table, "ratios");
	ev_walk_begin(&walk, &val);
	while (ev_walk_next(&walk, NULL, &val)) {
		ask->ratios.v = ev_realloc(
		    ask->ratios.v, ask->ratios.n + 1, sizeof(*ask->ratios.v));
		ask->ratios.v[ask->ratios.n++] = text_of(&val);
	}
	free(name);
	ev_buf_clear(&copy);
	return report;
}

/* The options' texts are const, these were made here. */
static void
free_text(const char *text)
{
	union {
		const char *given;
		char *own;
	} it = { text };

	free(it.own);
}

void
ev_part_free_ask(struct ev_ask *ask)
{
	size_t i;

	free_text(ask->by);
	free_text(ask->agg);
	free_text(ask->every);
	for (i = 0; i < ask->ratios.n; i++)
		free_text(ask->ratios.v[i]);
	free(ask->ratios.v);
	*ask = (struct ev_ask){ 0 };
}

bool
ev_part_end(
    const struct ev_val *line, uint64_t lines, uint32_t crc, bool *sound)
{
	struct ev_val end = ev_member_of(line, "end");
	struct ev_val stored = ev_member_of(line, "crc");
	char text[16];
	int64_t n;

	if (end.kind == EV_NONE)
		return false;
	snprintf(text, sizeof(text), "%08" PRIx32, crc);
	*sound = end.kind == EV_NUMBER && ev_num_int(ev_val_slice(&end), &n) &&
	    (uint64_t)n == lines && ev_val_is(&stored, text);
	return true;
}
