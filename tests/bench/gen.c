/*
 * gen SIZE [SEED]: a log of about SIZE (100M, 1G) on standard output, the same
 * bytes every time: events of all dialects in the proportions of a busy team,
 * times that rise over 30 days with one event in 200 late, texts with escapes
 * and characters beyond ASCII.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/opt.h"
#include "text/time.h"

#define START 1767225600 /* 2026-01-01T00:00:00Z */
#define DAYS 30
#define LINE_MEAN 365 /* bytes, to spread the times over the size */

static uint64_t state;

static uint64_t
draw(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

static const char *
pick(const char *const *words)
{
	size_t n = 0;

	while (words[n] != NULL)
		n++;
	return words[draw(n)];
}

static const char *const actors[] = { "mayor", "gastown/polecats/slot0",
	"gastown/polecats/furiosa", "gastown/witness", "gastown/crew/frontend",
	"tribal_village/refinery", "deacon", NULL };
static const char *const texts[] = {
	"Implement feature X for the import pipeline and its callers",
	"Expected status 200, received 401\\n    at login.test.js:42:5",
	"Pre-existing test failure: TestRunCmd_ReturnsStdout in internal/web",
	"attached_molecule: gt-wisp-l4k6j\\ndispatched_by: mayor",
	"Stra\xc3\x9f"
	"e gesperrt \xe2\x80\x94 \xe6\xb5\x8b\xe8\xaf\x95 ok",
	"Cannot read properties of undefined (reading 'token')",
	"she said \\\"no\\\" and left C:\\\\temp alone", NULL
};
static const char *const bead_types[] = { "bead.created", "bead.updated",
	"bead.status_changed", "bead.hooked", "bead.closed", "mail.sent",
	"mail.read", "agent.started", "agent.working", "agent.idle",
	"mol.step_completed", "verify.verdict", NULL };
static const char *const statuses[] = { "open", "in_progress", "hooked",
	"blocked", "closed", NULL };
static const char *const guard_kinds[] = { "ActionRequested", "ActionAllowed",
	"ActionDenied", "PolicyDenied", "InvariantViolation", "ActionExecuted",
	NULL };
static const char *const guard_types[] = { "TestFailure", "LintError",
	"TypeError", "BuildFailure", "CIFailure", "Deprecation", NULL };
static const char *const govern_types[] = { "commit", "deploy", "error",
	"deliberation", "test", "qa", NULL };
static const char *const archetypes[] = { "jarvis", "meridian", "sentinel",
	"oracle", NULL };
static const char *const skills[] = { "system-integration",
	"diagnostic-reasoning", "deployment-orchestration", "review", NULL };
static const char *const brewva_types[] = { "tool_call", "turn_start",
	"turn_end", "tool_result_recorded", "context_usage", "anchor",
	"checkpoint", "task_event", "tool_parallel_read", "viewport_built",
	NULL };
static const char *const intents[] = { "repair", "optimize", "innovate", NULL };

struct moment {
	int64_t ms;
	char text[EV_TIME_SIZE];
};

static int
vermas(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"event_id\":\"evt-%08" PRIx64 "%08" PRIx64 "\","
	    "\"event_type\":\"%s\",\"timestamp\":\"%s\",\"actor\":\"%s\","
	    "\"correlation_id\":\"conv-%" PRIu64 "\",\"data\":{\"bead_id\":"
	    "\"gt-%" PRIx64 "\",\"title\":\"%s\",\"from_status\":\"%s\","
	    "\"to_status\":\"%s\",\"priority\":%" PRIu64
	    ",\"response_ms\":%" PRIu64 "}}\n",
	    n, draw(1u << 31), pick(bead_types), t->text, pick(actors),
	    draw(5000), draw(60000), pick(texts), pick(statuses),
	    pick(statuses), draw(5), draw(60000));
}

static int
guard_run(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"kind\":\"%s\",\"timestamp\":%" PRId64 ",\"actionType\":"
	    "\"Bash\",\"target\":\"src/mod%" PRIu64 ".ts\",\"justification\":"
	    "\"%s\",\"agentId\":\"%s\",\"metadata\":{\"runId\":\"run_%" PRIu64
	    "\",\"command\":\"git push origin main\",\"severity\":%" PRIu64
	    "},\"id\":\"evt_%" PRId64 "_%" PRIu64 "\",\"fingerprint\":"
	    "\"%06" PRIx64 "\"}\n",
	    pick(guard_kinds), t->ms, draw(400), pick(texts), pick(actors),
	    draw(900), draw(6), t->ms, n, draw(1u << 24));
}

static int
guard(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"id\":\"evt_%" PRId64 "_%08" PRIx64 "\",\"fingerprint\":"
	    "\"fp_%016" PRIx64 "\",\"type\":\"%s\",\"severity\":%" PRIu64
	    ",\"source\":\"jest\",\"file\":\"src/auth/f%" PRIu64 ".test.js\","
	    "\"line\":%" PRIu64 ",\"message\":\"%s\",\"metadata\":{\"stack\":["
	    "\"at getSession (session.js:42:15)\",\"at main (x.js:1:2)\"]},"
	    "\"timestamp\":%" PRId64 ",\"resolved\":false,\"sessionId\":"
	    "\"run_%" PRIu64 "\"}\n",
	    t->ms, n, draw(20000) * UINT64_C(0x9e3779b97f4a7c15),
	    pick(guard_types), draw(6), draw(200), draw(900), pick(texts),
	    t->ms, draw(900));
}

static int
govern(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"id\":\"%08" PRIx64 "-0000-7000-8000-%012" PRIx64
	    "\",\"type\":\"%s\",\"archetypeIds\":[\"%s\",\"%s\"],"
	    "\"skillsExercised\":[\"%s\",\"%s\"],\"description\":\"%s\","
	    "\"quality\":0.%02" PRIu64 ",\"metadata\":{\"commitHash\":"
	    "\"%08" PRIx64 "\",\"filesChanged\":%" PRIu64
	    ",\"linesAdded\":%" PRIu64
	    ",\"typecheckPassed\":true,\"testsPassed\":true},"
	    "\"userId\":\"%s\",\"createdAt\":\"%s\"}\n",
	    draw(1u << 31), n, pick(govern_types), pick(archetypes),
	    pick(archetypes), pick(skills), pick(skills), pick(texts),
	    draw(100), draw(1u << 31), draw(30), draw(900), pick(actors),
	    t->text);
}

static int
brewva(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"id\":\"evt_%" PRId64 "_%012" PRIx64 "\",\"sessionId\":"
	    "\"s-%" PRIu64 "\",\"type\":\"%s\",\"timestamp\":%" PRId64
	    ",\"turn\":%" PRIu64 ",\"payload\":{\"toolName\":\"read\","
	    "\"toolCallId\":\"call_%016" PRIx64 "\",\"args\":{\"path\":"
	    "\"packages/runtime/src/file%" PRIu64 ".ts\",\"limit\":200},"
	    "\"reason\":\"%s\",\"usage\":{\"tokens\":%" PRIu64
	    ",\"percent\":0.%02" PRIu64 "}}}\n",
	    t->ms, n, draw(700), pick(brewva_types), t->ms, draw(60),
	    draw(1u << 31), draw(500), pick(texts), draw(200000), draw(100));
}

static int
gep(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"type\":\"EvolutionEvent\",\"schema_version\":\"1.5.0\","
	    "\"id\":\"evt_%" PRId64 "\",\"parent\":\"evt_%" PRId64 "\","
	    "\"intent\":\"%s\",\"signals\":[\"log_error\",\"user_missing\"],"
	    "\"genes_used\":[\"gene_gep_repair_from_errors\"],"
	    "\"blast_radius\":{\"files\":%" PRIu64 ",\"lines\":%" PRIu64
	    "},\"outcome\":{\"status\":\"%s\",\"score\":0.%02" PRIu64
	    "},\"capsule_id\":null,\"env_fingerprint\":{\"platform\":"
	    "\"linux\",\"arch\":\"x64\"},\"meta\":{\"at\":\"%s\","
	    "\"signal_key\":\"log_error|user_missing\",\"n\":%" PRIu64 "}}\n",
	    t->ms, t->ms - (int64_t)draw(100000), pick(intents), draw(9),
	    draw(300), draw(3) > 0 ? "success" : "failed", draw(100), t->text,
	    n);
}

static int
gastown(FILE *f, const struct moment *t, uint64_t n)
{
	return fprintf(f,
	    "{\"ts\":\"%s\",\"source\":\"gt\",\"type\":\"%s\","
	    "\"actor\":\"%s\",\"payload\":{\"reason\":\"%s\",\"target\":"
	    "\"%s\",\"session_id\":\"%08" PRIx64 "\",\"n\":%" PRIu64
	    "},\"visibility\":\"feed\"}\n",
	    t->text, draw(2) > 0 ? "nudge" : "session_start", pick(actors),
	    pick(texts), pick(actors), draw(1u << 31), n);
}

static int
beads(FILE *f, const struct moment *t, uint64_t n)
{
	const char *status = pick(statuses);

	return fprintf(f,
	    "{\"actor\":\"%s\",\"comment\":null,\"created_at\":\"%s\","
	    "\"event_type\":\"status_changed\",\"id\":\"%08" PRIx64
	    "-84ed-4d08-840b-%012" PRIx64 "\",\"issue_id\":\"gt-%" PRIx64
	    "\",\"new_value\":\"{\\\"assignee\\\":\\\"mayor\\\","
	    "\\\"status\\\":\\\"%s\\\"}\",\"old_value\":\"{\\\"id\\\":"
	    "\\\"gt-69dai\\\",\\\"title\\\":\\\"some older title\\\"}\"}\n",
	    pick(actors), t->text, draw(1u << 31), n, draw(60000), status);
}

int
main(int argc, char **argv)
{
	static int (*const kinds[])(FILE *, const struct moment *,
	    uint64_t) = { vermas, vermas, vermas, guard_run, guard_run, guard,
		govern, brewva, brewva, gep, gastown, beads };
	struct ev_err err;
	struct moment t;
	size_t size, step, done = 0;
	int put;
	uint64_t n;
	int64_t ms;

	if (argc < 2 || ev_opt_size(argv[1], &size, &err) == -1) {
		fprintf(stderr, "usage: gen SIZE [SEED]\n");
		return 2;
	}
	state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	state = state * UINT64_C(0x9e3779b97f4a7c15) + 1;
	step = (size_t)DAYS * 86400000 / (size / LINE_MEAN + 1) + 1;
	ms = (int64_t)START * 1000;
	for (n = 1; done < size; n++) {
		ms += (int64_t)draw(step * 2);
		t.ms = draw(200) > 0 ? ms : ms - (int64_t)draw(3600000);
		ev_time_format(
		    (struct timespec){ t.ms / 1000, t.ms % 1000 * 1000000 },
		    t.text);
		put = kinds[draw(sizeof(kinds) / sizeof(kinds[0]))](
		    stdout, &t, n);
		if (put < 0)
			break;
		done += (size_t)put;
	}
	return fflush(stdout) != 0 || ferror(stdout) ? 2 : 0;
}
