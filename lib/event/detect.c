#include "event/detect.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "event/reach.h"
#include "json/number.h"
#include "json/quote.h"

#define MOST_TESTS 4 /* of a rule in the table below */
#define GROWTH 64
#define SURELY_FINITE 300 /* digits without an exponent */

struct test {
	enum ev_test_kind kind;
	int slot;
	struct ev_slice text;
};

/* A rule: the tests from the last rule's end to its own. */
struct rule {
	size_t end;
	size_t row;
};

struct ev_detector {
	struct test *test;
	struct rule *rule;
	size_t tests, room, rules;
};

/* clang-format off */
#define HAS(path)		{ EV_TEST_PRESENT, path, NULL }
#define IS(path, text)		{ EV_TEST_IS, path, text }
#define STARTS(path, text)	{ EV_TEST_STARTS, path, text }
#define STRING(path)		{ EV_TEST_STRING, path, NULL }

static const struct {
	enum ev_dialect_row row;
	struct ev_test test[MOST_TESTS + 1];
} builtin[] = {
	{ EV_GEP, { IS("type", "EvolutionEvent") } },
	{ EV_GEP, { IS("type", "ValidationReport") } },
	{ EV_GEP, { IS("type", "MemoryGraphEvent") } },
	{ EV_BREWVA_WAL, { STARTS("schema", "brewva.turn-wal") } },
	{ EV_VERMAS, { HAS("event_id"), HAS("event_type") } },
	{ EV_BEADS, { HAS("issue_id"), HAS("event_type") } },
	{ EV_BEADS_AUDIT, { HAS("kind"), HAS("created_at"),
	    STARTS("id", "int-") } },
	{ EV_AGENTGUARD_RUN, { HAS("kind"), HAS("fingerprint"),
	    { EV_TEST_NUMBER, "timestamp", NULL } } },
	{ EV_AGENTGUARD_DECISION, { HAS("recordId"), HAS("outcome") } },
	{ EV_AGENTGUARD_TELEMETRY, { HAS("syscall"), HAS("policy_result") } },
	{ EV_GOVERN, { HAS("archetypeIds") } },
	{ EV_GOVERN, { HAS("archetype_ids") } },
	{ EV_GASTOWN, { HAS("visibility"), HAS("ts"), HAS("type") } },
	{ EV_GASTOWN, { HAS("summary"), HAS("ts"), HAS("type") } },
	{ EV_AGENTGUARD, { HAS("fingerprint"), HAS("severity"),
	    HAS("type") } },
	{ EV_BREWVA, { STRING("sessionId"), STRING("id"), STRING("type"),
	    { EV_TEST_FINITE, "timestamp", NULL } } },
	{ EV_CLOUDEVENTS, { HAS("specversion") } },
	{ EV_VERMAS, { HAS("event_type") } },
};
/* clang-format on */

struct ev_detector *
ev_detector_new(void)
{
	return ev_calloc(1, sizeof(struct ev_detector));
}

void
ev_detector_free(struct ev_detector *detector)
{
	if (detector == NULL)
		return;
	free(detector->test);
	free(detector->rule);
	free(detector);
}

/* The slot of a path of keys, or -1. */
static int
slot_of(struct ev_plan *plan, const char *text, struct ev_err *err)
{
	struct ev_path path = EV_PATH_INIT;
	int slot = ev_reach_plain(plan, ev_slice_of(text));
	size_t i;

	if (slot >= 0)
		return slot;
	if (ev_path_parse(&path, ev_slice_of(text), err) == -1)
		return -1;
	for (i = 0; i < path.count && path.step[i].key != NULL;)
		i++;
	if (i == path.count)
		slot = ev_plan_add(plan, &path, path.count);
	else
		ev_fail(err, "'%s' leads into an array", text);
	ev_path_clear(&path);
	return slot;
}

static int
add_test(struct ev_detector *det, struct ev_plan *plan,
    const struct ev_test *test, struct ev_err *err)
{
	int slot = slot_of(plan, test->path, err);

	if (slot == -1)
		return -1;
	if (det->tests == det->room) {
		det->room += GROWTH;
		det->test =
		    ev_realloc(det->test, det->room, sizeof(*det->test));
	}
	det->test[det->tests++] = (struct test){ test->kind, slot,
		ev_slice_of(test->text != NULL ? test->text : "") };
	return 0;
}

int
ev_detector_add(struct ev_detector *det, struct ev_plan *plan,
    const struct ev_test *tests, size_t row, struct ev_err *err)
{
	size_t before = det->tests;

	for (; tests->kind != EV_TEST_END; tests++)
		if (add_test(det, plan, tests, err) == -1) {
			det->tests = before;
			return -1;
		}
	if (det->rules % GROWTH == 0)
		det->rule = ev_realloc(
		    det->rule, det->rules + GROWTH, sizeof(*det->rule));
	det->rule[det->rules++] = (struct rule){ det->tests, row };
	return 0;
}

void
ev_detector_builtin(struct ev_detector *det, struct ev_plan *plan,
    const size_t row[EV_DIALECTS])
{
	size_t i;

	for (i = 0; i < sizeof(builtin) / sizeof(builtin[0]); i++)
		ev_detector_add(
		    det, plan, builtin[i].test, row[builtin[i].row], NULL);
}

static bool
is_finite(const struct ev_val *val)
{
	struct ev_slice text = ev_val_slice(val);

	if (text.n < SURELY_FINITE && memchr(text.p, 'e', text.n) == NULL &&
	    memchr(text.p, 'E', text.n) == NULL)
		return true;
	return isfinite(ev_num_double(text));
}

static bool
starts(const struct ev_val *val, struct ev_slice text)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice have = ev_val_text(val, &scratch);
	bool is = have.n >= text.n && memcmp(have.p, text.p, text.n) == 0;

	ev_buf_clear(&scratch);
	return is;
}

static inline bool
holds(const struct test *test, const struct ev_val *val)
{
	if (val->kind == EV_NONE)
		return false;
	switch (test->kind) {
	case EV_TEST_STRING:
		return val->kind == EV_STRING;
	case EV_TEST_NUMBER:
		return val->kind == EV_NUMBER;
	case EV_TEST_FINITE:
		return val->kind == EV_NUMBER && is_finite(val);
	case EV_TEST_IS:
		/* the meaning of a string is never longer than its bytes */
		return val->kind == EV_STRING && val->n >= test->text.n &&
		    ev_val_eq(val, test->text);
	case EV_TEST_TEXT:
		return val->kind == EV_STRING ?
		    ev_val_eq(val, test->text) :
		    ev_slice_eq(ev_val_slice(val), test->text);
	case EV_TEST_STARTS:
		return val->kind == EV_STRING && starts(val, test->text);
	default:
		return true;
	}
}

size_t
ev_detect(
    const struct ev_detector *det, const struct ev_val *slots, size_t otherwise)
{
	const struct rule *rule, *end = det->rule + det->rules;
	const struct test *test = det->test, *stop;

	for (rule = det->rule; rule < end; rule++) {
		stop = det->test + rule->end;
		while (test < stop && holds(test, &slots[test->slot]))
			test++;
		if (test == stop)
			return rule->row;
		test = stop;
	}
	return otherwise;
}
