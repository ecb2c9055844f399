/*
 * builtin: the rules that are built in; ev-rules(5) says them in words.
 */
#ifndef EV_FOLD_BUILTIN_H
#define EV_FOLD_BUILTIN_H

#include "fold/rules.h"

/* All of them.  Static. */
const struct ev_rules *ev_rules_builtin(void);
/* Only what the VerMAS document prints: bead.created, bead.updated and
 * bead.status_changed.  Static. */
const struct ev_rules *ev_rules_seed(void);

#endif
