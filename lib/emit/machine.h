/*
 * machine: the env_fingerprint of an event that is written here and now
 * (1-events 1.2).
 */
#ifndef EV_EMIT_MACHINE_H
#define EV_EMIT_MACHINE_H

#include <time.h>

#include "base/buf.h"

/*
 * Appends a JSON object: platform and arch as Node.js names them, os_release,
 * cwd (when it can be told), captured_at (`now`).
 */
void	ev_machine(struct ev_buf *out, struct timespec now);

#endif
