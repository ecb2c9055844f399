#include "tail/follow.h"

#include <limits.h>
#include <signal.h>

#include "base/clock.h"
#include "read/stop.h"
#include "tail/files.h"
#include "tail/present.h"

struct run {
	struct ev_tail *tail;
	struct ev_follow *follow;
	struct ev_files files;
	bool ended;
	bool again; /* there is more to read at once */
};

/* Writing the output failed: nothing more can be done. */
static void
broken(struct run *run, const struct ev_err *err)
{
	ev_files_fail(&run->files, err);
	run->ended = true;
}

static void
on_event(void *arg, struct ev_live *live, struct ev_event *ev, uint64_t offset)
{
	struct run *run = arg;
	struct ev_tail *tail = run->tail;
	struct ev_print128 print;
	struct ev_err err;
	bool stop = false;

	if (!ev_filter_match(tail->read->filter, ev))
		return;
	if (tail->seen != NULL) {
		print = ev_seen_print(tail->sha, ev->line);
		if (!ev_seen_add(tail->seen, &print))
			return;
	}
	tail->matches++;
	if (tail->limit.kind == EV_LIMIT_FROM && tail->matches < tail->limit.n)
		return;
	if (run->follow->consume != NULL)
		stop = ev_consume_event(run->follow->consume, ev, offset);
	else if (ev_tail_event(tail, ev, &err) == -1)
		broken(run, &err);
	run->ended |= run->follow->wait;
	if (run->ended || stop)
		ev_live_stop(live);
}

/* Waiting begins at the job's start. */
static void
seek_start(struct run *run)
{
	struct ev_live *live = &run->files.v[0]->live;
	struct ev_err err;

	if (live->trail != NULL && !live->over &&
	    ev_live_seek(live, run->tail->read->start, &err) == -1)
		ev_files_fail(&run->files, &err);
}

static void
begin_cursor(struct run *run)
{
	struct ev_consume *consume = run->follow->consume;
	struct ev_live *live = &run->files.v[0]->live;
	struct ev_err err;
	int r = 0;

	if (live->over && !run->files.failed)
		r = ev_fail(&err, "'%s' can have no cursor: not a plain file",
		    live->name);
	else if (!live->over)
		r = ev_consume_begin(consume, run->tail, live, &err);
	if (r == -1)
		ev_files_fail(&run->files, &err);
}

/* What is there now; who waits wants none of it, who has a cursor comes to it
 * later. */
static void
catch_up(struct run *run)
{
	const struct ev_follow *follow = run->follow;
	const struct ev_consume *consume = follow->consume;
	struct ev_files *files = &run->files;
	struct ev_present present = { .files = files,
		.tail = run->tail,
		.unlimited = follow->unlimited,
		.wait = follow->wait,
		.once = consume != NULL && consume->once };

	ev_present_open(&present);
	if (consume != NULL)
		begin_cursor(run);
	else if (follow->wait && !follow->from_end)
		seek_start(run);
	if (consume == NULL || consume->deliver.command == NULL)
		ev_present_print(&present, !follow->wait && consume == NULL);
	run->ended = files->failed &&
	    (run->tail->read->strict || run->tail->broken || consume != NULL);
	ev_present_close(&present);
}

/* What was read and is in no file any more: who remembers how far he came has
 * missed something. */
static void
tell_gap(struct run *run, const struct ev_live *live)
{
	struct ev_consume *consume = run->follow->consume;
	struct ev_buf text = EV_BUF_INIT;

	if (live->trail != NULL && ev_trail_say(live->trail, &text)) {
		ev_files_note(&run->files, live, ev_buf_str(&text));
		if (consume != NULL)
			consume->gap = true;
	}
	ev_buf_clear(&text);
}

static void
look(struct run *run, struct ev_file *file)
{
	struct ev_err err;
	int r;

	r = ev_live_look(&file->live, ev_stop_signal, &err);
	tell_gap(run, &file->live);
	if (r == 0) {
		file->failing = false;
		ev_files_damage(&run->files, file, false);
		return;
	}
	if (!file->failing)
		ev_files_fail(&run->files, &err);
	file->failing = true;
	run->ended |= run->tail->read->strict;
}

/* What was read is given away, and the cursor moves behind it. */
static void
hand_over(struct run *run)
{
	struct ev_consume *consume = run->follow->consume;
	struct ev_live *live = &run->files.v[0]->live;
	struct ev_err err;

	switch (ev_consume_give(consume, live, &err)) {
	case 1:
		run->ended |= ev_consume_full(consume) ||
		    (consume->once && !live->cut.stopped);
		run->again = live->cut.stopped && !run->ended;
		if (run->again)
			ev_live_resume(live);
		break;
	case 0:
		if (consume->outlet.gone)
			run->follow->signal = SIGPIPE;
		run->ended = true;
		break;
	default:
		run->tail->broken = true;
		broken(run, &err);
	}
}

/* Looks at all files once; what they gave goes out with one write. */
static void
look_at_all(struct run *run)
{
	struct ev_consume *consume = run->follow->consume;
	bool full = consume != NULL && ev_consume_full(consume);
	struct ev_err err;
	size_t i;

	if (ev_watch_rearm(&run->files.watch))
		ev_files_more(&run->files);
	for (i = 0; i < run->files.count && !run->ended && !full; i++)
		look(run, run->files.v[i]);
	if (!run->tail->broken && ev_sink_flush(run->tail->sink, &err) == -1) {
		run->tail->broken = true;
		broken(run, &err);
	} else if (consume != NULL) {
		hand_over(run);
	}
}

static int
sooner(int ms, int64_t other)
{
	if (other < 0)
		return ms;
	if (other > INT_MAX)
		other = INT_MAX;
	return ms < 0 || other < ms ? (int)other : ms;
}

/* How long to sleep, in ms; -1: until something happens.  No time left is the
 * end. */
static int
time_left(struct run *run)
{
	struct ev_follow *follow = run->follow;
	int most = ev_watch_timeout(&run->files.watch);
	int64_t left;

	if (follow->consume != NULL)
		most = sooner(most, ev_consume_timeout(follow->consume));
	if (follow->until == 0)
		return most;
	left = follow->until - ev_clock_mono();
	follow->late = left <= 0;
	run->ended |= follow->late;
	return sooner(most, left < 0 ? 0 : left);
}

static void
wait_for_more(struct run *run)
{
	struct pollfd fds[] = { { run->files.watch.fd, POLLIN, 0 },
		{ run->tail->sink->fd, 0, 0 } };
	int most = time_left(run);

	if (run->ended)
		return;
	ev_stop_poll(fds, 2, most);
	if ((fds[1].revents & (POLLERR | POLLHUP)) != 0) {
		run->follow->signal = SIGPIPE;
		run->ended = true;
	}
}

static void
live_on(struct run *run)
{
	struct ev_follow *follow = run->follow;

	ev_stop_begin();
	if (follow->consume != NULL && follow->consume->deliver.command != NULL)
		ev_deliver_begin();
	while (!run->ended) {
		run->again = false;
		look_at_all(run);
		if (follow->signal == 0)
			follow->signal = ev_stop_signal();
		if (follow->signal != 0 || run->ended ||
		    ev_files_over(&run->files))
			break;
		if (!run->again)
			wait_for_more(run);
	}
}

int
ev_follow_run(struct ev_tail *tail, struct ev_follow *follow)
{
	struct run run = { .tail = tail, .follow = follow };
	struct ev_files *files = &run.files;
	size_t i;

	*files = (struct ev_files){ .inputs = follow->inputs,
		.tail = tail,
		.say = tail->read->say,
		.ev = ev_event_new(tail->read->model),
		.event = on_event,
		.arg = &run };
	tail->sha = ev_sha256_new();
	ev_files_begin(files);
	catch_up(&run);
	if (!ev_files_over(files) && !run.ended)
		live_on(&run);
	for (i = 0; i < files->count; i++)
		ev_files_damage(files, files->v[i], true);
	ev_files_clear(files);
	if (follow->consume != NULL)
		ev_consume_clear(follow->consume);
	ev_event_free(files->ev);
	ev_sha256_free(tail->sha);
	return files->failed ? -1 : 0;
}
