#include "fsck/retention.h"

void
ev_retention_done(struct ev_retention *retention, const char *file,
    const char *what, const char *why)
{
	ev_finding_add(
	    retention->findings, EV_FINDING_MENDED, file, 0, what, "%s", why);
}

void
ev_retention_needed(struct ev_retention *retention, const char *file,
    const struct ev_need *need)
{
	ev_finding_add(retention->findings, EV_FINDING_PROBLEM, file, 0,
	    "needed", "cursor '%s' has not read it to its end", need->name);
}
