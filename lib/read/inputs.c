#include "read/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "input/operand.h"
#include "store/layout.h"

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
	    !S_ISDIR(st.st_mode) || (found->count > 0 && found->list[0].store))
		return false;
	inputs->dirs =
	    ev_realloc(inputs->dirs, inputs->ndirs + 1, sizeof(*inputs->dirs));
	inputs->dirs[inputs->ndirs++] = ev_strdup(operand);
	return true;
}

static bool
is_coming(const struct ev_inputs *inputs, const char *operand)
{
	struct stat st;

	return inputs->coming && strcmp(operand, "-") != 0 &&
	    stat(operand, &st) == -1 && errno == ENOENT;
}

int
ev_inputs_add(struct ev_inputs *inputs, char *operand, struct ev_err *err)
{
	struct ev_operands more = EV_OPERANDS_INIT;
	char *args[] = { operand };
	size_t i;
	int r;

	if (is_coming(inputs, operand)) {
		ev_inputs_add_file(inputs, operand, false);
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
		ev_inputs_add_file(
		    inputs, more.list[i].name, more.list[i].store);
	ev_operands_clear(&more);
	return 0;
}

void
ev_inputs_add_file(struct ev_inputs *inputs, const char *name, bool store)
{
	struct ev_operands *all = &inputs->all;

	all->list = ev_realloc(all->list, all->count + 1, sizeof(*all->list));
	all->list[all->count++] = (struct ev_operand){ ev_strdup(name), store };
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
				ev_inputs_add_file(
				    inputs, name, found.list[j].store);
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
	return inputs->all.list[i].store;
}

size_t
ev_inputs_count(const struct ev_inputs *inputs)
{
	return inputs->all.count;
}

char *
ev_inputs_path(
    const struct ev_inputs *inputs, size_t i, const struct ev_place *place)
{
	const char *name = ev_inputs_name(inputs, i);
	char *real = NULL;

	if (place != NULL)
		return ev_layout_join(place->dir, place->log);
	if (strcmp(name, "-") == 0)
		return NULL;
	if (ev_inputs_store(inputs, i))
		real = realpath(name, NULL);
	return real != NULL ? real : ev_strdup(name);
}

int
ev_inputs_open(const struct ev_inputs *inputs, size_t i,
    struct ev_source *source, struct ev_err *err)
{
	const struct ev_operand *operand = &inputs->all.list[i];

	return ev_source_open(source, operand->name, operand->store, err);
}
