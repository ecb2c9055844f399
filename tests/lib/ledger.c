/*
 * The ledgers of Brewva: what holds of every log, on logs made at random.
 * Arguments: a seed, a number of logs.
 */
#include "ledger/ledgers.h"

#include <stdlib.h>

#include "fold/builtin.h"
#include "fold/checkpoint.h"
#include "folding.h"
#include "ledger/cron.h"
#include "ledger/form.h"
#include "ledger/trim.h"
#include "scratch.h"

#define LINES_MOST 40

static unsigned seed = 1;

static unsigned
below(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static const char *const payloads[] = {
	/* type, then payload */
	"task_event\",\"payload\":{\"schema\":\"brewva.task.ledger.v1\","
	"\"kind\":\"item_added\",\"item\":{\"id\":\"a\",\"text\":\" x \"}}",
	"task_event\",\"payload\":{\"schema\":\"brewva.task.ledger.v1\","
	"\"kind\":\"item_added\",\"item\":{\"id\":\"b\",\"text\":\"y\"}}",
	"task_event\",\"payload\":{\"schema\":\"brewva.task.ledger.v1\","
	"\"kind\":\"item_updated\",\"item\":{\"id\":\"a\","
	"\"status\":\"done\"}}",
	"task_event\",\"payload\":{\"schema\":\"brewva.task.ledger.v1\","
	"\"kind\":\"blocker_recorded\",\"blocker\":{\"id\":\"q\","
	"\"message\":\"m\"}}",
	"task_event\",\"payload\":{\"schema\":\"brewva.task.ledger.v1\","
	"\"kind\":\"blocker_resolved\",\"blockerId\":\"q\"}",
	"truth_event\",\"payload\":{\"schema\":\"brewva.truth.ledger.v1\","
	"\"kind\":\"fact_upserted\",\"fact\":{\"id\":\"f\",\"kind\":\"k\","
	"\"status\":\"active\",\"severity\":\"info\",\"summary\":\"s\","
	"\"evidenceIds\":[\"e\"],\"firstSeenAt\":1.10,\"lastSeenAt\":"
	"9007199254740993}}",
	"truth_event\",\"payload\":{\"schema\":\"brewva.truth.ledger.v1\","
	"\"kind\":\"fact_resolved\",\"factId\":\"f\"}",
	"schedule_intent\",\"payload\":{\"schema\":\"brewva.schedule.v1\","
	"\"kind\":\"intent_created\",\"intentId\":\"i\","
	"\"parentSessionId\":\"s\",\"reason\":\"r\",\"continuityMode\":"
	"\"fresh\",\"maxRuns\":3,\"runAt\":5}",
	"schedule_intent\",\"payload\":{\"schema\":\"brewva.schedule.v1\","
	"\"kind\":\"intent_fired\",\"intentId\":\"i\","
	"\"parentSessionId\":\"s\",\"reason\":\"r\",\"continuityMode\":"
	"\"fresh\",\"maxRuns\":3}",
	"schedule_intent\",\"payload\":{\"kind\":\"intent_fired\"}",
	"cost_update\",\"turn\":1,\"payload\":{\"model\":\"m\",\"skill\":"
	"\"k\",\"inputTokens\":9007199254740993,\"outputTokens\":1,"
	"\"cacheReadTokens\":0,\"cacheWriteTokens\":0,\"totalTokens\":2,"
	"\"costUsd\":0.1}",
	"budget_alert\",\"payload\":{\"kind\":\"session_cap\",\"scope\":"
	"\"session\",\"costUsd\":1,\"thresholdUsd\":1,\"action\":"
	"\"block_tools\"}",
	"tool_result_recorded\",\"turn\":2,\"payload\":{\"verdict\":"
	"\"fail\",\"toolName\":\"exec\",\"failureContext\":{\"args\":{},"
	"\"outputText\":\"bad\"}}",
	"anchor\",\"payload\":{\"schema\":\"brewva.tape.anchor.v1\","
	"\"name\":\"p\",\"createdAt\":1}",
	"memory_crystal_compiled\",\"payload\":{\"id\":\"c\",\"topic\":"
	"\"t\",\"confidence\":0.50}",
	"checkpoint\",\"payload\":{\"schema\":\"brewva.tape.checkpoint.v1\","
	"\"state\":{\"task\":{\"items\":[],\"blockers\":[],\"updatedAt\":"
	"null},\"truth\":{\"facts\":[],\"updatedAt\":7}},\"reason\":\"r\","
	"\"createdAt\":1}",
	"checkpoint\",\"payload\":{\"schema\":\"brewva.tape.checkpoint.v1\"}",
	"turn_wal_recovery_completed\",\"payload\":{\"scanned\":1,"
	"\"bySource\":{\"channel\":{\"scanned\":1}}}",
	"other\"",
};

struct log {
	struct ev_buf line[LINES_MOST];
	bool other[LINES_MOST]; /* of the second session */
	size_t count;
};

static void
make_log(struct log *log)
{
	unsigned what;

	*log = (struct log){ .count = 1 + below(LINES_MOST) };
	for (size_t i = 0; i < log->count; i++) {
		what = below(sizeof(payloads) / sizeof(payloads[0]));
		log->other[i] = below(3) == 0;
		ev_buf_addf(&log->line[i],
		    "{\"id\":\"e%zu\",\"sessionId\":\"%s\",\"timestamp\":%u,"
		    "\"type\":\"%s}",
		    i, log->other[i] ? "z" : "s", 1000 + below(20),
		    payloads[what]);
	}
}

static void
clear_log(struct log *log)
{
	for (size_t i = 0; i < log->count; i++)
		ev_buf_clear(&log->line[i]);
}

static void
feed(struct folding *f, const struct log *log, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		folding_feed(f, ev_buf_slice(&log->line[i]));
}

/* All that a fold knows, as one text. */
static void
all_of(struct folding *f, struct ev_buf *out)
{
	const char *const *view = ev_fold_views(f->fold);

	ev_buf_reset(out);
	for (; *view != NULL; view++)
		ev_buf_adds(out, folding_view(f, *view));
}

/* A fold that is asked after every event answers as one of these events. */
static void
test_prefixes(const struct log *log)
{
	struct ev_buf one = EV_BUF_INIT, two = EV_BUF_INIT;
	struct folding step, whole;

	folding_start(&step, ev_rules_builtin());
	for (size_t n = 1; n <= log->count; n++) {
		feed(&step, log, n - 1, n);
		folding_start(&whole, ev_rules_builtin());
		feed(&whole, log, 0, n);
		all_of(&step, &one);
		all_of(&whole, &two);
		CHECK_STR(ev_buf_str(&one), ev_buf_str(&two));
		folding_close(&whole);
	}
	folding_close(&step);
	ev_buf_clear(&one);
	ev_buf_clear(&two);
}

/* A checkpoint anywhere in the log changes nothing. */
static void
test_checkpoint(const struct log *log)
{
	struct ev_buf one = EV_BUF_INIT, two = EV_BUF_INIT;
	struct folding first, second, whole;
	size_t n = below((unsigned)log->count + 1);
	struct ev_err err = { "" };

	folding_start(&first, ev_rules_builtin());
	feed(&first, log, 0, n);
	CHECK_INT(ev_checkpoint_save(
		      scratch("c"), first.fold, EV_SLICE("here"), &err),
	    0);
	folding_start(&second, ev_rules_builtin());
	CHECK_INT(ev_checkpoint_load(scratch("c"), second.fold, &one, &err), 1);
	feed(&second, log, n, log->count);
	folding_start(&whole, ev_rules_builtin());
	feed(&whole, log, 0, log->count);
	all_of(&second, &one);
	all_of(&whole, &two);
	CHECK_STR(ev_buf_str(&one), ev_buf_str(&two));
	folding_close(&first);
	folding_close(&second);
	folding_close(&whole);
	ev_buf_clear(&one);
	ev_buf_clear(&two);
}

/* All events of one session may come before those of the other; the schedule is
 * one for both, and there equal times stay as they stand. */
static void
test_sessions(const struct log *log)
{
	static const char *const view[] = { "tape", "tasks", "facts", "cost" };
	struct ev_buf one = EV_BUF_INIT;
	struct folding mixed, apart;

	folding_start(&mixed, ev_rules_builtin());
	folding_start(&apart, ev_rules_builtin());
	feed(&mixed, log, 0, log->count);
	for (int other = 1; other >= 0; other--)
		for (size_t i = 0; i < log->count; i++)
			if (log->other[i] == other)
				feed(&apart, log, i, i + 1);
	for (size_t i = 0; i < sizeof(view) / sizeof(view[0]); i++) {
		ev_buf_reset(&one);
		ev_buf_adds(&one, folding_view(&mixed, view[i]));
		CHECK_STR(ev_buf_str(&one), folding_view(&apart, view[i]));
	}
	folding_close(&mixed);
	folding_close(&apart);
	ev_buf_clear(&one);
}

/* What one view keeps alone is what it is among all. */
static void
test_only(const struct log *log)
{
	static const char *const view[] = { "tape", "tasks", "facts",
		"schedule", "wal", "cost" };
	struct ev_buf one = EV_BUF_INIT;
	struct folding all, alone;

	folding_start(&all, ev_rules_builtin());
	feed(&all, log, 0, log->count);
	for (size_t i = 0; i < sizeof(view) / sizeof(view[0]); i++) {
		folding_start(&alone, ev_rules_builtin());
		ev_fold_only_view(
		    alone.fold, ev_fold_view(alone.fold, view[i]));
		feed(&alone, log, 0, log->count);
		ev_buf_reset(&one);
		ev_buf_adds(&one, folding_view(&all, view[i]));
		CHECK_STR(ev_buf_str(&one), folding_view(&alone, view[i]));
		folding_close(&alone);
	}
	folding_close(&all);
	ev_buf_clear(&one);
}

static void
trim_is(const char *text, const char *want)
{
	struct ev_slice got = ev_trim(ev_slice_of(text));

	CHECK(ev_slice_is(got, want));
}

/* ECMA-262: WhiteSpace and LineTerminator, and nothing beside them. */
static void
test_trim(void)
{
	trim_is("", "");
	trim_is(" \t\n\v\f\r", "");
	trim_is("\ufeff\u00a0 a b \u3000\u2028", "a b");
	trim_is("\u1680\u2000\u200a\u202f\u205fx", "x");
	trim_is("\u200bx\xc2\x85", "\u200bx\xc2\x85");
}

static const char *
form_of(const struct ev_form *form, const char *json)
{
	static struct ev_buf text;
	struct ev_node from = ev_form_json(json), to;

	ev_buf_reset(&text);
	if (ev_form_take(form, &from, &to))
		ev_node_print(&to, &text);
	else
		ev_buf_adds(&text, "refused");
	ev_node_clear(&from);
	ev_node_clear(&to);
	return ev_buf_str(&text);
}

static void
test_form(void)
{
	static const struct ev_form whole[] = { { "n", EV_FORM_WHOLE,
						    EV_FORM_MUST, NULL, NULL },
		{ .name = NULL } };
	static const struct ev_form above[] = { { "n", EV_FORM_ABOVE,
						    EV_FORM_SOUND, "7", NULL },
		{ .name = NULL } };
	static const struct ev_form some[] = {
		{ "t", EV_FORM_SOME, EV_FORM_MAY, NULL, NULL },
		{ "s", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL }, { .name = NULL }
	};

	CHECK_STR(form_of(whole, "{\"n\":2.9}"), "{\"n\":2}");
	CHECK_STR(form_of(whole, "{\"n\":9007199254740993}"),
	    "{\"n\":9007199254740993}");
	CHECK_STR(form_of(whole, "{\"n\":-0}"), "{\"n\":0}");
	CHECK_STR(form_of(whole, "{\"n\":1e999}"), "refused");
	CHECK_STR(form_of(whole, "{\"n\":\"1\"}"), "refused");
	CHECK_STR(form_of(whole, "{}"), "refused");
	CHECK_STR(form_of(whole, "[]"), "refused");
	CHECK_STR(form_of(above, "{}"), "{\"n\":7}");
	CHECK_STR(form_of(above, "{\"n\":1.10}"), "{\"n\":1.10}");
	CHECK_STR(form_of(above, "{\"n\":0}"), "refused");
	CHECK_STR(form_of(above, "{\"n\":null}"), "refused");
	CHECK_STR(form_of(some, "{\"t\":[1,\" a \",\"\"],\"s\":\"\\u00e9\"}"),
	    "{\"t\":[\"a\"],\"s\":\"\\u00e9\"}");
	CHECK_STR(form_of(some, "{\"t\":[\" \"],\"s\":\" \\n\"}"), "{}");
	CHECK_STR(form_of(some, "{\"s\":1,\"s\":\" \\u0000 \"}"),
	    "{\"s\":\"\\u0000\"}");
}

static int64_t
next_of(const char *line, int64_t sec)
{
	struct ev_cron cron;
	int64_t next;

	if (!ev_cron_read(&cron, ev_slice_of(line)))
		return -2;
	return ev_cron_next(&cron, sec, &next) ? next : -1;
}

static void
test_cron(void)
{
	/* 2026-02-28, a Saturday */
	const int64_t day = 1772236800, hour = 3600, days = 24 * hour;
	static const char *const wrong[] = { "", "* * * *", "* * * * * *",
		"60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *",
		"* * * * 8", "*/0 * * * *", "1- * * * *", "5-1 * * * *",
		"1,,2 * * * *", "1/2/3 * * * *", "1-2-3 * * * *", "a * * * *",
		"99999999999 * * * *", "* * * * mon" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		CHECK_INT(next_of(wrong[i], day), -2);
	CHECK_INT(next_of("* * * * *", day), day + 60);
	CHECK_INT(next_of("* * * * *", day - 1), day);
	CHECK_INT(next_of(" */5\t* * * * ", day + 1), day + 300);
	CHECK_INT(next_of("7/10 * * * *", day), day + 420);
	CHECK_INT(next_of("0 0 * * *", day), day + days);
	CHECK_INT(next_of("30 2,4-8/2 * * *", day), day + 2 * hour + 1800);
	CHECK_INT(next_of("0 0 * * 7", day), day + days);
	CHECK_INT(next_of("0 0 1 * 1", day), day + days);
	CHECK_INT(next_of("0 0 2-31 * 0-6", day), day + 2 * days);
	CHECK_INT(next_of("0 0 29 2 *", day), day + 731 * days);
	CHECK_INT(next_of("0 0 30 2 *", day), -1);
}

int
main(int argc, char **argv)
{
	int i, logs = argc > 2 ? atoi(argv[2]) : 40;
	struct log log;

	seed = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
	scratch_begin();
	test_trim();
	test_form();
	test_cron();
	for (i = 0; i < logs; i++) {
		make_log(&log);
		test_prefixes(&log);
		test_checkpoint(&log);
		test_sessions(&log);
		test_only(&log);
		clear_log(&log);
	}
	scratch_end();
	return test_end();
}
