#include "parse/rules.h"

#include "parse/build.h"

/* A file's name, with the drive letter of Windows or without. */
#define PATH "((?:[A-Za-z]:[\\\\/])?[^\\s:(<>\"'`][^:\"'`]*?)"
#define WEBPACK "(?:\\[\\w+\\] )?(?:ERROR in )?"
#define LEVEL "(fatal error|internal compiler error|error|warning)"
#define CODE "(?: +\\[([\\w.=*+-]+(?:,[\\w.=*+-]+)*)\\])?"
#define DRIVER \
	"^(?:\\S*/)?(?:[\\w.+-]*-)?(?:gcc|g\\+\\+|cc|c\\+\\+|clang|clang\\+\\+" \
	"|cc1|cc1plus|cc1obj|collect2|as|ld|ld\\.\\w+|lld)(?:-\\d+)?(?:\\.exe)?: "

#define GCC EV_TOOL_GCC
#define C_LIKE (EV_TOOL_GCC | EV_TOOL_JAVA | EV_TOOL_PYTHON | EV_TOOL_SHELL)
#define RUSTC (EV_TOOL_CARGO | EV_TOOL_RUST)

/* clang-format off */
const struct ev_rule ev_rules_build[] = {
	/* make */
	{ EV_TOOL_ANY & ~EV_TOOL_LINES, NULL, "Entering directory", NULL,
	    "^\\S*(?:make|ninja)\\S*: Entering directory [`'\"](.+)['\"]$",
	    "f", EV_BY_NONE, NULL, false, ev_make_enter, NULL },
	{ EV_TOOL_ANY & ~EV_TOOL_LINES, NULL, "Leaving directory", NULL,
	    "^\\S*(?:make|ninja)\\S*: Leaving directory [`'\"](.+)['\"]$",
	    "f", EV_BY_NONE, NULL, false, ev_make_leave, NULL },
	{ GCC, "make", ": *** ", "Error ",
	    "^\\S*make(?:\\[\\d+\\])?: \\*\\*\\* "
	    "(\\[(?:([^\\]:]+):(\\d+): )?[^\\]]+\\] Error \\d+)",
	    "mfl", EV_BY_TYPE, "BuildFailure", true, NULL, NULL },
	{ GCC, "make", ": *** ", NULL,
	    "^(?:(\\S+):(\\d+)|\\S*make(?:\\[\\d+\\])?): \\*\\*\\* "
	    "(?!Waiting for|\\[)(.+?)(?:  Stop\\.)?$",
	    "flm", EV_BY_TYPE, "BuildFailure", false, NULL, NULL },
	{ GCC, "ninja", "ninja: ", NULL,
	    "^ninja: (error: .*|build stopped: .*)$",
	    "m", EV_BY_TYPE, "BuildFailure", true, NULL, NULL },
	{ GCC, "cmake", "CMake Error", NULL,
	    "^CMake Error at (.+?):(\\d+) \\(.*\\):$",
	    "fl", EV_BY_TYPE, "BuildFailure", false, NULL, ev_cmake_block },
	/* gcc, clang, javac, mypy, shellcheck -f gcc */
	{ C_LIKE, NULL, "error: ", NULL,
	    "^" PATH ":(\\d+):(?:(\\d+):)? " LEVEL ": (.*?)"
	    CODE "$",
	    "flcsmk", EV_BY_COMPILER, NULL, false, ev_gcc_begin, NULL },
	{ C_LIKE, NULL, "warning: ", NULL,
	    "^" PATH ":(\\d+):(?:(\\d+):)? " LEVEL ": (.*?)" CODE "$",
	    "flcsmk", EV_BY_COMPILER, NULL, false, ev_gcc_begin, NULL },
	{ GCC, "cppcheck", ": style: ", NULL,
	    "^" PATH ":(\\d+):(\\d+): (style): (.*?)" CODE "$",
	    "flcsmk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ C_LIKE, "shellcheck", "note: ", " [SC",
	    "^" PATH ":(\\d+):(\\d+): note: (.*) \\[(SC\\d+)\\]$",
	    "flcmk", EV_BY_TYPE, "LintWarning", false, ev_gcc_begin, NULL },
	{ GCC, "gcc", "runtime error: ", NULL,
	    "^" PATH ":(\\d+):(\\d+): runtime error: (.*)$",
	    "flcm", EV_BY_TYPE, "RuntimeCrash", false, NULL, NULL },
	{ GCC, "ld", "undefined reference to ", NULL,
	    "^(?:\\S*ld(?:\\.\\w+)?: )?" PATH ":(?:(\\d+):|\\([^)]*\\):)? ?"
	    "(?:in function .*: )?(undefined reference to .*)$",
	    "flm", EV_BY_TYPE, "ReferenceError", false, NULL, NULL },
	{ GCC, "ld", "multiple definition of ", NULL,
	    "^(?:\\S*ld(?:\\.\\w+)?: )?" PATH ":(?:(\\d+):|\\([^)]*\\):)? ?"
	    "(?:in function .*: )?(multiple definition of [^;]*).*$",
	    "flm", EV_BY_TYPE, "BuildFailure", false, NULL, NULL },
	{ GCC, "ld", "cannot find ", NULL,
	    "^\\S*ld(?:\\.\\w+)?: (cannot find .*)$",
	    "m", EV_BY_TYPE, "DependencyConflict", false, NULL, NULL },
	{ GCC, "ld", "undefined symbol", NULL,
	    "^\\S*ld(?:\\.\\w+)?: (?:error: )?(undefined symbol: .*)$",
	    "m", EV_BY_TYPE, "ReferenceError", false, NULL, NULL },
	{ GCC, "gcc", "error: ", NULL,
	    DRIVER "(?:fatal )?error: (.*)$",
	    "m", EV_BY_TYPE, "BuildFailure", false, NULL, NULL },
	/* go build, go vet */
	{ EV_TOOL_GO, "go", ".go:", NULL,
	    "^(?:vet: )?([^\\s:]+\\.go):(\\d+):(\\d+): ((?!\\s).*)$",
	    "flcm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ EV_TOOL_GO, "go", ".go:", NULL,
	    "^vet: ([^\\s:]+\\.go):(\\d+): (.*)$",
	    "flm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ EV_TOOL_GO, "go", "FAIL\t", " [",
	    "^FAIL\t(\\S+ \\[(?:build|setup) failed\\])$",
	    "m", EV_BY_TYPE, "BuildFailure", true, NULL, NULL },
	/* rustc, cargo */
	{ RUSTC, "cargo", "error: test failed", NULL,
	    "^error: (test failed, to rerun .*)$",
	    "m", EV_BY_TYPE, "TestFailure", true, NULL, NULL },
	{ RUSTC, "cargo", "error: could not compile", NULL,
	    "^error: (could not compile .*)$",
	    "m", EV_BY_TYPE, "BuildFailure", true, NULL, NULL },
	{ RUSTC, "cargo", "error: aborting due to", NULL,
	    "^error: (aborting due to .*)$",
	    "m", EV_BY_TYPE, "BuildFailure", true, NULL, NULL },
	{ RUSTC, "cargo", "borrow of moved value", NULL,
	    "^(borrow of moved value: .*)$",
	    "m", EV_BY_TYPE, "TypeError", false, NULL, NULL },
	{ RUSTC, "cargo", "error", NULL,
	    "^(error)(?:\\[([A-Za-z]\\d+)\\])?: (.+)$",
	    "skm", EV_BY_COMPILER, NULL, false, ev_rustc_begin,
	    ev_rustc_block },
	{ RUSTC, "cargo", "warning: ", NULL,
	    "^(warning): (.+)$",
	    "sm", EV_BY_COMPILER, NULL, false, ev_rustc_begin,
	    ev_rustc_block },
	/* tsc, and what writes as it does */
	{ EV_TOOL_TSC, NULL, "): error", NULL,
	    "^" WEBPACK PATH "\\((\\d+)(?:,(\\d+))?\\): (error):? (?:([A-Z]+\\d+): )?(.*)$",
	    "flcskm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ EV_TOOL_TSC, NULL, "): warning", NULL,
	    "^" WEBPACK PATH "\\((\\d+)(?:,(\\d+))?\\): (warning):? (?:([A-Z]+\\d+): )?(.*)$",
	    "flcskm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ EV_TOOL_TSC, "tsc", " - error ", NULL,
	    "^" WEBPACK PATH ":(\\d+):(\\d+) - (error) (TS\\d+): (.*)$",
	    "flcskm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ EV_TOOL_TSC, "tsc", "error TS", NULL,
	    "^(error) (TS\\d+): (.*)$",
	    "skm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	/* eslint: unix, as other tools write it, compact, stylish */
	{ EV_TOOL_ESLINT, "eslint", ": ", " [",
	    "^" PATH ":(\\d+):(\\d+): (.*) \\[(Error|Warning)(?:/(\\S+))?\\]$",
	    "flcmsk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ EV_TOOL_ESLINT, "eslint", ": error ", NULL,
	    "^" PATH ":(\\d+):(\\d+): (error) (.*?)(?: \\(([\\w@/-]+)\\))?$",
	    "flcsmk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ EV_TOOL_ESLINT, "eslint", ": warning ", NULL,
	    "^" PATH ":(\\d+):(\\d+): (warning) (.*?)(?: \\(([\\w@/-]+)\\))?$",
	    "flcsmk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ EV_TOOL_ESLINT, "eslint", ": line ", ", col ",
	    "^" PATH ": line (\\d+), col (\\d+), (Error|Warning) - (.*?)"
	    "(?: \\(([^()\\s]+)\\))?$",
	    "flcsmk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ EV_TOOL_ESLINT, "eslint", "  error  ", NULL,
	    "^\\s+(\\d+):(\\d+)\\s+(error)\\s+(.*?)(?:\\s{2,}(\\S+))?$",
	    "lcsmk", EV_BY_LINTER, NULL, false, ev_eslint_row, NULL },
	{ EV_TOOL_ESLINT, "eslint", "  warning  ", NULL,
	    "^\\s+(\\d+):(\\d+)\\s+(warning)\\s+(.*?)(?:\\s{2,}(\\S+))?$",
	    "lcsmk", EV_BY_LINTER, NULL, false, ev_eslint_row, NULL },
	{ EV_TOOL_ESLINT, "eslint", "problem", "\xe2\x9c\x96 ",
	    "^\xe2\x9c\x96 [1-9]\\d* problems? \\((?:[1-9]\\d* errors?"
	    "|0 errors, [1-9]).*$",
	    "", EV_BY_TYPE, "LintError", true, ev_whole_line, NULL },
	/* shellcheck */
	{ EV_TOOL_SHELL | GCC, NULL, " line ", "In ",
	    "^In (.+) line (\\d+):$",
	    "fl", EV_BY_NONE, NULL, false, ev_shell_head, NULL },
	{ EV_TOOL_SHELL | GCC, "shellcheck", "^-", " SC",
	    "^\\s*\\^-[-^]* (SC\\d+) \\((\\w+)\\): (.*)$",
	    "ksm", EV_BY_LINTER, NULL, false, ev_shell_arrow, NULL },
	{ 0 }
};
/* clang-format on */
