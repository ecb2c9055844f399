/*
 * bucket: spans of time on the wall: 5m, 1h, 1d, 1w, 1mo.
 *
 * Days, weeks (from Monday on) and months are those of the calendar and the
 * zone: a day has 23 or 25 hours when clocks are set.  Shorter ones count from
 * what the wall shows, so that hours begin at full hours everywhere.
 */
#ifndef EV_STATS_BUCKET_H
#define EV_STATS_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/zone.h"

struct ev_every {
	enum { EV_EVERY_SECONDS, EV_EVERY_DAYS, EV_EVERY_MONTHS } unit;
	int64_t		n;	/* so many of them */
	struct ev_zone	zone;
};

/* Half open, in seconds since 1970. */
struct ev_bucket {
	int64_t	from, to;
};

/* Reads "15m", "1mo".  -1: no single length of time, or less than a second. */
int	ev_every_parse(struct ev_every *every, const char *text, bool utc,
	    struct ev_err *err);

/* The bucket in which a moment is, and the one behind a bucket. */
struct ev_bucket ev_bucket_at(const struct ev_every *every, int64_t sec);
struct ev_bucket ev_bucket_next(const struct ev_every *every,
	    struct ev_bucket bucket);

/* Appends its beginning as a JSON string, RFC 3339 in the zone. */
void	ev_bucket_print(const struct ev_every *every, int64_t from,
	    struct ev_buf *out);

#endif
