/*
 * table: groups of events, found by what they have in common, each with its
 * count and its accumulators.
 *
 * A key is the texts of several values, each with a mark of its kind, and the
 * beginning of a bucket of time.  At most EV_TABLE_MOST groups are kept apart;
 * events of any others count in the group "other" of their bucket, so that
 * memory is bounded: 40 bytes, the key and the accumulators a group.
 */
#ifndef EV_STATS_TABLE_H
#define EV_STATS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "stats/collect.h"

#define EV_TABLE_MOST	1000000
#define EV_TABLE_ALWAYS	INT64_MIN	/* no bucket */

/* The mark of a value in a key. */
enum ev_mark {
	EV_MARK_STRING = 's',	/* its text, decoded */
	EV_MARK_JSON = 'j',	/* its JSON text */
	EV_MARK_NULL = 'n'
};

/* Marks of keys as a whole. */
#define EV_KEY_SEVERAL	'm'	/* several values, see ev_key_add */
#define EV_KEY_OTHER	'o'	/* what has no group of its own */

struct ev_key {
	char		mark;	/* enum ev_mark: one value */
	struct ev_slice	text;
	int64_t		bucket;	/* its beginning, or EV_TABLE_ALWAYS */
};

struct ev_group {
	uint32_t	hash, n;
	uint64_t	key;	/* where its bytes are */
	int64_t		bucket;
	uint64_t	count, previous; /* events now, and a period before */
	char		mark;
	union ev_acc	acc[];	/* one for each collector, then pairs */
};

struct ev_table;

/* Groups with so many accumulators. */
struct ev_table *ev_table_new(size_t accs);
/* The accumulators are the caller's to free first. */
void	ev_table_free(struct ev_table *table);

/* The group of a key, made when it was not there; good until the next one is
 * made. */
struct ev_group *ev_table_at(struct ev_table *table, const struct ev_key *key);

/* The group of a key, or NULL. */
struct ev_group *ev_table_find(const struct ev_table *table,
	    const struct ev_key *key);

size_t	ev_table_count(const struct ev_table *table);
/* Group i, in the order of their making; its key, the table's. */
struct ev_group *ev_table_group(const struct ev_table *table, size_t i);
struct ev_key ev_table_key(const struct ev_table *table,
	    const struct ev_group *group);

/* Appends a value to the text of a key of several (mark EV_KEY_SEVERAL). */
void	ev_key_add(struct ev_buf *key, char mark, struct ev_slice text);
/* Takes the next value from it; false at the end.  A key of one value gives
 * that one; *at is 0 at first. */
bool	ev_key_next(const struct ev_key *key, size_t *at, char *mark,
	    struct ev_slice *text);
/* By the values' bytes, the other group last; not by bucket. */
int	ev_key_cmp(const struct ev_key *a, const struct ev_key *b);

#endif
