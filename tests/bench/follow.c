/*
 * follow ROUNDS TABLE DIR [LOG]: times followers of files side by side.
 *
 * Each line of TABLE is NAME TAB COMMAND, run by /bin/sh -c with the file to
 * follow as $1; its standard output is a pipe.  Without LOG each follows an
 * empty file in DIR, to which events are appended one by one, follower by
 * follower in turn: timed is from before the write until the line came out of
 * the pipe, ROUNDS times after some that do not count.  Then all are left alone
 * for IDLE_MS and their wake-ups are counted.  With LOG each follows a copy of
 * it in turn, and timed is from the start until as many lines as it has came
 * out, in ROUNDS rounds after one that does not count.
 *
 * Prints, as clock does, NAME, the median in seconds, the CPU seconds of one
 * (of all processes of the command, /proc/PID/schedstat), the largest resident
 * set in KiB, the medians of the ratios, round by round, of the first command's
 * to this one's, and a remark.
 */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST 16
#define ROUNDS 2001
#define WARM 20
#define GAP_NS 2000000 /* between events: followers are asleep again */
#define IDLE_MS 3000
#define PATIENCE_MS 60000

struct follower {
	char *name, *command, file[4096];
	pid_t pid; /* and its process group */
	int log, out;
	double wall[ROUNDS], cpu[ROUNDS];
	double spent;
	long rss, wakeups;
};

/* What /proc says of all processes of a group. */
struct usage {
	double cpu;
	long rss, wakeups;
};

static struct follower followers[MOST];
static size_t count;

static void
die(const char *what)
{
	size_t i;

	perror(what);
	for (i = 0; i < count; i++)
		if (followers[i].pid > 0)
			kill(-followers[i].pid, SIGKILL);
	exit(1);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The first bytes of /proc/PID/NAME as text. */
static void
look(const char *pid, const char *name, char *text, size_t room)
{
	char path[300];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/%s", pid, name);
	fd = open(path, O_RDONLY);
	n = fd < 0 ? 0 : read(fd, text, room - 1);
	text[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

static long
field(const char *status, const char *name)
{
	const char *p = strstr(status, name);

	return p != NULL ? strtol(p + strlen(name), NULL, 10) : 0;
}

static struct usage
usage_of(pid_t group)
{
	struct usage all = { 0, 0, 0 };
	char text[4096], *p;
	struct dirent *entry;
	DIR *dir = opendir("/proc");
	long pgrp, rss;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (*entry->d_name < '0' || *entry->d_name > '9')
			continue;
		look(entry->d_name, "stat", text, sizeof(text));
		p = strrchr(text, ')');
		if (p == NULL || sscanf(p, ") %*c %*d %ld", &pgrp) != 1 ||
		    pgrp != group)
			continue;
		look(entry->d_name, "schedstat", text, sizeof(text));
		all.cpu += (double)strtoull(text, NULL, 10) / 1e9;
		look(entry->d_name, "status", text, sizeof(text));
		rss = field(text, "VmHWM:");
		if (rss > all.rss)
			all.rss = rss;
		all.wakeups += field(text, "\nvoluntary_ctxt_switches:");
	}
	if (dir != NULL)
		closedir(dir);
	return all;
}

static void
start(struct follower *f)
{
	int fd[2];

	if (pipe(fd) < 0)
		die("pipe");
	f->pid = fork();
	if (f->pid < 0)
		die("fork");
	if (f->pid == 0) {
		setpgid(0, 0);
		dup2(fd[1], STDOUT_FILENO);
		close(fd[0]);
		close(fd[1]);
		execl("/bin/sh", "sh", "-c", f->command, "sh", f->file,
		    (char *)NULL);
		_exit(127);
	}
	setpgid(f->pid, f->pid);
	close(fd[1]);
	f->out = fd[0];
}

static void
stop(struct follower *f)
{
	kill(-f->pid, SIGKILL);
	waitpid(f->pid, NULL, 0);
	f->pid = 0;
	close(f->out);
}

/* Reads until so many lines came; how long at most: 0 not in time. */
static int
await(const struct follower *f, size_t lines, int patience)
{
	static char buf[1 << 18];
	struct pollfd wait = { f->out, POLLIN, 0 };
	const char *p;
	ssize_t n;

	while (lines > 0) {
		if (poll(&wait, 1, patience) != 1)
			return 0;
		n = read(f->out, buf, sizeof(buf));
		if (n <= 0) {
			fprintf(stderr, "follow: %s ended\n", f->name);
			die("read");
		}
		for (p = buf; lines > 0 &&
		     (p = memchr(p, '\n', (size_t)(buf + n - p))) != NULL;
		     p++)
			lines--;
	}
	return 1;
}

static void
append(const struct follower *f, size_t number)
{
	char line[300];
	int n = snprintf(line, sizeof(line),
	    "{\"event_id\":\"evt-%zu\",\"event_type\":\"bead.created\","
	    "\"timestamp\":\"2026-01-06T10:30:00.000Z\",\"actor\":\"mayor\","
	    "\"correlation_id\":null,\"data\":{\"bead_id\":\"gt-%zu\"}}\n",
	    number, number);

	if (write(f->log, line, (size_t)n) != n)
		die("write");
}

/* Events until one comes out: the follower is there. */
static void
settle(struct follower *f)
{
	size_t sent = 1;

	append(f, 0);
	while (!await(f, 1, 200) && sent < 100)
		append(f, sent++);
	if (sent > 1)
		await(f, sent - 1, PATIENCE_MS);
}

static void
once(struct follower *f, size_t number, double *wall)
{
	struct timespec gap = { 0, GAP_NS };
	double begun;

	nanosleep(&gap, NULL);
	begun = now();
	append(f, number);
	if (!await(f, 1, PATIENCE_MS))
		die(f->name);
	*wall = now() - begun;
}

static void
idle(void)
{
	struct timespec t = { IDLE_MS / 1000, IDLE_MS % 1000 * 1000000 };
	size_t i;

	for (i = 0; i < count; i++)
		followers[i].wakeups = usage_of(followers[i].pid).wakeups;
	nanosleep(&t, NULL);
	for (i = 0; i < count; i++)
		followers[i].wakeups =
		    usage_of(followers[i].pid).wakeups - followers[i].wakeups;
}

static void
latency(size_t rounds)
{
	struct follower *f, *end = followers + count;
	struct usage used;
	double warm;
	size_t i;

	for (f = followers; f < end; f++) {
		f->log = open(
		    f->file, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0644);
		if (f->log < 0)
			die(f->file);
		start(f);
		settle(f);
	}
	for (i = 0; i < WARM; i++)
		for (f = followers; f < end; f++)
			once(f, i, &warm);
	for (f = followers; f < end; f++)
		f->spent = usage_of(f->pid).cpu;
	for (i = 0; i < rounds; i++)
		for (f = followers; f < end; f++)
			once(f, i, &f->wall[i]);
	for (f = followers; f < end; f++) {
		used = usage_of(f->pid);
		f->rss = used.rss;
		for (i = 0; i < rounds; i++)
			f->cpu[i] = (used.cpu - f->spent) / (double)rounds;
	}
	idle();
	for (f = followers; f < end; f++)
		stop(f);
}

static size_t
lines_of(const char *log)
{
	static char buf[1 << 18];
	int fd = open(log, O_RDONLY);
	const char *p;
	size_t lines = 0;
	ssize_t n;

	if (fd < 0)
		die(log);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		for (p = buf; (p = memchr(p, '\n', (size_t)(buf + n - p))); p++)
			lines++;
	close(fd);
	return lines;
}

static void
catch_up(size_t rounds, const char *log)
{
	size_t lines = lines_of(log), i;
	struct follower *f;
	struct usage used;
	double begun;

	for (i = 0; i <= rounds; i++)
		for (f = followers; f < followers + count; f++) {
			snprintf(f->file, sizeof(f->file), "%s", log);
			begun = now();
			start(f);
			if (!await(f, lines, PATIENCE_MS))
				die(f->name);
			f->wall[i == 0 ? 0 : i - 1] = now() - begun;
			used = usage_of(f->pid);
			f->cpu[i == 0 ? 0 : i - 1] = used.cpu;
			if (used.rss > f->rss)
				f->rss = used.rss;
			stop(f);
		}
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
quantile(const double *list, size_t n, double q)
{
	static double sorted[ROUNDS];

	memcpy(sorted, list, n * sizeof(*list));
	qsort(sorted, n, sizeof(*sorted), by_size);
	return sorted[(size_t)((double)(n - 1) * q + 0.5)];
}

static double
ratio(const double *ours, const double *theirs, size_t n)
{
	static double each[ROUNDS];
	size_t i;

	for (i = 0; i < n; i++)
		each[i] = theirs[i] > 0 ? ours[i] / theirs[i] : 0;
	return quantile(each, n, 0.5);
}

static void
tell(size_t rounds, int log)
{
	const struct follower *f, *first = followers;

	for (f = followers; f < followers + count; f++) {
		printf("%s\t%.6f\t%.6f\t%ld\t%.3f\t%.3f\t", f->name,
		    quantile(f->wall, rounds, 0.5),
		    quantile(f->cpu, rounds, 0.5), f->rss,
		    ratio(first->wall, f->wall, rounds),
		    ratio(first->cpu, f->cpu, rounds));
		if (!log)
			printf("p95 %.3f ms; %ld wake-ups in %d idle s",
			    quantile(f->wall, rounds, 0.95) * 1000, f->wakeups,
			    IDLE_MS / 1000);
		printf("\n");
	}
}

int
main(int argc, char **argv)
{
	size_t rounds = argc > 3 ? strtoul(argv[1], NULL, 10) : 0, n = 0;
	FILE *table = argc > 3 ? fopen(argv[2], "r") : NULL;
	struct follower *f;
	char *line = NULL;

	if (table == NULL || rounds == 0 || rounds > ROUNDS) {
		fprintf(stderr, "usage: follow ROUNDS TABLE DIR [LOG]\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	while (count < MOST && getline(&line, &n, table) > 0) {
		f = &followers[count];
		line[strcspn(line, "\n")] = '\0';
		f->name = strdup(strtok(line, "\t"));
		f->command = strdup(strtok(NULL, ""));
		snprintf(
		    f->file, sizeof(f->file), "%s/%zu.jsonl", argv[3], count++);
	}
	fclose(table);
	free(line);
	if (argc > 4)
		catch_up(rounds, argv[4]);
	else
		latency(rounds);
	tell(rounds, argc > 4);
	return 0;
}
