#include "parse/rules.h"

#include "parse/build.h"
#include "parse/python.h"
#include "parse/trace.h"

/* clang-format off */
#define CLASS								\
	"((?:[A-Za-z_$][\\w$]*\\.)*[A-Z][\\w$]*(?:Error|Exception)"	\
	"|Error|Exception)"
#define ALL (EV_TOOL_NODE | EV_TOOL_PYTHON | EV_TOOL_JAVA | EV_TOOL_JEST | \
	EV_TOOL_PYTEST)
#define C_LIKE (EV_TOOL_GCC | EV_TOOL_SHELL)

const struct ev_rule ev_rules_crash[] = {
	/* Python */
	{ EV_TOOL_PYTHON | EV_TOOL_PYTEST, "python", "Traceback (most", NULL,
	    "^[ |+]*((?:Exception Group )?Traceback \\(most recent call last\\):)"
	    "\\s*$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, ev_python_begin,
	    ev_python_block },
	{ EV_TOOL_PYTHON | EV_TOOL_PYTEST, "python", "  File \"", NULL,
	    "^  File \"(.+?)\", line (\\d+)(?:, in .+)?$",
	    "fl", EV_BY_TYPE, "RuntimeCrash", false, ev_python_frame,
	    ev_python_block },
	{ EV_TOOL_PYTHON | EV_TOOL_PYTEST, "python", "Warning: ", ".py:",
	    "^\\s*([^\\s:]+\\.py):(\\d+): (\\w*DeprecationWarning"
	    "|FutureWarning): (.*)$",
	    "flxm", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ EV_TOOL_PYTHON | EV_TOOL_PYTEST, "python", "Warning: ", ".py:",
	    "^\\s*([^\\s:]+\\.py):(\\d+): (\\w*Warning): (.*)$",
	    "flxm", EV_BY_TYPE, "LintWarning", false, NULL, NULL },
	/* Node */
	{ EV_TOOL_NODE | EV_TOOL_JEST, "node", "DeprecationWarning: ", NULL,
	    "^\\(node:\\d+\\) (?:\\[(\\w+)\\] )?DeprecationWarning: (.*)$",
	    "km", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ EV_TOOL_NODE | EV_TOOL_JEST, "node", "UnhandledPromiseRejection", NULL,
	    "^(?:\\(node:\\d+\\) )?UnhandledPromiseRejection(?:Warning)?: (.*)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, NULL, ev_trace_block },
	{ EV_TOOL_NODE, "node", "FATAL ERROR: ", NULL,
	    "FATAL ERROR: (.*)$",
	    "m", EV_BY_EXCEPTION, NULL, false, NULL, ev_trace_block },
	/* Java */
	{ EV_TOOL_JAVA, "java", "Exception in thread ", NULL,
	    "^Exception in thread \".*?\" ([\\w.$]+)(?:: (.*))?$",
	    "xm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ EV_TOOL_JAVA, "java", "java", NULL,
	    "^(javax?\\.(?:[a-z_][\\w$]*\\.)*[A-Z][\\w$]*(?:Error|Exception))$",
	    "x", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	/* Rust */
	{ EV_TOOL_RUST | EV_TOOL_CARGO, "rust", " panicked at ", NULL,
	    "^thread '(.*?)'(?: \\(\\d+\\))? panicked at "
	    "(?:'(.*)', )?(\\S+?):(\\d+):(\\d+):?$",
	    "tmflc", EV_BY_TYPE, "RuntimeCrash", false, ev_trace_rust,
	    ev_trace_block },
	/* Go */
	{ EV_TOOL_GO, "go", "panic: ", NULL,
	    "^panic: (.*?)(?: \\[recovered\\])?$",
	    "m", EV_BY_EXCEPTION, NULL, false, ev_trace_go, ev_trace_block },
	{ EV_TOOL_GO, "go", "fatal error: ", NULL,
	    "^fatal error: ((?:all goroutines|concurrent map|stack overflow"
	    "|out of memory|runtime|unexpected signal|sync:|found bad).*)$",
	    "m", EV_BY_EXCEPTION, NULL, false, NULL, ev_trace_block },
	{ EV_TOOL_GO, "go", "DATA RACE", NULL,
	    "^WARNING: (DATA RACE)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, NULL, ev_trace_block },
	/* Node, Python, Java: what is thrown */
	{ ALL, "node", "Error", NULL,
	    "^(?:Uncaught |Unhandled |\\[)?" CLASS "(?: \\[(\\w+)\\])?:"
	    "(?: (.*))?$",
	    "xkm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ ALL, "java", "Exception: ", NULL,
	    "^((?:[A-Za-z_$][\\w$]*\\.)*[A-Z][\\w$]*Exception): (.*)$",
	    "xm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	/* C */
	{ C_LIKE, "sanitizer", "Sanitizer: ", NULL,
	    "^=+\\d+=+ ?(?:ERROR|WARNING): (\\w+Sanitizer): (.*?)"
	    "(?: on .*address.*| 0x.*)?$",
	    "km", EV_BY_TYPE, "RuntimeCrash", false, NULL, ev_trace_block },
	{ C_LIKE, "assert", "Assertion ", " failed.",
	    "^(?:\\S+: )?([^\\s:]+):(\\d+): .*(Assertion [`'].*' failed\\.)$",
	    "flm", EV_BY_TYPE, "RuntimeCrash", false, NULL, NULL },
	{ C_LIKE, "c++", "terminate called", NULL,
	    "^(terminate called .*)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, NULL, NULL },
	{ EV_TOOL_SHELL, "shell", "(core dumped)", NULL,
	    "^(?:\\S+: line (\\d+): +\\d+ )?((?:Segmentation fault|Aborted"
	    "|Bus error|Illegal instruction|Floating point exception)"
	    " *\\(core dumped\\).*)$",
	    "lm", EV_BY_TYPE, "RuntimeCrash", false, NULL, NULL },
	{ EV_TOOL_SHELL, "shell", "Segmentation fault", NULL,
	    "^(?:\\S+: line (\\d+): +\\d+ )?(Segmentation fault.*)$",
	    "lm", EV_BY_TYPE, "RuntimeCrash", false, NULL, NULL },
	{ EV_TOOL_SHELL | EV_TOOL_NODE, "node", "EPIPE", NULL,
	    "^(?:write )?EPIPE\\b", "", EV_BY_TYPE, "RuntimeCrash", false,
	    ev_whole_line, NULL },
	{ EV_TOOL_SHELL, "shell", "SIG", "killed by ",
	    "^.{0,80}\\bkilled by SIG[A-Z]+\\b", "", EV_BY_TYPE, "RuntimeCrash",
	    false, ev_whole_line, NULL },
	{ 0 }
};
/* clang-format on */
