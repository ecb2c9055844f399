/*
 * rules: the tables of rules (parse/rule.h), the special before the general.
 */
#ifndef EV_PARSE_RULES_H
#define EV_PARSE_RULES_H

#include "parse/rule.h"

extern const struct ev_rule ev_rules_build[];	/* compilers, linters, make */
extern const struct ev_rule ev_rules_lint[];	/* linters that tell by a code */
extern const struct ev_rule ev_rules_test[];	/* test runners */
extern const struct ev_rule ev_rules_crash[];	/* exceptions, panics, signals */
extern const struct ev_rule ev_rules_other[];	/* CI, git, packages, the rest */
extern const struct ev_rule ev_rules_bare[];	/* lines that are nobody's own */
extern const struct ev_rule ev_rules_plain[];	/* --from lines: each line */

#endif
