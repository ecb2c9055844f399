#include "tail/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/operand.h"

struct ev_inputs {
	struct ev_operands all;
	bool stdin_named;
};

struct ev_inputs *
ev_inputs_new(void)
{
	return ev_calloc(1, sizeof(struct ev_inputs));
}

void
ev_inputs_free(struct ev_inputs *inputs)
{
	if (inputs == NULL)
		return;
	ev_operands_clear(&inputs->all);
	free(inputs);
}

int
ev_inputs_add(struct ev_inputs *inputs, char *operand, struct ev_err *err)
{
	struct ev_operands more = EV_OPERANDS_INIT;
	char *args[] = { operand };
	size_t i;

	if (strcmp(operand, "-") == 0 && inputs->stdin_named)
		return ev_fail(err,
		    "standard input ('-') can be read only "
		    "once");
	if (ev_operands_find(&more, args, 1, NULL, err) == -1)
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

size_t
ev_inputs_count(const struct ev_inputs *inputs)
{
	return inputs->all.count;
}

int
ev_inputs_open(const struct ev_inputs *inputs, size_t i,
    struct ev_source *source, struct ev_err *err)
{
	const struct ev_operand *operand = &inputs->all.list[i];

	return ev_source_open(source, operand->name, operand->store, err);
}
