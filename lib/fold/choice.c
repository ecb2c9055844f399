#include "fold/choice.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

#define TYPES_MOST 4096 /* types whose rules are kept in mind */

struct list {
	uint16_t *rule;
	size_t count;
};

struct ev_choice {
	const struct ev_program *program;
	struct ev_map *by_type; /* dialect and type: number + 1 in list */
	struct list *list;
	size_t count;
	struct list other; /* of a type beyond TYPES_MOST */
	struct ev_buf key;
	int view; /* -1: any */
};

struct ev_choice *
ev_choice_new(const struct ev_program *program)
{
	struct ev_choice *choice = ev_calloc(1, sizeof(*choice));

	choice->program = program;
	choice->view = -1;
	choice->by_type = ev_map_new();
	return choice;
}

void
ev_choice_free(struct ev_choice *choice)
{
	size_t i;

	if (choice == NULL)
		return;
	for (i = 0; i < choice->count; i++)
		free(choice->list[i].rule);
	free(choice->list);
	free(choice->other.rule);
	ev_map_free(choice->by_type);
	ev_buf_clear(&choice->key);
	free(choice);
}

void
ev_choice_view(struct ev_choice *choice, unsigned view)
{
	choice->view = (int)view;
}

static bool
passes(const struct ev_globs *globs, struct ev_slice text)
{
	return globs == NULL || ev_globs_match(globs, text);
}

static void
choose(const struct ev_choice *c, struct ev_slice dialect, struct ev_slice type,
    struct list *list)
{
	const struct ev_program *p = c->program;
	const struct ev_program_table *t;
	const struct ev_program_rule *r;
	size_t i;

	list->count = 0;
	if (list->rule == NULL)
		list->rule = ev_malloc((p->rules + 1) * sizeof(*list->rule));
	for (i = 0; i < p->rules; i++) {
		r = &p->rule[i];
		t = &p->table[r->table];
		if ((c->view < 0 || t->view == (unsigned)c->view) &&
		    passes(r->type, type) && passes(t->type, type) &&
		    passes(t->dialect, dialect))
			list->rule[list->count++] = (uint16_t)i;
	}
}

const uint16_t *
ev_choice_rules(struct ev_choice *c, struct ev_event *ev, size_t *count)
{
	struct ev_slice type = ev_event_text(ev, EV_TYPE);
	struct list *list;
	uint64_t *at;

	ev_buf_reset(&c->key);
	ev_buf_add(&c->key, &ev->dialect, sizeof(ev->dialect));
	ev_buf_addslice(&c->key, type);
	at = ev_map_find(c->by_type, c->key.p, c->key.n);
	if (at != NULL) {
		list = &c->list[*at - 1];
	} else if (c->count < TYPES_MOST) {
		c->list = ev_realloc(c->list, c->count + 1, sizeof(*c->list));
		list = &c->list[c->count++];
		*list = (struct list){ NULL, 0 };
		choose(c, ev_slice_of(ev->dialect->name), type, list);
		*ev_map_at(c->by_type, c->key.p, c->key.n, NULL) = c->count;
	} else {
		list = &c->other;
		choose(c, ev_slice_of(ev->dialect->name), type, list);
	}
	*count = list->count;
	return list->rule;
}
