#include "parse/rules.h"

#include "parse/build.h"

/* clang-format off */
/* A file's name, with the drive letter of Windows or without. */
#define NAME "(?:[A-Za-z]:[\\\\/])?[^\\s:(<>\"'`][^:\"'`]*?"
#define PATH "(" NAME ")"
#define PY "(" NAME "\\.pyi?)"
/* What puts a time before each line of a build. */
#define CLOCK "^(?:\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)? +)?"
#define MAVEN \
	"(\\S[^\\[\\]]*?\\.(?:java|kt)):[\\[(](\\d+), ?(\\d+)[\\])] "

#define PYTHON EV_TOOL_PYTHON
#define JAVA EV_TOOL_JAVA
#define OTHER EV_TOOL_OTHER

/*
 * Linters that tell by a code, not by a word, how grave it is: the letters are
 * convention, refactoring, warning, information; error, fatal.
 */
const struct ev_rule ev_rules_lint[] = {
	/* pylint: as it is, and "parseable" */
	{ PYTHON, "pylint", ".py", ": ",
	    "^" PY ":(\\d+):(\\d+): ([EF]\\d{4}): (.*?)(?: \\([\\w-]+\\))?$",
	    "flckm", EV_BY_TYPE, "LintError", false, NULL, NULL },
	{ PYTHON, "pylint", ".py", ": ",
	    "^" PY ":(\\d+):(\\d+): ([CRWI]\\d{4}): (.*?)(?: \\([\\w-]+\\))?$",
	    "flckm", EV_BY_TYPE, "LintWarning", false, NULL, NULL },
	{ PYTHON, "pylint", ".py", ": [",
	    "^" PY ":(\\d+): \\[([CRWI]\\d{4})(?:\\([\\w-]+\\))?(?:,[^\\]]*)?\\] "
	    "(.*)$",
	    "flkm", EV_BY_TYPE, "LintWarning", false, NULL, NULL },
	{ PYTHON, "pylint", ".py", ": [",
	    "^" PY ":(\\d+): \\[([A-Z]+\\d+)(?:\\([\\w-]+\\))?(?:,[^\\]]*)?\\] "
	    "(.*)$",
	    "flkm", EV_BY_TYPE, "LintError", false, NULL, NULL },
	/* flake8, pycodestyle, ruff in one line */
	{ PYTHON, "flake8", ".py", ": ",
	    "^" PY ":(\\d+):(\\d+): (E9\\d\\d|invalid-syntax):? (.*)$",
	    "flckm", EV_BY_TYPE, "SyntaxError", false, NULL, NULL },
	{ PYTHON, "flake8", ".py", ": ",
	    "^" PY ":(\\d+):(\\d+): (W\\d{3}) (.*)$",
	    "flckm", EV_BY_TYPE, "LintWarning", false, NULL, NULL },
	{ PYTHON, "flake8", ".py", ": ",
	    "^" PY ":(\\d+):(\\d+): ([A-Z]{1,5}\\d{2,4}) (?:\\[\\*\\] )?(.*)$",
	    "flckm", EV_BY_TYPE, "LintError", false, NULL, NULL },
	/* ruff, as rustc: the place stands behind it, or it is none */
	{ PYTHON, "ruff", "invalid-syntax: ", NULL,
	    "^(invalid-syntax): (.+)$",
	    "km", EV_BY_TYPE, "SyntaxError", false, ev_rustc_begin,
	    ev_rustc_block },
	{ PYTHON, "ruff", NULL, NULL,
	    "^([A-Z]{1,5}\\d{2,4}) (?:\\[\\*\\] )?(.+)$",
	    "km", EV_BY_TYPE, "LintError", false, ev_rustc_begin,
	    ev_rustc_block },
	/* pyright */
	{ PYTHON, "pyright", " - error: ", NULL,
	    "^\\s*" PY ":(\\d+):(\\d+) - error: (.*?)(?: \\((report\\w+)\\))?$",
	    "flcmk", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ PYTHON, "pyright", " - warning: ", NULL,
	    "^\\s*" PY ":(\\d+):(\\d+) - (warning): (.*?)"
	    "(?: \\((report\\w+)\\))?$",
	    "flcsmk", EV_BY_LINTER, NULL, false, NULL, NULL },
	/* maven's warnings; kotlinc */
	{ JAVA, NULL, "[WARNING] ", NULL,
	    CLOCK "\\[(WARNING)\\] " MAVEN "(.*)$",
	    "sflcm", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ JAVA, NULL, "[ERROR] ", NULL,
	    CLOCK "\\[ERROR\\] " MAVEN "(?:error: )?(.*)$",
	    "flcm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ JAVA, "kotlinc", "e: ", ".kt",
	    "^e: (?:file://)?([^:]+\\.kts?):(?:(\\d+):(\\d+)| \\((\\d+), (\\d+)\\):) "
	    "(.*)$",
	    "flclcm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ JAVA, "kotlinc", "w: ", ".kt",
	    "^(w): (?:file://)?([^:]+\\.kts?):(?:(\\d+):(\\d+)| \\((\\d+), (\\d+)\\):) "
	    "(.*)$",
	    "-flclcm", EV_BY_TYPE, "LintWarning", false, NULL, NULL },
	/* rubocop, yamllint, hadolint */
	{ OTHER, "rubocop", ": ", NULL,
	    "^" PATH ":(\\d+):(\\d+): [EF]: (?:\\[\\w+\\] )?"
	    "(?:([A-Z]\\w+/[\\w/]+): )?(.*)$",
	    "flckm", EV_BY_TYPE, "LintError", false, NULL, NULL },
	{ OTHER, "rubocop", ": ", NULL,
	    "^" PATH ":(\\d+):(\\d+): [CRW]: (?:\\[\\w+\\] )?"
	    "(?:([A-Z]\\w+/[\\w/]+): )?(.*)$",
	    "flckm", EV_BY_TYPE, "LintWarning", false, NULL, NULL },
	{ OTHER, "yamllint", ": [", "] ",
	    "^" PATH ":(\\d+):(\\d+): \\[(error|warning)\\] (.*?)"
	    "(?: \\(([\\w-]+)\\))?$",
	    "flcsmk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ OTHER, "hadolint", " DL", ": ",
	    "^(\\S+?):(\\d+) (DL\\d{4}) (error|warning|info|style): (.*)$",
	    "flksm", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ 0 }
};
/* clang-format on */
