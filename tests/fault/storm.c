/*
 * storm: many writers at once, and many of them killed, half of those while
 * they hold the lock (7-trust, C5).  Each writer is a series of ev-emits, each
 * of which writes a batch of events with ids; what was killed or failed is
 * tried again with the same ids.  In the end every event stands in the log
 * once, and the views are the log's.
 *
 *	storm [--writers N] [--events N] [--kills N] EV-EMIT
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "reader.h"
#include "tree.h"
#include "writers.h"

static struct writers storm = { .count = 64, .events = 1000000, .kills = 1000 };
static char place[200];
static volatile sig_atomic_t ended;

static void
end(int number)
{
	(void)number;
	ended = 1;
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Counts the events in the log; how many are missing, how many are there
 * more often than once. */
static void
count(const struct tree *tree, size_t *lost, size_t *doubled)
{
	const struct file *log = tree_file(tree, READER_LOG);
	unsigned char *seen = calloc(storm.events, 1);
	struct line line;
	size_t at = 0, event;

	if (seen == NULL || log == NULL)
		fail("read", storm.log);
	while (reader_next(log, &at, &line)) {
		if (!line.sound || strncmp(line.id, "evt-", 4) != 0)
			continue;
		event = strtoul(line.id + 4, NULL, 10);
		if (event < storm.events && seen[event] < 2)
			seen[event]++;
	}
	*lost = *doubled = 0;
	for (event = 0; event < storm.events; event++) {
		*lost += seen[event] == 0;
		*doubled += seen[event] > 1;
	}
	free(seen);
}

static int
judge(double took)
{
	struct tree tree = TREE_INIT;
	size_t lost, doubled;
	char store[WRITERS_PATH];
	const char *why;

	snprintf(store, sizeof(store), "%s/store", place);
	writers_last(&storm);
	tree_load(&tree, store);
	count(&tree, &lost, &doubled);
	why = reader_views(&tree, 0);
	if (why != NULL)
		printf("views: %s\n", why);
	printf("C5: %zu writers, %zu events, %zu killed, %zu of them with the "
	       "lock, %zu failed, %zu lost, %zu duplicated, views %s, "
	       "%.0f events/s\n",
	    storm.count, storm.events, storm.killed, storm.holders,
	    storm.failed, lost, doubled, why == NULL ? "right" : "wrong",
	    (double)storm.events / took);
	tree_clear(&tree);
	return lost + doubled + storm.failed > 0 || why != NULL;
}

static void
remove_place(void)
{
	writers_end();
	tree_remove(place);
}

static void
make_place(void)
{
	const char *tmp = getenv("TMPDIR");
	char store[WRITERS_PATH];

	snprintf(place, sizeof(place), "%.150s/ev-storm.XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	if (mkdtemp(place) == NULL)
		fail("make", place);
	atexit(remove_place);
	snprintf(store, sizeof(store), "%s/store", place);
	if (mkdir(store, 0755) < 0)
		fail("make", store);
	snprintf(storm.log, WRITERS_PATH, "%.300s/" READER_LOG, store);
	snprintf(
	    storm.lock, WRITERS_PATH, "%.300s/" READER_PRIVATE "lock", store);
	snprintf(storm.says, WRITERS_PATH, "%.300s/says", place);
}

static size_t
number(const char *text)
{
	char *rest;
	size_t n = strtoul(text, &rest, 10);

	if (*text == '\0' || *rest != '\0' || n == 0) {
		errno = EINVAL;
		fail("take the number", text);
	}
	return n;
}

static void
options(int argc, char **argv)
{
	static const struct option table[] = {
		{ "writers", required_argument, NULL, 'w' },
		{ "events", required_argument, NULL, 'e' },
		{ "kills", required_argument, NULL, 'k' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if (c == 'w')
			storm.count = number(optarg);
		else if (c == 'e')
			storm.events = number(optarg);
		else if (c == 'k')
			storm.kills = number(optarg);
		else
			exit(2);
	}
	if (optind + 1 != argc || storm.count > WRITERS_MOST) {
		fputs("usage: storm [--writers N] [--events N] [--kills N] "
		      "EV-EMIT\n",
		    stderr);
		exit(2);
	}
	storm.command = argv[optind];
}

int
main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = end };
	double from;

	options(argc, argv);
	make_place();
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	from = seconds();
	writers_run(&storm, &ended);
	return ended ? 2 : judge(seconds() - from);
}
