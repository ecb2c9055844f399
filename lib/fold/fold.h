/*
 * fold: the state of all entities, made of their events (4-views 4.2).
 *
 *	struct ev_model *model = ev_model_new(NULL);
 *	struct ev_fold *fold = ev_fold_new(ev_rules_builtin(), model, &err);
 *	ev_model_seal(model);
 *	... for every event, in replay order, of byte-equal lines one:
 *	ev_fold_add(fold, ev);
 *	... ev_fold_find(fold, id), ev_fold_entities(fold, view, &n)
 *
 * An entity is known by a view ("issues") and an id.  A fold is a pure
 * function of the events that it was given, in their order.
 */
#ifndef EV_FOLD_FOLD_H
#define EV_FOLD_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "fold/board.h"
#include "fold/rules.h"

struct ev_fold;

/*
 * The rules must stay as long as the fold; they want of the model what they
 * need (it is not yet sealed).  Several folds may share a model, each event
 * then being given to those that shall have it.  NULL: a rule is wrong
 * ("FILE:LINE: …").
 */
struct ev_fold *ev_fold_new(const struct ev_rules *rules,
	    struct ev_model *model, struct ev_err *err);
void	ev_fold_free(struct ev_fold *fold);

/*
 * From now on only what may become the state of entities with this id is kept
 * (where entities can be renamed, all of them); id is copied.
 */
void	ev_fold_only(struct ev_fold *fold, struct ev_slice id);

/*
 * True when events about entities of a view (-1: of any) with this id have it
 * in their lines byte for byte, or a "\u" escape there.  What the entity was
 * under another id, and what ledgers make of other lines, is none of that:
 * ev_fold_sure.
 */
bool	ev_fold_literal(const struct ev_fold *fold, int view,
	    struct ev_slice id);
/* After ev_fold_only, when only the events were given that have the id in their
 * lines: true when no other event can matter to the entity. */
bool	ev_fold_sure(const struct ev_fold *fold);

/* From now on only the entities of one view are kept; before the first
 * event. */
void	ev_fold_only_view(struct ev_fold *fold, int view);

/* The event changes the entities that it is about. */
void	ev_fold_add(struct ev_fold *fold, struct ev_event *ev);

/* The names of the views that the rules have, NULL behind them. */
const char *const *ev_fold_views(const struct ev_fold *fold);
/* The number of a view, or -1. */
int	ev_fold_view(const struct ev_fold *fold, const char *name);

/* The entity with an id: of several views with one the first in the order of
 * ev_fold_views, those of the ledgers (ledger/parts.h) before all others.
 * EV_BOARD_NONE: there is none. */
uint32_t ev_fold_find(const struct ev_fold *fold, struct ev_slice id);
/* The same in one view. */
uint32_t ev_fold_find_in(const struct ev_fold *fold, int view,
	    struct ev_slice id);
/* The next one of the same view and id, as sessions of Brewva may have; or
 * EV_BOARD_NONE. */
uint32_t ev_fold_again(const struct ev_fold *fold, uint32_t entity);
/*
 * The entities of a view, or (-1) of all, view by view, in the order of their
 * ids, those of ledgers in the order of ledger/shown.h; *count of them, for
 * free().
 */
uint32_t *ev_fold_entities(const struct ev_fold *fold, int view,
	    size_t *count);
/* The same in the order of ev_fold_cmp: two folds can be compared in it. */
uint32_t *ev_fold_aligned(const struct ev_fold *fold, int view,
	    size_t *count);
/* By view and id, of Brewva's by session first: -1, 0 (the same one), 1. */
int	ev_fold_cmp(const struct ev_fold *left, uint32_t a,
	    const struct ev_fold *right, uint32_t b);
/* Its id; good until the fold is given another event. */
struct ev_slice ev_fold_id(const struct ev_fold *fold, uint32_t entity);
/* The number of its view. */
unsigned ev_fold_view_of(const struct ev_fold *fold, uint32_t entity);

/* Appends the state, {"status":"open"}. */
void	ev_fold_state(const struct ev_fold *fold, uint32_t entity,
	    struct ev_buf *out);
/* Appends {"entity":"gt-1","state":{"status":"open"}}. */
void	ev_fold_pair(const struct ev_fold *fold, uint32_t entity,
	    struct ev_buf *out);
/* Appends the row of a view, {"id":"gt-1","status":"open"}: a member "id" of
 * the state is not repeated. */
void	ev_fold_row(const struct ev_fold *fold, uint32_t entity,
	    struct ev_buf *out);

/* What a checkpoint keeps (fold/checkpoint.h). */
struct ev_board *ev_fold_board(struct ev_fold *fold);
/* By enum ev_ledger_part; NULL: the rules have no ledgers. */
struct ev_board *ev_fold_ledgers(struct ev_fold *fold);
const struct ev_rules *ev_fold_rules(const struct ev_fold *fold);

/*
 * To be asked at the end: 0, or -1 when a pattern of a rule could not be tried
 * to the end on some text, so that nobody knows whether the rule was for it.
 */
int	ev_fold_solved(const struct ev_fold *fold, struct ev_err *err);

#endif
