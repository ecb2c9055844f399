/*
 * spawn [-w WRITERS] [-n TIMES] [-s FILE] COMMAND [ARGUMENT ...]: runs the
 * command so often, one after the other in each writer and the writers beside
 * each other; with -s each run is followed by an fdatasync of the file.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void
die(const char *what)
{
	perror(what);
	exit(2);
}

static void
run_once(char **argv, const char *file)
{
	int status, fd;
	pid_t pid;

	if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) == -1 || status != 0)
		die(argv[0]);
	if (file == NULL)
		return;
	fd = open(file, O_WRONLY);
	if (fd == -1 || fdatasync(fd) == -1)
		die(file);
	close(fd);
}

static void
writer(long times, char **argv, const char *file)
{
	for (; times > 0; times--)
		run_once(argv, file);
}

int
main(int argc, char **argv)
{
	long writers = 1, times = 1, i;
	const char *file = NULL;
	int c, status, failed = 0;

	while ((c = getopt(argc, argv, "+w:n:s:")) != -1)
		switch (c) {
		case 'w':
			writers = strtol(optarg, NULL, 10);
			break;
		case 'n':
			times = strtol(optarg, NULL, 10);
			break;
		case 's':
			file = optarg;
			break;
		default:
			return 2;
		}
	if (optind == argc)
		return 2;
	for (i = 1; i < writers; i++)
		if (fork() == 0) {
			writer(times, argv + optind, file);
			_exit(0);
		}
	writer(times, argv + optind, file);
	while (wait(&status) != -1)
		failed |= status != 0;
	return failed;
}
