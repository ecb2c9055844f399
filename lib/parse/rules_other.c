#include "parse/rules.h"

#include "parse/build.h"

#define OTHER EV_TOOL_OTHER
#define CI (EV_TOOL_OTHER | EV_TOOL_GITHUB)

/* clang-format off */
const struct ev_rule ev_rules_other[] = {
	/* GitHub */
	{ EV_TOOL_GITHUB, "github", "::error", NULL,
	    "^::(error)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$",
	    "skm", EV_BY_TYPE, "CIFailure", false, ev_github_command, NULL },
	{ EV_TOOL_GITHUB, "github", "::warning", NULL,
	    "^::(warning)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$",
	    "skm", EV_BY_TYPE, "LintWarning", false, ev_github_command, NULL },
	{ EV_TOOL_GITHUB, "github", "##[", NULL,
	    "^##\\[(error|warning)\\](.+)$",
	    "sm", EV_BY_TYPE, "CIFailure", false, ev_github_command, NULL },
	/* builds in general */
	{ CI, "ci", "uild failed", NULL,
	    "^(?:\\S+: )?([Bb]uild failed\\b.*)$",
	    "m", EV_BY_TYPE, "CIFailure", false, NULL, NULL },
	{ CI, "ci", "BUILD FAIL", NULL,
	    "^(?:\\[\\w+\\] )?(BUILD FAIL(?:ED|URE))\\b",
	    "m", EV_BY_TYPE, "BuildFailure", true, NULL, NULL },
	{ CI, "ci", "Pipeline failed", NULL,
	    "^(Pipeline failed\\b.*)$",
	    "m", EV_BY_TYPE, "CIFailure", false, NULL, NULL },
	/* git */
	{ OTHER, "git", "CONFLICT (", NULL,
	    "^(CONFLICT \\([^)]*\\): Merge conflict in (.+))$",
	    "mf", EV_BY_TYPE, "MergeConflict", false, NULL, NULL },
	{ OTHER, "git", "CONFLICT (", NULL,
	    "^(CONFLICT \\([^)]*\\): .*)$",
	    "m", EV_BY_TYPE, "MergeConflict", false, NULL, NULL },
	{ OTHER, "git", "<<<<<<< ", NULL,
	    "^(<<<<<<< \\S.*)$",
	    "m", EV_BY_TYPE, "MergeConflict", false, NULL, NULL },
	{ OTHER, "git", ">>>>>>> ", NULL,
	    "^(>>>>>>> \\S.*)$",
	    "m", EV_BY_TYPE, "MergeConflict", false, NULL, NULL },
	/* packages */
	{ OTHER, "npm", "npm ", "deprecated ",
	    "^(npm (?:WARN|warn) deprecated .*)$",
	    "m", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ OTHER, "npm", "npm ", "ERESOLVE",
	    "^npm (?:ERR!|error) (?:code )?(ERESOLVE.*)$",
	    "m", EV_BY_TYPE, "DependencyConflict", true, NULL, NULL },
	{ OTHER, "npm", "npm ", "code E",
	    "^(npm (?:ERR!|error) code E\\w+)$",
	    "m", EV_BY_EXCEPTION, NULL, false, NULL, NULL },
	{ OTHER, "npm", "vulnerabilit", NULL,
	    "^((?:found )?[1-9]\\d* (?:\\w+ severity )?vulnerabilit(?:y|ies)"
	    "\\b.*)$",
	    "m", EV_BY_TYPE, "SecurityFinding", false, NULL, NULL },
	{ OTHER, "npm", " severity ", NULL,
	    "^([1-9]\\d* (?:low|moderate|high|critical) severity .*)$",
	    "m", EV_BY_TYPE, "SecurityFinding", false, NULL, NULL },
	{ OTHER, "pip", "ERROR: ", NULL,
	    "^ERROR: ((?:Cannot install|ResolutionImpossible"
	    "|Could not find a version|No matching distribution).*)$",
	    "m", EV_BY_TYPE, "DependencyConflict", true, NULL, NULL },
	{ OTHER, "curl", "curl: (", NULL,
	    "^(curl: \\(\\d+\\) .*)$",
	    "m", EV_BY_TYPE, "NetworkError", false, NULL, NULL },
	{ 0 }
};

const struct ev_rule ev_rules_plain[] = {
	{ EV_TOOL_LINES, "lines", NULL, NULL,
	    "^((?:[A-Za-z]:[\\\\/])?[^\\s:]+):(\\d+):(?:(\\d+):)?\\s*(\\S.*)$",
	    "flcm", EV_BY_TYPE, "RuntimeCrash", false, ev_any_line, NULL },
	{ EV_TOOL_LINES, "lines", NULL, NULL,
	    "^(.*\\S.*)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, ev_any_line, NULL },
	{ 0 }
};
/* clang-format on */
