#include "fold/builtin.h"

#define RULES(list) (list), sizeof(list) / sizeof((list)[0])

/* clang-format off */

/* The three that the VerMAS document prints come first. */
#define PRINTED 3
static const struct ev_rule bead[] = {
	{ .type = "bead.created", .op = EV_RULE_SET, .from = "data" },
	{ .type = "bead.updated", .op = EV_RULE_MERGE,
	    .from = "data.changes" },
	{ .type = "bead.status_changed", .op = EV_RULE_PUT, .at = "status",
	    .from = "data.to_status" },
	{ .type = "bead.hooked", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"hooked\"" },
	{ .type = "bead.hooked", .op = EV_RULE_PUT, .at = "assignee",
	    .from = "data.agent" },
	{ .type = "bead.closed", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"closed\"" },
	{ .type = "bead.closed", .op = EV_RULE_PUT, .at = "close_reason",
	    .from = "data.reason" },
};

/* A message moves on: what it already went through is not undone. */
static const struct ev_rule mail[] = {
	{ .op = EV_RULE_MERGE, .from = "data" },
	{ .type = "mail.sent", .state = "{\"status\":null}",
	    .op = EV_RULE_PUT, .at = "status", .value = "\"sent\"" },
	{ .type = "mail.sent", .op = EV_RULE_PUT, .at = "sent_at",
	    .from = "time" },
	{ .type = "mail.delivered", .state = "{\"read_at\":null}",
	    .op = EV_RULE_PUT, .at = "status", .value = "\"delivered\"" },
	{ .type = "mail.delivered", .op = EV_RULE_PUT, .at = "delivered_at",
	    .from = "time" },
	{ .type = "mail.read", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"read\"" },
	{ .type = "mail.read", .op = EV_RULE_PUT, .at = "read_at",
	    .from = "time" },
};

#define STEP "data.step_id, data.step, data.step_name"

static const struct ev_rule mol[] = {
	{ .type = "mol.created", .op = EV_RULE_SET, .from = "data" },
	{ .type = "mol.created", .state = "{\"status\":null}",
	    .op = EV_RULE_PUT, .at = "status", .value = "\"created\"" },
	{ .type = "mol.step_*", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"in_progress\"" },
	{ .type = "mol.step_started", .unique = true, .op = EV_RULE_APPEND,
	    .at = "steps_started", .from = STEP },
	{ .type = "mol.step_completed", .unique = true, .op = EV_RULE_APPEND,
	    .at = "steps_completed", .from = STEP },
	{ .type = "mol.completed", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"completed\"" },
	{ .type = "mol.abandoned", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"abandoned\"" },
};

/* A nudge and a look at a hook say that an agent was seen, not how it is. */
static const struct ev_rule agent[] = {
	{ .type = "agent.started", .op = EV_RULE_PUT, .at = "state",
	    .value = "\"started\"" },
	{ .type = "agent.working", .op = EV_RULE_PUT, .at = "state",
	    .value = "\"working\"" },
	{ .type = "agent.idle", .op = EV_RULE_PUT, .at = "state",
	    .value = "\"idle\"" },
	{ .type = "agent.stopped", .op = EV_RULE_PUT, .at = "state",
	    .value = "\"stopped\"" },
	{ .type = "agent.*", .op = EV_RULE_PUT, .at = "hooked_bead",
	    .from = "data.hooked_bead, data.bead_id" },
	{ .type = "bead.hooked", .op = EV_RULE_PUT, .at = "hooked_bead",
	    .from = "data.bead_id" },
	{ .type = "agent.*", .op = EV_RULE_PUT, .at = "last_seen",
	    .from = "time" },
};

/* What a log that begins late knows of an issue stands in the old value of
 * the first event about it. */
static const struct ev_rule beads[] = {
	{ .type = "renamed", .op = EV_RULE_RENAME, .from = "old_value" },
	{ .type = "!renamed,!created", .first = true, .op = EV_RULE_SET,
	    .from = "old_value" },
	{ .type = "created", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"open\"" },
	{ .type = "closed", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"closed\"" },
	/* it has the reason, or what an update changed beside the status */
	{ .type = "closed", .when = "not new_value.status ?",
	    .op = EV_RULE_PUT, .at = "close_reason", .from = "new_value" },
	{ .type = "reopened", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"open\"" },
	/* of ephemeral issues the event alone is recorded, without values */
	{ .type = "claimed", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"in_progress\"" },
	{ .type = "deleted", .op = EV_RULE_PUT, .at = "status",
	    .value = "\"tombstone\"" },
	{ .type = "closed", .when = "new_value.status ?", .op = EV_RULE_MERGE,
	    .from = "new_value" },
	{ .type = "created,reopened,status_changed,claimed,updated",
	    .op = EV_RULE_MERGE, .from = "new_value" },
};

#define SUCCEEDED "outcome.status = success"
#define FAILED "not outcome.status = success"

static const struct ev_rule capsule[] = {
	{ .unique = true, .op = EV_RULE_APPEND, .at = "genes",
	    .from = "genes_used[]" },
	{ .op = EV_RULE_ADD, .at = "successes", .value = "0" },
	{ .op = EV_RULE_ADD, .at = "failures", .value = "0" },
	{ .op = EV_RULE_ADD, .at = "streak", .value = "0" },
	{ .when = SUCCEEDED, .op = EV_RULE_ADD, .at = "successes",
	    .value = "1" },
	{ .when = SUCCEEDED, .op = EV_RULE_ADD, .at = "streak",
	    .value = "1" },
	{ .when = FAILED, .op = EV_RULE_ADD, .at = "failures",
	    .value = "1" },
	{ .when = FAILED, .op = EV_RULE_PUT, .at = "streak", .value = "0" },
};

/* An event that does not say how far it reached is no reach of 0. */
static const struct ev_rule gene[] = {
	{ .op = EV_RULE_ADD, .at = "uses", .value = "1" },
	{ .op = EV_RULE_ADD, .at = "successes", .value = "0" },
	{ .when = SUCCEEDED, .op = EV_RULE_ADD, .at = "successes",
	    .value = "1" },
	{ .op = EV_RULE_RATIO, .at = "success_rate", .from = "successes",
	    .by = "uses" },
	{ .when = "blast_radius.files ?", .op = EV_RULE_ADD,
	    .at = "measured", .value = "1" },
	{ .op = EV_RULE_ADD, .at = "files", .from = "blast_radius.files" },
	{ .op = EV_RULE_ADD, .at = "lines", .from = "blast_radius.lines" },
	{ .op = EV_RULE_RATIO, .at = "avg_files", .from = "files",
	    .by = "measured" },
	{ .op = EV_RULE_RATIO, .at = "avg_lines", .from = "lines",
	    .by = "measured" },
};

#define OCCURRED "!FindingResolved,!FindingReopened"
#define STANDS "not resolved = true"

/* What the first occurrence says stays; the count is still 0 then, also when
 * the finding was resolved before (of a log that begins late). */
#define AT_FIRST .type = OCCURRED, .state = "{\"count\":0}", .op = EV_RULE_PUT

static const struct ev_rule finding[] = {
	{ .op = EV_RULE_ADD, .at = "count", .value = "0" },
	{ AT_FIRST, .at = "first", .from = "time" },
	{ AT_FIRST, .at = "type", .from = "type" },
	{ AT_FIRST, .at = "message", .from = "message" },
	{ AT_FIRST, .at = "file", .from = "file" },
	{ AT_FIRST, .at = "line", .from = "line" },
	{ .type = OCCURRED, .op = EV_RULE_ADD, .at = "count",
	    .value = "1" },
	{ .type = OCCURRED, .op = EV_RULE_PUT, .at = "last",
	    .from = "time" },
	{ .type = OCCURRED, .unique = true, .op = EV_RULE_APPEND,
	    .at = "sessions", .from = "session" },
	{ .type = OCCURRED, .op = EV_RULE_MAX, .at = "severity",
	    .from = "severity" },
	/* back after it was resolved */
	{ .type = OCCURRED, .when = STANDS, .state = "{\"resolved\":true}",
	    .op = EV_RULE_PUT, .at = "regressed", .value = "true" },
	{ .type = OCCURRED, .when = STANDS, .op = EV_RULE_PUT,
	    .at = "resolved", .value = "false" },
	{ .type = OCCURRED, .when = "resolved = true", .op = EV_RULE_PUT,
	    .at = "resolved", .value = "true" },
	{ .type = "FindingResolved", .op = EV_RULE_PUT, .at = "resolved",
	    .value = "true" },
	{ .type = "FindingReopened", .op = EV_RULE_PUT, .at = "resolved",
	    .value = "false" },
	{ .state = "{\"resolved\":true}", .op = EV_RULE_PUT,
	    .at = "regressed", .value = "false" },
	{ .state = "{\"regressed\":null}", .op = EV_RULE_PUT,
	    .at = "regressed", .value = "false" },
};

static const struct ev_rule other[] = {
	{ .op = EV_RULE_PATCH, .from = "payload" },
};

/* What no table above is for. */
#define OTHER_VERMAS \
	"!bead.*,!mail.*,!mol.*,!agent.*,!verify.*,!patrol.*"
#define OTHERS "!vermas,!beads,!gep,!agentguard,!brewva,!brewva-wal"
/* What no ledger is for. */
#define OTHER_BREWVA "!task_event,!truth_event,!schedule_intent"

static const struct ev_rule_table builtin[] = {
	{ "issues", "vermas", "bead.*", "data.bead_id", RULES(bead), 0 },
	{ "issues", "beads", NULL, "issue_id", RULES(beads), 0 },
	{ "messages", "vermas", "mail.*", "data.message_id", RULES(mail), 0 },
	{ "molecules", "vermas", "mol.*", "data.mol_id", RULES(mol), 0 },
	{ "agents", "vermas", "agent.*", "data.agent, actor",
	    RULES(agent), 0 },
	{ "agents", "vermas", "bead.hooked", "data.agent", RULES(agent), 0 },
	{ "capsules", "gep", "EvolutionEvent", "capsule_id",
	    RULES(capsule), 0 },
	{ "genes", "gep", "EvolutionEvent", "genes_used[]",
	    RULES(gene), 0 },
	{ "findings", "agentguard", NULL, "fingerprint",
	    RULES(finding), 0 },
	{ "entities", "vermas", OTHER_VERMAS, "entity", RULES(other), 0 },
	{ "entities", "brewva", OTHER_BREWVA, "entity", RULES(other), 0 },
	{ "entities", OTHERS, NULL, "entity", RULES(other), 0 },
};

static const struct ev_rule_table seed[] = {
	{ "issues", "vermas", "bead.*", "data.bead_id", bead, PRINTED, 0 },
};

static const struct ev_rules builtin_rules = {
	"built-in rules", RULES(builtin), NULL, true
};
static const struct ev_rules seed_rules = {
	"seed rules", RULES(seed), NULL, false
};
/* clang-format on */

const struct ev_rules *
ev_rules_builtin(void)
{
	return &builtin_rules;
}

const struct ev_rules *
ev_rules_seed(void)
{
	return &seed_rules;
}
