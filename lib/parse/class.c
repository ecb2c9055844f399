#include "parse/class.h"

#include <strings.h>

/* A row holds when a text ends in (classes) or has in it (messages) `text`. */
struct row {
	const char *text;
	const char *type;
};

/* Classes of exceptions, by their last part; the first row that fits. */
static const struct row exception[] = {
	{ "SyntaxError", "SyntaxError" },
	{ "IndentationError", "SyntaxError" },
	{ "TabError", "SyntaxError" },
	{ "JSONDecodeError", "SyntaxError" },
	{ "ParseException", "SyntaxError" },
	{ "TypeError", "TypeError" },
	{ "ClassCastException", "TypeError" },
	{ "ArrayStoreException", "TypeError" },
	{ "NumberFormatException", "TypeError" },
	{ "ReferenceError", "ReferenceError" },
	{ "NameError", "ReferenceError" },
	{ "UnboundLocalError", "ReferenceError" },
	{ "ModuleNotFoundError", "ReferenceError" },
	{ "ImportError", "ReferenceError" },
	{ "NoClassDefFoundError", "ReferenceError" },
	{ "ClassNotFoundException", "ReferenceError" },
	{ "NoSuchMethodError", "ReferenceError" },
	{ "NoSuchFieldError", "ReferenceError" },
	{ "AssertionError", "TestFailure" },
	{ "AssertionFailedError", "TestFailure" },
	{ "ComparisonFailure", "TestFailure" },
	{ "RecursionError", "StackOverflow" },
	{ "StackOverflowError", "StackOverflow" },
	{ "MemoryError", "MemoryError" },
	{ "OutOfMemoryError", "MemoryError" },
	{ "ConnectionError", "NetworkError" },
	{ "ConnectionRefusedError", "NetworkError" },
	{ "ConnectionResetError", "NetworkError" },
	{ "ConnectionAbortedError", "NetworkError" },
	{ "TimeoutError", "NetworkError" },
	{ "ConnectTimeout", "NetworkError" },
	{ "ReadTimeout", "NetworkError" },
	{ "socket.gaierror", "NetworkError" },
	{ "URLError", "NetworkError" },
	{ "SSLError", "NetworkError" },
	{ "ConnectException", "NetworkError" },
	{ "UnknownHostException", "NetworkError" },
	{ "SocketException", "NetworkError" },
	{ "SocketTimeoutException", "NetworkError" },
	{ "DeprecationWarning", "Deprecation" },
	{ "FutureWarning", "Deprecation" },
};

/* Words in an exception's message, when its class says nothing. */
static const struct row said[] = {
	{ "ECONNREFUSED", "NetworkError" },
	{ "ECONNRESET", "NetworkError" },
	{ "ECONNABORTED", "NetworkError" },
	{ "ETIMEDOUT", "NetworkError" },
	{ "EADDRINUSE", "NetworkError" },
	{ "ENOTFOUND", "NetworkError" },
	{ "EAI_AGAIN", "NetworkError" },
	{ "EHOSTUNREACH", "NetworkError" },
	{ "ENETUNREACH", "NetworkError" },
	{ "socket hang up", "NetworkError" },
	{ "connection refused", "NetworkError" },
	{ "connection reset", "NetworkError" },
	{ "could not resolve host", "NetworkError" },
	{ "no such host", "NetworkError" },
	{ "i/o timeout", "NetworkError" },
	{ "Maximum call stack", "StackOverflow" },
	{ "stack overflow", "StackOverflow" },
	{ "heap out of memory", "MemoryError" },
	{ "out of memory", "MemoryError" },
	{ "cannot allocate memory", "MemoryError" },
	{ "ERR_MODULE_NOT_FOUND", "ReferenceError" },
	{ "Cannot find module", "ReferenceError" },
	{ "Cannot find package", "ReferenceError" },
	{ "ERESOLVE", "DependencyConflict" },
};

/* Words in a compiler's message. */
static const struct row compiler[] = {
	{ "expected ';'", "SyntaxError" },
	{ "expected ‘", "SyntaxError" },
	{ "expected expression", "SyntaxError" },
	{ "expected identifier", "SyntaxError" },
	{ "expected declaration", "SyntaxError" },
	{ "expected unqualified-id", "SyntaxError" },
	{ "expected primary-expression", "SyntaxError" },
	{ "';' expected", "SyntaxError" },
	{ "syntax error", "SyntaxError" },
	{ "parse error", "SyntaxError" },
	{ "unterminated", "SyntaxError" },
	{ "unclosed delimiter", "SyntaxError" },
	{ "illegal start of", "SyntaxError" },
	{ "reached end of file while parsing", "SyntaxError" },
	{ "unexpected token", "SyntaxError" },
	{ "undeclared", "ReferenceError" },
	{ "undefined reference", "ReferenceError" },
	{ "undefined symbol", "ReferenceError" },
	{ "undefined:", "ReferenceError" },
	{ "cannot find symbol", "ReferenceError" },
	{ "cannot find", "ReferenceError" },
	{ "was not declared", "ReferenceError" },
	{ "unknown type name", "ReferenceError" },
	{ "has no member", "ReferenceError" },
	{ "no member named", "ReferenceError" },
	{ "does not exist", "ReferenceError" },
	{ "No such file", "ReferenceError" },
	{ "file not found", "ReferenceError" },
	{ "is not in std", "ReferenceError" },
	{ "no required module", "ReferenceError" },
	{ "unresolved import", "ReferenceError" },
	{ "incompatible", "TypeError" },
	{ "mismatched types", "TypeError" },
	{ "invalid conversion", "TypeError" },
	{ "invalid operands", "TypeError" },
	{ "cannot convert", "TypeError" },
	{ "could not convert", "TypeError" },
	{ "cannot use", "TypeError" },
	{ "no matching function", "TypeError" },
	{ "type mismatch", "TypeError" },
	{ "not assignable", "TypeError" },
	{ "of moved value", "TypeError" },
};

/* Codes of compilers, by how they begin; the longest first. */
static const struct row coded[] = {
	{ "TS1", "SyntaxError" },
	{ "TS2304", "ReferenceError" },
	{ "TS2305", "ReferenceError" },
	{ "TS2307", "ReferenceError" },
	{ "TS2503", "ReferenceError" },
	{ "TS2552", "ReferenceError" },
	{ "TS2", "TypeError" },
	{ "TS5", "BuildFailure" },
	{ "TS6", "BuildFailure" },
	{ "TS18003", "BuildFailure" },
	{ "TS", "TypeError" },
	{ "E0308", "TypeError" },
	{ "E0277", "TypeError" },
	{ "E0382", "TypeError" },
	{ "E04", "ReferenceError" },
	{ "-Werror", "LintError" },
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static bool
ends(struct ev_slice text, const char *with)
{
	size_t n = strlen(with);

	return text.n >= n && strncasecmp(text.p + text.n - n, with, n) == 0;
}

/* In either case, as ASCII has it. */
static bool
has(struct ev_slice text, const char *word)
{
	size_t i, n = strlen(word);

	for (i = 0; i + n <= text.n; i++)
		if (strncasecmp(text.p + i, word, n) == 0)
			return true;
	return false;
}

static const char *
by_words(const struct row *row, size_t count, struct ev_slice text)
{
	size_t i;

	if (text.n > 1024)
		text.n = 1024;
	for (i = 0; i < count; i++)
		if (has(text, row[i].text))
			return row[i].type;
	return NULL;
}

const char *
ev_class_exception(struct ev_slice class, struct ev_slice message)
{
	const char *type;
	size_t i;

	for (i = 0; i < COUNT(exception); i++)
		if (ends(class, exception[i].text))
			return exception[i].type;
	type = by_words(said, COUNT(said), message);
	return type != NULL ? type : "RuntimeCrash";
}

static bool
is_one(struct ev_slice text, const char *const *word)
{
	for (; *word != NULL; word++)
		if (text.n == strlen(*word) &&
		    strncasecmp(text.p, *word, text.n) == 0)
			return true;
	return false;
}

static bool
is_error(struct ev_slice level)
{
	static const char *const word[] = { "error", "fatal error", "fatal",
		"internal compiler error", "sorry, unimplemented",
		"error: internal compiler error", NULL };

	return is_one(level, word);
}

const char *
ev_class_compiler(
    struct ev_slice level, struct ev_slice code, struct ev_slice message)
{
	const char *type;
	size_t i;

	if (level.n > 0 && !is_error(level))
		return ev_class_linter(level, message);
	for (i = 0; i < COUNT(coded); i++)
		if (ev_slice_starts(code, coded[i].text))
			return coded[i].type;
	type = by_words(compiler, COUNT(compiler), message);
	return type != NULL ? type : "BuildFailure";
}

const char *
ev_class_linter(struct ev_slice level, struct ev_slice message)
{
	static const char *const minor[] = { "warning", "warn", "style", "info",
		"refactor", "convention", NULL };

	if (is_error(level)) {
		if (ev_slice_starts(message, "Parsing error"))
			return "SyntaxError";
		return "LintError";
	}
	if (!is_one(level, minor))
		return NULL;
	return has(message, "deprecated") ? "Deprecation" : "LintWarning";
}
