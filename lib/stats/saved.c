#include "stats/saved.h"

#include <inttypes.h>

#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

static const struct ev_collector times = { .what = EV_COLLECT_TIMES };

static void
save_key(const struct ev_key *key, struct ev_buf *out)
{
	struct ev_slice text;
	const char *comma = "";
	size_t at = 0;
	char mark;

	ev_buf_adds(out, ",\"key\":[");
	while (ev_key_next(key, &at, &mark, &text)) {
		ev_buf_adds(out, comma);
		comma = ",";
		if (mark == EV_MARK_STRING)
			ev_quote(out, text);
		else if (mark == EV_MARK_JSON)
			ev_buf_addslice(out, text);
		else
			ev_buf_adds(out, "null");
	}
	ev_buf_addc(out, ']');
}

static void
save_group(const struct ev_aggregated *a, const struct ev_group *group,
    struct ev_buf *out)
{
	const struct ev_aggregate *plan = a->plan;
	const struct ev_measures *measures = &plan->measures;
	struct ev_key key = ev_table_key(a->table, group);
	const uint64_t *pair;
	size_t i;

	ev_buf_adds(out, "{\"bucket\":");
	if (group->bucket == EV_TABLE_ALWAYS)
		ev_buf_adds(out, "null");
	else
		ev_buf_addf(out, "%" PRId64, group->bucket);
	if (group->mark != EV_KEY_OTHER)
		save_key(&key, out);
	ev_buf_addf(out, ",\"count\":%" PRIu64 ",\"previous\":%" PRIu64,
	    group->count, group->previous);
	for (i = 0; i < measures->collectors; i++) {
		ev_buf_adds(out, i == 0 ? ",\"acc\":[" : ",");
		ev_collect_save(&measures->collector[i], &group->acc[i], out);
	}
	if (measures->collectors > 0)
		ev_buf_addc(out, ']');
	for (i = 0; i < plan->ratios; i++) {
		pair = group->acc[measures->collectors + i].pair;
		ev_buf_addf(out, "%s%" PRIu64 ",%" PRIu64,
		    i == 0 ? ",\"ratio\":[" : ",", pair[0], pair[1]);
	}
	ev_buf_adds(out, plan->ratios > 0 ? "]}\n" : "}\n");
}

void
ev_aggregated_save(const struct ev_aggregated *a, struct ev_buf *out)
{
	union ev_acc acc = { .times = a->times };
	size_t i;

	ev_buf_addf(out,
	    "{\"total\":%" PRIu64 ",\"untimed\":%" PRIu64
	    ",\"unlisted\":%" PRIu64 ",\"times\":",
	    a->total, a->untimed, a->unlisted);
	ev_collect_save(&times, &acc, out);
	ev_buf_adds(out, "}\n");
	for (i = 0; i < ev_table_count(a->table); i++)
		save_group(a, ev_table_group(a->table, i), out);
}

/* A count that is a member; false: there is none. */
static bool
count_of(const struct ev_val *object, const char *name, uint64_t *out)
{
	struct ev_val val = ev_member_of(object, name);
	int64_t count;

	if (val.kind != EV_NUMBER || !ev_num_int(ev_val_slice(&val), &count) ||
	    count < 0)
		return false;
	*out = (uint64_t)count;
	return true;
}

static int
load_head(
    struct ev_aggregated *a, const struct ev_val *line, struct ev_err *err)
{
	struct ev_val val = ev_member_of(line, "times");
	uint64_t total, untimed, unlisted;
	union ev_acc acc = { .times = a->times };

	if (!count_of(line, "total", &total) ||
	    !count_of(line, "untimed", &untimed) ||
	    !count_of(line, "unlisted", &unlisted) || val.kind == EV_NONE)
		return ev_fail(err, "a count is missing");
	if (ev_collect_load(&times, &acc, &val, err) == -1)
		return -1;
	a->times = acc.times;
	a->total += total;
	a->untimed += untimed;
	a->unlisted += unlisted;
	return 0;
}

/* One value of a key. */
static void
load_part(struct ev_aggregated *a, const struct ev_val *val, bool several,
    struct ev_key *key)
{
	struct ev_slice text = ev_val_slice(val);
	char mark = EV_MARK_JSON;

	if (val->kind == EV_STRING) {
		mark = EV_MARK_STRING;
		text = ev_val_text(val, &a->text);
	} else if (val->kind == EV_NULL) {
		mark = EV_MARK_NULL;
		text = (struct ev_slice){ "", 0 };
	}
	if (several) {
		ev_key_add(&a->key, mark, text);
		key->mark = EV_KEY_SEVERAL;
		key->text = ev_buf_slice(&a->key);
	} else {
		key->mark = mark;
		key->text = text;
	}
}

static int
load_key(struct ev_aggregated *a, const struct ev_val *line, struct ev_key *key,
    struct ev_err *err)
{
	struct ev_val array = ev_member_of(line, "key"), val;
	struct ev_val bucket = ev_member_of(line, "bucket");
	size_t n = 0, fields = a->plan->fields;
	struct ev_walk walk;

	*key = (struct ev_key){ EV_KEY_OTHER, { "", 0 }, EV_TABLE_ALWAYS };
	if (bucket.kind != EV_NULL &&
	    (bucket.kind != EV_NUMBER ||
		!ev_num_int(ev_val_slice(&bucket), &key->bucket)))
		return ev_fail(err, "a bucket is none");
	if (array.kind == EV_NONE)
		return 0;
	ev_buf_reset(&a->key);
	ev_walk_begin(&walk, &array);
	for (; ev_walk_next(&walk, NULL, &val); n++)
		load_part(a, &val, fields > 1, key);
	if (n != (fields > 0 ? fields : 1))
		return ev_fail(err, "a group has other fields");
	return 0;
}

static int
load_accs(const struct ev_aggregate *plan, struct ev_group *group,
    const struct ev_val *line, struct ev_err *err)
{
	const struct ev_measures *measures = &plan->measures;
	struct ev_val acc = ev_member_of(line, "acc"), val;
	struct ev_val ratio = ev_member_of(line, "ratio");
	struct ev_walk walk;
	int64_t count;
	size_t i;

	ev_walk_begin(&walk, &acc);
	for (i = 0; i < measures->collectors; i++) {
		if (!ev_walk_next(&walk, NULL, &val))
			return ev_fail(err, "a group has other measures");
		if (ev_collect_load(&measures->collector[i], &group->acc[i],
			&val, err) == -1)
			return -1;
	}
	ev_walk_begin(&walk, &ratio);
	for (i = 0; i < plan->ratios * 2; i++) {
		if (!ev_walk_next(&walk, NULL, &val) || val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &count))
			return ev_fail(err, "a group has other ratios");
		group->acc[measures->collectors + i / 2].pair[i % 2] +=
		    (uint64_t)count;
	}
	return 0;
}

int
ev_aggregated_load(
    struct ev_aggregated *a, const struct ev_val *line, struct ev_err *err)
{
	struct ev_group *group;
	uint64_t count, previous;
	struct ev_key key;

	if (ev_member_of(line, "total").kind != EV_NONE)
		return load_head(a, line, err);
	if (load_key(a, line, &key, err) == -1)
		return -1;
	if (!count_of(line, "count", &count) ||
	    !count_of(line, "previous", &previous))
		return ev_fail(err, "a count is missing");
	group = ev_table_at(a->table, &key);
	group->count += count;
	group->previous += previous;
	return load_accs(a->plan, group, line, err);
}
