/*
 * mocha: what mocha and vitest write about the tests that failed.
 */
#ifndef EV_PARSE_MOCHA_H
#define EV_PARSE_MOCHA_H

#include "parse/rule.h"

/* Behind mocha's "  1) suite": the rest of the name, the error, its stack. */
ev_block ev_mocha_block;
/* Behind vitest's " FAIL  a.test.ts > suite > name": the error, its place. */
ev_block ev_vitest_block;

/* Acts of their rules. */

/* "  2 failing": what is numbered below are failures. */
bool	ev_mocha_failing(struct ev_work *work, const struct ev_match *m);
bool	ev_mocha_begin(struct ev_work *work, const struct ev_match *m);

#endif
