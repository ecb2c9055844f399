#include "replay/states.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "fold/builtin.h"
#include "fold/interest.h"
#include "fold/rulefile.h"
#include "text/glob.h"
#include "text/time.h"
#include "text/when.h"

/* The states at one time. */
struct moment {
	struct ev_fold *fold;
	bool has_time; /* only events up to it */
	struct timespec time;
};

struct ev_states {
	const struct ev_states_ask *ask;
	struct ev_rules *file;	/* NULL: built in */
	struct ev_globs *globs; /* NULL: all, or the one id */
	bool one;
	int view;	     /* -1: all */
	struct moment at[2]; /* the second of a difference */
	struct ev_fold *spare;
	bool literal; /* the one id stands in the lines */
	size_t moments;
};

/* A comma list, patterns or an escape are no id. */
static bool
is_id(const char *entity)
{
	return entity != NULL && strpbrk(entity, "*?[,!\\") == NULL;
}

static const struct ev_rules *
read_rules(struct ev_states *states, struct ev_err *err)
{
	const char *name = states->ask->rules;

	if (name == NULL)
		return ev_rules_builtin();
	if (strcmp(name, "seed") == 0)
		return ev_rules_seed();
	states->file = ev_rulefile_read(name, err);
	return states->file;
}

static int
read_time(struct moment *moment, const char *text, const char *option, bool utc,
    struct ev_err *err)
{
	struct timespec now;
	struct ev_err why;

	if (text == NULL)
		return 0;
	moment->has_time = true;
	if (ev_now(&now, err) == -1)
		return -1;
	if (ev_when_parse(text, now, utc, &moment->time, &why) == -1)
		return ev_fail(err, "%s: %s", option, why.text);
	return 0;
}

static int
read_times(struct ev_states *states, struct ev_err *err)
{
	const struct ev_states_ask *ask = states->ask;
	struct moment *at = states->at;
	size_t i;

	states->moments = ask->diff != NULL ? 2 : 1;
	if (ask->diff != NULL && ask->entity != NULL && !is_id(ask->entity))
		return ev_fail(err,
		    "--diff is of one entity, or without -e of all: not of "
		    "'%s'",
		    ask->entity);
	if (ask->diff == NULL)
		return read_time(&at[0], ask->at, "--at", ask->utc, err);
	for (i = 0; i < 2; i++)
		if (read_time(&at[i], ask->diff[i], "--diff", ask->utc, err) ==
		    -1)
			return -1;
	if (ev_time_cmp(at[0].time, at[1].time) > 0)
		return ev_fail(err,
		    "--diff: '%s' is later than '%s': the earlier time comes "
		    "first",
		    ask->diff[0], ask->diff[1]);
	return 0;
}

static int
find_view(struct ev_states *states, struct ev_err *err)
{
	const struct ev_fold *fold = states->at[0].fold;
	const char *const *name = ev_fold_views(fold);
	struct ev_buf all = EV_BUF_INIT;

	states->view = -1;
	if (states->ask->view == NULL)
		return 0;
	states->view = ev_fold_view(fold, states->ask->view);
	if (states->view >= 0)
		return 0;
	for (; *name != NULL; name++)
		ev_buf_addf(&all, " %s", *name);
	ev_fail(err, "--project: no view '%s', there are:%s%s",
	    states->ask->view,
	    states->ask->rules == NULL ? " sessions metrics" : "",
	    ev_buf_str(&all));
	ev_buf_clear(&all);
	return -1;
}

/* Another fold for the one entity. */
static int
make_spare(struct ev_states *states, const struct ev_rules *rules,
    struct ev_model *model, struct ev_err *err)
{
	states->spare = ev_fold_new(rules, model, err);
	if (states->spare == NULL)
		return -1;
	ev_fold_only(states->spare, ev_slice_of(states->ask->entity));
	if (states->view >= 0)
		ev_fold_only_view(states->spare, states->view);
	return 0;
}

static int
compile(struct ev_states *states, struct ev_model *model, struct ev_err *err)
{
	const struct ev_rules *rules = read_rules(states, err);
	const char *entity = states->ask->entity;
	struct ev_fold *fold;
	size_t i;

	if (rules == NULL || read_times(states, err) == -1)
		return -1;
	states->one = is_id(entity);
	if (entity != NULL && !states->one)
		states->globs = ev_globs_new(entity);
	for (i = 0; i < states->moments; i++) {
		fold = ev_fold_new(rules, model, err);
		if (fold == NULL)
			return -1;
		states->at[i].fold = fold;
		if (states->one && !states->ask->resumed)
			ev_fold_only(fold, ev_slice_of(entity));
	}
	if (find_view(states, err) == -1)
		return -1;
	if (states->ask->resumed) {
		states->spare = ev_fold_new(rules, model, err);
		return states->spare != NULL ? 0 : -1;
	}
	for (i = 0; states->view >= 0 && i < states->moments; i++)
		ev_fold_only_view(states->at[i].fold, states->view);
	states->literal = states->one && states->moments == 1 &&
	    ev_fold_literal(
		states->at[0].fold, states->view, ev_slice_of(entity));
	return states->literal ? make_spare(states, rules, model, err) : 0;
}

struct ev_states *
ev_states_new(
    const struct ev_states_ask *ask, struct ev_model *model, struct ev_err *err)
{
	struct ev_states *states = ev_calloc(1, sizeof(*states));

	states->ask = ask;
	if (compile(states, model, err) == 0)
		return states;
	ev_states_free(states);
	return NULL;
}

bool
ev_states_interest(const struct ev_states *states, struct ev_buf *expr)
{
	const struct ev_states_ask *ask = states->ask;

	if (ask->resumed || (ask->view == NULL && !states->one))
		return false;
	return ev_interest(ev_fold_rules(states->at[0].fold), ask->view,
	    states->one ? ask->entity : NULL, expr);
}

void
ev_states_free(struct ev_states *states)
{
	size_t i;

	if (states == NULL)
		return;
	for (i = 0; i < states->moments; i++)
		ev_fold_free(states->at[i].fold);
	ev_fold_free(states->spare);
	ev_rulefile_free(states->file);
	ev_globs_free(states->globs);
	free(states);
}

static int
event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	struct ev_states *states = arg;
	struct timespec time = { 0, 0 };
	struct moment *at;
	bool timed = ev_event_time(ev, &time);
	size_t i;

	(void)err;
	for (i = 0; i < states->moments; i++) {
		at = &states->at[i];
		/* what has no time comes after all that have one */
		if (!at->has_time ||
		    (timed && ev_time_cmp(time, at->time) <= 0))
			ev_fold_add(at->fold, ev);
	}
	return 0;
}

void
ev_states_play(struct ev_states *states, struct ev_play *play)
{
	play->arg = states;
	play->event = event;
}

struct ev_fold *
ev_states_fold(struct ev_states *states)
{
	return states->at[0].fold;
}

void
ev_states_anew(struct ev_states *states)
{
	struct ev_fold *used = states->at[0].fold;

	states->at[0].fold = states->spare;
	states->spare = used;
}

const char *
ev_states_literal(const struct ev_states *states)
{
	return states->literal ? states->ask->entity : NULL;
}

bool
ev_states_enough(void *arg)
{
	struct ev_states *states = arg;

	if (ev_fold_sure(states->at[0].fold))
		return true;
	ev_states_anew(states);
	return false;
}

static int
no_entity(const struct ev_states *states, struct ev_err *err)
{
	ev_fail(err, "no entity '%s'", states->ask->entity);
	return 0;
}

static int
print_one(struct ev_states *states, struct ev_buf *out, struct ev_err *err)
{
	const struct ev_fold *fold = states->at[0].fold;
	struct ev_slice id = ev_slice_of(states->ask->entity);
	uint32_t entity = states->view < 0 ?
	    ev_fold_find(fold, id) :
	    ev_fold_find_in(fold, states->view, id);

	if (entity == EV_BOARD_NONE)
		return no_entity(states, err);
	if (states->view < 0) {
		ev_fold_state(fold, entity, out);
		ev_buf_addc(out, '\n');
		return 1;
	}
	for (; entity != EV_BOARD_NONE; entity = ev_fold_again(fold, entity)) {
		ev_fold_row(fold, entity, out);
		ev_buf_addc(out, '\n');
	}
	return 1;
}

static int
print_all(struct ev_states *states, struct ev_buf *out)
{
	const struct ev_fold *fold = states->at[0].fold;
	uint32_t *entity;
	size_t n, i;

	entity = ev_fold_entities(fold, states->view, &n);
	for (i = 0; i < n; i++) {
		if (states->globs != NULL &&
		    !ev_globs_match(states->globs, ev_fold_id(fold, entity[i])))
			continue;
		if (states->view >= 0)
			ev_fold_row(fold, entity[i], out);
		else
			ev_fold_pair(fold, entity[i], out);
		ev_buf_addc(out, '\n');
	}
	free(entity);
	return 1;
}

static int
print_change(struct ev_states *states, struct ev_buf *out, struct ev_err *err)
{
	const struct ev_fold *from = states->at[0].fold;
	const struct ev_fold *to = states->at[1].fold;
	enum ev_change_form form = states->ask->form;

	struct ev_slice id;

	if (!states->one)
		return ev_change_all(from, to, states->view, form, out);
	id = ev_slice_of(states->ask->entity);
	if (ev_fold_find(from, id) == EV_BOARD_NONE &&
	    ev_fold_find(to, id) == EV_BOARD_NONE)
		return no_entity(states, err);
	return ev_change_one(from, to, id, form, out);
}

int
ev_states_print(
    struct ev_states *states, struct ev_buf *out, struct ev_err *err)
{
	size_t i;

	err->text[0] = '\0';
	for (i = 0; i < states->moments; i++)
		if (ev_fold_solved(states->at[i].fold, err) == -1)
			return -1;
	if (states->moments > 1)
		return print_change(states, out, err);
	if (states->one)
		return print_one(states, out, err);
	return print_all(states, out);
}
