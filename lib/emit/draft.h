/*
 * draft: an event in the making: the members that the caller gave, and those
 * that are filled in for it (1-events 1.2, 1.3).
 */
#ifndef EV_EMIT_DRAFT_H
#define EV_EMIT_DRAFT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "emit/queue.h"
#include "emit/given.h"
#include "emit/shape.h"

struct ev_draft {
	const struct ev_shape	*shape;
	/* beside shape->member; kind EV_NONE: missing */
	struct ev_val	 val[EV_SHAPE_MOST];
	bool		 also[EV_SHAPE_MOST];	/* under its other spelling */
	bool		 filled[EV_SHAPE_MOST];	/* by us: val is in text[] */
	struct ev_buf	 text[EV_SHAPE_MOST];
	bool		 new_id;		/* the store puts the id in */
	bool		 fresh;			/* it happens here and now */
	bool		 ours;			/* objects may be added to */
	bool		 has_time;		/* the event has a time ... */
	struct timespec	 time;			/* ... outside its members */
};

/* An empty draft; the memory of text[] is used again (zero it at first). */
void	ev_draft_begin(struct ev_draft *draft, const struct ev_shape *shape);
void	ev_draft_clear(struct ev_draft *draft);

/*
 * Fills missing members with what the caller said by options.  What only the
 * environment says goes into a fresh event, and into members that the shape
 * asks for and nobody else fills.
 */
void	ev_draft_options(struct ev_draft *draft,
	    const struct ev_given *given);

/* Takes the secrets out of what was filled in. */
void	ev_draft_redact(struct ev_draft *draft, const struct ev_given *given);

/* Fills a missing member with JSON, or with a text. */
void	ev_draft_raw(struct ev_draft *draft, size_t member,
	    struct ev_slice json);
void	ev_draft_text(struct ev_draft *draft, size_t member,
	    const char *text);
/* Adds a member to a missing object, or to one that may be added to. */
void	ev_draft_inside(struct ev_draft *draft, size_t member,
	    const char *name, struct ev_slice json);
/* Fills a missing id with this one. */
void	ev_draft_id(struct ev_draft *draft, const char *id);

/*
 * The text of the member that has a role, borrowed or in *scratch; empty when
 * there is none.
 */
struct ev_slice ev_draft_role(const struct ev_draft *draft,
	    enum ev_role role, struct ev_buf *scratch);

/* The value of a member by its name; kind EV_NONE when there is none. */
struct ev_val ev_draft_named(const struct ev_draft *draft, const char *name);
/* The time of an event that has none: that of --time, or now.  -1: EV_NOW is
 * not a time. */
int	ev_draft_time(const struct ev_given *given, struct timespec *out,
	    struct ev_err *err);

/*
 * Is the entry's line, with the id that the store puts in, longer than a line
 * may be?  Then *err says so.
 */
bool	ev_draft_too_long(const struct ev_draft *draft,
	    const struct ev_entry *entry, const struct ev_given *given,
	    struct ev_err *err);
/*
 * Appends "name":value to the entry's line; where a new id and an asset_id go
 * is noted in the entry.  Nothing for a missing member.
 */
void	ev_draft_write(const struct ev_draft *draft, size_t member,
	    struct ev_entry *entry);

#endif
