/*
 * sarif: results of static analysis (OASIS SARIF 2.1.0).
 */
#ifndef EV_PARSE_SARIF_H
#define EV_PARSE_SARIF_H

#include "json/scan.h"
#include "parse/prose.h"

/*
 * Reads a log.  No finding are results that passed or are suppressed, or whose
 * level is none; of a rule with "security" among its tags, or a security
 * severity, they are of type SecurityFinding.
 */
void	ev_sarif_read(struct ev_prose *prose, const struct ev_val *val);

#endif
