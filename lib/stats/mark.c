#include "stats/mark.h"

#include "event/ident.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/time.h"

/* An event's place, borrowed. */
struct spot {
	bool timed;
	struct timespec time;
	struct ev_slice id, line;
};

static struct spot
spot_of(const struct ev_mark *mark)
{
	return (struct spot){ mark->timed, mark->time, ev_buf_slice(&mark->id),
		ev_buf_slice(&mark->line) };
}

static int
compare(const struct spot *a, const struct spot *b)
{
	int diff;

	if (a->timed != b->timed)
		return a->timed ? -1 : 1;
	if (a->timed) {
		diff = ev_time_cmp(a->time, b->time);
		if (diff != 0)
			return diff;
		if ((a->id.n == 0) != (b->id.n == 0))
			return a->id.n == 0 ? -1 : 1;
		diff = ev_ident_cmp(a->id, b->id);
		if (diff != 0)
			return diff;
	}
	return ev_slice_cmp(a->line, b->line);
}

static void
copy(struct ev_buf *to, struct ev_slice from)
{
	ev_buf_reset(to);
	ev_buf_addslice(to, from);
}

void
ev_mark_last(struct ev_mark *mark, struct ev_event *ev, struct ev_slice text)
{
	struct spot now = { .line = ev->line }, old = spot_of(mark);

	now.timed = ev_event_time(ev, &now.time);
	/* most logs are in order: the id is asked for only when it decides */
	if (mark->set && now.timed && old.timed &&
	    ev_time_cmp(now.time, old.time) < 0)
		return;
	now.id = ev_event_text(ev, EV_ID);
	if (mark->set && compare(&now, &old) <= 0)
		return;
	mark->set = true;
	mark->timed = now.timed;
	mark->time = now.time;
	copy(&mark->id, now.id);
	copy(&mark->line, now.line);
	copy(&mark->text, text);
}

int
ev_mark_cmp(const struct ev_mark *a, const struct ev_mark *b)
{
	struct spot one = spot_of(a), other = spot_of(b);

	if (!a->set || !b->set)
		return a->set - b->set;
	return compare(&one, &other);
}

void
ev_mark_merge(struct ev_mark *into, struct ev_mark *from)
{
	struct ev_mark mark = *into;

	if (ev_mark_cmp(into, from) >= 0)
		return;
	*into = *from;
	*from = mark;
}

void
ev_mark_clear(struct ev_mark *mark)
{
	ev_buf_clear(&mark->id);
	ev_buf_clear(&mark->line);
	ev_buf_clear(&mark->text);
	*mark = (struct ev_mark){ 0 };
}

void
ev_mark_save_time(struct timespec time, struct ev_buf *out)
{
	ev_buf_addf(
	    out, "[%lld,%ld]", (long long)time.tv_sec, (long)time.tv_nsec);
}

bool
ev_mark_load_time(const struct ev_val *val, struct timespec *out)
{
	struct ev_walk walk;
	struct ev_val part;
	int64_t n[2];
	int i;

	ev_walk_begin(&walk, val);
	for (i = 0; i < 2; i++)
		if (!ev_walk_next(&walk, NULL, &part) ||
		    part.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&part), &n[i]))
			return false;
	*out = (struct timespec){ .tv_sec = n[0], .tv_nsec = (long)n[1] };
	return ev_time_ok(*out) && n[1] >= 0 && n[1] < 1000000000;
}

void
ev_mark_save(const struct ev_mark *mark, struct ev_buf *out)
{
	if (!mark->set) {
		ev_buf_adds(out, "null");
		return;
	}
	ev_buf_adds(out, "{\"time\":");
	if (mark->timed)
		ev_mark_save_time(mark->time, out);
	else
		ev_buf_adds(out, "null");
	ev_buf_adds(out, ",\"id\":");
	ev_quote(out, ev_buf_slice(&mark->id));
	ev_buf_adds(out, ",\"line\":");
	ev_quote(out, ev_buf_slice(&mark->line));
	ev_buf_adds(out, ",\"text\":");
	ev_quote(out, ev_buf_slice(&mark->text));
	ev_buf_addc(out, '}');
}

static bool
load_text(struct ev_buf *to, const struct ev_val *object, const char *name)
{
	struct ev_val val = ev_member_of(object, name);

	if (val.kind != EV_STRING)
		return false;
	ev_unquote(to, &val);
	return true;
}

int
ev_mark_load(struct ev_mark *mark, const struct ev_val *val)
{
	struct ev_val time = ev_member_of(val, "time");

	if (val->kind == EV_NULL)
		return 0;
	mark->set = true;
	mark->timed = time.kind == EV_ARRAY;
	if (mark->timed && !ev_mark_load_time(&time, &mark->time))
		return -1;
	return load_text(&mark->id, val, "id") &&
		load_text(&mark->line, val, "line") &&
		load_text(&mark->text, val, "text") ?
	    0 :
	    -1;
}
