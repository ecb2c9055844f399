#include "writers.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tree.h"

#define TIME "2026-01-%02zuT10:00:00Z"
#define LONGEST 90000 /* bytes of a title */
#define MORE 200      /* times a thousand events more than asked for */
#define MISSES 5000   /* times that no holder is found until any is killed */

/* A writer; its batch is the events [from, from + n). */
struct writer {
	pid_t pid; /* 0: none runs */
	size_t from, n;
};

static struct {
	struct writer writer[WRITERS_MOST];
	size_t next;	/* the first event that nobody has yet */
	size_t done;	/* acknowledged */
	size_t running; /* writers */
	size_t more;	/* times that there were events more than asked for */
	uint64_t random;
} state = { .random = 88172645463325252U };

static struct writers *all;

/* xorshift64: the same storm each time, but for the machine's own order. */
static size_t
below(size_t n)
{
	state.random ^= state.random << 13;
	state.random ^= state.random >> 7;
	state.random ^= state.random << 17;
	return (size_t)(state.random % n);
}

/* The bytes of an event's title: a matter of its number alone. */
static size_t
title_size(size_t event)
{
	size_t mixed = event * 2654435761U >> 7;

	return mixed % 500 == 0 ? mixed % LONGEST : mixed % 200;
}

static const char *
letters(void)
{
	static char text[LONGEST];

	if (text[0] == '\0')
		memset(text, 't', sizeof(text));
	return text;
}

static size_t
day(size_t event)
{
	return 5 + event % 3;
}

static void
put_event(FILE *f, size_t event)
{
	fprintf(f,
	    "{\"event_id\":\"evt-%zu\",\"event_type\":\"bead.created\","
	    "\"timestamp\":\"" TIME "\",\"actor\":\"storm\","
	    "\"correlation_id\":null,\"data\":{\"bead_id\":\"gt-1\","
	    "\"title\":\"%.*s\"}}\n",
	    event, day(event), (int)title_size(event), letters());
}

/* The batch as the standard input of an ev-emit. */
static int
batch_input(const struct writer *writer)
{
	int fd = memfd_create("batch", MFD_CLOEXEC);
	FILE *f = fd >= 0 ? fdopen(dup(fd), "w") : NULL;
	size_t i;

	if (f == NULL)
		fail("make", "a batch");
	for (i = 0; i < writer->n; i++)
		put_event(f, writer->from + i);
	if (fclose(f) != 0 || lseek(fd, 0, SEEK_SET) < 0)
		fail("write", "a batch");
	return fd;
}

static void
start(struct writer *writer)
{
	static const char *const env[] = { "PATH=/usr/bin:/bin", "LC_ALL=C",
		"TZ=UTC", "EV_ACTOR=storm", NULL };
	static char time[32], id[32], title[LONGEST + 8];
	const char *arg[] = { "ev-emit", "-q", "-S", all->log, "-", "--time",
		time, "bead.created", "bead_id=gt-1", title, NULL };
	posix_spawn_file_actions_t acts;
	int in = batch_input(writer);

	/* a single event by its id: another way to look for it in the log */
	if (writer->n == 1) {
		snprintf(time, sizeof(time), TIME, day(writer->from));
		snprintf(id, sizeof(id), "--id=evt-%zu", writer->from);
		snprintf(title, sizeof(title), "title=%.*s",
		    (int)title_size(writer->from), letters());
		arg[4] = id;
	} else {
		arg[5] = NULL;
	}
	posix_spawn_file_actions_init(&acts);
	posix_spawn_file_actions_adddup2(&acts, in, 0);
	posix_spawn_file_actions_addopen(&acts, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(
	    &acts, 2, all->says, O_WRONLY | O_CREAT | O_APPEND, 0644);
	errno = posix_spawn(&writer->pid, all->command, &acts, NULL,
	    (char **)(size_t)arg, (char **)(size_t)env);
	if (errno != 0)
		fail("run", all->command);
	posix_spawn_file_actions_destroy(&acts);
	/* they are many: whoever starts and kills them must get a turn */
	setpriority(
	    PRIO_PROCESS, (id_t)writer->pid, getpriority(PRIO_PROCESS, 0) + 10);
	close(in);
	state.running++;
}

/* The next batch of a writer; of all sizes, that the last ones are shared. */
static void
start_next(struct writer *writer)
{
	static const size_t sizes[] = { 1, 1, 10, 100, 1000, 20000 };
	size_t left;

	/* on a busy machine whoever kills them comes late: until it is done */
	if (state.next == all->events && all->killed < all->kills &&
	    state.more++ < MORE)
		all->events += 1000;
	left = all->events - state.next;
	writer->from = state.next;
	writer->n = sizes[below(sizeof(sizes) / sizeof(sizes[0]))];
	if (all->most > 0 && writer->n > all->most)
		writer->n = all->most;
	if (writer->n > left / all->count + 1)
		writer->n = left / all->count + 1;
	if (writer->n > left)
		writer->n = left;
	state.next += writer->n;
	if (writer->n > 0)
		start(writer);
}

static struct writer *
writer_of(pid_t pid)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (state.writer[i].pid == pid)
			return &state.writer[i];
	return NULL;
}

/* All that ended: on to the next batch, or the same again. */
static bool
reap(void)
{
	struct writer *writer;
	bool any = false;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		writer = writer_of(pid);
		if (writer == NULL)
			continue;
		any = true;
		writer->pid = 0;
		state.running--;
		if (status != 0) {
			all->failed += !WIFSIGNALED(status);
			start(writer);
			continue;
		}
		state.done += writer->n;
		start_next(writer);
	}
	return any;
}

/* The writer that holds the lock, by the kernel's list; or 0. */
static pid_t
holder(ino_t lock)
{
	unsigned long inode;
	pid_t found = 0;
	char line[200];
	FILE *f = fopen("/proc/locks", "re");
	int pid;

	/* "1: FLOCK ADVISORY WRITE 5912 fe:00:11012284 0 EOF"; who waits has
	 * "->" in the second place */
	while (f != NULL && found == 0 && fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "%*d: FLOCK ADVISORY WRITE %d %*x:%*x:%lu",
			&pid, &inode) == 2 &&
		    inode == lock && pid > 0 && writer_of(pid) != NULL)
			found = pid;
	if (f != NULL)
		fclose(f);
	return found;
}

/* Kills who holds the lock: stopped first, so that it is still so then. */
static bool
kill_holder(void)
{
	struct stat st;
	pid_t pid;
	int tries;

	for (tries = 0; tries < 10; tries++) {
		pid = stat(all->lock, &st) == 0 ? holder(st.st_ino) : 0;
		if (pid == 0)
			continue;
		kill(pid, SIGSTOP);
		if (holder(st.st_ino) == pid) {
			kill(pid, SIGKILL);
			return true;
		}
		kill(pid, SIGCONT);
	}
	return false;
}

static void
kill_one(void)
{
	const struct writer *writer = &state.writer[below(all->count)];
	static size_t missed;

	if (all->holders * 2 <= all->killed && kill_holder()) {
		all->holders++;
		all->killed++;
		missed = 0;
	} else if (writer->pid > 0 &&
	    (all->holders * 2 > all->killed || missed++ > MISSES)) {
		kill(writer->pid, SIGKILL);
		all->killed++;
	}
}

void
writers_run(struct writers *writers, const volatile sig_atomic_t *ended)
{
	struct timespec pause = { 0, 200000 };
	size_t i;

	all = writers;
	for (i = 0; i < all->count; i++)
		start_next(&state.writer[i]);
	while (state.running > 0 && !*ended) {
		/* as many as the share of events that was done already */
		if (all->killed < all->kills &&
		    all->killed * all->events <= (state.done + 1) * all->kills)
			kill_one();
		if (!reap())
			nanosleep(&pause, NULL);
	}
}

void
writers_last(struct writers *writers)
{
	struct writer *writer = &state.writer[0];
	int status;

	all = writers;
	*writer = (struct writer){ 0, all->events++, 1 };
	start(writer);
	while (waitpid(writer->pid, &status, 0) < 0)
		if (errno != EINTR)
			fail("wait for", all->command);
	writer->pid = 0;
	if (status != 0)
		fail("write the last event with", all->command);
}

void
writers_end(void)
{
	size_t i;

	for (i = 0; i < WRITERS_MOST; i++)
		if (state.writer[i].pid > 0)
			kill(state.writer[i].pid, SIGKILL);
	while (wait(NULL) > 0)
		;
}
