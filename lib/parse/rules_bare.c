#include "parse/rules.h"

#include "parse/build.h"
#include "parse/trace.h"

/* clang-format off */
#define OTHER EV_TOOL_OTHER

#define STAMP								\
	"\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?"	\
	"(?:Z|[+-]\\d\\d:?\\d\\d)?"
/* ✖ ✗ ✘ × ❌ • and what else lists begin with */
#define MARK								\
	"[->*\xe2\x9c\x96\xe2\x9c\x97\xe2\x9c\x98\xc3\x97\xe2\x9d\x8c"	\
	"\xe2\x80\xa2]+ +|\\d+[).] +"
/*
 * What stands before a message in a log, in a list, in another's output.  It is
 * never given back: a long run of such costs one look.
 */
#define LEAD								\
	"^(?>\\s+|[\"'`(]|" MARK "|\\[(?!\\w*(?:Error|Exception|Rejection)\\b)"	\
	"[^\\]]{1,40}\\]:? *|" STAMP ":? +"				\
	"|(?:npm|pnpm|lerna) (?:ERR!|error) +|[\\w.-]{1,40} +\\| +"	\
	"|(?:ERROR|FATAL|error|fatal)(?: - | +)"				\
	"|(?:Uncaught|Unhandled) (?![Pp]romise)(?:\\(in promise\\) )?"	\
	"|(?:Caused by|\\[?cause\\]?|ERROR in): +)*+"
#define CLASS "((?:[A-Za-z_$][\\w$]*\\.)*[A-Z][\\w$]*(?:Error|Exception))"
/* What may stand alone: no prose has it. */
#define THROWN								\
	"((?:[A-Za-z_$][\\w$]*\\.)+[A-Z][\\w$]*(?:Error|Exception)"	\
	"|(?:[A-Z][\\w$]*)?(?:NullPointer|ClassNotFound|ClassCast"		\
	"|ArrayIndexOutOfBounds|ConcurrentModification|IllegalArgument"	\
	"|FileNotFound|NoSuchElement)Exception"				\
	"|StackOverflowError|OutOfMemoryError)"
#define WORD "[\\w./@()'-]+"
#define PATH "((?:[A-Za-z]:[\\\\/])?[^\\s:(<>\"'`]+)"
/* The name of a linter's rule behind its message. */
#define RULE "(?:\\s{2,}([\\w@/-]+)|\\s+\\(([\\w@/-]+)\\))?"
/* Behind a code of the system: the end, or what it was about. */
#define ABOUT "(?:$|:| +[\\d:\\[/])"
/* A code alone or behind a word; npm tells one failure in many lines. */
#define ERRNO(code)							\
	{ OTHER, "npm", code, "npm ",					\
	    "^npm (?:ERR!|error) ((?:.*[ :('\"])?" code "\\b.*)$",	\
	    "m", EV_BY_EXCEPTION, NULL, true, NULL, NULL },		\
	{ OTHER, "node", code, NULL,					\
	    LEAD "((?:[a-z]+ )?" code ABOUT ".*)$",			\
	    "m", EV_BY_EXCEPTION, NULL, false, NULL, ev_trace_block },	\
	{ OTHER, "node", code, NULL,					\
	    LEAD "(.{0,200}[ :('\"]" code "(?:[,'\")]|" ABOUT ").*)$",	\
	    "m", EV_BY_EXCEPTION, NULL, true, NULL, NULL }

/*
 * What anybody's output may say of itself: asked when no tool's own rule held,
 * as these know neither whose line it is nor where the failure was.
 */
const struct ev_rule ev_rules_bare[] = {
	/* exceptions */
	{ OTHER, "node", "Error", NULL,
	    LEAD "(?:[\\w ./'()@-]{1,60}: |(?:" WORD " ){0,3})(?:" CLASS "|Error)"
	    "(?: \\[(\\w+)\\])?:(?: +(.*))?$",
	    "xkm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "node", "AssertionError", NULL,
	    LEAD "(AssertionError)\\b(.*)$",
	    "xm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "java", "Exception", NULL,
	    LEAD CLASS ": (.*)$",
	    "xm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "java", "Exception", NULL,
	    LEAD THROWN "\\b.*$",
	    "x", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "java", "Error", NULL,
	    LEAD THROWN "\\b.*$",
	    "x", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "node", "nhandled", NULL,
	    LEAD "\\[?([Uu]nhandled [Pp]romise [Rr]ejection\\b.*)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, NULL, ev_trace_block },
	{ OTHER, "node", "UnhandledPromiseRejection", NULL,
	    LEAD "\\[?(UnhandledPromiseRejection\\w*\\b.*)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, NULL, ev_trace_block },
	{ OTHER, "node", "Cannot find module ", NULL,
	    LEAD "(Cannot find module .*)$",
	    "m", EV_BY_TYPE, "ReferenceError", false, NULL, ev_trace_block },
	{ OTHER, "go", "panic: ", NULL,
	    LEAD "(?:" WORD ":? ){0,2}panic: (.*)$",
	    "m", EV_BY_EXCEPTION, NULL, false, NULL, ev_trace_block },
	{ OTHER, "node", "nvalid regular expression", NULL,
	    LEAD "(Invalid regular expression\\b.*)$",
	    "m", EV_BY_TYPE, "SyntaxError", false, NULL, ev_trace_block },
	{ OTHER, "assert", "ssertion ", "failed",
	    LEAD "((?:" WORD ":? ){0,3}[Aa]ssertion\\b.* failed\\b.*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, NULL, ev_trace_block },
	/* what the system said */
	{ OTHER, "node", "out of memory", NULL,
	    LEAD "((?:.*\\bheap |(?:" WORD ": )*(?:[Pp]rocess )?(?:ran )?)"
	    "out of memory\\b.*)$",
	    "m", EV_BY_TYPE, "MemoryError", false, NULL, NULL },
	{ OTHER, "shell", "Out of memory", NULL,
	    LEAD "((?:" WORD ": )*Out of memory\\b.*)$",
	    "m", EV_BY_TYPE, "MemoryError", false, NULL, NULL },
	ERRNO("ECONNREFUSED"), ERRNO("ECONNRESET"), ERRNO("ETIMEDOUT"),
	ERRNO("EADDRINUSE"), ERRNO("ENOENT"), ERRNO("EACCES"), ERRNO("EPIPE"),
	ERRNO("ERR_MODULE_NOT_FOUND"),
	{ OTHER, "shell", "SIG", NULL,
	    LEAD "((?:.{0,80}\\b(?:by|signal|received|caught|got) )?"
	    "SIG(?:PIPE|SEGV|ABRT|BUS|ILL|FPE|KILL)(?:$|[:(,.)]).*)$",
	    "m", EV_BY_TYPE, "RuntimeCrash", false, NULL, NULL },
	/* compilers, linters */
	{ OTHER, "tsc", "error TS", NULL,
	    "^.{0,200}?\\b(error) (TS\\d+): (.*)$",
	    "skm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ OTHER, "cargo", "error[", NULL,
	    LEAD "(error)\\[([A-Z]\\d+)\\]: (.+)$",
	    "skm", EV_BY_COMPILER, NULL, false, ev_rustc_begin,
	    ev_rustc_block },
	{ OTHER, "cargo", "warning[", NULL,
	    LEAD "(warning)\\[([\\w:-]+)\\]: (.+)$",
	    "skm", EV_BY_COMPILER, NULL, false, NULL, NULL },
	{ OTHER, "cargo", "cannot find ", " in this scope",
	    LEAD "(?:" WORD ": )*(cannot find .+ in this scope\\b.*)$",
	    "m", EV_BY_TYPE, "ReferenceError", false, NULL, NULL },
	{ OTHER, "cargo", "borrow of moved value", NULL,
	    LEAD "(?:.{1,60}: )?(borrow of moved value\\b.*)$",
	    "m", EV_BY_TYPE, "TypeError", false, NULL, NULL },
	{ OTHER, "eslint", " error ", NULL,
	    LEAD PATH ":(\\d+):(\\d+):\\s+(error)\\s+(.*?)" RULE "$",
	    "flcsmkk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ OTHER, "eslint", " warning ", NULL,
	    LEAD PATH ":(\\d+):(\\d+):\\s+(warning)\\s+(.*?)" RULE "$",
	    "flcsmkk", EV_BY_LINTER, NULL, false, NULL, NULL },
	{ OTHER, "eslint", " problem", "\xe2\x9c\x96 ",
	    "^\\s*(\xe2\x9c\x96 [1-9]\\d* problems?)$",
	    "m", EV_BY_TYPE, "LintError", true, NULL, NULL },
	{ OTHER, "build", "DEPRECAT", NULL,
	    "^(?:.{0,60}[\\s\\[(])?(DEPRECAT(?:ED|ION)\\b.*)$",
	    "m", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ OTHER, "build", "DeprecationWarning: ", NULL,
	    LEAD "(?:\\S+: )*\\w*(DeprecationWarning: .*)$",
	    "m", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ OTHER, "build", "arning: ", "deprecated",
	    LEAD "(?:" WORD ": )*[Ww]arning: (.*\\bdeprecated\\b.*)$",
	    "m", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ OTHER, "build", " is deprecated", NULL,
	    LEAD "([\\w$#@/-]*[.()'\"`_:][^\\s]* is deprecated\\b.*)$",
	    "m", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	{ OTHER, "build", "eprecated: ", NULL,
	    LEAD "([Dd]eprecated: .*)$",
	    "m", EV_BY_TYPE, "Deprecation", false, NULL, NULL },
	/* tests, builds, audits */
	{ OTHER, "jest", "Expected: ", "Received: ",
	    LEAD "(?:" WORD " ){0,3}(Expected: .*Received: .*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, NULL, NULL },
	{ OTHER, "ci", "uild ", NULL,
	    LEAD "(?:.{1,40}[:!] |The )?"
	    "((?:(?:" WORD " ){0,2}B|b)uild (?:failed|FAILED)\\b.*)$",
	    "m", EV_BY_TYPE, "CIFailure", false, NULL, NULL },
	{ OTHER, "ci", "ipeline ", NULL,
	    LEAD "(?:.{1,40}[:!] |The )?"
	    "((?:(?:" WORD " ){0,2}P|p)ipeline (?:failed|FAILED)\\b.*)$",
	    "m", EV_BY_TYPE, "CIFailure", false, NULL, NULL },
	{ OTHER, "npm", "vulnerabilit", NULL,
	    LEAD "(?:.{0,60}[ :(])?([1-9]\\d* (?:\\w+ ){0,2}"
	    "vulnerabilit(?:y|ies)\\b.*)$",
	    "m", EV_BY_TYPE, "SecurityFinding", true, NULL, NULL },
	{ OTHER, "npm", "everity", NULL,
	    LEAD "((?i:high|critical)[ -](?i:severity)\\b.*"
	    "|.*\\[(?i:high|critical) [Ss]everity\\].*)$",
	    "m", EV_BY_TYPE, "SecurityFinding", false, NULL, NULL },
	{ OTHER, "npm", "vulnerability", NULL,
	    LEAD "((?i:critical)(?: \\w+)?:? vulnerability\\b.*)$",
	    "m", EV_BY_TYPE, "SecurityFinding", false, NULL, NULL },
	/* and who says no more than that it is one */
	{ OTHER, "build", "error:", NULL,
	    LEAD "([a-z]+error): *(\\S.*)?$",
	    "xm", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "build", "rror:", NULL,
	    "(?!^\\s+error:)" LEAD "(?![Aa]n? |[Tt]he |[Nn]o |[Aa]ny )(?:" WORD ":? ){0,3}"
	    "[Ee]rror: *(\\S.*)?$",
	    "m", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ OTHER, "build", "ERROR:", NULL,
	    LEAD "(?:" WORD ":? ){0,3}ERROR: *(\\S.*)?$",
	    "m", EV_BY_EXCEPTION, NULL, false, ev_trace_exception,
	    ev_trace_block },
	{ 0 }
};
/* clang-format on */
