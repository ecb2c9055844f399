/* The table of dialects, and detection (1-events 1.1). */
#include "event/dialect.h"

#include "event/event.h"
#include "event/model.h"
#include "padded.h"
#include "test.h"

static void
test_table(void)
{
	struct ev_cell cell;
	const char *at = "meta.at, b ms,%id ms ,msx";
	int i;

	for (i = 0; i < EV_ROLES; i++)
		CHECK_INT(
		    ev_role_of(ev_slice_of(ev_role_name((enum ev_role)i))), i);
	CHECK_INT(ev_role_of(EV_SLICE("Type")), -1);
	for (i = 0; i < EV_DIALECTS; i++)
		CHECK(ev_dialect_named(ev_dialects[i].name) == &ev_dialects[i]);
	CHECK(ev_dialect_named("Vermas") == NULL);
	CHECK(ev_cell_next(&at, &cell) && !cell.ms &&
	    ev_slice_is(cell.path, "meta.at"));
	CHECK(
	    ev_cell_next(&at, &cell) && cell.ms && ev_slice_is(cell.path, "b"));
	CHECK(ev_cell_next(&at, &cell) && cell.ms &&
	    ev_slice_is(cell.path, "%id"));
	CHECK(ev_cell_next(&at, &cell) && !cell.ms &&
	    ev_slice_is(cell.path, "msx"));
	CHECK(!ev_cell_next(&at, &cell));
	at = NULL;
	CHECK(!ev_cell_next(&at, &cell));
}

/* clang-format off */
static const struct {
	enum ev_dialect_row row;
	const char *line;
} detected[] = {
	{ EV_GEP, "{\"type\":\"EvolutionEvent\",\"event_id\":1,"
	    "\"event_type\":2}" },
	{ EV_GEP, "{\"type\":\"Evolution\\u0045vent\"}" },
	{ EV_GEP, "{\"type\":\"ValidationReport\"}" },
	{ EV_GEP, "{\"type\":\"MemoryGraphEvent\",\"kind\":\"signal\"}" },
	{ EV_GENERIC, "{\"type\":\"EvolutionEvents\"}" },
	{ EV_BREWVA_WAL, "{\"schema\":\"brewva.turn-wal.v1\",\"walId\":\"w\"}" },
	{ EV_BREWVA_WAL, "{\"schema\":\"\\u0062rewva.turn-wal\"}" },
	{ EV_GENERIC, "{\"schema\":\"brewva.turn\"}" },
	{ EV_VERMAS, "{\"event_id\":\"e\",\"event_type\":\"bead.created\"}" },
	{ EV_VERMAS, "{\"event_id\":null,\"event_type\":null,"
	    "\"issue_id\":1}" },
	{ EV_VERMAS, "{\"event_type\":\"agent.gupp_check\"}" },
	{ EV_BEADS, "{\"id\":1,\"issue_id\":\"a\",\"event_type\":\"x\"}" },
	{ EV_BEADS_AUDIT, "{\"id\":\"int-1\",\"kind\":\"x\","
	    "\"created_at\":\"t\"}" },
	{ EV_GENERIC, "{\"id\":\"xint-1\",\"kind\":\"x\","
	    "\"created_at\":\"t\"}" },
	{ EV_AGENTGUARD_RUN, "{\"kind\":\"PolicyDenied\",\"timestamp\":1,"
	    "\"fingerprint\":\"f\"}" },
	{ EV_GENERIC, "{\"kind\":\"PolicyDenied\",\"timestamp\":\"1\","
	    "\"fingerprint\":\"f\"}" },
	{ EV_AGENTGUARD_DECISION, "{\"recordId\":\"d\",\"outcome\":\"allow\"}" },
	{ EV_AGENTGUARD_TELEMETRY, "{\"syscall\":\"open\","
	    "\"policy_result\":\"allow\"}" },
	{ EV_GOVERN, "{\"type\":\"commit\",\"archetypeIds\":[]}" },
	{ EV_GOVERN, "{\"type\":\"commit\",\"archetype_ids\":null}" },
	{ EV_GASTOWN, "{\"ts\":\"t\",\"type\":\"x\",\"visibility\":\"feed\"}" },
	{ EV_GASTOWN, "{\"ts\":\"t\",\"type\":\"x\",\"summary\":\"s\"}" },
	{ EV_GENERIC, "{\"ts\":\"t\",\"type\":\"x\"}" },
	{ EV_AGENTGUARD, "{\"fingerprint\":\"f\",\"type\":\"x\","
	    "\"severity\":3,\"timestamp\":1}" },
	{ EV_BREWVA, "{\"id\":\"e\",\"sessionId\":\"s\",\"type\":\"x\","
	    "\"timestamp\":1e3}" },
	{ EV_GENERIC, "{\"id\":\"e\",\"sessionId\":\"s\",\"type\":\"x\","
	    "\"timestamp\":1e999}" },
	{ EV_GENERIC, "{\"id\":5,\"sessionId\":\"s\",\"type\":\"x\","
	    "\"timestamp\":1}" },
	{ EV_CLOUDEVENTS, "{\"specversion\":\"1.0\",\"type\":\"x\"}" },
	{ EV_GENERIC, "{}" },
	{ EV_GENERIC, "{\"data\":{\"event_id\":1,\"event_type\":2}}" },
};
/* clang-format on */

static void
test_detect(void)
{
	struct ev_model *model = ev_model_new(NULL);
	struct ev_event *ev;
	char *line;
	size_t i, n;

	ev_model_seal(model);
	ev = ev_event_new(model);
	for (i = 0; i < sizeof(detected) / sizeof(detected[0]); i++) {
		n = strlen(detected[i].line);
		line = padded(detected[i].line, n);
		CHECK_INT(ev_event_read(ev, line, n), EV_SCAN_OK);
		CHECK_STR(ev->dialect->name, ev_dialects[detected[i].row].name);
		free(line);
	}
	ev_event_free(ev);
	ev_model_free(model);
}

static void
test_forced(void)
{
	struct ev_model *model = ev_model_new(ev_dialect_named("beads"));
	struct ev_event *ev;
	char *line = padded("{\"event_id\":1,\"event_type\":2}", 29);

	ev_model_want(model, EV_TYPE);
	ev_model_seal(model);
	CHECK_INT(ev_plan_slots(model->plan), 1);
	ev = ev_event_new(model);
	CHECK_INT(ev_event_read(ev, line, 29), EV_SCAN_OK);
	CHECK_STR(ev->dialect->name, "beads");
	CHECK(ev_slice_is(ev_event_text(ev, EV_TYPE), "2"));
	ev_event_free(ev);
	ev_model_free(model);
	free(line);
}

/* What a user's row may ask for later. */
static void
test_rule(void)
{
	static const struct ev_test array[] = {
		{ EV_TEST_PRESENT, "a[].b", NULL }, { EV_TEST_END, NULL, NULL }
	};
	static const struct ev_test wrong[] = { { EV_TEST_PRESENT, "a.", NULL },
		{ EV_TEST_END, NULL, NULL } };
	static const struct ev_test nested[] = { { EV_TEST_IS, "a.b", "c" },
		{ EV_TEST_END, NULL, NULL } };
	struct ev_detector *detector = ev_detector_new();
	struct ev_plan *plan = ev_plan_new();
	struct ev_val slot[4];
	char *line = padded("{\"a\":{\"b\":\"c\"}}", 15);
	struct ev_err err;

	CHECK_INT(ev_detector_add(detector, plan, array, 1, &err), -1);
	CHECK_INT(ev_detector_add(detector, plan, wrong, 2, &err), -1);
	CHECK_INT(ev_detector_add(detector, plan, nested, 3, &err), 0);
	CHECK(ev_plan_slots(plan) <= 4);
	CHECK_INT(ev_scan_line(plan, line, 15, slot, NULL), EV_SCAN_OK);
	CHECK_INT(ev_detect(detector, slot, 9), 3);
	free(line);
	line = padded("{}", 2);
	CHECK_INT(ev_scan_line(plan, line, 2, slot, NULL), EV_SCAN_OK);
	CHECK_INT(ev_detect(detector, slot, 9), 9);
	ev_detector_free(detector);
	ev_plan_free(plan);
	free(line);
}

int
main(void)
{
	test_table();
	test_detect();
	test_forced();
	test_rule();
	return test_end();
}
