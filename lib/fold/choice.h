/*
 * choice: which rules are for an event, by its dialect and type.
 */
#ifndef EV_FOLD_CHOICE_H
#define EV_FOLD_CHOICE_H

#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "fold/program.h"

struct ev_choice;

/* The program is borrowed. */
struct ev_choice *ev_choice_new(const struct ev_program *program);
void	ev_choice_free(struct ev_choice *choice);

/* Only rules of tables of this view; before the first event. */
void	ev_choice_view(struct ev_choice *choice, unsigned view);

/* The numbers of the rules in the program, in order; *count of them.  Good
 * until the next call. */
const uint16_t *ev_choice_rules(struct ev_choice *choice,
	    struct ev_event *ev, size_t *count);

#endif
