#include "test.h"

#include "emit/check.h"
#include "emit/raw.h"

static struct ev_err err;

/* The first path of a role's cell in the table of dialects. */
static void
first_path(const struct ev_dialect *dialect, enum ev_role role, char out[64])
{
	const char *cell = dialect->cell[role];

	out[0] = '\0';
	if (cell != NULL && *cell != '%')
		snprintf(out, 64, "%.*s", (int)strcspn(cell, ", "), cell);
}

/*
 * Where an option goes although readers look elsewhere first: that name has a
 * meaning of its own, or stands in the dialect's other record.
 */
static const char *
elsewhere(const struct ev_shape *shape, enum ev_say what)
{
	if (what == EV_SAY_PARENT && shape->dialect == &ev_dialects[EV_BREWVA])
		return "caused_by";
	if (what == EV_SAY_LEVEL && shape->dialect == &ev_dialects[EV_GASTOWN])
		return "visibility";
	if (shape->type == NULL || strcmp(shape->type, "ValidationReport") != 0)
		return NULL;
	if (what == EV_SAY_OUTCOME)
		return "overall_ok";
	return what == EV_SAY_MESSAGE || what == EV_SAY_QUALITY ? "" : NULL;
}

/* Options write where readers look first (1-events 1.2). */
static void
targets_follow_the_cells(void)
{
	const struct ev_shape *shape;
	const char *want;
	enum ev_say what;
	char path[64];

	for (shape = ev_shapes; shape < ev_shapes + EV_SHAPES; shape++) {
		for (what = 0; what < EV_SAYS; what++) {
			if (ev_says[what].role == EV_ROLES)
				continue;
			first_path(shape->dialect, ev_says[what].role, path);
			want = elsewhere(shape, what);
			CHECK_STR(
			    shape->to[what] != NULL ? shape->to[what] : "",
			    want != NULL ? want : path);
		}
	}
}

/* What readers take for id, type and time is a member, or inside one. */
static void
roles_have_members(void)
{
	static const enum ev_role roles[] = { EV_ID, EV_TYPE, EV_TIME,
		EV_ACTOR };
	const struct ev_shape *shape;
	size_t j;
	char path[64];
	int at;

	for (shape = ev_shapes; shape < ev_shapes + EV_SHAPES; shape++) {
		CHECK(shape->count <= EV_SHAPE_MOST);
		CHECK(ev_shape_named(shape, ev_slice_of(shape->home)) != NULL);
		if (shape->dialect->payload != NULL)
			CHECK_STR(shape->home, shape->dialect->payload);
		for (j = 0; j < 4; j++) {
			first_path(shape->dialect, roles[j], path);
			at = ev_shape_role(shape, roles[j]);
			/* GEP's two records have their times apart, and the
			 * kind of MemoryGraphEvents is no type of theirs */
			if (shape->stamp == NULL)
				CHECK_STR(at >= 0 ? shape->member[at].name : "",
				    path);
		}
	}
}

static const char *
target(enum ev_dialect_row row, enum ev_say what, const char *type)
{
	static char text[64];
	const struct ev_shape *shape = ev_shape_of(&ev_dialects[row]);
	struct ev_target to = ev_shape_target(shape, what, ev_slice_of(type));

	snprintf(text, sizeof(text), "%.*s%s", (int)to.member.n, to.member.p,
	    to.inner != NULL ? to.inner : "");
	return text;
}

static void
entities(void)
{
	CHECK_STR(
	    target(EV_VERMAS, EV_SAY_ENTITY, "mail.sent"), "datamessage_id");
	CHECK_STR(
	    target(EV_VERMAS, EV_SAY_ENTITY, "mol.created"), "datamol_id");
	CHECK_STR(target(EV_VERMAS, EV_SAY_ENTITY, "agent.idle"), "dataagent");
	CHECK_STR(target(EV_VERMAS, EV_SAY_ENTITY, "mailbox"), "databead_id");
	CHECK_STR(target(EV_AGENTGUARD, EV_SAY_ENTITY, "mail.x"), "file");
	CHECK_STR(target(EV_GOVERN, EV_SAY_ENTITY, "test"), "metadataentity");
	CHECK_STR(target(EV_GASTOWN, EV_SAY_ID, "t"), "payloadid");
	CHECK_STR(target(EV_GEP, EV_SAY_SCORE, "t"), "outcomescore");
	CHECK_STR(target(EV_GEP, EV_SAY_TURN, "t"), "metaturn");
}

/* "" or the message for a member's value. */
static const char *
check(enum ev_dialect_row row, const char *name, const char *json)
{
	const struct ev_shape *shape = ev_shape_of(&ev_dialects[row]);
	const struct ev_member *m = ev_shape_named(shape, ev_slice_of(name));
	struct ev_val val = ev_raw_val(ev_slice_of(json));

	return ev_check_member(m, &val, &err) == -1 ? err.text : "";
}

static void
values(void)
{
	CHECK_STR(check(EV_GOVERN, "quality", "1.0"), "");
	CHECK_STR(check(EV_GOVERN, "quality", "1e-3"), "");
	CHECK_STR(check(EV_GOVERN, "quality", "null"), "");
	CHECK_STR(check(EV_GOVERN, "quality", "1.4"),
	    "quality: 1.4 is not allowed (a number 0 to 1)");
	CHECK_STR(check(EV_GOVERN, "quality", "-0.1"),
	    "quality: -0.1 is not allowed (a number 0 to 1)");
	CHECK_STR(check(EV_GOVERN, "quality", "\"0.9\""),
	    "quality: \"0.9\" is not allowed (a number 0 to 1, not a text)");
	CHECK_STR(check(EV_GOVERN, "type", "\"qa\""), "");
	CHECK_STR(check(EV_GOVERN, "type", "\"q\\u0061\""), "");
	CHECK_STR(check(EV_GOVERN, "type", "\"ship\""),
	    "type: \"ship\" is not allowed (commit, deploy, error, "
	    "deliberation, test, qa)");
	CHECK_STR(check(EV_GOVERN, "type", "\"commit deploy\""),
	    "type: \"commit deploy\" is not allowed (commit, deploy, error, "
	    "deliberation, test, qa)");
	CHECK_STR(check(EV_GOVERN, "archetypeIds", "[\"a\",1]"),
	    "archetypeIds: [\"a\",1] is not allowed (an array of texts)");
	CHECK_STR(check(EV_GOVERN, "user_id", "7"),
	    "userId: 7 is not allowed (a text)");
	CHECK_STR(check(EV_VERMAS, "correlation_id", "null"), "");
	CHECK_STR(check(EV_VERMAS, "severity", "5.0"), "");
	CHECK_STR(check(EV_VERMAS, "severity", "2.5"),
	    "severity: 2.5 is not allowed (a whole number 0 to 5)");
	CHECK_STR(
	    check(EV_VERMAS, "timestamp", "\"2026-01-06T10:30:00Z\""), "");
	CHECK(*check(EV_VERMAS, "timestamp", "\"2026-02-30T10:30:00Z\""));
	CHECK(*check(EV_VERMAS, "timestamp", "1767695400000"));
	CHECK(*check(EV_VERMAS, "event_id", "\"\""));
	CHECK(*check(EV_VERMAS, "data", "[]"));
	CHECK_STR(check(EV_BREWVA, "timestamp", "1767695400000.5"), "");
	CHECK(*check(EV_BREWVA, "timestamp", "\"1767695400000\""));
	CHECK(*check(EV_BREWVA, "turn", "-1"));
	CHECK(*check(EV_AGENTGUARD, "resolved", "0"));
	CHECK_STR(check(EV_AGENTGUARD, "line", "null"), "");
	CHECK(*check(EV_AGENTGUARD, "message", "null"));
	CHECK(*check(EV_GASTOWN, "visibility", "\"ops\""));
	CHECK_STR(check(EV_CLOUDEVENTS, "data", "[1]"), "");
	CHECK(*check(EV_CLOUDEVENTS, "specversion", "\"0.3\""));
	CHECK_STR(
	    check(EV_GEP, "outcome", "{\"status\":\"failed\",\"score\":0}"),
	    "");
	CHECK_STR(check(EV_GEP, "outcome", "{\"status\":\"failed\"}"),
	    "outcome.score: missing (give --score X)");
	CHECK_STR(check(EV_GEP, "outcome", "{\"status\":\"ok\",\"score\":1}"),
	    "outcome.status: \"ok\" is not allowed (success, failed)");
	CHECK_STR(check(EV_GEP, "personality_state", "{\"rigor\":1.01}"),
	    "personality_state.rigor: 1.01 is not allowed (a number 0 to 1)");
	CHECK_STR(check(EV_GEP, "blast_radius", "[]"),
	    "blast_radius: [] is not allowed (an object)");
}

int
main(void)
{
	targets_follow_the_cells();
	roles_have_members();
	entities();
	values();
	return test_end();
}
