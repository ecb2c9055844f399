#include "tail/consume.h"

#include <inttypes.h>

#include "base/clock.h"
#include "tail/start.h"
#include "read/stop.h"

#define STEP_FIRST 4096u /* so that a reader who dies early has got on */
#define STEP_MOST (64u << 10)

static void
told(const struct ev_consume *consume, const char *text)
{
	const struct ev_say *say = consume->tail->read->say;
	struct ev_buf line = EV_BUF_INIT;

	ev_buf_addf(&line, "cursor '%s': %s", consume->cursor->name, text);
	say->fn(say->arg, ev_buf_str(&line));
	ev_buf_clear(&line);
}

/* The place is lost: nothing is left out by reading it all. */
static void
lose(struct ev_consume *consume, const char *why)
{
	told(consume, why);
	consume->gap = true;
}

/* Where in the open file reading goes on. */
static int
find(struct ev_consume *consume, const struct ev_live *live, uint64_t *at,
    struct ev_err *err)
{
	const struct ev_position *pos = &consume->cursor->mark.pos;
	bool quiet = consume->tail->read->say->quiet;
	int r;

	*at = 0;
	if (live->trail == NULL && pos->offset == 0 && pos->id[0] == '\0')
		return 0;
	r = live->trail == NULL ? 0 :
				  ev_position_find(pos, &live->trail->chain,
				      live->at, consume->ev, at);
	if (r == -1)
		return ev_fail_errno(err, "cannot read '%s'", live->name);
	if (r == 0)
		lose(consume,
		    live->trail == NULL ?
			"the log is not there any more, what comes is read "
			"from its start" :
			"neither its place nor its last line nor its id is in "
			"the log, which is read from its start");
	else if (*at != pos->offset && consume->after == NULL && !quiet)
		told(consume,
		    "the log was rewritten, its last line stands elsewhere "
		    "now: going on behind it");
	return 0;
}

int
ev_consume_begin(struct ev_consume *consume, struct ev_tail *tail,
    struct ev_live *live, struct ev_err *err)
{
	struct ev_cursor *cursor = consume->cursor;
	uint64_t end = live->at, at;

	consume->tail = tail;
	consume->ev = ev_event_new(tail->read->model);
	consume->moved = cursor->damaged;
	if (consume->after != NULL) {
		if (ev_start_parse(&cursor->mark.pos, consume->after, err) ==
		    -1)
			return -1;
		consume->moved = true;
	} else if (cursor->damaged) {
		lose(consume,
		    "its file holds no sound record, the log is read from its "
		    "start");
	}
	if (find(consume, live, &at, err) == -1)
		return -1;
	consume->moved |= at != cursor->mark.pos.offset || consume->gap;
	ev_outlet_open(&consume->outlet, tail->sink);
	consume->step = consume->outlet.pipe ? STEP_FIRST : STEP_MOST;
	live->once = consume->once;
	live->end = end;
	consume->dev = live->dev;
	consume->ino = live->ino;
	return live->trail == NULL ? 0 : ev_live_seek(live, at, err);
}

void
ev_consume_clear(struct ev_consume *consume)
{
	if (consume->ev != NULL)
		ev_event_free(consume->ev);
	ev_buf_clear(&consume->held.text);
}

bool
ev_consume_full(const struct ev_consume *consume)
{
	return consume->limited && consume->tail->matches >= consume->most;
}

static bool
is_batch(const struct ev_consume *consume)
{
	if (consume->deliver.command != NULL)
		return consume->held.count >= consume->batch;
	return consume->held.text.n >= consume->step;
}

bool
ev_consume_event(
    struct ev_consume *consume, struct ev_event *ev, uint64_t offset)
{
	consume->last = offset;
	ev_batch_add(&consume->held, consume->tail->writer, ev,
	    consume->deliver.command != NULL);
	return is_batch(consume) || ev_consume_full(consume);
}

int
ev_consume_timeout(const struct ev_consume *consume)
{
	int64_t left;

	if (consume->held.count == 0)
		return -1;
	left = consume->held.since + consume->batch_wait - ev_clock_mono();
	return left > 0 ? (int)left : 0;
}

static int
give(struct ev_consume *consume, struct ev_err *err)
{
	int r;

	if (consume->held.count == 0)
		return 1;
	r = consume->deliver.command != NULL ?
	    ev_deliver_give(&consume->deliver, &consume->held, err) :
	    ev_outlet_give(&consume->outlet, &consume->held, err);
	if (r != 1)
		return r;
	ev_batch_reset(&consume->held);
	if (consume->step < STEP_MOST)
		consume->step *= 2;
	consume->moved = true;
	return 1;
}

/*
 * The cursor goes where all was given.  Of what a pipe's reader took, the last
 * event is known to be worked off only when he takes more: when more follows,
 * the cursor stays before it.  A file that shrank meanwhile is looked at again
 * first.
 */
static int
move(struct ev_consume *consume, const struct ev_live *live, bool more,
    struct ev_err *err)
{
	struct ev_cursor *cursor = consume->cursor;
	bool before =
	    more && consume->outlet.pipe && consume->deliver.command == NULL;
	uint64_t place = before ? consume->last : ev_live_place(live);

	if (live->trail == NULL ||
	    (!consume->moved && place == cursor->mark.pos.offset &&
		live->dev == consume->dev && live->ino == consume->ino))
		return 1;
	if (ev_position_take(&cursor->mark.pos, &live->trail->chain, place,
		consume->ev) == -1)
		return 1;
	consume->moved = consume->hold;
	consume->dev = live->dev;
	consume->ino = live->ino;
	if (consume->hold)
		return 1;
	return ev_cursor_save(cursor, err) == 0 ? 1 : -1;
}

int
ev_consume_give(
    struct ev_consume *consume, const struct ev_live *live, struct ev_err *err)
{
	bool whole = consume->once || is_batch(consume) ||
	    ev_consume_full(consume) || ev_consume_timeout(consume) <= 0;
	bool more = is_batch(consume) && !ev_consume_full(consume);
	int r;

	if (!whole)
		return 1;
#ifdef EV_MUTANT_MOVE_FIRST
	if (move(consume, live, false, err) != 1)
		return -1;
#endif
	r = give(consume, err);
	return r == 1 ? move(consume, live, more, err) : r;
}
