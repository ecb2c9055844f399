/*
 * foreign: programs that append to the log as they like, with no lock and in
 * pieces, beside writers of ours (7-trust, C6): two writes per line, jq, echo,
 * Python.  None of our events may be lost; what the others broke must be
 * counted by ev-tail exactly.
 *
 *	foreign [--events N] EV-EMIT
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "reader.h"
#include "tree.h"
#include "writers.h"

#define EVENT \
	"{\"event_id\":\"f-%s\",\"event_type\":\"mail.sent\",\"timestamp\":" \
	"\"2026-01-06T08:30:00Z\",\"actor\":\"f\",\"correlation_id\":null," \
	"\"data\":{\"text\":\"%s\"}}"
#define OTHERS 6

/* Each appends to $1 until it is ended; the first are this program's own. */
static const char *const others[OTHERS] = {
	NULL,
	NULL,
	NULL,
	"command -v jq >/dev/null || exit 0\n"
	"while :; do jq -cn '{event_id:\"jq\",event_type:\"x\",data:"
	"{text:(\"j\"*5000)}}' >>\"$1\"; sleep 0.02; done",
	"printf -v text '%6000s' ''; text=${text// /e}\n"
	"while :; do echo '{\"event_id\":\"echo\",\"event_type\":\"x\","
	"\"data\":{\"text\":\"'\"$text\"'\"}}' >>\"$1\"; sleep 0.02; done",
	"exec python3 -c '\n"
	"import json, sys, time\n"
	"log = open(sys.argv[1], \"a\")\n"
	"while True:\n"
	"    log.write(json.dumps({\"event_id\": \"py\", \"event_type\": "
	"\"x\", \"data\": {\"text\": \"p\" * 9000}}) + \"\\n\")\n"
	"    time.sleep(0.02)\n"
	"' \"$1\"",
};

static struct writers ours = { .count = 8, .events = 5000, .most = 3 };
static char place[200];
static pid_t other[OTHERS];
static volatile sig_atomic_t ended;

/* What the log holds. */
struct model {
	size_t lost, doubled; /* of our events */
	size_t sound, damaged, first;
};

static void
end(int number)
{
	(void)number;
	ended = 1;
}

/* Part of a line, a moment's rest, the other part, a rest. */
__attribute__((noreturn)) static void
write_halves(void)
{
	struct timespec rest = { 0, 100000 };
	int fd =
	    open(ours.log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
	char line[400];
	ssize_t n, half;

	n = snprintf(line, sizeof(line), EVENT "\n", "half", "two writes");
	for (half = 1;; half = half % (n - 1) + 1) {
		if (write(fd, line, (size_t)half) < 0)
			_exit(1);
		nanosleep(&rest, NULL);
		if (write(fd, line + half, (size_t)(n - half)) < 0)
			_exit(1);
		nanosleep(&rest, NULL);
	}
}

static void
start_others(void)
{
	size_t i;

	for (i = 0; i < OTHERS; i++) {
		other[i] = fork();
		if (other[i] < 0)
			fail("start", "a foreign writer");
		if (other[i] > 0)
			continue;
		setpgid(0, 0);
		if (others[i] == NULL)
			write_halves();
		execl("/bin/bash", "bash", "-c", others[i], "other", ours.log,
		    (char *)NULL);
		_exit(127);
	}
}

/* They are groups: a shell and what it runs. */
static void
end_others(void)
{
	size_t i;

	for (i = 0; i < OTHERS; i++) {
		if (other[i] <= 0)
			continue;
		kill(-other[i], SIGKILL);
		kill(other[i], SIGKILL);
		while (waitpid(other[i], NULL, 0) < 0 && errno == EINTR)
			;
		other[i] = 0;
	}
}

static bool
is_blank(const struct line *line)
{
	size_t i;

	for (i = 0; i < line->n; i++)
		if (memchr(" \t\r", line->p[i], 3) == NULL)
			return false;
	return true;
}

static void
count(const struct file *log, struct model *model)
{
	unsigned char *seen = calloc(ours.events, 1);
	size_t at = 0, number = 0, event;
	struct line line;

	if (seen == NULL || log == NULL)
		fail("read", ours.log);
	while (reader_next(log, &at, &line)) {
		number++;
		if (line.sound) {
			model->sound++;
			event = strncmp(line.id, "evt-", 4) == 0 ?
			    strtoul(line.id + 4, NULL, 10) :
			    ours.events;
			if (event < ours.events && seen[event] < 2)
				seen[event]++;
		} else if (!is_blank(&line) && model->damaged++ == 0) {
			model->first = number;
		}
	}
	for (event = 0; event < ours.events; event++) {
		model->lost += seen[event] == 0;
		model->doubled += seen[event] > 1;
	}
	free(seen);
}

/* What ev-tail counts: events, damaged lines, the first of these. */
static void
ask_reader(struct model *said)
{
	char text[4096], *p;
	FILE *f;

	snprintf(text, sizeof(text), "'%.*s/ev-tail' --count '%s' 2>&1",
	    (int)(strrchr(ours.command, '/') - ours.command), ours.command,
	    ours.log);
	f = popen(text, "r");
	if (f == NULL)
		fail("run", text);
	*said = (struct model){ 0 };
	while (fgets(text, sizeof(text), f) != NULL) {
		p = strstr(text, ".jsonl: ");
		if (p != NULL)
			sscanf(p + 8,
			    "%zu damaged %*s skipped (first: line %zu:",
			    &said->damaged, &said->first);
		else
			sscanf(text, "%zu", &said->sound);
	}
	if (pclose(f) != 0)
		fail("run", "ev-tail");
}

static int
judge(const char *store)
{
	struct tree tree = TREE_INIT;
	struct model model = { 0 }, said;
	const char *why;
	bool exact;

	writers_last(&ours);
	tree_load(&tree, store);
	count(tree_file(&tree, READER_LOG), &model);
	why = reader_views(&tree, tree_file(&tree, READER_LOG)->n);
	if (why != NULL)
		printf("views: %s\n", why);
	ask_reader(&said);
	exact = model.sound == said.sound && model.damaged == said.damaged &&
	    model.first == said.first;
	if (!exact)
		printf("ev-tail counts %zu events, %zu damaged, first %zu; "
		       "there are %zu, %zu, %zu\n",
		    said.sound, said.damaged, said.first, model.sound,
		    model.damaged, model.first);
	printf("C6: %zu events of ours, %zu lost, %zu duplicated, %zu failed, "
	       "%zu damaged lines, counted %s, views %s\n",
	    ours.events, model.lost, model.doubled, ours.failed, model.damaged,
	    exact ? "exactly" : "wrongly", why == NULL ? "right" : "wrong");
	tree_clear(&tree);
	if (model.damaged == 0)
		puts("no foreign line was broken: the test is void");
	return model.lost + model.doubled + ours.failed > 0 || !exact ||
	    why != NULL || model.damaged == 0;
}

static void
remove_place(void)
{
	end_others();
	writers_end();
	tree_remove(place);
}

static void
options(int argc, char **argv)
{
	static const struct option table[] = {
		{ "events", required_argument, NULL, 'e' },
		{ NULL, 0, NULL, 0 },
	};
	static char command[4096];
	int c;

	while ((c = getopt_long(argc, argv, "", table, NULL)) != -1)
		if (c == 'e')
			ours.events = strtoul(optarg, NULL, 10);
	if (optind + 1 != argc || ours.events == 0) {
		fputs("usage: foreign [--events N] EV-EMIT\n", stderr);
		exit(2);
	}
	if (realpath(argv[optind], command) == NULL)
		fail("find", argv[optind]);
	ours.command = command;
}

int
main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = end };
	const char *tmp = getenv("TMPDIR");
	char store[WRITERS_PATH];

	options(argc, argv);
	snprintf(place, sizeof(place), "%.150s/ev-foreign.XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	if (mkdtemp(place) == NULL)
		fail("make", place);
	snprintf(store, sizeof(store), "%s/store", place);
	if (mkdir(store, 0755) < 0)
		fail("make", store);
	snprintf(ours.log, WRITERS_PATH, "%.300s/" READER_LOG, store);
	snprintf(ours.says, WRITERS_PATH, "%.300s/says", place);
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	start_others();
	atexit(remove_place);
	writers_run(&ours, &ended);
	end_others();
	return ended ? 2 : judge(store);
}
