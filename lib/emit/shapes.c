#include "emit/shapes.h"

#include <limits.h>

/* clang-format off */

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define NO_ROLE EV_ROLES
#define SAY_MESSAGE "give -m TEXT"

/* A member: name, other spelling, role, form; filled by … */
#define LEFT(n, a, r, f) \
	{ n, a, r, EV_FORM_##f, EV_FILL_NOTHING, NULL, NULL, NULL, 0, 0, NULL }
#define LEFT_IN(n, r, f, low, high) \
	{ n, NULL, r, EV_FORM_##f, EV_FILL_NOTHING, NULL, NULL, NULL, \
	    low, high, NULL }
#define LEFT_OF(n, r, words) \
	{ n, NULL, r, EV_FORM_TEXT, EV_FILL_NOTHING, NULL, NULL, words, 0, 0, NULL }
#define MUST(n, r, f, hint) \
	{ n, NULL, r, EV_FORM_##f, EV_FILL_MUST, NULL, hint, NULL, 0, 0, \
	    NULL }
#define MUST_OF(n, r, words) \
	{ n, NULL, r, EV_FORM_TEXT, EV_FILL_MUST, NULL, NULL, words, 0, 0, NULL }
#define FILL(n, a, r, f, fill) \
	{ n, a, r, EV_FORM_##f, EV_FILL_##fill, NULL, NULL, NULL, 0, 0, NULL }
#define ELSE(n, a, r, f, literal) \
	{ n, a, r, EV_FORM_##f, EV_FILL_LITERAL, literal, NULL, NULL, 0, 0, \
	    NULL }

static const struct ev_member vermas[] = {
	FILL("event_id", NULL, EV_ID, NAME, ID),
	MUST("event_type", EV_TYPE, NAME,
	    "-d names another dialect, dialects.json one of your own"),
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
	    NULL, NULL, NULL, 0, 5, NULL },
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
	    "\"both\"", NULL, "audit feed both", 0, 0, NULL },
	LEFT("caused_by", NULL, EV_PARENT, TEXT),
};

/* The members of objects inside GEP's records. */
#define END LEFT(NULL, NULL, NO_ROLE, ANY)
#define TRAIT(name) LEFT_IN("personality_state." name, NO_ROLE, NUMBER, 0, 1)
#define HOLDS(n, r, f, fill, hint, inner) \
	{ n, NULL, r, EV_FORM_##f, EV_FILL_##fill, NULL, hint, NULL, 0, 0, \
	    inner }
#define MUST_IN(n, f, low, high, hint) \
	{ n, NULL, NO_ROLE, EV_FORM_##f, EV_FILL_MUST, NULL, hint, NULL, \
	    low, high, NULL }

static const struct ev_member personality[] = {
	{ "personality_state.type", NULL, NO_ROLE, EV_FORM_TEXT,
	    EV_FILL_LITERAL, "\"PersonalityState\"", NULL,
	    "PersonalityState", 0, 0, NULL },
	TRAIT("rigor"), TRAIT("creativity"), TRAIT("verbosity"),
	TRAIT("risk_tolerance"), TRAIT("obedience"),
	END
};

static const struct ev_member blast_radius[] = {
	MUST_IN("blast_radius.files", WHOLE, 0, LONG_MAX,
	    "give blast_radius.files:=N"),
	MUST_IN("blast_radius.lines", WHOLE, 0, LONG_MAX,
	    "give blast_radius.lines:=N"),
	END
};

static const struct ev_member outcome[] = {
	{ "outcome.status", NULL, NO_ROLE, EV_FORM_TEXT, EV_FILL_MUST, NULL,
	    "give --outcome success or failed", "success failed", 0, 0, NULL },
	MUST_IN("outcome.score", NUMBER, 0, 1, "give --score X"),
	END
};

static const struct ev_member meta[] = {
	FILL("meta.at", NULL, NO_ROLE, TIME, NOW),
	FILL("meta.signal_key", NULL, NO_ROLE, TEXT, SIGNALS),
	END
};

/* That of a report has its time elsewhere, and no signals. */
static const struct ev_member report_meta[] = {
	LEFT("meta.at", NULL, NO_ROLE, TIME),
	END
};

static const struct ev_member commands[] = {
	MUST("commands[].command", NO_ROLE, TEXT, NULL),
	MUST("commands[].ok", NO_ROLE, BOOL, NULL),
	LEFT("commands[].stdout", NULL, NO_ROLE, TEXT),
	LEFT("commands[].stderr", NULL, NO_ROLE, TEXT),
	END
};

static const struct ev_member evolution[] = {
	MUST_OF("type", EV_TYPE, "EvolutionEvent"),
	ELSE("schema_version", NULL, NO_ROLE, NAME, "\"1.5.0\""),
	FILL("id", NULL, EV_ID, NAME, ID),
	ELSE("parent", NULL, EV_PARENT, TEXT, "null"),
	MUST_OF("intent", EV_INTENT, "repair optimize innovate"),
	ELSE("signals", NULL, EV_SIGNAL, NAMES, "[]"),
	ELSE("genes_used", NULL, EV_GENE, NAMES, "[]"),
	LEFT("gene_id", NULL, EV_ACTOR, TEXT),
	LEFT("mutation_id", NULL, NO_ROLE, TEXT),
	HOLDS("personality_state", NO_ROLE, OBJECT, NOTHING, NULL,
	    personality),
	HOLDS("blast_radius", NO_ROLE, OBJECT, MUST,
	    "give --git, or blast_radius.files:=N blast_radius.lines:=N",
	    blast_radius),
	HOLDS("outcome", NO_ROLE, OBJECT, MUST,
	    "give --outcome success or failed, and --score X", outcome),
	ELSE("capsule_id", NULL, EV_ENTITY, TEXT, "null"),
	FILL("env_fingerprint", NULL, NO_ROLE, OBJECT, MACHINE),
	LEFT("validation_report_id", NULL, NO_ROLE, TEXT),
	HOLDS("meta", NO_ROLE, OBJECT, INNER, NULL, meta),
	FILL("asset_id", NULL, NO_ROLE, TEXT, ASSET),
};

static const struct ev_member report[] = {
	MUST_OF("type", EV_TYPE, "ValidationReport"),
	ELSE("schema_version", NULL, NO_ROLE, NAME, "\"1.5.0\""),
	FILL("id", NULL, EV_ID, NAME, ID),
	LEFT("parent", NULL, EV_PARENT, TEXT),
	LEFT("gene_id", NULL, EV_ACTOR, TEXT),
	LEFT("capsule_id", NULL, EV_ENTITY, TEXT),
	FILL("env_fingerprint", NULL, NO_ROLE, OBJECT, MACHINE),
	FILL("env_fingerprint_key", NULL, EV_CORRELATION, NAME, ENV_KEY),
	{ "commands", NULL, NO_ROLE, EV_FORM_ROWS, EV_FILL_LITERAL, "[]",
	    NULL, NULL, 0, 0, commands },
	FILL("overall_ok", NULL, EV_OUTCOME, BOOL, ALL_OK),
	LEFT_IN("duration_ms", NO_ROLE, NUMBER, 0, LONG_MAX),
	FILL("created_at", NULL, EV_TIME, TIME, NOW),
	HOLDS("meta", NO_ROLE, OBJECT, NOTHING, NULL, report_meta),
	FILL("asset_id", NULL, NO_ROLE, TEXT, ASSET),
};

static const struct ev_member cloudevents[] = {
	{ "specversion", NULL, NO_ROLE, EV_FORM_TEXT, EV_FILL_LITERAL,
	    "\"1.0\"", NULL, "1.0", 0, 0, NULL },
	FILL("id", NULL, EV_ID, NAME, ID),
	FILL("source", NULL, EV_ACTOR, NAME, ACTOR),
	MUST("type", EV_TYPE, NAME, NULL),
	LEFT("subject", NULL, EV_ENTITY, NAME),
	FILL("time", NULL, EV_TIME, TIME, NOW),
	LEFT("data", NULL, NO_ROLE, ANY),
	LEFT("correlationid", NULL, EV_CORRELATION, NAME),
	LEFT("causationid", NULL, EV_PARENT, NAME),
	LEFT_IN("severitynumber", EV_SEVERITY, WHOLE, 0, 24),
};

#define SHAPE(row, members, into) \
	.dialect = &ev_dialects[row], .member = (members), \
	.count = COUNT(members), .home = (into)

const struct ev_shape ev_shapes[EV_SHAPES] = {
	{ SHAPE(EV_VERMAS, vermas, "data"), .id_prefix = "evt-",
	    .to = { [EV_SAY_ID] = "event_id", [EV_SAY_ACTOR] = "actor",
	      [EV_SAY_SESSION] = "session_id",
	      [EV_SAY_CORRELATION] = "correlation_id",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_ENTITY] = "data.bead_id",
	      [EV_SAY_SEVERITY] = "severity", [EV_SAY_LEVEL] = "level",
	      [EV_SAY_MESSAGE] = "data.title",
	      [EV_SAY_OUTCOME] = "data.verdict" } },
	{ SHAPE(EV_GOVERN, govern, "metadata"), .id_prefix = "",
	    .to = { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "userId",
	      [EV_SAY_SESSION] = "metadata.sessionId",
	      [EV_SAY_CORRELATION] = "metadata.correlationId",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_MESSAGE] = "description",
	      [EV_SAY_QUALITY] = "quality",
	      [EV_SAY_ARCHETYPE] = "archetypeIds",
	      [EV_SAY_SKILL] = "skillsExercised" } },
	{ SHAPE(EV_BREWVA, brewva, "payload"), .id_prefix = "",
	    .to = { [EV_SAY_ID] = "id", [EV_SAY_SESSION] = "sessionId",
	      [EV_SAY_CORRELATION] = "payload.correlationId",
	      [EV_SAY_PARENT] = "caused_by",
	      [EV_SAY_ENTITY] = "payload.intentId",
	      [EV_SAY_MESSAGE] = "payload.reason",
	      [EV_SAY_OUTCOME] = "payload.verdict", [EV_SAY_TURN] = "turn" } },
	{ SHAPE(EV_AGENTGUARD, agentguard, "metadata"), .id_prefix = "",
	    .guard_ids = true,
	    .to = { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "source",
	      [EV_SAY_SESSION] = "sessionId",
	      [EV_SAY_CORRELATION] = "metadata.correlationId",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_ENTITY] = "file",
	      [EV_SAY_SEVERITY] = "severity", [EV_SAY_MESSAGE] = "message",
	      [EV_SAY_OUTCOME] = "resolved" } },
	{ SHAPE(EV_GASTOWN, gastown, "payload"), .id_prefix = "",
	    .level_else = "\"both\"",
	    .to = { [EV_SAY_ACTOR] = "actor", [EV_SAY_SESSION] = "payload.session_id",
	      [EV_SAY_CORRELATION] = "payload.correlationId",
	      [EV_SAY_PARENT] = "caused_by", [EV_SAY_ENTITY] = "payload.bead",
	      [EV_SAY_LEVEL] = "visibility",
	      [EV_SAY_MESSAGE] = "payload.subject" } },
	{ SHAPE(EV_GEP, evolution, "meta"), .id_prefix = "", .stamp = "evt_",
	    .type = "EvolutionEvent",
	    .to = { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "gene_id",
	      [EV_SAY_CORRELATION] = "meta.correlationId",
	      [EV_SAY_PARENT] = "parent", [EV_SAY_ENTITY] = "capsule_id",
	      [EV_SAY_MESSAGE] = "intent", [EV_SAY_QUALITY] = "outcome.score",
	      [EV_SAY_OUTCOME] = "outcome.status",
	      [EV_SAY_SCORE] = "outcome.score" } },
	{ SHAPE(EV_GEP, report, "meta"), .id_prefix = "", .stamp = "vr_",
	    .type = "ValidationReport",
	    .to = { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "gene_id",
	      [EV_SAY_CORRELATION] = "meta.correlationId",
	      [EV_SAY_PARENT] = "parent", [EV_SAY_ENTITY] = "capsule_id",
	      [EV_SAY_OUTCOME] = "overall_ok" } },
	{ SHAPE(EV_CLOUDEVENTS, cloudevents, "data"), .id_prefix = "",
	    .to = { [EV_SAY_ID] = "id", [EV_SAY_ACTOR] = "source",
	      [EV_SAY_CORRELATION] = "correlationid",
	      [EV_SAY_PARENT] = "causationid", [EV_SAY_ENTITY] = "subject",
	      [EV_SAY_SEVERITY] = "severitynumber" } },
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
/* clang-format on */

_Static_assert(COUNT(evolution) <= EV_SHAPE_MOST, "the widest shape");
