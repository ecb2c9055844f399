#include "reader.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

#define REJECTED READER_PRIVATE "rejected.log"
#define FEED READER_PRIVATE "feed.jsonl"
#define SLOT 512
#define DATE 10 /* bytes of "2026-01-06" */
#define DAYS 32 /* views of a test's log at most */
#define WHY 200

/* What a view should hold. */
struct want {
	char name[64];
	char *p;
	size_t n;
};

static const char *
because(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static const char *
because(const char *fmt, ...)
{
	static char why[WHY];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return why;
}

bool
reader_next(const struct file *log, size_t *at, struct line *line)
{
	const char *lf, *p = log->p + *at;
	const struct json_want wants[] = {
		{ "event_id", line->id, sizeof(line->id) },
		{ "timestamp", line->time, sizeof(line->time) },
		{ NULL, NULL, 0 },
	};

	lf = memchr(p, '\n', log->n - *at);
	if (lf == NULL)
		return false;
	line->p = p;
	line->n = (size_t)(lf - p);
	line->sound = json_object(p, line->n, wants);
	*at += line->n + 1;
	return true;
}

size_t
reader_count(const struct tree *tree, const char *id)
{
	const struct file *log = tree_file(tree, READER_LOG);
	size_t at = 0, count = 0;
	struct line line;

	while (log != NULL && reader_next(log, &at, &line))
		count += line.sound && strcmp(line.id, id) == 0;
	return count;
}

/* The test's own times are all RFC 3339 in UTC, with milliseconds or without;
 * of what foreign halves of lines put together by chance one that only lost its
 * Z is a time still. */
static bool
is_time(const char *text)
{
	const char *form = "dddd-dd-ddTdd:dd:dd";

	for (; *form != '\0'; form++, text++)
		if (*form == 'd' ? *text < '0' || *text > '9' : *text != *form)
			return false;
	if (*text == '.' && strspn(text + 1, "0123456789") == 3)
		text += 4;
	return *text == '\0' || strcmp(text, "Z") == 0;
}

static void
view_name(const struct line *line, char name[64])
{
	if (line->sound && is_time(line->time))
		snprintf(
		    name, 64, READER_PRIVATE "%.*s.jsonl", DATE, line->time);
	else
		snprintf(name, 64, REJECTED);
}

static void
project(struct want wants[DAYS], const struct line *line, size_t whole)
{
	struct want *want = wants;
	char name[64];

	view_name(line, name);
	while (want < wants + DAYS - 1 && want->p != NULL &&
	    strcmp(want->name, name) != 0)
		want++;
	if (want->p == NULL) {
		snprintf(want->name, sizeof(want->name), "%s", name);
		want->p = malloc(whole);
	}
	if (want->p == NULL || strcmp(want->name, name) != 0)
		fail("project to", name);
	memcpy(want->p + want->n, line->p, line->n);
	want->n += line->n;
	want->p[want->n++] = '\n';
}

static bool
is_day(const char *name)
{
	return strncmp(name, READER_PRIVATE "20", 10) == 0 ||
	    strcmp(name, REJECTED) == 0;
}

static const char *
compare_days(
    const struct tree *tree, const struct want wants[DAYS], size_t whole)
{
	const struct want *want;
	const struct file *file;
	size_t i, sum = 0;

	for (want = wants; want < wants + DAYS && want->p != NULL; want++) {
		file = tree_file(tree, want->name);
		if (file == NULL)
			return because("there is no %s", want->name);
		if (file->n != want->n)
			return because("%s has %zu bytes, %zu are due",
			    want->name, file->n, want->n);
		if (memcmp(file->p, want->p, want->n) != 0)
			return because("%s is not the log's lines", want->name);
	}
	for (i = 0; i < tree->count; i++)
		if (is_day(tree->file[i].name))
			sum += tree->file[i].n;
	if (sum != whole)
		return because(
		    "the day files have %zu bytes, the log %zu", sum, whole);
	return NULL;
}

static const char *
check_days(const struct tree *tree, const struct file *log, size_t whole)
{
	struct want wants[DAYS] = { 0 };
	struct line line;
	const char *r;
	size_t at = 0, i;

	while (reader_next(log, &at, &line))
		project(wants, &line, whole);
	r = compare_days(tree, wants, whole);
	for (i = 0; i < DAYS; i++)
		free(wants[i].p);
	return r;
}

/* A number of the newest slot of the state; SIZE_MAX: it is not there. */
static size_t
state_number(const struct file *state, const char *name)
{
	size_t found = SIZE_MAX, best = 0, seq, at;
	char slot[SLOT + 1], key[16];
	const char *p;

	for (at = 0; at + SLOT <= state->n; at += SLOT) {
		memcpy(slot, state->p + at, SLOT);
		slot[SLOT] = '\0';
		p = strstr(slot, "\"seq\":");
		seq = p != NULL ? strtoul(p + 6, NULL, 10) : 0;
		snprintf(key, sizeof(key), "\"%.10s\":", name);
		p = strstr(slot, key);
		if (p == NULL || seq <= best)
			continue;
		best = seq;
		found = strtoul(p + strlen(key), NULL, 10);
	}
	return found;
}

static const char *
check_feed(
    const struct tree *tree, const struct file *log, size_t whole, size_t base)
{
	const struct file *feed = tree_file(tree, FEED);
	const struct file *state = tree_file(tree, READER_STATE);
	size_t begin, applied;

	if (feed == NULL || state == NULL)
		return "there is no feed or no state";
	begin = state_number(state, "fb");
	applied = state_number(state, "m");
	if (applied != whole)
		return because(
		    "the state is at byte %zu, the log at %zu", applied, whole);
	if (begin > base)
		return because(
		    "the feed begins at byte %zu, not %zu", begin, base);
	if (feed->n != whole - begin)
		return because("the feed has %zu bytes, %zu are due", feed->n,
		    whole - begin);
	if (memcmp(feed->p, log->p + begin, feed->n) != 0)
		return "the feed is not the log";
	return NULL;
}

const char *
reader_views(const struct tree *tree, size_t base)
{
	const struct file *log = tree_file(tree, READER_LOG);
	const char *lf, *r;
	size_t whole;

	if (log == NULL)
		return "there is no log";
	lf = log->n > 0 ? memrchr(log->p, '\n', log->n) : NULL;
	whole = lf != NULL ? (size_t)(lf - log->p) + 1 : 0;
	r = check_days(tree, log, whole);
	return r != NULL ? r : check_feed(tree, log, whole, base);
}
