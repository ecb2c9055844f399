#include "stats/live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "read/stop.h"
#include "stats/merge.h"
#include "stats/whole.h"
#include "tail/watch.h"
#include "text/time.h"

/* How far a log was read. */
struct ev_live_log {
	const char *path;
	uint64_t start;
	uint32_t mark; /* of what stands before it */
};

/* What came to one log.  1: something, 0: nothing, -1: it is another log, or
 * *failed. */
static int
look_at(struct ev_live *live, size_t i, bool *failed, struct ev_err *err)
{
	struct ev_live_log *log = &live->log[i];
	struct ev_source source;
	uint32_t mark = 0;
	int came = 0;

	if (log->path == NULL ||
	    (access(log->path, F_OK) == -1 && errno == ENOENT))
		return log->start > 0 ? -1 : 0;
	if (ev_inputs_open(live->inputs, i, &source, err) == -1) {
		*failed = true;
		return -1;
	}
	*failed = ev_whole_cut(&source, err) == -1;
	if (!*failed && log->start > 0 &&
	    (source.size < log->start ||
		ev_whole_mark(&source, log->start, &mark, NULL) == -1 ||
		mark != log->mark))
		came = -1;
	if (!*failed && came == 0 && source.size > log->start) {
		came = 1;
		ev_now(&live->scope->now, NULL);
		ev_stats_read(
		    live->stats, live->reading, &source, 1, &log->start);
		log->start = source.size;
		*failed =
		    ev_whole_mark(&source, log->start, &log->mark, err) == -1;
	}
	ev_source_close(&source);
	return *failed ? -1 : came;
}

/* What came to all of them: 1, 0, -1 with *failed. */
static int
look(struct ev_live *live, bool *failed, struct ev_err *err)
{
	size_t i, k, n = ev_inputs_count(live->inputs);
	struct ev_err told;
	bool anew = false;
	int came = 0, r;

	for (i = 0; i < n; i++) {
		r = look_at(live, i, failed, err);
		if (*failed)
			return -1;
		came |= r == 1;
		if (r != -1)
			continue;
		if (anew) /* it changes faster than it is read */
			break;
		anew = true;
		ev_fail(&told, "%s: another log now: counted anew",
		    ev_inputs_name(live->inputs, i));
		ev_say_err(live->reading->say, &told);
		ev_stats_reset(live->stats);
		for (k = 0; k < n; k++)
			live->log[k].start = 0;
		came = 1;
		i = (size_t)-1;
	}
	return came;
}

/* A table is used up when it is shown: a copy of the stats is. */
static int
show(struct ev_live *live, struct ev_err *err)
{
	struct ev_stats copy = *live->stats;
	struct ev_buf text = EV_BUF_INIT;
	int r;

	copy.acc = copy.report->start(copy.plan);
	copy.damaged = 0;
	ev_part_write(live->stats, live->scope, &text);
	ev_buf_reserve(&text, EV_SCAN_PAD);
	ev_buf_str(&text);
	r = ev_merge_text(&copy, live->scope, text.p, text.n, err);
	ev_buf_clear(&text);
	if (r == 0)
		r = live->show(live->arg, &copy) == -1 ? 1 : 0;
	copy.report->free(copy.acc);
	return r;
}

static int
follow(struct ev_live *live, struct ev_watch *watch, struct ev_err *err)
{
	struct pollfd fd = { .fd = watch->fd, .events = POLLIN };
	bool failed = false;
	int came = 1, r;

	for (;;) {
		ev_watch_rearm(watch);
		came |= look(live, &failed, err);
		r = failed ? -1 : came ? show(live, err) : 0;
		if (r != 0)
			return r == -1 ? -1 : 0;
		if (came)
			ev_stop_poll(NULL, 0, EV_LIVE_PAUSE);
		came = 0;
		if (ev_stop_signal() == 0)
			ev_stop_poll(&fd, 1, ev_watch_timeout(watch));
		if (ev_stop_signal() != 0)
			return ev_stop_signal();
	}
}

int
ev_live_run(struct ev_live *live, struct ev_err *err)
{
	size_t i, n = ev_inputs_count(live->inputs);
	struct ev_watch watch;
	int r = 0;

	live->log = ev_calloc(n + 1, sizeof(*live->log));
	ev_stop_begin();
	ev_watch_open(&watch, false);
	for (i = 0; r == 0 && i < n; i++) {
		live->log[i].path = ev_inputs_path(live->inputs, i);
		if (live->log[i].path == NULL)
			r = ev_fail(err, "-f: standard input is not followed");
		else
			ev_watch_add(&watch, live->log[i].path);
	}
	if (r == 0)
		r = follow(live, &watch, err);
	ev_watch_close(&watch);
	free(live->log);
	return r;
}
