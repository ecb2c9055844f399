/*
 * event: a line seen through its dialect.
 *
 * A model says what a command wants of every line (roles, paths) and is
 * compiled once for all dialects; then an event (one per thread) reads line
 * after line through it.
 *
 *	struct ev_model *m = ev_model_new(NULL);
 *	ev_model_want(m, EV_TYPE);
 *	ev_model_seal(m);
 *	struct ev_event *ev = ev_event_new(m);
 *	if (ev_event_read(ev, line, n) == EV_SCAN_OK)
 *		val = ev_event_role(ev, EV_TYPE);
 *
 * Values and slices that an event gives are good until its next read, or
 * until the same question is asked of it again.
 */
#ifndef EV_EVENT_EVENT_H
#define EV_EVENT_EVENT_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/dialect.h"
#include "event/model.h"
#include "json/scan.h"

struct ev_event {
	struct ev_slice			 line;	/* the stored bytes, no LF */
	const struct ev_dialect		*dialect;
	struct ev_val			*slot;	/* the plan's */
	const struct ev_model		*model;
	struct ev_event_own		*own;	/* scratch memory */
};

struct ev_event *ev_event_new(const struct ev_model *model);
void	ev_event_free(struct ev_event *ev);

/*
 * Reads one line (terms of ev_scan_line).  EV_SCAN_OK: the dialect is known
 * and the questions below have answers.
 */
enum ev_scan ev_event_read(struct ev_event *ev, const char *line, size_t n);

/* The same for a line that an LF below limit ends (ev_scan_next); its length
 * without that is ev->line.n, for every result. */
enum ev_scan ev_event_next(struct ev_event *ev, const char *line,
	    const char *limit);

/* The value of a wanted role; kind EV_NONE when the event has none (or null).
 * Computed values (%level, %severity, …) point to static text. */
struct ev_val ev_event_role(struct ev_event *ev, enum ev_role role);
/* The value as text (ev_val_text). */
struct ev_slice ev_event_text(struct ev_event *ev, enum ev_role role);
/*
 * Calls fn for every value of a wanted role, null excepted; the elements when
 * it is an array (archetype, skill, gene, signal).  fn's return as in
 * ev_path_each.
 */
int	ev_event_each(struct ev_event *ev, enum ev_role role,
	    int (*fn)(void *arg, const struct ev_val *val), void *arg);
/*
 * Calls fn for every value of a field of ev_model_path.  Of values inside a
 * string (dialect->inner) only the one at which fn stopped, by giving other
 * than 0, lasts longer than fn's call.
 */
int	ev_event_field(struct ev_event *ev, int field,
	    int (*fn)(void *arg, const struct ev_val *val), void *arg);

/* The event's own time; false when it has none (EV_TIME must be wanted). */
bool	ev_event_time(struct ev_event *ev, struct timespec *out);
/* The id as text, or the derived one, "~" and 16 hex (EV_ID wanted). */
struct ev_slice ev_event_id(struct ev_event *ev);
/* The level, by the type where the dialect has none ("audit", "ops", "debug";
 * EV_LEVEL and EV_TYPE wanted). */
const char *ev_event_level(struct ev_event *ev);
/* The category (1-events 1.4; EV_TYPE wanted). */
const char *ev_event_category(struct ev_event *ev);
/* The payload member's raw value, kind EV_NONE when the dialect is flat or the
 * line has none; asks the line anew, not for hot loops. */
struct ev_val ev_event_payload(struct ev_event *ev);

#endif
