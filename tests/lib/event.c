/* Lines seen through their dialects: roles, times, ids, fields (1-events). */
#include "event/event.h"

#include "base/clock.h"
#include "padded.h"
#include "test.h"

/* One event over lines that it keeps; everything is wanted. */
static struct ev_model *model;
static struct ev_event *ev;
static char *kept;
static int field_status, field_items, field_bead, field_array;

static int
add_field(const char *text)
{
	struct ev_path path = EV_PATH_INIT;
	int field;

	ev_path_parse(&path, ev_slice_of(text), NULL);
	field = ev_model_path(model, &path);
	ev_path_clear(&path);
	return field;
}

static void
begin(void)
{
	int role;

	model = ev_model_new(NULL);
	for (role = 0; role < EV_ROLES; role++)
		ev_model_want(model, (enum ev_role)role);
	field_status = add_field("new_value.status");
	field_items = add_field("payload.items[].id");
	field_bead = add_field("data.bead_id");
	field_array = add_field("[].x");
	ev_model_seal(model);
	ev = ev_event_new(model);
}

static void
end(void)
{
	ev_event_free(ev);
	ev_model_free(model);
	free(kept);
}

static void
line(const char *text)
{
	size_t n = strlen(text);

	free(kept);
	kept = padded(text, n);
	CHECK_INT(ev_event_read(ev, kept, n), EV_SCAN_OK);
}

static const char *
str(struct ev_slice text)
{
	static char room[4][200];
	static unsigned next;
	char *p = room[next++ % 4];

	snprintf(p, sizeof(room[0]), "%.*s", (int)text.n, text.p);
	return p;
}

static const char *
role(enum ev_role r)
{
	return str(ev_event_text(ev, r));
}

/* Milliseconds of the event's time, or -1. */
static long long
ms(void)
{
	struct timespec t;

	return ev_event_time(ev, &t) ? (long long)ev_time_ms(t) : -1;
}

static int
join(void *arg, const struct ev_val *val)
{
	struct ev_slice raw = ev_val_raw(val);
	char *out = arg;

	snprintf(
	    out + strlen(out), 100 - strlen(out), "%.*s;", (int)raw.n, raw.p);
	return 0;
}

static const char *
each(enum ev_role r)
{
	static char out[100];

	out[0] = '\0';
	ev_event_each(ev, r, join, out);
	return out;
}

static const char *
field(int number)
{
	static char out[100];

	out[0] = '\0';
	ev_event_field(ev, number, join, out);
	return out;
}

static void
test_vermas(void)
{
	line(
	    "{\"event_id\":\"evt-1\",\"event_type\":\"agent.started\","
	    "\"timestamp\":\"2024-03-08T00:00:00.5Z\",\"actor\":\"m\\u0061yor\","
	    "\"correlation_id\":null,\"data\":{\"session_name\":\"s\"}}");
	CHECK_STR(role(EV_ID), "evt-1");
	CHECK_STR(role(EV_ACTOR), "mayor");
	CHECK_STR(role(EV_ENTITY), "mayor");
	CHECK_STR(role(EV_SESSION), "s");
	CHECK_INT(ev_event_role(ev, EV_CORRELATION).kind, EV_NONE);
	CHECK_STR(role(EV_LEVEL), "ops");
	CHECK_STR(ev_event_category(ev), "agent");
	CHECK_INT(ms(), 1709856000500);
	CHECK_STR(field(field_bead), "");
	line(
	    "{\"event_id\":1,\"event_type\":\"bead.closed\",\"level\":\"audit\","
	    "\"data\":{\"mol_id\":\"m\",\"bead_id\":\"b\",\"title\":null,"
	    "\"reason\":\"done\"},\"actor\":\"x\",\"timestamp\":\"soon\"}");
	CHECK_STR(role(EV_ENTITY), "b");
	CHECK_STR(role(EV_MESSAGE), "done");
	CHECK_STR(ev_event_level(ev), "audit");
	CHECK_STR(str(ev_event_id(ev)), "1");
	CHECK_STR(field(field_bead), "\"b\";");
	CHECK_INT(ms(), -1);
	line(
	    "{\"event_type\":\"patrol.completed\",\"actor\":\"w\",\"level\":7}");
	CHECK_INT(ev_event_role(ev, EV_ENTITY).kind, EV_NONE);
	CHECK_STR(ev_event_level(ev), "ops");
	CHECK_INT(str(ev_event_id(ev))[0], '~');
	CHECK_INT(ev_event_id(ev).n, 17);
}

static void
test_raw(void)
{
	struct ev_val val;

	/* computed strings have their quotes around them */
	line("{\"id\":\"e\",\"sessionId\":\"s\",\"type\":\"anchor\","
	     "\"timestamp\":1709856000123,\"turn\":3,\"payload\":{"
	     "\"items\":[{\"id\":1},{\"id\":\"b\"},{}]}}");
	val = ev_event_role(ev, EV_LEVEL);
	CHECK_STR(str(ev_val_raw(&val)), "\"audit\"");
	CHECK_STR(ev_event_level(ev), "audit");
	CHECK_STR(ev_event_category(ev), "state");
	CHECK_STR(role(EV_TURN), "3");
	CHECK_INT(ms(), 1709856000123);
	CHECK_STR(field(field_items), "1;\"b\";");
	CHECK_STR(field(field_array), "");
	val = ev_event_payload(ev);
	CHECK_INT(val.kind, EV_OBJECT);
	CHECK_STR(str(ev_val_raw(&val)),
	    "{\"items\":[{\"id\":1},{\"id\":\"b\"},{}]}");
	/* a small number too is milliseconds there */
	line("{\"id\":\"e\",\"sessionId\":\"s\",\"type\":\"x\","
	     "\"timestamp\":1709856000}");
	CHECK_INT(ms(), 1709856000);
	CHECK_INT(ev_event_payload(ev).kind, EV_NONE);
}

static void
test_agentguard(void)
{
	line("{\"kind\":\"PolicyDenied\",\"timestamp\":5,\"fingerprint\":\"f\","
	     "\"metadata\":{\"runId\":\"r\"}}");
	CHECK_STR(role(EV_SEVERITY), "3");
	CHECK_STR(role(EV_SESSION), "r");
	CHECK_STR(role(EV_TYPE), "PolicyDenied");
	line("{\"kind\":\"Other\",\"timestamp\":5,\"fingerprint\":\"f\","
	     "\"metadata\":{\"severity\":4}}");
	CHECK_STR(role(EV_SEVERITY), "4");
	line("{\"type\":\"error\",\"archetypeIds\":[\"a\",null,\"b\"],"
	     "\"skillsExercised\":[],\"createdAt\":\"2024-03-08\"}");
	CHECK_STR(role(EV_SEVERITY), "3");
	CHECK_STR(each(EV_ARCHETYPE), "\"a\";\"b\";");
	CHECK_STR(each(EV_SKILL), "");
	line("{\"type\":\"commit\",\"archetype_ids\":\"solo\"}");
	CHECK_INT(ev_event_role(ev, EV_SEVERITY).kind, EV_NONE);
	CHECK_STR(each(EV_ARCHETYPE), "\"solo\";");
}

static void
test_gep(void)
{
	line("{\"type\":\"MemoryGraphEvent\",\"kind\":\"signal\","
	     "\"id\":\"sig_1781014418137_a26cf652\",\"signals\":[\"x\"]}");
	CHECK_STR(role(EV_TYPE), "signal");
	CHECK_INT(ms(), 1781014418137);
	line("{\"type\":\"MemoryGraphEvent\",\"id\":\"sig_12\"}");
	CHECK_STR(role(EV_TYPE), "MemoryGraphEvent");
	CHECK_INT(ms(), -1);
	line(
	    "{\"type\":\"ValidationReport\",\"kind\":\"k\",\"overall_ok\":false,"
	    "\"id\":\"vr_1770477201172\",\"created_at\":\"no time\"}");
	CHECK_STR(role(EV_TYPE), "ValidationReport");
	CHECK_STR(role(EV_OUTCOME), "false");
	CHECK_INT(ms(), -1); /* the first one present decides */
	line("{\"type\":\"EvolutionEvent\",\"meta\":{\"at\":null},\"ts\":5,"
	     "\"outcome\":{\"score\":0.80,\"status\":\"failed\"},"
	     "\"genes_used\":[\"g\"],\"timestamp\":1709856000}");
	CHECK_INT(ms(), 1709856000000);
	CHECK_STR(role(EV_QUALITY), "0.80");
	CHECK_STR(each(EV_GENE), "\"g\";");
}

static void
test_gastown(void)
{
	line("{\"ts\":\"2024-03-08T00:00:00Z\",\"type\":\"nudge\","
	     "\"visibility\":\"audit\",\"payload\":{\"bead\":\"b\"}}");
	CHECK_STR(ev_event_level(ev), "audit");
	CHECK_STR(role(EV_ENTITY), "b");
	line("{\"ts\":\"x\",\"type\":\"anchor\",\"summary\":\"s\"}");
	CHECK_STR(ev_event_level(ev), "ops");
	CHECK_INT(ev_event_id(ev).p[0], '~');
}

static void
test_inner(void)
{
	line("{\"id\":1,\"issue_id\":\"a\",\"event_type\":\"status_changed\","
	     "\"new_value\":\"{\\\"status\\\":\\\"ho\\\\u006fked\\\"}\"}");
	CHECK_STR(role(EV_OUTCOME), "hooked");
	CHECK_STR(field(field_status), "\"ho\\u006fked\";");
	line("{\"id\":1,\"issue_id\":\"a\",\"event_type\":\"closed\","
	     "\"new_value\":\"{not json}\"}");
	CHECK_INT(ev_event_role(ev, EV_OUTCOME).kind, EV_NONE);
	line("{\"id\":1,\"issue_id\":\"a\",\"event_type\":\"closed\","
	     "\"new_value\":\"[{\\\"status\\\":1}]\"}");
	CHECK_INT(ev_event_role(ev, EV_OUTCOME).kind, EV_NONE);
	CHECK_STR(field(field_status), "");
	/* laid out, and as an object that is no string */
	line("{\"id\":1,\"issue_id\":\"a\",\"event_type\":\"x\","
	     "\"new_value\":\"{\\n \\\"status\\\": null,\\n "
	     "\\\"status\\\": \\\"open\\\"\\n}\\n\"}");
	CHECK_STR(role(EV_OUTCOME), "open");
	line("{\"id\":1,\"issue_id\":\"a\",\"event_type\":\"x\","
	     "\"new_value\":{\"status\":\"open\"}}");
	CHECK_STR(role(EV_OUTCOME), "open");
	CHECK_STR(field(field_status), "\"open\";");
	/* other dialects do not look into strings */
	line("{\"event_id\":1,\"event_type\":\"x\","
	     "\"new_value\":\"{\\\"status\\\":1}\"}");
	CHECK_STR(field(field_status), "");
	line(
	    "{\"event_id\":1,\"event_type\":\"x\",\"new_value\":{\"status\":1}}");
	CHECK_STR(field(field_status), "1;");
}

static void
test_generic(void)
{
	line("{\"id\":\"\",\"type\":\"t\",\"source\":null,\"actor\":\"a\","
	     "\"time\":\"2024-03-08 00:00\",\"ts\":1709856000}");
	CHECK_STR(ev->dialect->name, "generic");
	CHECK_STR(role(EV_ACTOR), "a");
	CHECK_INT(ev_event_id(ev).p[0], '~');
	line("{\"id\":true,\"ts\":1709856000.25}");
	CHECK_INT(ev_event_id(ev).p[0], '~');
	CHECK_INT(ms(), 1709856000250);
	line("{\"id\":9007199254740993}");
	CHECK_STR(str(ev_event_id(ev)), "9007199254740993");
	CHECK_INT(ms(), -1);
	/* what fingerprints are made of, also where no dialect is told by it */
	line("{\"type\":\"TypeError\",\"message\":\"m\",\"msg\":\"n\","
	     "\"file\":\"a.js\",\"line\":42,\"sessionId\":\"s\"}");
	CHECK_STR(ev->dialect->name, "generic");
	CHECK_STR(role(EV_MESSAGE), "m");
	CHECK_STR(role(EV_FILE), "a.js");
	CHECK_STR(role(EV_LINE), "42");
	CHECK_STR(role(EV_SESSION), "s");
	CHECK_STR(role(EV_FINGERPRINT), "");
	line("{\"msg\":\"n\",\"session_id\":\"s\",\"fingerprint\":\"f\"}");
	CHECK_STR(role(EV_MESSAGE), "n");
	CHECK_STR(role(EV_SESSION), "s");
	CHECK_STR(role(EV_FINGERPRINT), "f");
	/* of repeated keys the last one counts */
	line("{\"id\":1,\"id\":2}");
	CHECK_STR(str(ev_event_id(ev)), "2");
}

static void
test_damaged(void)
{
	free(kept);
	kept = padded("{\"a\":", 5);
	CHECK_INT(ev_event_read(ev, kept, 5), EV_SCAN_TORN);
	line("{\"id\":3}");
	CHECK_STR(str(ev_event_id(ev)), "3");
}

int
main(void)
{
	begin();
	test_vermas();
	test_raw();
	test_agentguard();
	test_gep();
	test_gastown();
	test_inner();
	test_generic();
	test_damaged();
	end();
	return test_end();
}
