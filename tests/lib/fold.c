/* The state that events make. */
#include "fold/builtin.h"
#include "fold/fold.h"
#include "fold/interest.h"

#include "folding.h"

static void
test_beads(void)
{
	static const char *const log[] = {
		"{\"event_id\":\"1\",\"event_type\":\"bead.created\",\"data\":"
		"{ \"bead_id\" : \"b1\",\"n\":9007199254740993,\"x\":[1.10, 2],"
		"\"n\":9007199254740995}}",
		"{\"event_id\":\"2\",\"event_type\":\"bead.updated\",\"data\":"
		"{\"bead_id\":\"b1\",\"changes\":{\"title\":\"\\u00e9\","
		"\"x\":null}}}",
		"{\"event_id\":\"3\",\"event_type\":\"bead.hooked\",\"data\":"
		"{\"bead_id\":\"b1\",\"agent\":\"a/b\"}}",
		"{\"event_id\":\"4\",\"event_type\":\"verify.verdict\","
		"\"data\":{\"bead_id\":\"b1\",\"verdict\":\"PASS\"}}",
		"{\"event_id\":\"5\",\"event_type\":\"bead.status_changed\","
		"\"data\":{\"bead_id\":\"b2\",\"to_status\":\"open\"}}",
		"{\"event_id\":\"6\",\"event_type\":\"bead.closed\",\"data\":"
		"{\"bead_id\":\"b1\",\"reason\":\"done\"}}",
		"{\"event_id\":\"7\",\"event_type\":\"bead.updated\",\"data\":"
		"{\"bead_id\":\"b3\",\"changes\":\"none\"}}",
		"{\"event_id\":\"8\",\"event_type\":\"bead.odd\",\"data\":"
		"{\"bead_id\":\"b4\"}}",
		"{\"event_id\":\"9\",\"event_type\":\"bead.created\",\"data\":"
		"{\"bead_id\":null}}",
		NULL
	};
	struct folding f;

	folding_open(&f, ev_rules_builtin(), log);
	CHECK_STR(folding_state(&f, "b1"),
	    "{\"bead_id\":\"b1\",\"n\":9007199254740995,\"x\":null,"
	    "\"title\":\"\\u00e9\",\"status\":\"closed\",\"assignee\":\"a/b\","
	    "\"close_reason\":\"done\"}");
	CHECK_STR(folding_state(&f, "b2"), "{\"status\":\"open\"}");
	CHECK_STR(folding_state(&f, "b3"), "{}");
	CHECK_STR(folding_state(&f, "b4"), "none");
	CHECK_STR(folding_state(&f, "a/b"), "{\"hooked_bead\":\"b1\"}");
	CHECK_STR(folding_view(&f, "issues"),
	    "{\"id\":\"b1\",\"bead_id\":\"b1\",\"n\":9007199254740995,"
	    "\"x\":null,\"title\":\"\\u00e9\",\"status\":\"closed\","
	    "\"assignee\":\"a/b\",\"close_reason\":\"done\"}\n"
	    "{\"id\":\"b2\",\"status\":\"open\"}\n{\"id\":\"b3\"}\n");
	folding_close(&f);
	folding_open(&f, ev_rules_seed(), log);
	CHECK_STR(folding_state(&f, "b1"),
	    "{\"bead_id\":\"b1\",\"n\":9007199254740995,\"x\":null,"
	    "\"title\":\"\\u00e9\"}");
	CHECK_STR(folding_state(&f, "a/b"), "none");
	folding_close(&f);
}

#define ISSUE(type, id, old, new) \
	"{\"id\":\"1\",\"issue_id\":\"" id "\",\"event_type\":\"" type \
	"\",\"actor\":\"a\",\"old_value\":" old \
	",\"new_value\":" new ",\"created_at\":\"2026-01-01T00:00:00Z\"}"

static void
test_renamed(void)
{
	static const char *const log[] = { ISSUE("label_added", "a-1", "null",
					       "null"),
		ISSUE("updated", "a-1",
		    "\"{\\\"id\\\":\\\"a-1\\\",\\\"p\\\":1.0,\\n "
		    "\\\"status\\\":\\\"open\\\"}\"",
		    "\"{\\\"p\\\":2e0}\""),
		ISSUE("closed", "a-2", "\"\"", "\"why\""),
		ISSUE("renamed", "a-2", "\"a-1\"", "\"a-2\""),
		ISSUE("renamed", "a-3", "\"a-9\"", "\"a-3\""),
		ISSUE("created", "a-10", "\"\"", "\"\""),
		/* to the name that it has */
		ISSUE("renamed", "a-10", "\"a-10\"", "\"a-10\""), NULL };
	struct folding f;

	folding_open(&f, ev_rules_builtin(), log);
	CHECK_STR(folding_state(&f, "a-1"), "none");
	CHECK_STR(folding_view(&f, "issues"),
	    "{\"id\":\"a-2\",\"p\":2e0,\"status\":\"closed\","
	    "\"close_reason\":\"why\"}\n{\"id\":\"a-3\"}\n"
	    "{\"id\":\"a-10\",\"status\":\"open\"}\n");
	folding_close(&f);
}

/* What an event says by its type alone, and what its values say better. */
static void
test_claimed(void)
{
	static const char *const log[] = { ISSUE("claimed", "w-1", "\"\"",
					       "\"\""),
		ISSUE("created", "w-2", "\"\"", "\"\""),
		ISSUE("claimed", "w-2", "\"{\\\"status\\\":\\\"open\\\"}\"",
		    "\"{\\\"assignee\\\":\\\"a\\\","
		    "\\\"status\\\":\\\"hooked\\\"}\""),
		ISSUE("created", "w-3", "\"\"", "\"\""),
		ISSUE("closed", "w-3", "\"\"", "\"why\""),
		ISSUE("closed", "w-4", "\"\"",
		    "\"{\\\"status\\\":\\\"closed\\\","
		    "\\\"notes\\\":\\\"n\\\"}\""),
		ISSUE(
		    "created", "w-5", "\"\"", "\"{\\\"title\\\":\\\"t\\\"}\""),
		ISSUE("deleted", "w-3", "\"\"", "\"delete\""), NULL };
	struct folding f;

	folding_open(&f, ev_rules_builtin(), log);
	CHECK_STR(folding_view(&f, "issues"),
	    "{\"id\":\"w-1\",\"status\":\"in_progress\"}\n"
	    "{\"id\":\"w-2\",\"status\":\"hooked\",\"assignee\":\"a\"}\n"
	    "{\"id\":\"w-3\",\"status\":\"tombstone\","
	    "\"close_reason\":\"why\"}\n"
	    "{\"id\":\"w-4\",\"status\":\"closed\",\"notes\":\"n\"}\n"
	    "{\"id\":\"w-5\",\"status\":\"open\",\"title\":\"t\"}\n");
	folding_close(&f);
}

/* One view alone is what it is among all. */
static void
test_one_view(void)
{
	static const char *const log[] = {
		"{\"event_type\":\"bead.hooked\",\"data\":{\"bead_id\":\"b\","
		"\"agent\":\"a\"}}",
		NULL
	};
	struct folding f;
	int view;

	folding_start(&f, ev_rules_builtin());
	view = ev_fold_view(f.fold, "agents");
	ev_fold_only_view(f.fold, view);
	folding_feed(&f, ev_slice_of(log[0]));
	CHECK_STR(folding_state(&f, "a"), "{\"hooked_bead\":\"b\"}");
	CHECK(ev_fold_find_in(f.fold, view, EV_SLICE("a")) != EV_BOARD_NONE);
	CHECK(ev_fold_find_in(f.fold, view, EV_SLICE("b")) == EV_BOARD_NONE);
	CHECK_STR(folding_state(&f, "b"), "none");
	folding_close(&f);
}

/* What the events must be that can matter. */
static void
test_interest(void)
{
	struct ev_buf expr = EV_BUF_INIT;

	CHECK(ev_interest(ev_rules_seed(), NULL, "a\"b\\c", &expr));
	CHECK_STR(ev_buf_str(&expr),
	    "((\"data.bead_id\" = \"a\\\"b\\\\c\") and "
	    "(dialect *= \"vermas\") and (type *= \"bead.*\"))");
	ev_buf_reset(&expr);
	/* where entities are renamed any event of the view may matter */
	CHECK(ev_interest(ev_rules_builtin(), "issues", "x", &expr));
	CHECK_STR(ev_buf_str(&expr),
	    "((dialect *= \"vermas\") and (type *= \"bead.*\")) or "
	    "((dialect *= \"beads\"))");
	ev_buf_reset(&expr);
	CHECK(ev_interest(ev_rules_builtin(), "entities", NULL, &expr));
	CHECK(strstr(ev_buf_str(&expr),
		  "((dialect *= \"vermas\") and not (type *= \"bead.*\" or ") ==
	    expr.p);
	ev_buf_reset(&expr);
	CHECK(!ev_interest(ev_rules_builtin(), "none", NULL, &expr));
	CHECK_INT(expr.n, 0);
	ev_buf_clear(&expr);
}

/* One entity alone has the state that it has among all. */
static void
test_only(void)
{
	static const char *const log[] = { ISSUE(
					       "created", "x", "\"\"", "\"\""),
		ISSUE("renamed", "y", "\"x\"", "\"y\""),
		"{\"event_type\":\"mail.sent\",\"data\":{\"message_id\":\"m\","
		"\"to\":\"a\"}}",
		"{\"event_type\":\"mail.sent\",\"data\":{\"message_id\":\"n\"}}",
		NULL };
	struct folding f;

	folding_only(&f, ev_rules_builtin(), log, "y");
	CHECK_STR(folding_state(&f, "y"), "{\"status\":\"open\"}");
	CHECK_STR(folding_state(&f, "m"), "none");
	folding_close(&f);
	folding_only(&f, ev_rules_builtin(), log, "m");
	CHECK_STR(folding_state(&f, "m"),
	    "{\"message_id\":\"m\",\"to\":\"a\",\"status\":\"sent\"}");
	CHECK_STR(folding_state(&f, "n"), "none");
	folding_close(&f);
}

#define GEP(id, outcome, rest) \
	"{\"type\":\"EvolutionEvent\",\"id\":\"" id "\",\"outcome\":" \
	"{\"status\":\"" outcome "\"}," rest "}"

static void
test_gep(void)
{
	static const char *const log[] = {
		GEP("1", "success",
		    "\"capsule_id\":\"c\",\"genes_used\":"
		    "[\"g\",\"h\"],\"blast_radius\":{\"files\":1,\"lines\":4}"),
		GEP("2", "failed",
		    "\"capsule_id\":\"c\",\"genes_used\":[\"g\"]"),
		GEP("3", "success",
		    "\"capsule_id\":\"c\",\"genes_used\":[\"g\"],"
		    "\"blast_radius\":{\"files\":2,\"lines\":5}"),
		GEP("4", "failed", "\"capsule_id\":null,\"genes_used\":[]"),
		NULL
	};
	struct folding f;

	folding_open(&f, ev_rules_builtin(), log);
	CHECK_STR(folding_view(&f, "capsules"),
	    "{\"id\":\"c\",\"genes\":[\"g\",\"h\"],\"successes\":2,"
	    "\"failures\":1,\"streak\":1}\n");
	CHECK_STR(folding_view(&f, "genes"),
	    "{\"id\":\"g\",\"uses\":3,\"successes\":2,"
	    "\"success_rate\":0.6666666666666666,\"measured\":2,\"files\":3,"
	    "\"lines\":9,\"avg_files\":1.5,\"avg_lines\":4.5}\n"
	    "{\"id\":\"h\",\"uses\":1,\"successes\":1,\"success_rate\":1,"
	    "\"measured\":1,\"files\":1,\"lines\":4,\"avg_files\":1,"
	    "\"avg_lines\":4}\n");
	folding_close(&f);
}

#define FINDING(type, time, session, resolved) \
	"{\"id\":\"1\",\"fingerprint\":\"fp\",\"type\":\"" type \
	"\",\"severity\":3,\"message\":\"m\",\"timestamp\":" time \
	",\"sessionId\":\"" session "\",\"resolved\":" resolved "}"

static void
test_findings(void)
{
	static const char *const log[] = { FINDING("FindingResolved", "1", "s0",
					       "true"),
		FINDING("TestFailure", "2", "s1", "false"),
		FINDING("TestFailure", "3", "s1", "false"), NULL };
	static const char *const solved[] = { FINDING("TestFailure", "2", "s1",
						  "false"),
		FINDING("TestFailure", "3", "s2", "true"),
		FINDING("TestFailure", "4", "s2", "false"),
		FINDING("FindingResolved", "5", "s3", "true"), NULL };
	struct folding f;

	folding_open(&f, ev_rules_builtin(), log);
	CHECK_STR(folding_state(&f, "fp"),
	    "{\"count\":2,\"resolved\":false,\"regressed\":true,\"first\":2,"
	    "\"type\":\"TestFailure\",\"message\":\"m\",\"last\":3,"
	    "\"sessions\":[\"s1\"],\"severity\":3}");
	folding_close(&f);
	folding_open(&f, ev_rules_builtin(), solved);
	CHECK_STR(folding_state(&f, "fp"),
	    "{\"count\":3,\"first\":2,\"type\":\"TestFailure\","
	    "\"message\":\"m\",\"last\":4,\"sessions\":[\"s1\",\"s2\"],"
	    "\"severity\":3,\"resolved\":true,\"regressed\":false}");
	folding_close(&f);
}

/* What no table is for: the payload as a merge patch. */
static void
test_other(void)
{
	static const char *const log[] = {
		"{\"ts\":\"2026-01-01T00:00:00Z\",\"type\":\"sling\","
		"\"visibility\":\"both\",\"payload\":{\"bead\":\"g\","
		"\"a\":{\"b\":1,\"c\":2}}}",
		"{\"ts\":\"2026-01-01T00:00:01Z\",\"type\":\"done\","
		"\"visibility\":\"both\",\"payload\":{\"bead\":\"g\","
		"\"a\":{\"b\":null}}}",
		" {\"id\":\"int-1\",\"kind\":\"k\",\"created_at\":1,"
		"\"issue_id\":7} \r",
		NULL
	};
	struct folding f;

	folding_open(&f, ev_rules_builtin(), log);
	CHECK_STR(folding_state(&f, "g"), "{\"bead\":\"g\",\"a\":{\"c\":2}}");
	CHECK_STR(folding_state(&f, "7"),
	    "{\"id\":\"int-1\",\"kind\":\"k\",\"created_at\":1,"
	    "\"issue_id\":7}");
	folding_close(&f);
}

/* A state that grows beyond what stays text, among many entities. */
static void
test_large(void)
{
	const char *line[401] = { NULL };
	struct ev_buf text[400], want = EV_BUF_INIT;
	struct folding f;
	size_t i;

	for (i = 0; i < 400; i++) {
		text[i] = (struct ev_buf)EV_BUF_INIT;
		ev_buf_addf(&text[i],
		    "{\"event_type\":\"mol.step_started\",\"data\":{\"mol_id\":"
		    "\"m%zu\",\"step\":\"a step of some length, %zu\"}}",
		    i % 4 == 0 ? (size_t)0 : i, i % 200);
		line[i] = ev_buf_str(&text[i]);
	}
	folding_open(&f, ev_rules_builtin(), line);
	ev_buf_adds(&want, "{\"status\":\"in_progress\",\"steps_started\":[");
	for (i = 0; i < 200; i += 4)
		ev_buf_addf(&want, "%s\"a step of some length, %zu\"",
		    i > 0 ? "," : "", i);
	ev_buf_adds(&want, "]}");
	CHECK_STR(folding_state(&f, "m0"), ev_buf_str(&want));
	CHECK_STR(folding_state(&f, "m399"),
	    "{\"status\":\"in_progress\",\"steps_started\":["
	    "\"a step of some length, 199\"]}");
	folding_close(&f);
	for (i = 0; i < 400; i++)
		ev_buf_clear(&text[i]);
	ev_buf_clear(&want);
}

int
main(void)
{
	test_beads();
	test_renamed();
	test_claimed();
	test_only();
	test_one_view();
	test_interest();
	test_gep();
	test_findings();
	test_other();
	test_large();
	return test_end();
}
