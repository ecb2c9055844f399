#include "parse/rules.h"

#include "parse/mocha.h"
#include "parse/python.h"
#include "parse/runner.h"

#define JS "(\\S+\\.[cm]?[jt]sx?)"
#define CARGO (EV_TOOL_CARGO | EV_TOOL_RUST)
#define PYTHON (EV_TOOL_PYTEST | EV_TOOL_PYTHON)
#define BULLET "\xe2\x97\x8f" /* ● */

/* clang-format off */
const struct ev_rule ev_rules_test[] = {
	/* TAP, bats */
	{ EV_TOOL_TAP, "tap", "not ok", NULL,
	    "^\\s*not ok(?: \\d+\\b(?: -)?| -|$) ?(.*?)\\s*$",
	    "t", EV_BY_TYPE, "TestFailure", false, ev_tap_begin,
	    ev_tap_block },
	{ EV_TOOL_TAP, NULL, "ok ", NULL,
	    "^ok \\d+\\b", "", EV_BY_NONE, NULL, false, ev_tap_ok, NULL },
	{ EV_TOOL_TAP, "tap", "Bail out!", NULL,
	    "^Bail out!\\s*(.*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, NULL, NULL },
	{ EV_TOOL_TAP, "bats", " \xe2\x9c\x97 ", NULL,
	    "^ \xe2\x9c\x97 (.+?)(?: \\[\\d+\\])?$",
	    "t", EV_BY_TYPE, "TestFailure", false, NULL,
	    ev_tap_block },
	/* node --test, as it writes to a terminal: its list of failures */
	{ EV_TOOL_NODE, "node", "test at ", NULL,
	    "^test at (\\S.*?):(\\d+):(\\d+)$",
	    "flc", EV_BY_TYPE, "TestFailure", false, ev_spec_begin,
	    ev_spec_block },
	{ EV_TOOL_NODE, NULL, "ms)", "\xe2\x9c\x96 ",
	    "^\\s*\xe2\x9c\x96 .+ \\([\\d.]+ms\\)$",
	    "", EV_BY_NONE, NULL, false, ev_spec_passed, NULL },
	/* mocha, vitest */
	{ EV_TOOL_NODE | EV_TOOL_JEST, NULL, " failing", NULL,
	    "^  \\d+ failing$",
	    "", EV_BY_NONE, NULL, false, ev_mocha_failing, NULL },
	{ EV_TOOL_NODE | EV_TOOL_JEST, "mocha", ") ", NULL,
	    "^  \\d+\\) (.+?)$",
	    "t", EV_BY_TYPE, "TestFailure", false, ev_mocha_begin,
	    ev_mocha_block },
	{ EV_TOOL_NODE | EV_TOOL_JEST, "vitest", "FAIL ", NULL,
	    "^\\s*FAIL\\s+(?:\\|\\S+\\| )?" JS
	    "(?: > (.+)| \\[ .* \\])$",
	    "ft", EV_BY_TYPE, "TestFailure", false, NULL, ev_vitest_block },
	/* jest */
	{ EV_TOOL_JEST, NULL, "FAIL ", NULL,
	    "^\\s*FAIL\\s+(?:\\S+ )?" JS "(?: \\([\\d.]+ m?s\\))?$",
	    "f", EV_BY_NONE, NULL, false, ev_jest_suite, NULL },
	{ EV_TOOL_JEST, "jest", "  " BULLET " ", NULL,
	    "^  " BULLET " (.+)$",
	    "t", EV_BY_TYPE, "TestFailure", false, ev_jest_begin,
	    ev_jest_block },
	{ EV_TOOL_JEST, NULL, "Summary of all failing tests", NULL,
	    "^Summary of all failing tests$",
	    "", EV_BY_NONE, NULL, false, ev_jest_again, NULL },
	{ EV_TOOL_JEST, "jest", "Test", "failed",
	    "^(?:Test Suites|Tests): +[1-9]\\d* failed",
	    "", EV_BY_TYPE, "TestFailure", true, ev_jest_sum, NULL },
	{ EV_TOOL_JEST, "jest", "Expected: ", "Received: ",
	    "^\\s*(Expected: .* Received: .*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, NULL, NULL },
	{ EV_TOOL_JEST, "jest", "Expected", NULL,
	    "^\\s*(Expected(?: value| length)?: .*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, NULL,
	    ev_received_block },
	/* pytest, unittest */
	{ EV_TOOL_PYTEST, NULL, "===", NULL,
	    "^={3,} (.+?) ={3,}$",
	    "m", EV_BY_NONE, NULL, false, ev_pytest_section, NULL },
	{ EV_TOOL_PYTEST, "pytest", "___ ", NULL,
	    "^_{3,} (?:ERROR (?:collecting|at setup of|at teardown of) )?"
	    "(\\S.*?) _{3,}$",
	    "t", EV_BY_TYPE, "TestFailure", false, ev_pytest_begin,
	    ev_pytest_block },
	{ EV_TOOL_PYTEST, "pytest", "E  ", NULL,
	    "^E {2,}(?!\\d)((?:assert|[\\w.]+(?:Error|Exception|Failed)\\b).*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, NULL,
	    ev_pytest_lone },
	{ EV_TOOL_PYTEST, "pytest", ".py", NULL,
	    "^(?:FAILED|ERROR) (\\S+?\\.py)(?:::(.+?))?(?: - (.*))?$",
	    "ftm", EV_BY_TYPE, "TestFailure", false, ev_pytest_summary,
	    NULL },
	{ PYTHON, "pytest", ".py:", NULL,
	    "^([^\\s:]+\\.py):(\\d+): (?:([\\w.]*Error)(?:: (.*))?"
	    "|(assert .*))$",
	    "flxmm", EV_BY_EXCEPTION, NULL, false, ev_pytest_line, NULL },
	{ PYTHON, NULL, ": ", " (",
	    "^(?:FAIL|ERROR): (\\w+) \\([\\w.]+\\)$",
	    "t", EV_BY_NONE, NULL, false, ev_python_unittest, NULL },
	/* go test */
	{ EV_TOOL_GO, NULL, "=== ", NULL,
	    "^=== (?:RUN|CONT|NAME|PAUSE)\\s+(\\S+)$",
	    "t", EV_BY_NONE, NULL, false, ev_go_run, NULL },
	{ EV_TOOL_GO, "go", "--- FAIL: ", NULL,
	    "^\\s*--- FAIL: (\\S+)(?: \\([\\d.]+s\\))?$",
	    "t", EV_BY_TYPE, "TestFailure", false, ev_go_fail,
	    ev_gotest_block },
	{ EV_TOOL_GO, NULL, ".go:", NULL,
	    "^\\s+([^\\s:]+\\.go):(\\d+): ?(.*)$",
	    "flm", EV_BY_NONE, NULL, false, ev_go_log, NULL },
	{ EV_TOOL_GO, "go", "FAIL\t", NULL,
	    "^(FAIL\t\\S+)\t[\\d.]+s$",
	    "m", EV_BY_TYPE, "TestFailure", true, NULL, NULL },
	/* cargo test */
	{ CARGO, NULL, " stdout ----", NULL,
	    "^---- (\\S+) stdout ----$",
	    "t", EV_BY_NONE, NULL, false, ev_cargo_output, NULL },
	{ CARGO, "cargo", "note: test did not panic", NULL,
	    "^note: (test did not panic as expected)(?: at (\\S+?):(\\d+):"
	    "(\\d+))?$",
	    "mflc", EV_BY_TYPE, "TestFailure", false, ev_cargo_named, NULL },
	{ CARGO, "cargo", "Error: ", NULL,
	    "^Error: (.*)$",
	    "m", EV_BY_TYPE, "TestFailure", false, ev_cargo_named, NULL },
	{ CARGO, NULL, "failures:", NULL,
	    "^failures:$", "", EV_BY_NONE, NULL, false, ev_cargo_list, NULL },
	{ CARGO, "cargo", "    ", NULL,
	    "^    ([\\w:]+)$",
	    "t", EV_BY_TYPE, "TestFailure", false, ev_cargo_listed, NULL },
	{ CARGO, NULL, "test result: ", NULL,
	    "^test result: ", "", EV_BY_NONE, NULL, false, ev_cargo_end,
	    NULL },
	{ 0 }
};
/* clang-format on */
