#include "event/dialect.h"

/* clang-format off */
static const char *const role_name[EV_ROLES] = {
	[EV_ID] = "id", [EV_TYPE] = "type", [EV_TIME] = "time",
	[EV_ACTOR] = "actor", [EV_SESSION] = "session",
	[EV_PARENT] = "parent", [EV_CORRELATION] = "correlation",
	[EV_ENTITY] = "entity", [EV_SEVERITY] = "severity",
	[EV_LEVEL] = "level", [EV_MESSAGE] = "message",
	[EV_QUALITY] = "quality", [EV_OUTCOME] = "outcome",
	[EV_FILE] = "file", [EV_LINE] = "line",
	[EV_FINGERPRINT] = "fingerprint", [EV_TURN] = "turn",
	[EV_INTENT] = "intent", [EV_ARCHETYPE] = "archetype",
	[EV_SKILL] = "skill", [EV_GENE] = "gene", [EV_SIGNAL] = "signal",
};

const struct ev_dialect ev_dialects[EV_DIALECTS] = {
[EV_VERMAS] = { "vermas", "data", false, {
	[EV_ID] = "event_id",
	[EV_TYPE] = "event_type",
	[EV_TIME] = "timestamp",
	[EV_ACTOR] = "actor",
	[EV_SESSION] = "session_id, data.session_name",
	[EV_PARENT] = "caused_by",
	[EV_CORRELATION] = "correlation_id",
	[EV_ENTITY] = "data.bead_id, data.message_id, data.mol_id, "
	    "data.agent, %actor",
	[EV_SEVERITY] = "severity",
	[EV_LEVEL] = "level, %level",
	[EV_MESSAGE] = "data.title, data.reason",
	[EV_OUTCOME] = "data.verdict, data.to_status",
	[EV_FILE] = "data.file",
	[EV_LINE] = "data.line",
	[EV_FINGERPRINT] = "fingerprint",
} },
[EV_GOVERN] = { "govern", "metadata", false, {
	[EV_ID] = "id",
	[EV_TYPE] = "type",
	[EV_TIME] = "createdAt, created_at",
	[EV_ACTOR] = "userId, user_id",
	[EV_SESSION] = "metadata.sessionId",
	[EV_PARENT] = "caused_by",
	[EV_CORRELATION] = "metadata.correlationId, metadata.commitHash",
	[EV_SEVERITY] = "%error",
	[EV_MESSAGE] = "description",
	[EV_QUALITY] = "quality",
	[EV_ARCHETYPE] = "archetypeIds, archetype_ids",
	[EV_SKILL] = "skillsExercised, skills_exercised",
} },
[EV_BREWVA] = { "brewva", "payload", false, {
	[EV_ID] = "id",
	[EV_TYPE] = "type",
	[EV_TIME] = "timestamp ms",
	[EV_SESSION] = "sessionId",
	[EV_PARENT] = "parentId, payload.parentSessionId, caused_by",
	[EV_CORRELATION] = "payload.correlationId, payload.intentId, "
	    "payload.walId, payload.commandHash",
	[EV_ENTITY] = "payload.intentId, payload.item.id, payload.factId, "
	    "payload.walId",
	[EV_LEVEL] = "%level",
	[EV_MESSAGE] = "payload.reason",
	[EV_OUTCOME] = "payload.verdict, payload.to",
	[EV_TURN] = "turn",
} },
[EV_AGENTGUARD] = { "agentguard", "metadata", false, {
	[EV_ID] = "id",
	[EV_TYPE] = "type",
	[EV_TIME] = "timestamp ms",
	[EV_ACTOR] = "source",
	[EV_SESSION] = "sessionId",
	[EV_PARENT] = "caused_by",
	[EV_CORRELATION] = "metadata.correlationId, fingerprint",
	[EV_ENTITY] = "file",
	[EV_SEVERITY] = "severity",
	[EV_MESSAGE] = "message",
	[EV_OUTCOME] = "resolved",
	[EV_FILE] = "file",
	[EV_LINE] = "line",
	[EV_FINGERPRINT] = "fingerprint",
} },
[EV_AGENTGUARD_RUN] = { "agentguard-run", "metadata", false, {
	[EV_ID] = "id",
	[EV_TYPE] = "kind",
	[EV_TIME] = "timestamp ms",
	[EV_ACTOR] = "agentId",
	[EV_SESSION] = "metadata.runId",
	[EV_PARENT] = "caused_by",
	[EV_CORRELATION] = "fingerprint",
	[EV_ENTITY] = "target",
	[EV_SEVERITY] = "metadata.severity, %severity",
	[EV_MESSAGE] = "justification",
	[EV_FILE] = "file",
	[EV_FINGERPRINT] = "fingerprint",
} },
[EV_GEP] = { "gep", NULL, false, {
	[EV_ID] = "id",
	[EV_TYPE] = "%kind, type",
	[EV_TIME] = "meta.at, timestamp, ts, created_at, %id ms",
	[EV_ACTOR] = "gene_id",
	[EV_PARENT] = "parent",
	[EV_CORRELATION] = "meta.correlationId, meta.signal_key, "
	    "env_fingerprint_key",
	[EV_ENTITY] = "capsule_id",
	[EV_MESSAGE] = "intent",
	[EV_QUALITY] = "outcome.score",
	[EV_OUTCOME] = "outcome.status, overall_ok",
	[EV_INTENT] = "intent",
	[EV_GENE] = "genes_used",
	[EV_SIGNAL] = "signals",
} },
[EV_GASTOWN] = { "gastown", "payload", false, {
	[EV_TYPE] = "type",
	[EV_TIME] = "ts",
	[EV_ACTOR] = "actor",
	[EV_SESSION] = "payload.session_id, payload.session",
	[EV_PARENT] = "caused_by",
	[EV_CORRELATION] = "payload.correlationId, payload.bead",
	[EV_ENTITY] = "payload.bead, payload.target",
	[EV_LEVEL] = "%visibility",
	[EV_MESSAGE] = "payload.subject, payload.reason",
} },
[EV_BEADS] = { "beads", NULL, true, {
	[EV_ID] = "id",
	[EV_TYPE] = "event_type",
	[EV_TIME] = "created_at",
	[EV_ACTOR] = "actor",
	[EV_CORRELATION] = "issue_id",
	[EV_ENTITY] = "issue_id",
	[EV_MESSAGE] = "comment",
	[EV_OUTCOME] = "new_value.status",
} },
[EV_BEADS_AUDIT] = { "beads-audit", NULL, true, {
	[EV_ID] = "id",
	[EV_TYPE] = "kind",
	[EV_TIME] = "created_at",
	[EV_ACTOR] = "actor",
	[EV_PARENT] = "parent_id",
	[EV_CORRELATION] = "issue_id",
	[EV_ENTITY] = "issue_id",
	[EV_MESSAGE] = "extra.reason",
	[EV_OUTCOME] = "extra.new_value",
} },
[EV_CLOUDEVENTS] = { "cloudevents", "data", false, {
	[EV_ID] = "id",
	[EV_TYPE] = "type",
	[EV_TIME] = "time",
	[EV_ACTOR] = "source",
	[EV_PARENT] = "causationid",
	[EV_CORRELATION] = "correlationid",
	[EV_ENTITY] = "subject",
	[EV_SEVERITY] = "severitynumber",
} },
[EV_BREWVA_WAL] = { "brewva-wal", NULL, false, {
	[EV_ID] = "walId",
	[EV_TIME] = "updatedAt",
	[EV_SESSION] = "sessionId",
	[EV_ENTITY] = "walId",
	[EV_OUTCOME] = "status",
} },
[EV_AGENTGUARD_DECISION] = { "agentguard-decision", NULL, false, {
	[EV_ID] = "recordId",
	[EV_TYPE] = "action.type",
	[EV_TIME] = "timestamp ms",
	[EV_SESSION] = "runId",
	[EV_ENTITY] = "action.target",
	[EV_MESSAGE] = "reason",
	[EV_OUTCOME] = "outcome",
} },
[EV_AGENTGUARD_TELEMETRY] = { "agentguard-telemetry", NULL, false, {
	[EV_TYPE] = "syscall",
	[EV_TIME] = "timestamp",
	[EV_ACTOR] = "agent",
	[EV_SESSION] = "run_id",
	[EV_ENTITY] = "target",
	[EV_OUTCOME] = "policy_result",
} },
[EV_GENERIC] = { "generic", NULL, false, {
	[EV_ID] = "id",
	[EV_TYPE] = "type",
	[EV_TIME] = "timestamp, time, ts, created_at",
	[EV_ACTOR] = "source, actor",
	[EV_SESSION] = "sessionId, session_id",
	[EV_SEVERITY] = "severity",
	[EV_MESSAGE] = "message, msg",
	[EV_FILE] = "file",
	[EV_LINE] = "line",
	[EV_FINGERPRINT] = "fingerprint",
} },
};

/* clang-format on */

const char *
ev_role_name(enum ev_role role)
{
	return role_name[role];
}

int
ev_role_of(struct ev_slice name)
{
	int role;

	for (role = 0; role < EV_ROLES; role++)
		if (ev_slice_is(name, role_name[role]))
			return role;
	return -1;
}

const struct ev_dialect *
ev_dialect_named(const char *name)
{
	size_t i;

	for (i = 0; i < EV_DIALECTS; i++)
		if (strcmp(ev_dialects[i].name, name) == 0)
			return &ev_dialects[i];
	return NULL;
}

/* Bytes up to a bare comma or blank. */
static size_t
word(const char *p)
{
	size_t n = 0;

	for (;;) {
		n += strcspn(p + n, ", \\");
		if (p[n] != '\\')
			return n;
		n += p[n + 1] != '\0' ? 2 : 1;
	}
}

bool
ev_cell_next(const char **at, struct ev_cell *out)
{
	const char *p = *at;
	size_t n;

	if (p == NULL)
		return false;
	p += strspn(p, ", ");
	n = word(p);
	*at = p + n;
	if (n == 0)
		return false;
	*out = (struct ev_cell){ { p, n }, false };
	p += n + strspn(p + n, " ");
	if (strncmp(p, "ms", 2) == 0 && strcspn(p, ", ") == 2) {
		out->ms = true;
		*at = p + 2;
	}
	return true;
}
