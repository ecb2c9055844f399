/*
 * damage: a log with events of all dialects, cut at every offset, each byte
 * replaced by each of several, with NULs, byte order marks, CRs and conflict
 * markers in every place where a line starts (7-trust, C12).  What is read of
 * it is compared with a model of its own (json.c); then ev-emit appends to it.
 *
 *	damage [--sample N] [--first-failure] EV-EMIT
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "input/pass.h"
#include "json.h"
#include "reader.h"
#include "run.h"
#include "tree.h"

#define LINES 64
#define MARK "\xef\xbb\xbf"

static const char log_text[] =
    "{\"event_id\":\"e1\",\"event_type\":\"bead.created\",\"timestamp\":"
    "\"2026-01-06T10:30:00Z\",\"actor\":\"mayor\",\"correlation_id\":null,"
    "\"data\":{\"title\":\"a \\\"b\\\" \\u00e9 \\n\",\"n\":-1.5e+3}}\n"
    "{\"id\":\"g1\",\"type\":\"test\",\"archetypeIds\":[\"jarvis\"],"
    "\"createdAt\":\"2026-01-06T10:30:00Z\",\"quality\":0.50}\n"
    "{\"id\":\"b1\",\"sessionId\":\"s\",\"type\":\"tool_call\","
    "\"timestamp\":1767695400000,\"turn\":1,\"payload\":{\"t\":true}}\n"
    "\n"
    "{\"id\":\"a1\",\"type\":\"error\",\"timestamp\":1767695400000,"
    "\"severity\":3,\"fingerprint\":\"f\",\"message\":\"gr\xc3\xbc\xc3\x9f "
    "\xe2\x82\xac \xf0\x9f\x90\x9d\"}\r\n"
    "{\"id\":\"r1\",\"kind\":\"Denied\",\"timestamp\":1,"
    "\"fingerprint\":\"f\",\"metadata\":{\"x\":[{},[],null,false]}}\n"
    "{\"recordId\":\"d\",\"outcome\":\"deny\",\"action\":{\"type\":\"t\"}}\n"
    "{\"syscall\":\"open\",\"policy_result\":\"deny\",\"timestamp\":\"x\"}\n"
    "{\"type\":\"EvolutionEvent\",\"id\":\"evt_1767695400000\",\"genes_used\""
    ":[\"g\"],\"outcome\":{\"status\":\"ok\",\"score\":9007199254740993}}\n"
    "{\"ts\":\"2026-01-06T10:30:00Z\",\"type\":\"sling\",\"actor\":\"a\","
    "\"visibility\":\"feed\",\"payload\":{}}\n"
    " {\"id\":12,\"issue_id\":\"x-1\",\"event_type\":\"created\"} \n"
    "{\"id\":\"int-1\",\"kind\":\"k\",\"created_at\":\"2026-01-06\"}\n"
    "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"data\":\"\"}\n"
    "{\"time\":\"2026-01-06T10:30:00Z\",\"type\":\"t\",\"type\":\"u\"}\n";

/* What each byte is replaced by, and what is put before each line. */
static const char bytes[] = { '\0', '\n', '\r', '"', '\\', '{', '}', ' ', 'x',
	'\x1b', '\x7f', '\x80', '\xff' };
static const char *const texts[] = { "\r\n", MARK, MARK "\n", "<<<<<<< HEAD\n",
	"=======\n", ">>>>>>> theirs\n", "null\n", "[]\n", "{", "\"" };

/* Events as text and offset, and how many lines are damaged. */
struct found {
	struct ev_slice line[LINES];
	size_t n, damaged;
};

static struct {
	size_t sample, turn, points, missed, accepted, miscounted, failed, lost;
	bool first;
	struct ev_model *model;
	struct desk desk;
	char place[200];
} damage = { .sample = 1 };

static void
model(struct ev_slice text, bool store, struct found *found)
{
	static const struct json_want none[] = { { NULL, NULL, 0 } };
	const char *p = text.p, *end = text.p + text.n, *lf;
	struct ev_slice line;
	size_t i;

	*found = (struct found){ 0 };
	if (text.n >= 3 && memcmp(p, MARK, 3) == 0)
		p += 3;
	for (; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL && store)
			break;
		lf = lf == NULL ? end : lf;
		line = (struct ev_slice){ p, (size_t)(lf - p) };
		for (i = 0; i < line.n && strchr(" \t\r", p[i]) != NULL &&
		     p[i] != '\0';)
			i++;
		if (json_object(line.p, line.n, none))
			found->line[found->n++] = line;
		else
			found->damaged += i < line.n;
	}
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct found *found = state;

	(void)offset;
	if (found->n < LINES) {
		found->line[found->n].p = ev_memdup(ev->line.p, ev->line.n);
		found->line[found->n].n = ev->line.n;
	}
	found->n++;
}

/* As the library reads it. */
static void
read_log(int fd, bool store, struct found *found)
{
	struct ev_pass pass = { .model = damage.model,
		.threads = 1,
		.arg = found,
		.event = event };
	struct ev_tally tally;
	struct ev_source source;
	struct ev_err err;
	char name[64];

	*found = (struct found){ 0 };
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	if (ev_source_open(&source, name, &err) < 0)
		fail("read", err.text);
	source.store = store;
	if (ev_pass_run(&pass, &source, 0, &tally, &err) < 0)
		fail("read", err.text);
	ev_source_close(&source);
	found->damaged = (size_t)ev_tally_damaged(&tally);
}

static void
report(const char *what, const char *where, size_t *counter)
{
	++*counter;
	printf("%s: %s\n", where, what);
}

/* How many lines of `a` are not among those of `b`, in their order. */
static size_t
missing(const struct found *a, const struct found *b)
{
	size_t i, k = 0, at, n = 0;

	for (i = 0; i < a->n; i++) {
		for (at = k; at < b->n; at++)
			if (a->line[i].n == b->line[at].n &&
			    memcmp(a->line[i].p, b->line[at].p, a->line[i].n) ==
				0)
				break;
		if (at == b->n)
			n++;
		else
			k = at + 1;
	}
	return n;
}

static void
compare(struct ev_slice text, bool store, const char *where)
{
	struct found want, got;
	int fd = memfd_create("log", MFD_CLOEXEC);
	size_t i;

	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		fail("write", "a log");
	model(text, store, &want);
	read_log(fd, store, &got);
	close(fd);
	damage.points++;
	if (missing(&want, &got) > 0)
		report("an event is missed", where, &damage.missed);
	else if (got.n > want.n)
		report("damage is accepted", where, &damage.accepted);
	else if (got.damaged != want.damaged)
		report("damage is miscounted", where, &damage.miscounted);
	for (i = 0; i < got.n; i++)
		free((char *)(size_t)got.line[i].p);
}

/* The day files' bytes: the whole log's, when each line is in one of them. */
static size_t
projected(const struct tree *tree)
{
	const struct file *file;
	size_t sum = 0;

	for (file = tree->file; file < tree->file + tree->count; file++)
		if (strncmp(file->name, READER_PRIVATE "20", 10) == 0 ||
		    strcmp(file->name, READER_PRIVATE "rejected.log") == 0)
			sum += file->n;
	return sum;
}

/* ev-emit appends to it: its event stands, nothing that stood is gone. */
static void
append(struct ev_slice text, const char *where)
{
	struct emit emit = { "evt-new", "2026-01-06T12:00:00Z", NULL, NULL, 9,
		NULL };
	struct file file = { READER_LOG, (char *)(size_t)text.p, text.n, 0644 };
	struct tree before = { &file, 1 }, after = TREE_INIT;
	const struct file *log;
	struct outcome out;

	tree_put(&before, damage.desk.store);
	run_emit(&damage.desk, &emit, NULL, NULL, &out);
	tree_load(&after, damage.desk.store);
	log = tree_file(&after, READER_LOG);
	if (!out.done || !run_printed(&out, "evt-new"))
		report(out.says, where, &damage.failed);
	else if (log->n < text.n || memcmp(log->p, text.p, text.n) != 0 ||
	    reader_count(&after, "evt-new") != 1)
		report("lost by the next ev-emit", where, &damage.lost);
	else if (projected(&after) != log->n)
		report("not in the day files", where, &damage.lost);
	tree_clear(&after);
}

static void
figures(void)
{
	printf("C12: %zu points, %zu events missed, %zu damaged lines taken "
	       "for events, %zu miscounted, %zu appends failed, %zu lost\n",
	    damage.points, damage.missed, damage.accepted, damage.miscounted,
	    damage.failed, damage.lost);
	exit(damage.missed + damage.accepted + damage.miscounted +
		    damage.failed + damage.lost >
		0 ||
	    damage.points == 0);
}

static void
try(struct ev_slice text, const char *where)
{
	compare(text, true, where);
	compare(text, false, where);
	if (damage.turn++ % damage.sample == 0)
		append(text, where);
	if (damage.first &&
	    damage.missed + damage.accepted + damage.failed + damage.lost > 0)
		figures();
}

static void
try_cuts(void)
{
	char where[64];
	size_t n;

	for (n = 0; n < sizeof(log_text); n++) {
		snprintf(where, sizeof(where), "cut at %zu", n);
		try((struct ev_slice){ log_text, n }, where);
	}
}

static void
try_bytes(void)
{
	char copy[sizeof(log_text)], where[64];
	size_t at, i;

	for (at = 0; at + 1 < sizeof(log_text); at++)
		for (i = 0; i < sizeof(bytes); i++) {
			memcpy(copy, log_text, sizeof(copy));
			copy[at] = bytes[i];
			snprintf(where, sizeof(where), "byte %zu is 0x%02x", at,
			    (unsigned char)bytes[i]);
			try((struct ev_slice){ copy, sizeof(copy) - 1 }, where);
		}
}

/* A text before each line, and a page of NULs as a power cut leaves it. */
static void
try_texts(void)
{
	static char copy[sizeof(log_text) + 4096];
	size_t at, i, n;
	char where[64];

	for (at = 0; at + 1 < sizeof(log_text); at++) {
		if (at > 0 && log_text[at - 1] != '\n')
			continue;
		for (i = 0; i <= sizeof(texts) / sizeof(texts[0]); i++) {
			n = 4096;
			memset(copy, 0, sizeof(copy));
			memcpy(copy, log_text, at);
			if (i < sizeof(texts) / sizeof(texts[0])) {
				n = strlen(texts[i]);
				memcpy(copy + at, texts[i], n);
			}
			memcpy(copy + at + n, log_text + at,
			    sizeof(log_text) - 1 - at);
			snprintf(
			    where, sizeof(where), "text %zu at %zu", i, at);
			try((struct ev_slice){ copy, sizeof(log_text) - 1 + n },
			    where);
		}
	}
}

static void
remove_place(void)
{
	tree_remove(damage.place);
}

static void
options(int argc, char **argv)
{
	static const struct option table[] = {
		{ "sample", required_argument, NULL, 's' },
		{ "first-failure", no_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if (c == 's')
			damage.sample = strtoul(optarg, NULL, 10);
		damage.first = damage.first || c == 'f';
	}
	if (optind + 1 != argc || damage.sample == 0) {
		fputs("usage: damage [--sample N] [--first-failure] EV-EMIT\n",
		    stderr);
		exit(2);
	}
	damage.desk.command = argv[optind];
}

int
main(int argc, char **argv)
{
	options(argc, argv);
	snprintf(damage.place, sizeof(damage.place), "%s/ev-damage.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(damage.place) == NULL)
		fail("make", damage.place);
	atexit(remove_place);
	run_desk(&damage.desk, damage.place, 0);
	damage.model = ev_model_new(NULL);
	ev_model_want(damage.model, EV_TYPE);
	ev_model_seal(damage.model);
	try_cuts();
	try_bytes();
	try_texts();
	figures();
}
