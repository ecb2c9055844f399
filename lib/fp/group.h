/*
 * group: the distinct fingerprints of what was read, each with what a list
 * tells of it.
 */
#ifndef EV_FP_GROUP_H
#define EV_FP_GROUP_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/map.h"
#include "fp/sight.h"
#include "fp/trend.h"

#define EV_GROUPS_MOST ((uint32_t)1 << 20)

enum ev_group_status { EV_GROUP_OPEN, EV_GROUP_RESOLVED, EV_GROUP_REGRESSED };

/* What people decided of a finding, and what came after. */
struct ev_verdicts {
	bool		 resolved, again, reopened;
	struct timespec	 resolved_at;		/* the last time */
	struct timespec	 again_at, reopened_at;	/* the first behind it */
	bool		 reopens;
	struct timespec	 reopens_at;		/* the last time of all */
};

struct ev_group {
	char		*mark, *text;	/* text: type and message of the first */
	uint32_t	 mark_n, type_n, message_n;
	uint32_t	 sessions;
	uint64_t	 session;	/* the first one's digest */
	uint64_t	 count;		/* occurrences; 0: only decisions */
	double		 severity;	/* the greatest; below 0: none */
	bool		 timed, untimed; /* one has a time; one has none */
	bool		 within;	/* one is in the period */
	struct timespec	 first, last;	/* of those with a time */
	struct ev_verdicts *verdicts;	/* NULL: none */
};

struct ev_groups {
	/* The caller's. */
	uint32_t	 most;		/* fingerprints that are kept */
	bool		 has_since, has_until;	/* the period */
	struct timespec	 since, until;
	bool		 only;		/* other occurrences do not count */
	bool		 trends;	/* when they were is asked for */

	struct ev_group	*v;
	struct ev_trend	*trend;		/* beside v, or NULL */
	uint32_t	 n, cap;
	uint64_t	 others;	/* events of further fingerprints */
	struct ev_trend_scale scale;
	struct ev_map	*index;
	struct ev_seen	*session, *seen;
};

void	ev_groups_init(struct ev_groups *groups);
void	ev_groups_clear(struct ev_groups *groups);

/* An ev_sights.see with texts: lines that are equal byte for byte count
 * once. */
int	ev_groups_see(void *groups, const struct ev_sight *sight,
	    struct ev_err *err);

/* An ev_sights.expect. */
void	ev_groups_expect(const void *groups, const struct ev_sight *sight);

/* The group of a fingerprint that occurred, or NULL. */
const struct ev_group *ev_groups_find(const struct ev_groups *groups,
	    struct ev_slice mark);

/* The same for what only one of them begins with.  NULL: there is none, or
 * there are several. */
const struct ev_group *ev_groups_seek(const struct ev_groups *groups,
	    const char *mark, struct ev_err *err);

/*
 * Where the finding stands: the same as the view "findings" says.  Resolved
 * when a resolution is the last word; regressed when it occurred again after
 * that, and before it was reopened.
 */
enum ev_group_status ev_group_status(const struct ev_group *group);

#endif
