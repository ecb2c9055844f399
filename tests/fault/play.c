#include "play.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SHOWN 5 /* findings that each worker tells of a scene */

/* What was found; each worker counts in its own. */
struct score {
	size_t points, acked, verdict[VERDICTS];
};

/* Shared by the workers. */
struct board {
	volatile bool stop; /* something was found, and that is enough */
	struct score score[PLAY_JOBS];
};

volatile sig_atomic_t play_ended;

static const char *
day_of(const struct stage *stage)
{
	return stage->next_day ? "new day" : "same day";
}

static void
tell(const struct stage *stage, const struct play *p, const struct point *point,
    const struct finding *finding)
{
	static const char *const verdicts[] = { [LOST] = "lost",
		[DOUBLED] = "duplicated",
		[VIEWS] = "views",
		[MISSING] = "acknowledged but missing",
		[MUTE] = "mute",
		[IDLE] = "void" };
	char name[200];

	p->suite->name(stage, point, name, sizeof(name));
	printf("%s, %s: %s: %s: %s\n", stage->scene->name, day_of(stage), name,
	    verdicts[finding->verdict], finding->why);
	fflush(stdout);
}

/* One worker's share of the points. */
static void
work(const struct stage *stage, const struct play *p, struct board *board,
    unsigned self)
{
	struct score *score = &board->score[self];
	struct finding finding;
	struct point *list;
	size_t n, i, told = 0;

	list = p->suite->list(stage, p->sample, &n);
	for (i = self; i < n && !board->stop && !play_ended; i += p->jobs) {
		p->suite->attempt(stage, &p->desk[self], &list[i], &finding);
		score->points++;
		score->acked += finding.acked;
		score->verdict[finding.verdict]++;
		if (finding.verdict == RIGHT)
			continue;
		if (told++ < SHOWN)
			tell(stage, p, &list[i], &finding);
		board->stop = p->first;
	}
	free(list);
}

static void
add(struct score *sum, const struct score *more)
{
	size_t v;

	sum->points += more->points;
	sum->acked += more->acked;
	for (v = 0; v < VERDICTS; v++)
		sum->verdict[v] += more->verdict[v];
}

/* Runs the workers and adds up; false: one of them did not end well. */
static bool
share_out(const struct stage *stage, const struct play *p, struct board *board,
    struct score *sum)
{
	bool well = true;
	pid_t pid[PLAY_JOBS];
	unsigned i;
	int status;

	memset(board->score, 0, sizeof(board->score));
	for (i = 0; i < p->jobs; i++) {
		pid[i] = fork();
		if (pid[i] < 0)
			fail("start", "a worker");
		if (pid[i] > 0)
			continue;
		work(stage, p, board, i);
		_exit(0);
	}
	for (i = 0; i < p->jobs; i++) {
		while (waitpid(pid[i], &status, 0) < 0 && errno == EINTR)
			;
		well = well && status == 0;
		add(sum, &board->score[i]);
	}
	return well && !play_ended;
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
print_row(
    const char *name, const char *day, const struct score *score, double took)
{
	printf("%-11s%-9s%7zu%7zu%6zu%11zu%6zu%8zu%5zu%5zu%8.1f\n", name, day,
	    score->points, score->acked, score->verdict[LOST],
	    score->verdict[DOUBLED], score->verdict[VIEWS],
	    score->verdict[MISSING], score->verdict[MUTE], score->verdict[IDLE],
	    took);
	fflush(stdout);
}

/* One scene on one day.  False: the test could not go on. */
static bool
play_scene(const struct scene *scene, bool next_day, const struct play *p,
    struct board *board, struct score *all)
{
	double from = seconds();
	struct score sum = { 0 };
	struct stage stage;
	bool well = true;
	const char *why;

	why = stage_make(&stage, scene, next_day, &p->desk[0]);
	if (why != NULL) {
		printf("%s, %s: undisturbed: %s\n", scene->name, day_of(&stage),
		    why);
		sum.verdict[IDLE] = 1;
		board->stop = p->first;
	} else {
		well = share_out(&stage, p, board, &sum);
	}
	print_row(scene->name, day_of(&stage), &sum, seconds() - from);
	add(all, &sum);
	stage_clear(&stage);
	return well;
}

int
play(const struct play *p)
{
	double from = seconds();
	struct score all = { 0 };
	const struct scene *scene;
	struct board *board;
	bool well = true;
	int day;

	board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED)
		fail("share", "memory");
	printf("%-20s%7s%7s%6s%11s%6s%8s%5s%5s%8s\n", "scenario", "points",
	    "acked", "lost", "duplicated", "views", "missing", "mute", "void",
	    "seconds");
	fflush(stdout);
	for (scene = p->suite->scenes; scene->name != NULL; scene++) {
		if (p->scene != NULL && strcmp(p->scene, scene->name) != 0)
			continue;
		for (day = 0; day < 2 - scene->once; day++)
			if (well && !board->stop)
				well =
				    play_scene(scene, day == 1, p, board, &all);
	}
	print_row("all", "", &all, seconds() - from);
	munmap(board, sizeof(*board));
	if (!well || (all.points == 0 && all.verdict[IDLE] == 0))
		return 2;
	return all.verdict[RIGHT] != all.points || all.verdict[IDLE] > 0;
}
