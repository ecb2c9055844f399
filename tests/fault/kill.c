/*
 * kill: disturbs ev-emit at every point there is (7-trust, C1): kills it
 * before and after each call that changes files or takes locks and after each
 * byte of each write, and lets a writer without a lock write before each call.
 * After another ev-emit and a retry nothing may be lost, doubled or out of
 * step with the log, and no id may have been printed for nothing.  With
 * --errors its system calls fail (C2), those of ev-tail beside it, too.
 *
 *	kill [--errors] [--sample N] [--scenario NAME] [--first-failure] [--jobs N]
 *	    [--shim PATH] EV-EMIT
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "play.h"
#include "tree.h"

/* Where the workers work; removed by the process that made it. */
static struct {
	char path[200];
	pid_t owner;
} place;

struct paths {
	const char *command;
	char shim[400], inject[400];
};

static void
end(int number)
{
	(void)number;
	play_ended = 1;
}

static void
usage(void)
{
	fputs(
	    "usage: kill [--errors] [--sample N] [--scenario NAME]\n"
	    "            [--first-failure] [--jobs N] [--shim PATH] EV-EMIT\n",
	    stderr);
	exit(2);
}

static void
take(struct play *p, struct paths *paths, int c)
{
	switch (c) {
	case 'e':
		p->suite = &suite_errors;
		break;
	case 's':
		p->sample = strtoul(optarg, NULL, 10);
		break;
	case 'n':
		p->scene = optarg;
		break;
	case 'f':
		p->first = true;
		break;
	case 'j':
		p->jobs = (unsigned)strtoul(optarg, NULL, 10);
		break;
	case 'p':
		snprintf(paths->shim, sizeof(paths->shim), "%s", optarg);
		break;
	default:
		usage();
	}
}

static void
options(struct play *p, struct paths *paths, int argc, char **argv)
{
	static const struct option table[] = {
		{ "errors", no_argument, NULL, 'e' },
		{ "sample", required_argument, NULL, 's' },
		{ "scenario", required_argument, NULL, 'n' },
		{ "first-failure", no_argument, NULL, 'f' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "shim", required_argument, NULL, 'p' },
		{ NULL, 0, NULL, 0 },
	};
	const char *slash = strrchr(argv[0], '/');
	int c, dir = slash != NULL ? (int)(slash - argv[0]) : 1;

	p->suite = &suite_kills;
	p->sample = 1;
	p->jobs = 2;
	snprintf(paths->shim, sizeof(paths->shim), "%.*s/shim.so", dir,
	    slash != NULL ? argv[0] : ".");
	snprintf(paths->inject, sizeof(paths->inject), "%.*s/inject", dir,
	    slash != NULL ? argv[0] : ".");
	while ((c = getopt_long(argc, argv, "", table, NULL)) != -1)
		take(p, paths, c);
	if (optind + 1 != argc || p->sample == 0 || p->jobs == 0 ||
	    p->jobs > PLAY_JOBS)
		usage();
	paths->command = argv[optind];
}

static void
remove_place(void)
{
	if (getpid() == place.owner)
		tree_remove(place.path);
}

/* A directory of our own, in memory where there is some. */
static void
make_place(void)
{
	const char *tmp = getenv("TMPDIR");

	if (tmp == NULL || *tmp == '\0')
		tmp = "/tmp";
	if (access("/dev/shm", W_OK | X_OK) == 0)
		tmp = "/dev/shm";
	snprintf(place.path, sizeof(place.path), "%.150s/ev-kill.XXXXXX", tmp);
	if (mkdtemp(place.path) == NULL)
		fail("make", place.path);
	place.owner = getpid();
	atexit(remove_place);
}

int
main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = end };
	struct play p = { 0 };
	struct paths paths = { 0 };
	char command[4096], shim[4096], inject[4096];
	unsigned i;

	options(&p, &paths, argc, argv);
	if (realpath(paths.command, command) == NULL)
		fail("find", paths.command);
	if (realpath(paths.shim, shim) == NULL)
		fail("find", paths.shim);
	if (p.suite == &suite_errors && realpath(paths.inject, inject) == NULL)
		fail("find", paths.inject);
	make_place();
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	for (i = 0; i < p.jobs; i++) {
		p.desk[i].command = command;
		p.desk[i].shim = shim;
		p.desk[i].inject = p.suite == &suite_errors ? inject : NULL;
		run_desk(&p.desk[i], place.path, i);
	}
	return play(&p);
}
