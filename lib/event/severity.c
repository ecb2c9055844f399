#include "event/severity.h"

#define UNKNOWN 2 /* a type outside the table */
#define LABELS 6
#define TEXT(s) \
	{ \
		s, sizeof(s) - 1 \
	}

/* AgentGuard's canonical event model, "Event Type Taxonomy". */
static const struct {
	struct ev_slice type;
	int severity;
} table[] = {
	{ TEXT("LintWarning"), 1 },
	{ TEXT("Deprecation"), 1 },
	{ TEXT("LintError"), 2 },
	{ TEXT("TypeError"), 2 },
	{ TEXT("ReferenceError"), 2 },
	{ TEXT("SyntaxError"), 3 },
	{ TEXT("TestFailure"), 3 },
	{ TEXT("RuntimeCrash"), 3 },
	{ TEXT("NetworkError"), 3 },
	{ TEXT("MergeConflict"), 3 },
	{ TEXT("BuildFailure"), 4 },
	{ TEXT("StackOverflow"), 4 },
	{ TEXT("MemoryError"), 4 },
	{ TEXT("SecurityFinding"), 4 },
	{ TEXT("CIFailure"), 4 },
	{ TEXT("DependencyConflict"), 4 },
	{ TEXT("PolicyDenied"), 3 },
	{ TEXT("UnauthorizedAction"), 4 },
	{ TEXT("InvariantViolation"), 5 },
	{ TEXT("BlastRadiusExceeded"), 4 },
	{ TEXT("MergeGuardFailure"), 4 },
	{ TEXT("EvidencePackGenerated"), 1 },
	{ TEXT("PauseRequested"), 3 },
	{ TEXT("PauseResolved"), 1 },
	{ TEXT("RunStarted"), 0 },
	{ TEXT("RunEnded"), 0 },
	{ TEXT("CheckpointReached"), 0 },
};

int
ev_severity_of(struct ev_slice type)
{
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (ev_slice_eq(type, table[i].type))
			return table[i].severity;
	return UNKNOWN;
}

const char *
ev_severity_label(int severity)
{
	static const char *const label[LABELS] = { "Informational", "Minor",
		"Low", "Medium", "High", "Critical" };

	return severity < 0 || severity >= LABELS ? NULL : label[severity];
}
