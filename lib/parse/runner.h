/*
 * runner: what test runners write behind a test that failed: jest, TAP and
 * bats, go test, cargo test.
 */
#ifndef EV_PARSE_RUNNER_H
#define EV_PARSE_RUNNER_H

#include "parse/rule.h"

/* Behind "  ● test name". */
ev_block ev_jest_block;
/* Behind "not ok 1 - name": diagnostics in comments and YAML; and behind
 * bats's "✗ name". */
ev_block ev_tap_block;
/* Behind "--- FAIL: TestName". */
ev_block ev_gotest_block;
/* Behind "test at a.js:1:2" of node --test: the name, the error. */
ev_block ev_spec_block;
/* Behind "Expected: 1": the line "Received: 2". */
ev_block ev_received_block;

/* Acts of their rules. */

/* "FAIL src/a.test.js": the file of the tests that follow. */
bool	ev_jest_suite(struct ev_work *work, const struct ev_match *m);
bool	ev_jest_begin(struct ev_work *work, const struct ev_match *m);
/* "Summary of all failing tests": they come once more, until the sums. */
bool	ev_jest_again(struct ev_work *work, const struct ev_match *m);
bool	ev_jest_sum(struct ev_work *work, const struct ev_match *m);
/* Tells of a file that failed when nothing was said of its tests. */
void	ev_jest_owed(struct ev_work *work);
bool	ev_spec_begin(struct ev_work *work, const struct ev_match *m);
/* "✖ name (1ms)" of node --test where the test ran: its list has it again. */
bool	ev_spec_passed(struct ev_work *work, const struct ev_match *m);
/* "not ok": no for a test that may fail, and for what failed by its parts. */
bool	ev_tap_begin(struct ev_work *work, const struct ev_match *m);
bool	ev_tap_ok(struct ev_work *work, const struct ev_match *m);
bool	ev_bats_begin(struct ev_work *work, const struct ev_match *m);
/* "=== RUN TestName": whose log lines follow. */
bool	ev_go_run(struct ev_work *work, const struct ev_match *m);
/* "    x_test.go:12: message" of a test that runs. */
bool	ev_go_log(struct ev_work *work, const struct ev_match *m);
bool	ev_go_fail(struct ev_work *work, const struct ev_match *m);
/* "---- name stdout ----" of cargo: the test whose output follows. */
bool	ev_cargo_output(struct ev_work *work, const struct ev_match *m);
/* What such a test says last; no outside of its output. */
bool	ev_cargo_named(struct ev_work *work, const struct ev_match *m);
/* "failures:", the list of names below it, and its end. */
bool	ev_cargo_list(struct ev_work *work, const struct ev_match *m);
bool	ev_cargo_listed(struct ev_work *work, const struct ev_match *m);
bool	ev_cargo_end(struct ev_work *work, const struct ev_match *m);

#endif
