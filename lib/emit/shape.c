#include "emit/shape.h"

#include <limits.h>
#include <string.h>

#include "json/quote.h"

/* clang-format off */

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define NO_ROLE EV_ROLES
#define SAY_MESSAGE "give -m TEXT"

/* A member: name, other spelling, role, form; filled by … */
#define LEFT(n, a, r, f) \
	{ n, a, r, EV_FORM_##f, EV_FILL_NOTHING, NULL, NULL, NULL, 0, 0 }
#define LEFT_IN(n, r, f, low, high) \
	{ n, NULL, r, EV_FORM_##f, EV_FILL_NOTHING, NULL, NULL, NULL, \
	    low, high }
#define LEFT_OF(n, r, words) \
	{ n, NULL, r, EV_FORM_TEXT, EV_FILL_NOTHING, NULL, NULL, words, 0, 0 }
#define MUST(n, r, f, hint) \
	{ n, NULL, r, EV_FORM_##f, EV_FILL_MUST, NULL, hint, NULL, 0, 0 }
#define MUST_OF(n, r, words) \
	{ n, NULL, r, EV_FORM_TEXT, EV_FILL_MUST, NULL, NULL, words, 0, 0 }
#define FILL(n, a, r, f, fill) \
	{ n, a, r, EV_FORM_##f, EV_FILL_##fill, NULL, NULL, NULL, 0, 0 }
#define ELSE(n, a, r, f, literal) \
	{ n, a, r, EV_FORM_##f, EV_FILL_LITERAL, literal, NULL, NULL, 0, 0 }

static const struct ev_member vermas[] = {
	FILL("event_id", NULL, EV_ID, NAME, ID),
	MUST("event_type", EV_TYPE, NAME, "-d names another dialect"),
	FILL("timestamp", NULL, EV_TIME, TIME, NOW),
	FILL("actor", NULL, EV_ACTOR, TEXT, ACTOR),
	ELSE("correlation_id", NULL, EV_CORRELATION, TEXT, "null"),
	LEFT("caused_by", NULL, EV_PARENT, TEXT),
	ELSE("data", NULL, NO_ROLE, OBJECT, "{}"),
	LEFT("session_id", NULL, EV_SESSION, TEXT),
	LEFT_IN("severity", EV_SEVERITY, WHOLE, 0, 5),
	LEFT_OF("level", EV_LEVEL, "audit ops debug"),
	LEFT("fingerprint", NULL, EV_FINGERPRINT, TEXT),
};

static const struct ev_member govern[] = {
	FILL("id", NULL, EV_ID, NAME, ID),
	MUST_OF("type", EV_TYPE, "commit deploy error deliberation test qa"),
	ELSE("archetypeIds", "archetype_ids", EV_ARCHETYPE, NAMES, "[]"),
	ELSE("skillsExercised", "skills_exercised", EV_SKILL, NAMES, "[]"),
	MUST("description", EV_MESSAGE, TEXT, SAY_MESSAGE),
	LEFT_IN("quality", EV_QUALITY, NUMBER, 0, 1),
	LEFT("metadata", NULL, NO_ROLE, OBJECT),
	FILL("userId", "user_id", EV_ACTOR, TEXT, ACTOR),
	FILL("createdAt", "created_at", EV_TIME, TIME, NOW),
	LEFT("caused_by", NULL, EV_PARENT, TEXT),
};

static const struct ev_member brewva[] = {
	FILL("id", NULL, EV_ID, NAME, ID),
	MUST("sessionId", EV_SESSION, NAME, "give -s or EV_SESSION"),
	MUST("type", EV_TYPE, NAME, NULL),
	FILL("timestamp", NULL, EV_TIME, MS, NOW),
	LEFT_IN("turn", EV_TURN, WHOLE, 0, LONG_MAX),
	LEFT("payload", NULL, NO_ROLE, OBJECT),
	LEFT("parentId", NULL, NO_ROLE, TEXT),
	LEFT("caused_by", NULL, EV_PARENT, TEXT),
};

static const struct ev_member agentguard[] = {
	FILL("id", NULL, EV_ID, NAME, ID),
	FILL("fingerprint", NULL, EV_FINGERPRINT, NAME, FINGER),
	MUST("type", EV_TYPE, NAME, NULL),
	{ "severity", NULL, EV_SEVERITY, EV_FORM_WHOLE, EV_FILL_SEVERITY,
	    NULL, NULL, NULL, 0, 5 },
	FILL("source", NULL, EV_ACTOR, TEXT, ACTOR),
	LEFT("file", NULL, EV_FILE, TEXT),
	LEFT_IN("line", EV_LINE, WHOLE, 0, LONG_MAX),
	MUST("message", EV_MESSAGE, TEXT, SAY_MESSAGE),
	LEFT("metadata", NULL, NO_ROLE, OBJECT),
	FILL("timestamp", NULL, EV_TIME, MS, NOW),
	ELSE("resolved", NULL, EV_OUTCOME, BOOL, "false"),
	LEFT("sessionId", NULL, EV_SESSION, TEXT),
	LEFT("caused_by", NULL, EV_PARENT, TEXT),
};

static const struct ev_member gastown[] = {
	FILL("ts", NULL, EV_TIME, TIME, NOW),
	ELSE("source", NULL, NO_ROLE, TEXT, "\"ev\""),
	MUST("type", EV_TYPE, NAME, NULL),
	FILL("actor", NULL, EV_ACTOR, TEXT, ACTOR),
	ELSE("payload", NULL, NO_ROLE, OBJECT, "{}"),
	{ "visibility", NULL, EV_LEVEL, EV_FORM_TEXT, EV_FILL_LITERAL,
	    "\"both\"", NULL, "audit feed both", 0, 0 },
	LEFT("caused_by", NULL, EV_PARENT, TEXT),
};

static const struct ev_shape shapes[] = {
	{ &ev_dialects[EV_VERMAS], vermas, COUNT(vermas), "evt-", false, NULL,
	    { [EV_SAY_ID] = "event_id", [EV_SAY_ACTOR] = "actor",
	      [EV_SAY_SESSION] = "session_id",
	      [EV_SAY_CORRELATION] = "correlation_id",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_ENTITY] = "data.bead_id",
	      [EV_SAY_SEVERITY] = "severity", [EV_SAY_LEVEL] = "level",
	      [EV_SAY_MESSAGE] = "data.title",
	      [EV_SAY_OUTCOME] = "data.verdict" } },
	{ &ev_dialects[EV_GOVERN], govern, COUNT(govern), "", false, NULL,
	    { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "userId",
	      [EV_SAY_SESSION] = "metadata.sessionId",
	      [EV_SAY_CORRELATION] = "metadata.correlationId",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_MESSAGE] = "description",
	      [EV_SAY_QUALITY] = "quality",
	      [EV_SAY_ARCHETYPE] = "archetypeIds",
	      [EV_SAY_SKILL] = "skillsExercised" } },
	{ &ev_dialects[EV_BREWVA], brewva, COUNT(brewva), "", false, NULL,
	    { [EV_SAY_ID] = "id", [EV_SAY_SESSION] = "sessionId",
	      [EV_SAY_CORRELATION] = "payload.correlationId",
	      [EV_SAY_PARENT] = "caused_by",
	      [EV_SAY_ENTITY] = "payload.intentId",
	      [EV_SAY_MESSAGE] = "payload.reason",
	      [EV_SAY_OUTCOME] = "payload.verdict", [EV_SAY_TURN] = "turn" } },
	{ &ev_dialects[EV_AGENTGUARD], agentguard, COUNT(agentguard), "", true,
	    NULL,
	    { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "source",
	      [EV_SAY_SESSION] = "sessionId",
	      [EV_SAY_CORRELATION] = "metadata.correlationId",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_ENTITY] = "file",
	      [EV_SAY_SEVERITY] = "severity", [EV_SAY_MESSAGE] = "message",
	      [EV_SAY_OUTCOME] = "resolved" } },
	{ &ev_dialects[EV_GASTOWN], gastown, COUNT(gastown), "", false,
	    "\"both\"",
	    { [EV_SAY_ACTOR] = "actor", [EV_SAY_SESSION] = "payload.session_id",
	      [EV_SAY_CORRELATION] = "payload.correlationId",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_ENTITY] = "payload.bead",
	      [EV_SAY_LEVEL] = "visibility",
	      [EV_SAY_MESSAGE] = "payload.subject" } },
};

const struct ev_member ev_says[EV_SAYS] = {
	[EV_SAY_ID] = LEFT("id", NULL, EV_ID, NAME),
	[EV_SAY_ACTOR] = LEFT("actor", NULL, EV_ACTOR, NAME),
	[EV_SAY_SESSION] = LEFT("session", NULL, EV_SESSION, NAME),
	[EV_SAY_CORRELATION] = LEFT("correlation", NULL, EV_CORRELATION, NAME),
	[EV_SAY_PARENT] = LEFT("caused-by", NULL, EV_PARENT, NAME),
	[EV_SAY_ENTITY] = LEFT("entity", NULL, EV_ENTITY, NAME),
	[EV_SAY_SEVERITY] = LEFT_IN("severity", EV_SEVERITY, WHOLE, 0, 5),
	[EV_SAY_LEVEL] = LEFT_OF("level", EV_LEVEL, "audit ops debug"),
	[EV_SAY_MESSAGE] = LEFT("message", NULL, EV_MESSAGE, TEXT),
	[EV_SAY_QUALITY] = LEFT_IN("quality", EV_QUALITY, NUMBER, 0, 1),
	[EV_SAY_OUTCOME] = LEFT("outcome", NULL, EV_OUTCOME, TEXT),
	[EV_SAY_SCORE] = LEFT("score", NULL, NO_ROLE, NUMBER),
	[EV_SAY_TURN] = LEFT_IN("turn", EV_TURN, WHOLE, 0, LONG_MAX),
	[EV_SAY_ARCHETYPE] = LEFT("archetype", NULL, EV_ARCHETYPE, NAMES),
	[EV_SAY_SKILL] = LEFT("skill", NULL, EV_SKILL, NAMES),
};

/* VerMAS: the entity of a type has the name that its data use for it. */
static const struct {
	const char	*prefix, *name;
} vermas_entity[] = {
	{ "mail.", "message_id" },
	{ "mol.", "mol_id" },
	{ "agent.", "agent" },
};
/* clang-format on */

_Static_assert(COUNT(agentguard) <= EV_SHAPE_MOST, "the widest shape");

const struct ev_shape *
ev_shape_of(const struct ev_dialect *dialect)
{
	size_t i;

	for (i = 0; i < COUNT(shapes); i++)
		if (shapes[i].dialect == dialect)
			return &shapes[i];
	return NULL;
}

const struct ev_member *
ev_shape_named(const struct ev_shape *shape, struct ev_slice name)
{
	const struct ev_member *m, *end = shape->member + shape->count;

	for (m = shape->member; m < end; m++)
		if (ev_slice_is(name, m->name) ||
		    (m->also != NULL && ev_slice_is(name, m->also)))
			return m;
	return NULL;
}

int
ev_shape_role(const struct ev_shape *shape, enum ev_role role)
{
	size_t i;

	for (i = 0; i < shape->count; i++)
		if (shape->member[i].role == role)
			return (int)i;
	return -1;
}

struct ev_target
ev_shape_target(
    const struct ev_shape *shape, enum ev_say what, struct ev_slice type)
{
	const char *text = shape->to[what], *dot;
	struct ev_target target = { true, ev_says[what].name };
	size_t i;

	if (text == NULL)
		return target;
	dot = strchr(text, '.');
	target.inside = dot != NULL;
	target.name = dot != NULL ? dot + 1 : text;
	if (what != EV_SAY_ENTITY || shape->dialect != &ev_dialects[EV_VERMAS])
		return target;
	for (i = 0; i < COUNT(vermas_entity); i++)
		if (ev_slice_starts(type, vermas_entity[i].prefix))
			target.name = vermas_entity[i].name;
	return target;
}

enum ev_level
ev_shape_level(const struct ev_shape *shape, const struct ev_val *val)
{
	int level = ev_shape_role(shape, EV_LEVEL), known;
	int type = ev_shape_role(shape, EV_TYPE);
	struct ev_buf scratch = EV_BUF_INIT;
	enum ev_level found;

	if (level >= 0 && val[level].kind == EV_STRING) {
		if (shape->level_else != NULL)
			return ev_val_is(&val[level], "audit") ? EV_AUDIT :
								 EV_OPS;
		known = ev_level_parse(ev_val_slice(&val[level]));
		if (known >= 0)
			return (enum ev_level)known;
	}
	found = ev_level_of(ev_val_text(&val[type], &scratch));
	ev_buf_clear(&scratch);
	return found;
}
