#include "tail/follow.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/layout.h"
#include "tail/live.h"
#include "tail/run.h"
#include "tail/stop.h"
#include "tail/watch.h"

struct one {
	struct ev_live live;
	bool failing;  /* what is wrong was told */
	uint64_t told; /* damaged lines that were */
};

struct run {
	struct ev_tail *tail;
	struct ev_follow *follow;
	struct ev_event *ev;
	struct ev_watch watch;
	struct one **v;
	size_t count;
	struct ev_source *sources; /* what is there at the start */
	size_t nsources;
	bool failed, ended;
};

static void
told(const struct run *run, const char *text)
{
	run->tail->read->say->fn(run->tail->read->say->arg, text);
}

static void
fail(struct run *run, const struct ev_err *err)
{
	told(run, err->text);
	run->failed = true;
}

static void
on_note(void *arg, struct ev_live *live, const char *text)
{
	struct ev_buf line = EV_BUF_INIT;

	ev_buf_addf(&line, "'%s' %s", live->name, text);
	told(arg, ev_buf_str(&line));
	ev_buf_clear(&line);
}

/* Writing the output failed: nothing more can be done. */
static void
broken(struct run *run, const struct ev_err *err)
{
	fail(run, err);
	run->ended = true;
}

static void
on_event(void *arg, struct ev_live *live, struct ev_event *ev, uint64_t offset)
{
	struct run *run = arg;
	struct ev_tail *tail = run->tail;
	struct ev_print128 print;
	struct ev_err err;

	(void)offset;
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
	if (ev_tail_event(tail, ev, &err) == -1)
		broken(run, &err);
	run->ended |= run->follow->wait;
	if (run->ended)
		ev_live_stop(live);
}

static struct one *
add_one(struct run *run, size_t i)
{
	const struct ev_inputs *inputs = run->follow->inputs;
	struct one *one = ev_calloc(1, sizeof(*one));
	struct ev_live *live = &one->live;
	char *path = ev_inputs_path(inputs, i, run->follow->place);

	ev_live_init(
	    live, ev_inputs_name(inputs, i), path, ev_inputs_store(inputs, i));
	live->event = on_event;
	live->note = on_note;
	live->arg = run;
	live->cut.ev = run->ev;
	live->cut.max_line = ev_cut_limit(run->tail->read->max_line);
	live->cut.strict = run->tail->read->strict;
	if (path != NULL)
		ev_watch_add(&run->watch, path);
	free(path);
	run->v = ev_realloc(run->v, run->count + 1, sizeof(*run->v));
	run->v[run->count++] = one;
	return one;
}

/*
 * What is read to its end and no further: packed, or no file at all.  1, 0, or
 * -1: the others would wait for it.
 */
static int
is_stream(struct run *run, const struct ev_source *source, struct ev_err *err)
{
	struct stat st;
	bool alone = ev_inputs_count(run->follow->inputs) == 1;

	if (source->seekable)
		return 0;
	if (fstat(source->fd, &st) == 0 && S_ISREG(st.st_mode))
		return st.st_size > 0;
	if (!alone)
		return ev_fail(err,
		    "cannot follow '%s' beside others: not a regular file",
		    source->name);
	if (run->follow->unlimited)
		run->tail->limit = (struct ev_limit){ EV_LIMIT_ALL, 0 };
	return 1;
}

/* Opens an input that is there; its source is read first. */
static void
open_one(struct run *run, size_t i)
{
	struct ev_inputs *inputs = run->follow->inputs;
	struct ev_source *source = &run->sources[run->nsources];
	struct one *one = add_one(run, i);
	struct ev_live *live = &one->live;
	struct ev_err err;
	struct stat st;
	int stream;

	if (live->path != NULL && stat(live->path, &st) == -1 &&
	    errno == ENOENT) {
		if (!run->tail->read->say->quiet)
			on_note(run, live, "is not there yet, waiting for it");
		return;
	}
	if (ev_inputs_open(inputs, i, source, &err) == -1) {
		live->over = true;
		fail(run, &err);
		return;
	}
	stream = is_stream(run, source, &err);
	live->over = stream != 0;
	if (stream == -1) {
		ev_source_close(source);
		fail(run, &err);
		return;
	}
	run->nsources++;
	if (live->over)
		return;
	if (ev_live_adopt(live, source, &err) == -1 ||
	    (run->follow->wait && !run->follow->from_end &&
		ev_live_seek(live, run->tail->read->start, &err) == -1))
		fail(run, &err);
	if (live->path == NULL)
		ev_watch_fd(&run->watch, live->fd);
}

/* Descriptors of files that are followed are theirs. */
static void
close_sources(struct run *run)
{
	size_t i, j;

	for (i = 0; i < run->nsources; i++) {
		for (j = 0; j < run->count; j++)
			if (run->v[j]->live.fd == run->sources[i].fd)
				run->sources[i].fd = -1;
		ev_source_close(&run->sources[i]);
	}
	free(run->sources);
	run->sources = NULL;
	run->nsources = 0;
}

/* What is there now. */
static void
catch_up(struct run *run)
{
	const struct ev_follow *follow = run->follow;
	size_t count = ev_inputs_count(follow->inputs), i;
	const char *dir;
	char *any;

	run->sources = ev_calloc(count + 1, sizeof(*run->sources));
	for (i = 0; i < count; i++)
		open_one(run, i);
	for (i = 0; (dir = ev_inputs_dir(follow->inputs, i)) != NULL; i++) {
		any = ev_layout_join(dir, "x");
		ev_watch_add(&run->watch, any);
		free(any);
	}
	if (ev_tail_sources(run->tail, run->sources,
		run->follow->wait ? 0 : run->nsources, count > 1) == -1)
		run->failed = true;
	run->ended =
	    run->failed && (run->tail->read->strict || run->tail->broken);
	close_sources(run);
}

/* A file that came under a new name may be one that we read under its old. */
static bool
is_known(const struct run *run, const char *name)
{
	const struct ev_live *live;
	struct stat st;
	size_t i;

	if (stat(name, &st) == -1)
		return false;
	for (i = 0; i < run->count; i++) {
		live = &run->v[i]->live;
		if (live->fd != -1 && live->dev == st.st_dev &&
		    live->ino == st.st_ino)
			return true;
	}
	return false;
}

static void
look_for_more(struct run *run)
{
	struct ev_inputs *inputs = run->follow->inputs;
	size_t i = ev_inputs_count(inputs);
	size_t count = i + ev_inputs_more(inputs);
	bool known;

	for (; i < count; i++) {
		known = is_known(run, ev_inputs_name(inputs, i));
		add_one(run, i)->live.over = known;
	}
}

/* The first damage is told at once, all of it at the end. */
static void
tell_damage(struct run *run, struct one *one, bool end)
{
	struct ev_tally tally = one->live.cut.tally;
	uint64_t count = ev_tally_damaged(&tally);

	if (count == one->told || (one->told > 0 && !end))
		return;
	one->told = count;
	tally.first = 0; /* of lines since we came */
	ev_say_tally(run->tail->read->say, one->live.name, &tally);
}

static void
look(struct run *run, struct one *one)
{
	struct ev_err err;

	if (ev_live_look(&one->live, ev_stop_signal, &err) == 0) {
		one->failing = false;
		tell_damage(run, one, false);
		return;
	}
	if (!one->failing)
		fail(run, &err);
	one->failing = true;
	run->ended |= run->tail->read->strict;
}

/* Looks at all files once; what they gave goes out with one write. */
static void
look_at_all(struct run *run)
{
	struct ev_err err;
	size_t i;

	if (ev_watch_rearm(&run->watch))
		look_for_more(run);
	for (i = 0; i < run->count && !run->ended; i++)
		look(run, run->v[i]);
	if (!run->tail->broken && ev_sink_flush(run->tail->sink, &err) == -1) {
		run->tail->broken = true;
		broken(run, &err);
	}
}

static bool
all_over(const struct run *run)
{
	size_t i;

	for (i = 0; i < run->count; i++)
		if (!run->v[i]->live.over)
			return false;
	return ev_inputs_dir(run->follow->inputs, 0) == NULL;
}

/* How long to sleep, in ms; -1: until something happens.  No time left is the
 * end. */
static int
time_left(struct run *run)
{
	struct ev_follow *follow = run->follow;
	int most = ev_watch_timeout(&run->watch);
	int64_t left;

	if (follow->until == 0)
		return most;
	left = follow->until - ev_clock_mono();
	follow->late = left <= 0;
	run->ended |= follow->late;
	if (left < 0)
		return 0;
	if (most < 0)
		most = INT_MAX;
	return left < most ? (int)left : most;
}

static void
wait_for_more(struct run *run)
{
	struct pollfd fds[] = { { run->watch.fd, POLLIN, 0 },
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
	while (!run->ended) {
		look_at_all(run);
		follow->signal = ev_stop_signal();
		if (follow->signal != 0 || run->ended || all_over(run))
			break;
		wait_for_more(run);
	}
}

static void
clear(struct run *run)
{
	size_t i;

	for (i = 0; i < run->count; i++) {
		ev_live_clear(&run->v[i]->live);
		free(run->v[i]);
	}
	free(run->v);
	ev_watch_close(&run->watch);
	ev_event_free(run->ev);
	ev_sha256_free(run->tail->sha);
}

int
ev_follow_run(struct ev_tail *tail, struct ev_follow *follow)
{
	struct run run = { .tail = tail, .follow = follow };
	size_t i;

	tail->sha = ev_sha256_new();
	run.ev = ev_event_new(tail->read->model);
	ev_watch_open(&run.watch, false);
	catch_up(&run);
	if (!all_over(&run) && !run.ended)
		live_on(&run);
	for (i = 0; i < run.count; i++)
		tell_damage(&run, run.v[i], true);
	clear(&run);
	return run.failed ? -1 : 0;
}
