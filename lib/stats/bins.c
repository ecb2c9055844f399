#include "stats/bins.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/span.h"
#include "json/walk.h"

#define OTHER "\"(other)\""

void
ev_bins_init(struct ev_bins *bins)
{
	*bins = (struct ev_bins){ .number = ev_map_new() };
}

static void
clear_bin(struct ev_bin *bin)
{
	size_t i;

	free(bin->key);
	for (i = 0; i < EV_BIN_SUMS; i++)
		ev_sum_clear(&bin->sum[i]);
	ev_mark_clear(&bin->mark);
}

void
ev_bins_clear(struct ev_bins *bins)
{
	size_t i;

	for (i = 0; i < bins->count; i++)
		clear_bin(&bins->bin[i]);
	free(bins->bin);
	ev_map_free(bins->number);
	ev_buf_clear(&bins->key);
	*bins = (struct ev_bins){ 0 };
}

static struct ev_bin *
append(struct ev_bins *bins, struct ev_slice key)
{
	struct ev_bin *bin;

	if (bins->count == bins->cap) {
		bins->cap = bins->cap == 0 ? 16 : bins->cap * 2;
		bins->bin =
		    ev_realloc(bins->bin, bins->cap, sizeof(*bins->bin));
	}
	bin = &bins->bin[bins->count++];
	*bin = (struct ev_bin){ .key = ev_memdup(key.p, key.n), .n = key.n };
	return bin;
}

static struct ev_bin *
at_key(struct ev_bins *bins, struct ev_slice key)
{
	bool fresh;
	uint64_t *number;

	if (bins->count >= EV_BINS_MOST &&
	    ev_map_find(bins->number, key.p, key.n) == NULL) {
		key = EV_SLICE(OTHER);
		bins->full = true;
	}
	number = ev_map_at(bins->number, key.p, key.n, &fresh);
	if (!fresh)
		return &bins->bin[*number];
	*number = bins->count;
	return append(bins, key);
}

static struct ev_slice
key_of(struct ev_bins *bins, const struct ev_slice *part, size_t parts)
{
	size_t i;

	ev_buf_reset(&bins->key);
	for (i = 0; i < parts; i++) {
		if (i > 0)
			ev_buf_addc(&bins->key, ',');
		if (part[i].p == NULL)
			ev_buf_adds(&bins->key, "null");
		else
			ev_quote(&bins->key, part[i]);
	}
	return ev_buf_slice(&bins->key);
}

struct ev_bin *
ev_bins_at(struct ev_bins *bins, const struct ev_slice *part, size_t parts)
{
	return at_key(bins, key_of(bins, part, parts));
}

struct ev_bin *
ev_bins_find(struct ev_bins *bins, const struct ev_slice *part, size_t parts)
{
	struct ev_slice key = key_of(bins, part, parts);
	uint64_t *number = ev_map_find(bins->number, key.p, key.n);

	return number == NULL ? NULL : &bins->bin[*number];
}

void
ev_bin_time(struct ev_bin *bin, struct timespec time)
{
	if (!bin->timed || ev_time_cmp(time, bin->first) < 0)
		bin->first = time;
	if (!bin->timed || ev_time_cmp(time, bin->last) > 0)
		bin->last = time;
	bin->timed = true;
}

struct ev_slice
ev_bin_part(const struct ev_bin *bin, size_t i)
{
	const char *p = bin->key, *end = p + bin->n, *from;
	bool escaped;

	for (;;) {
		from = p;
		if (p < end && *p == '"')
			p = ev_span_string(p + 1, end, &escaped) + 1;
		else
			p += sizeof("null") - 1;
		if (p > end || from >= end)
			return EV_SLICE("null");
		if (i-- == 0)
			return (struct ev_slice){ from, (size_t)(p - from) };
		p++;
	}
}

struct ev_slice
ev_bin_text(const struct ev_bin *bin, size_t i, struct ev_buf *scratch)
{
	struct ev_slice part = ev_bin_part(bin, i);
	struct ev_val string = { .kind = EV_STRING, .escaped = 1 };

	if (part.p[0] != '"')
		return EV_SLICE("");
	string.p = part.p + 1;
	string.n = (uint32_t)(part.n - 2);
	string.escaped = memchr(string.p, '\\', string.n) != NULL;
	return ev_val_text(&string, scratch);
}

int
ev_bin_cmp(const struct ev_bin *a, const struct ev_bin *b, size_t i)
{
	struct ev_buf one = EV_BUF_INIT, other = EV_BUF_INIT;
	bool text = ev_bin_part(a, i).p[0] == '"';
	int diff = text - (ev_bin_part(b, i).p[0] == '"');

	if (diff == 0 && text)
		diff = ev_slice_cmp(
		    ev_bin_text(a, i, &one), ev_bin_text(b, i, &other));
	ev_buf_clear(&one);
	ev_buf_clear(&other);
	return diff;
}

void
ev_bins_sort(struct ev_bins *bins, int (*cmp)(const void *a, const void *b))
{
	if (bins->count > 1)
		qsort(bins->bin, bins->count, sizeof(*bins->bin), cmp);
}

static void
merge_bin(struct ev_bin *into, struct ev_bin *from)
{
	size_t i;

	for (i = 0; i < EV_BIN_COUNTS; i++)
		into->count[i] += from->count[i];
	for (i = 0; i < EV_BIN_SUMS; i++)
		ev_sum_merge(&into->sum[i], &from->sum[i]);
	if (from->timed) {
		ev_bin_time(into, from->first);
		ev_bin_time(into, from->last);
	}
	ev_mark_merge(&into->mark, &from->mark);
}

void
ev_bins_merge(struct ev_bins *into, struct ev_bins *from)
{
	struct ev_slice key;
	size_t i;

	for (i = 0; i < from->count; i++) {
		key = (struct ev_slice){ from->bin[i].key, from->bin[i].n };
		merge_bin(at_key(into, key), &from->bin[i]);
	}
	into->full |= from->full;
}

void
ev_bin_save(const struct ev_bin *bin, struct ev_buf *out)
{
	size_t i;

	ev_buf_addf(out, "\"key\":[%.*s],\"count\":[", (int)bin->n, bin->key);
	for (i = 0; i < EV_BIN_COUNTS; i++)
		ev_buf_addf(out, "%s%" PRIu64, i > 0 ? "," : "", bin->count[i]);
	ev_buf_adds(out, "],\"sum\":[");
	for (i = 0; i < EV_BIN_SUMS; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_sum_save(&bin->sum[i], out);
	}
	ev_buf_adds(out, "],\"mark\":");
	ev_mark_save(&bin->mark, out);
	if (!bin->timed)
		return;
	ev_buf_adds(out, ",\"first\":");
	ev_mark_save_time(bin->first, out);
	ev_buf_adds(out, ",\"last\":");
	ev_mark_save_time(bin->last, out);
}

static bool
load_counts(struct ev_bin *bin, const struct ev_val *array)
{
	struct ev_walk walk;
	struct ev_val val;
	int64_t n;
	size_t i;

	ev_walk_begin(&walk, array);
	for (i = 0; i < EV_BIN_COUNTS; i++) {
		if (!ev_walk_next(&walk, NULL, &val) || val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &n) || n < 0)
			return false;
		bin->count[i] = (uint64_t)n;
	}
	return true;
}

static bool
load_sums(struct ev_bin *bin, const struct ev_val *array, struct ev_err *err)
{
	struct ev_walk walk;
	struct ev_val val;
	size_t i;

	ev_walk_begin(&walk, array);
	for (i = 0; i < EV_BIN_SUMS; i++)
		if (!ev_walk_next(&walk, NULL, &val) ||
		    ev_sum_load(&bin->sum[i], &val, err) != 0)
			return false;
	return true;
}

static bool
load_times(struct ev_bin *bin, const struct ev_val *line)
{
	struct ev_val first = ev_member_of(line, "first");
	struct ev_val last = ev_member_of(line, "last");

	if (first.kind == EV_NONE && last.kind == EV_NONE)
		return true;
	bin->timed = true;
	return ev_mark_load_time(&first, &bin->first) &&
	    ev_mark_load_time(&last, &bin->last);
}

/* Reads the key, in our own spelling. */
static bool
load_key(struct ev_bins *bins, const struct ev_val *array)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_walk walk;
	struct ev_val val;
	bool sound = array->kind == EV_ARRAY;

	ev_buf_reset(&bins->key);
	ev_walk_begin(&walk, array);
	while (sound && ev_walk_next(&walk, NULL, &val)) {
		if (bins->key.n > 0)
			ev_buf_addc(&bins->key, ',');
		sound = val.kind == EV_STRING || val.kind == EV_NULL;
		if (val.kind == EV_STRING)
			ev_quote(&bins->key, ev_val_text(&val, &text));
		else
			ev_buf_adds(&bins->key, "null");
	}
	ev_buf_clear(&text);
	return sound;
}

int
ev_bins_load(
    struct ev_bins *bins, const struct ev_val *line, struct ev_err *err)
{
	struct ev_val key = ev_member_of(line, "key");
	struct ev_val counts = ev_member_of(line, "count");
	struct ev_val sums = ev_member_of(line, "sum");
	struct ev_val mark = ev_member_of(line, "mark");
	struct ev_bin bin = { 0 };
	bool sound;

	sound = load_counts(&bin, &counts) && load_sums(&bin, &sums, err) &&
	    load_times(&bin, line) && ev_mark_load(&bin.mark, &mark) == 0 &&
	    load_key(bins, &key);
	if (sound)
		merge_bin(at_key(bins, ev_buf_slice(&bins->key)), &bin);
	clear_bin(&bin);
	return sound ? 0 : ev_fail(err, "not a part of a report");
}
