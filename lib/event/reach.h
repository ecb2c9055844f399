/*
 * reach: a path, compiled against a plan, and the values it leads to.
 *
 * The plan finds the value at the leading keys; the rest, from the first "[]"
 * on, is walked when asked.  In dialects with JSON inside strings (inner) a
 * step that meets a string whose text is a JSON object goes on inside it.
 */
#ifndef EV_EVENT_REACH_H
#define EV_EVENT_REACH_H

#include <stdbool.h>

#include "base/buf.h"
#include "json/path.h"
#include "json/scan.h"

struct ev_reach {
	struct ev_path	 path;	/* its own copy */
	size_t		 lead;	/* keys before the first "[]" or the end */
	int		 slot;	/* of the value at these; -1: lead is 0 */
	int		 head;	/* of the value at the first key */
};

/*
 * The slot of a plain path, or -1: one of more than four keys, or with a
 * backslash or bracket in it.  Start-up is short this way: most paths are plain
 * and nothing is kept of them.
 */
int	ev_reach_plain(struct ev_plan *plan, struct ev_slice path);

/* inner: the path will be asked of inner dialects too. */
void	ev_reach_init(struct ev_reach *reach, struct ev_plan *plan,
	    const struct ev_path *path, bool inner);
void	ev_reach_clear(struct ev_reach *reach);

/* Memory for what is decoded while one line is looked at. */
struct ev_pool {
	struct ev_buf	**buf;
	size_t		  used, count;
};

#define EV_POOL_INIT { NULL, 0, 0 }

/* An empty buffer, good until ev_pool_reset. */
struct ev_buf *ev_pool_take(struct ev_pool *pool);
static inline void
ev_pool_reset(struct ev_pool *pool)
{
	pool->used = 0;
}
void	ev_pool_clear(struct ev_pool *pool);

/* The object that the text of a string is: true and *val, good as long as the
 * pool's buffers, or false. */
bool	ev_reach_inner(struct ev_pool *pool, const struct ev_val *string,
	    struct ev_val *val);

/*
 * Calls fn for every value, in order, until it gives other than 0; gives that,
 * or 0.  slots: the line's.  What stands inside a string (inner) is good until
 * fn returns, and as long as the line is when fn gave other than 0.
 */
int	ev_reach_each(const struct ev_reach *reach, const struct ev_val *slots,
	    bool inner, struct ev_pool *pool,
	    int (*fn)(void *arg, const struct ev_val *val), void *arg);

/* The first value, of kind EV_NONE when there is none. */
struct ev_val ev_reach_first(const struct ev_reach *reach,
	    const struct ev_val *slots, bool inner, struct ev_pool *pool);

#endif
