#include "event/level.h"

#define TEXT(s) \
	{ \
		s, sizeof(s) - 1 \
	}
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum match { EXACT, PREFIX, WITHIN };

struct rule {
	enum match match;
	struct ev_slice text;
	union {
		enum ev_level level;
		const char *category;
	} is;
};

/* clang-format off */
/* In this order; what no rule fits is ops. */
static const struct rule level_rule[] = {
	{ PREFIX, TEXT("cognitive_relevance_ranking"), { EV_OPS } },
	{ EXACT, TEXT("anchor"), { EV_AUDIT } },
	{ EXACT, TEXT("checkpoint"), { EV_AUDIT } },
	{ EXACT, TEXT("task_event"), { EV_AUDIT } },
	{ EXACT, TEXT("truth_event"), { EV_AUDIT } },
	{ EXACT, TEXT("tool_result_recorded"), { EV_AUDIT } },
	{ EXACT, TEXT("verification_outcome_recorded"), { EV_AUDIT } },
	{ EXACT, TEXT("verification_state_reset"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_intent"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_recovery_deferred"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_recovery_summary"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_wakeup"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_child_session_started"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_child_session_finished"), { EV_AUDIT } },
	{ EXACT, TEXT("schedule_child_session_failed"), { EV_AUDIT } },
	{ EXACT, TEXT("exec_routed"), { EV_AUDIT } },
	{ EXACT, TEXT("exec_fallback_host"), { EV_AUDIT } },
	{ EXACT, TEXT("exec_blocked_isolation"), { EV_AUDIT } },
	{ EXACT, TEXT("exec_sandbox_error"), { EV_AUDIT } },
	{ EXACT, TEXT("tool_parallel_read"), { EV_DEBUG } },
	{ PREFIX, TEXT("viewport_"), { EV_DEBUG } },
	{ PREFIX, TEXT("cognitive_"), { EV_DEBUG } },
};

/* In this order; what no rule fits is other, or its first word. */
static const struct rule category_rule[] = {
	{ EXACT, TEXT("anchor"), { .category = "state" } },
	{ EXACT, TEXT("checkpoint"), { .category = "state" } },
	{ PREFIX, TEXT("session_"), { .category = "session" } },
	{ PREFIX, TEXT("channel_session_"), { .category = "session" } },
	{ PREFIX, TEXT("turn_"), { .category = "turn" } },
	{ PREFIX, TEXT("channel_turn_"), { .category = "turn" } },
	{ WITHIN, TEXT("tool"), { .category = "tool" } },
	{ PREFIX, TEXT("patch_"), { .category = "tool" } },
	{ EXACT, TEXT("rollback"), { .category = "tool" } },
	{ PREFIX, TEXT("context_"), { .category = "context" } },
	{ PREFIX, TEXT("cost_"), { .category = "cost" } },
	{ PREFIX, TEXT("budget_"), { .category = "cost" } },
	{ EXACT, TEXT("cognitive_usage_recorded"), { .category = "cost" } },
	{ PREFIX, TEXT("verification_"), { .category = "verification" } },
	{ WITHIN, TEXT("snapshot"), { .category = "state" } },
	{ WITHIN, TEXT("resumed"), { .category = "state" } },
	{ WITHIN, TEXT("interrupted"), { .category = "state" } },
};

/* First words of dotted types, outside Brewva. */
static const struct rule word_rule[] = {
	{ PREFIX, TEXT("bead."), { .category = "bead" } },
	{ PREFIX, TEXT("mail."), { .category = "mail" } },
	{ PREFIX, TEXT("agent."), { .category = "agent" } },
	{ PREFIX, TEXT("mol."), { .category = "mol" } },
	{ PREFIX, TEXT("verify."), { .category = "verify" } },
	{ PREFIX, TEXT("patrol."), { .category = "patrol" } },
};
/* clang-format on */

static const char *const level_name[] = {
	[EV_AUDIT] = "audit", [EV_OPS] = "ops", [EV_DEBUG] = "debug"
};

static bool
fits(const struct rule *rule, struct ev_slice type)
{
	struct ev_slice text = rule->text;

	if (type.n < text.n)
		return false;
	switch (rule->match) {
	case EXACT:
		return ev_slice_eq(type, text);
	case PREFIX:
		return memcmp(type.p, text.p, text.n) == 0;
	case WITHIN:
		return memmem(type.p, type.n, text.p, text.n) != NULL;
	}
	return false;
}

/* The first rule that fits, or NULL. */
static const struct rule *
find(const struct rule *rule, size_t count, struct ev_slice type)
{
	const struct rule *end = rule + count;

	for (; rule < end; rule++)
		if (fits(rule, type))
			return rule;
	return NULL;
}

enum ev_level
ev_level_of(struct ev_slice type)
{
	const struct rule *rule = find(level_rule, COUNT(level_rule), type);

	return rule != NULL ? rule->is.level : EV_OPS;
}

const char *
ev_level_name(enum ev_level level)
{
	return level_name[level];
}

int
ev_level_parse(struct ev_slice name)
{
	size_t i;

	for (i = 0; i < COUNT(level_name); i++)
		if (ev_slice_is(name, level_name[i]))
			return (int)i;
	return -1;
}

const char *
ev_category_of(struct ev_slice type, const struct ev_dialect *dialect)
{
	const struct rule *rule =
	    find(category_rule, COUNT(category_rule), type);

	if (rule == NULL && dialect != &ev_dialects[EV_BREWVA])
		rule = find(word_rule, COUNT(word_rule), type);
	return rule != NULL ? rule->is.category : "other";
}
