/*
 * inputs: what was named to be read, operand by operand, so that a wrong one
 * leaves the others.
 */
#ifndef EV_READ_INPUTS_H
#define EV_READ_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "input/source.h"
#include "store/place.h"

struct ev_inputs;

/* coming: files that are not there yet count too, as do those that come into a
 * directory that was named. */
struct ev_inputs *ev_inputs_new(bool coming);
void	ev_inputs_free(struct ev_inputs *inputs);

/* Adds what an operand means (input/operand.h); a segment of a log that is
 * named, too, is read with that.  -1: nothing was added. */
int	ev_inputs_add(struct ev_inputs *inputs, char *operand,
	    struct ev_err *err);
/* Adds the log of a store. */
void	ev_inputs_add_store(struct ev_inputs *inputs,
	    const struct ev_place *place);

/*
 * Looks into the directories again and adds the plain logs that came since:
 * how many.  0 unless coming.
 */
size_t	ev_inputs_more(struct ev_inputs *inputs);
/* The directories of ev_inputs_more, dir i; NULL: no more. */
const char *ev_inputs_dir(const struct ev_inputs *inputs, size_t i);

size_t	ev_inputs_count(const struct ev_inputs *inputs);
/* Its name; whether it is a store's log. */
const char *ev_inputs_name(const struct ev_inputs *inputs, size_t i);
bool	ev_inputs_store(const struct ev_inputs *inputs, size_t i);
/* The path by which input i is opened anew; NULL for standard input.  A store's
 * is what its name led to, so that no link leads elsewhere later. */
const char *ev_inputs_path(const struct ev_inputs *inputs, size_t i);
/* Opens input i, for ev_source_close. */
int	ev_inputs_open(const struct ev_inputs *inputs, size_t i,
	    struct ev_source *source, struct ev_err *err);

#endif
