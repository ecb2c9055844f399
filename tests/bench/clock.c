/*
 * clock ROUNDS REPEAT TABLE: times the commands of a table side by side.
 *
 * Each line of TABLE is NAME TAB COMMAND; a command runs by /bin/sh -c when it
 * has one of |<>;$*&, else by exec of its words.  In each round every command
 * runs REPEAT times in turn, standard output to /dev/null, after one round
 * that does not count.  Prints NAME, then the medians of wall and CPU seconds
 * of one run, the largest resident set in KiB, and the medians of the ratios,
 * round by round, of the first command's wall and CPU to this one's.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST 32
#define WORDS 64
#define ROUNDS 101

extern char **environ;

struct peer {
	char *name;
	char *word[WORDS + 1];
	double wall[ROUNDS], cpu[ROUNDS];
	long rss;
	int status;
};

static struct peer peers[MOST];

static double
seconds(struct timespec t)
{
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
spent(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) +
	    (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

static void
split(struct peer *p, char *command)
{
	size_t n = 0;
	char *word;

	if (strpbrk(command, "|<>;$*&'\"") != NULL) {
		p->word[0] = strdup("/bin/sh");
		p->word[1] = strdup("-c");
		p->word[2] = strdup(command);
		return;
	}
	for (word = strtok(command, " "); word != NULL && n < WORDS;
	     word = strtok(NULL, " "))
		p->word[n++] = strdup(word);
}

static void
run_once(struct peer *p, const posix_spawn_file_actions_t *quiet)
{
	struct rusage usage;
	pid_t pid;
	int status;

	if (posix_spawnp(&pid, p->word[0], quiet, NULL, p->word, environ) !=
	    0) {
		p->status = 127;
		return;
	}
	if (wait4(pid, &status, 0, &usage) == -1)
		return;
	if (status != 0)
		p->status = status;
	if (usage.ru_maxrss > p->rss)
		p->rss = usage.ru_maxrss;
}

static void
run(struct peer *p, int round, int repeat,
    const posix_spawn_file_actions_t *quiet)
{
	struct timespec from, to;
	struct rusage before, after;
	int i;

	getrusage(RUSAGE_CHILDREN, &before);
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (i = 0; i < repeat; i++)
		run_once(p, quiet);
	clock_gettime(CLOCK_MONOTONIC, &to);
	getrusage(RUSAGE_CHILDREN, &after);
	if (round < 0)
		return;
	p->wall[round] = (seconds(to) - seconds(from)) / repeat;
	p->cpu[round] = (spent(&after) - spent(&before)) / repeat;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(const double *v, int n)
{
	double copy[ROUNDS];

	memcpy(copy, v, (size_t)n * sizeof(*v));
	qsort(copy, (size_t)n, sizeof(*copy), by_size);
	return copy[n / 2];
}

static double
ratio(const double *ours, const double *theirs, int n)
{
	double r[ROUNDS];
	int i;

	for (i = 0; i < n; i++)
		r[i] = theirs[i] > 0 ? ours[i] / theirs[i] : 0;
	return median(r, n);
}

static int
load(const char *path)
{
	static char line[65536];
	FILE *f = fopen(path, "r");
	char *tab;
	int n = 0;

	while (f != NULL && n < MOST && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		tab = strchr(line, '\t');
		if (tab == NULL)
			continue;
		*tab = '\0';
		peers[n].name = strdup(line);
		split(&peers[n++], tab + 1);
	}
	if (f != NULL)
		fclose(f);
	return n;
}

int
main(int argc, char **argv)
{
	int rounds = argc > 3 ? atoi(argv[1]) : 0;
	int repeat = argc > 3 ? atoi(argv[2]) : 0;
	int n = argc > 3 ? load(argv[3]) : 0;
	posix_spawn_file_actions_t quiet;
	int i, r;

	if (n == 0 || rounds < 1 || rounds > ROUNDS || repeat < 1) {
		fprintf(stderr, "usage: clock ROUNDS REPEAT TABLE\n");
		return 2;
	}
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(
	    &quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	for (r = -1; r < rounds; r++)
		for (i = 0; i < n; i++)
			run(&peers[i], r, repeat, &quiet);
	for (i = 0; i < n; i++)
		printf("%s\t%.6f\t%.6f\t%ld\t%.3f\t%.3f\t%s\n", peers[i].name,
		    median(peers[i].wall, rounds), median(peers[i].cpu, rounds),
		    peers[i].rss, ratio(peers[0].wall, peers[i].wall, rounds),
		    ratio(peers[0].cpu, peers[i].cpu, rounds),
		    peers[i].status != 0 ? "failed" : "");
	return 0;
}
