/*
 * inputs: what was named to be read, operand by operand, so that a wrong one
 * leaves the others.
 */
#ifndef EV_TAIL_INPUTS_H
#define EV_TAIL_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "input/source.h"

struct ev_inputs;

struct ev_inputs *ev_inputs_new(void);
void	ev_inputs_free(struct ev_inputs *inputs);

/* Adds what an operand means (input/operand.h).  -1: nothing was added. */
int	ev_inputs_add(struct ev_inputs *inputs, char *operand,
	    struct ev_err *err);
/* Adds one file by its name; store: it is a store's log. */
void	ev_inputs_add_file(struct ev_inputs *inputs, const char *name,
	    bool store);

size_t	ev_inputs_count(const struct ev_inputs *inputs);
/* Opens input i, for ev_source_close. */
int	ev_inputs_open(const struct ev_inputs *inputs, size_t i,
	    struct ev_source *source, struct ev_err *err);

#endif
