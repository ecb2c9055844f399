/*
 * python: tracebacks, and what pytest and unittest write around them.
 */
#ifndef EV_PARSE_PYTHON_H
#define EV_PARSE_PYTHON_H

#include "parse/rule.h"

/* Behind "Traceback (most recent call last):". */
ev_block ev_python_block;
/* Behind "____ test_name ____", and behind a lone "E   message". */
ev_block ev_pytest_block;
ev_block ev_pytest_lone;

/* Acts of their rules. */
bool	ev_python_begin(struct ev_work *work, const struct ev_match *m);
/* A traceback without its head: the line is a frame already. */
bool	ev_python_frame(struct ev_work *work, const struct ev_match *m);
/* "FAIL: test_x (module.Class)": the next traceback is of a test. */
bool	ev_python_unittest(struct ev_work *work, const struct ev_match *m);
/* "=== FAILURES ===", and other such lines. */
bool	ev_pytest_section(struct ev_work *work, const struct ev_match *m);
/* "____ test_name ____"; no when no section of failures was begun. */
bool	ev_pytest_begin(struct ev_work *work, const struct ev_match *m);
/* "file.py:3: AssertionError: x", which --tb=line writes in the section. */
bool	ev_pytest_line(struct ev_work *work, const struct ev_match *m);
/* "FAILED file::test - message"; nothing when its section was there. */
bool	ev_pytest_summary(struct ev_work *work, const struct ev_match *m);

#endif
