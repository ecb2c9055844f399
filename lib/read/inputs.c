#include "read/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "input/operand.h"
#include "store/layout.h"
#include "store/segment.h"

struct ev_inputs {
	struct ev_operands all;
	bool stdin_named, coming;
	char **dirs;
	size_t ndirs;
};

struct ev_inputs *
ev_inputs_new(bool coming)
{
	struct ev_inputs *inputs = ev_calloc(1, sizeof(*inputs));

	inputs->coming = coming;
	return inputs;
}

void
ev_inputs_free(struct ev_inputs *inputs)
{
	size_t i;

	if (inputs == NULL)
		return;
	for (i = 0; i < inputs->ndirs; i++)
		free(inputs->dirs[i]);
	free(inputs->dirs);
	ev_operands_clear(&inputs->all);
	free(inputs);
}

/* A directory of logs, or one that is still empty. */
static bool
add_dir(struct ev_inputs *inputs, const char *operand,
    const struct ev_operands *found)
{
	struct stat st;

	if (!inputs->coming || stat(operand, &st) == -1 ||
	    !S_ISDIR(st.st_mode) ||
	    (found->count > 0 && found->list[0].log != NULL))
		return false;
	inputs->dirs =
	    ev_realloc(inputs->dirs, inputs->ndirs + 1, sizeof(*inputs->dirs));
	inputs->dirs[inputs->ndirs++] = ev_strdup(operand);
	return true;
}

static void
add(struct ev_inputs *inputs, const char *name, const char *log)
{
	struct ev_operands *all = &inputs->all;

	all->list = ev_realloc(all->list, all->count + 1, sizeof(*all->list));
	all->list[all->count++] = (struct ev_operand){ ev_strdup(name),
		log != NULL ? ev_strdup(log) : NULL };
}

static bool
is_coming(const struct ev_inputs *inputs, const char *operand)
{
	struct stat st;

	return inputs->coming && strcmp(operand, "-") != 0 &&
	    stat(operand, &st) == -1 && errno == ENOENT;
}

/* Is it a segment of a store's log, which is read with it? */
static bool
is_segment(const struct ev_operand *one, const struct ev_operand *of)
{
	char *real, *log;
	bool is;

	if (one->log != NULL || of->log == NULL)
		return false;
	real = realpath(one->name, NULL);
	log = real != NULL ? ev_segment_of(real) : NULL;
	is = log != NULL && strcmp(log, of->log) == 0;
	free(log);
	free(real);
	return is;
}

/* Drops what the last one holds, or the last one when another holds it. */
static void
drop_segments(struct ev_inputs *inputs)
{
	struct ev_operands *all = &inputs->all;
	struct ev_operand last = all->list[all->count - 1], *one;
	size_t i, n = 0;
	bool held = false;

	for (i = 0; i + 1 < all->count; i++) {
		one = &all->list[i];
		held |= is_segment(&last, one);
		if (is_segment(one, &last))
			free(one->name);
		else
			all->list[n++] = *one;
	}
	if (held)
		free(last.name);
	else
		all->list[n++] = last;
	all->count = n;
}

int
ev_inputs_add(struct ev_inputs *inputs, char *operand, struct ev_err *err)
{
	struct ev_operands more = EV_OPERANDS_INIT;
	char *args[] = { operand };
	size_t i;
	int r;

	if (is_coming(inputs, operand)) {
		add(inputs, operand, NULL);
		return 0;
	}
	if (strcmp(operand, "-") == 0 && inputs->stdin_named)
		return ev_fail(err,
		    "standard input ('-') can be read only "
		    "once");
	r = ev_operands_find(&more, args, 1, NULL, err);
	if (!add_dir(inputs, operand, &more) && r == -1)
		return -1;
	inputs->stdin_named |= strcmp(operand, "-") == 0;
	for (i = 0; i < more.count; i++)
		add(inputs, more.list[i].name, more.list[i].log);
	if (more.count == 1)
		drop_segments(inputs);
	ev_operands_clear(&more);
	return 0;
}

void
ev_inputs_add_store(struct ev_inputs *inputs, const struct ev_place *place)
{
	char *log = ev_layout_join(place->dir, place->log);

	add(inputs, place->shown, log);
	free(log);
}

static bool
is_known(const struct ev_inputs *inputs, const char *name)
{
	size_t i;

	for (i = 0; i < inputs->all.count; i++)
		if (strcmp(inputs->all.list[i].name, name) == 0)
			return true;
	return false;
}

/* A packed one is what a plain one became. */
static bool
is_plain(const char *name)
{
	size_t n = strlen(name);

	return n > 6 && strcmp(name + n - 6, ".jsonl") == 0;
}

size_t
ev_inputs_more(struct ev_inputs *inputs)
{
	size_t before = inputs->all.count, i, j;
	struct ev_operands found;
	const char *name;

	for (i = 0; i < inputs->ndirs; i++) {
		if (ev_operands_find(&found, &inputs->dirs[i], 1, NULL, NULL) ==
		    -1)
			continue;
		for (j = 0; j < found.count; j++) {
			name = found.list[j].name;
			if (is_plain(name) && !is_known(inputs, name))
				add(inputs, name, found.list[j].log);
		}
		ev_operands_clear(&found);
	}
	return inputs->all.count - before;
}

const char *
ev_inputs_dir(const struct ev_inputs *inputs, size_t i)
{
	return i < inputs->ndirs ? inputs->dirs[i] : NULL;
}

const char *
ev_inputs_name(const struct ev_inputs *inputs, size_t i)
{
	return inputs->all.list[i].name;
}

bool
ev_inputs_store(const struct ev_inputs *inputs, size_t i)
{
	return inputs->all.list[i].log != NULL;
}

size_t
ev_inputs_count(const struct ev_inputs *inputs)
{
	return inputs->all.count;
}

const char *
ev_inputs_path(const struct ev_inputs *inputs, size_t i)
{
	const struct ev_operand *operand = &inputs->all.list[i];

	if (operand->log != NULL)
		return operand->log;
	return strcmp(operand->name, "-") == 0 ? NULL : operand->name;
}

int
ev_inputs_open(const struct ev_inputs *inputs, size_t i,
    struct ev_source *source, struct ev_err *err)
{
	const struct ev_operand *operand = &inputs->all.list[i];

	return operand->log != NULL ?
	    ev_source_open_log(source, operand->log, operand->name, err) :
	    ev_source_open(source, operand->name, err);
}
