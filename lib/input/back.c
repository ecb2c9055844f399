#include "input/back.h"

#include <string.h>

#include "input/block.h"
#include "input/cut.h"

#define STEP 65536u

/* What becomes of the bytes in front of those that were read. */
enum rest {
	REST_KEPT,  /* they end a line that is carried */
	REST_LONG,  /* they belong to a line over the limit */
	REST_UNSEEN /* they belong to a store's unfinished line */
};

struct back {
	struct ev_source *source;
	struct ev_event *ev;
	size_t max_line;
	bool strict;
	int (*event)(void *arg, struct ev_event *ev, uint64_t offset);
	void *arg;
	struct ev_tally *tally;
	struct ev_err *err;

	char *mem;
	size_t cap;
	uint64_t at;  /* where the bytes in mem stand */
	size_t carry; /* of them not cut yet, at the start */
	enum rest rest;
	bool unended;	 /* the last line, it has no LF */
	uint64_t behind; /* damaged line, counted from the end */
	int result;	 /* 1: enough */
};

static void
count(struct back *back, enum ev_scan kind, uint64_t offset)
{
	struct ev_tally *tally = back->tally;

	tally->lines++;
	tally->kind[kind]++;
	if (kind == EV_SCAN_OK || kind == EV_SCAN_BLANK)
		return;
	back->behind = tally->lines;
	tally->at = offset;
	tally->why = kind;
	if (back->strict)
		back->result = ev_block_fail(
		    back->source, offset, 0, ev_scan_word(kind), back->err);
}

/* The line of n bytes at mem + from, its LF among them. */
static void
look(struct back *back, size_t from, size_t n)
{
	const char *line = back->mem + from;
	uint64_t offset = back->at + from;
	size_t skip = ev_cut_mark(line, n, offset);
	enum ev_scan kind = EV_SCAN_LONG;
	bool unended = back->unended;

	back->unended = false;
	back->tally->bytes += unended ? n - 1 : n;
	if (unended && n - 1 == skip)
		return;
	if (n - 1 - skip <= back->max_line)
		kind = ev_event_read(back->ev, line + skip, n - 1 - skip);
	if (unended && kind > EV_SCAN_BLANK && kind != EV_SCAN_LONG)
		kind = EV_SCAN_TORN;
	count(back, kind, offset);
	if (kind == EV_SCAN_OK &&
	    back->event(back->arg, back->ev, offset + skip) != 0)
		back->result = 1;
}

/* Room for n bytes in front of the carry, which moves behind them. */
static void
make_room(struct back *back, size_t n)
{
	size_t need = n + back->carry + 1;
	char *mem = back->mem;

	if (need <= back->cap) {
		memmove(mem + n, mem, back->carry);
		return;
	}
	mem = ev_block_alloc(need);
	memcpy(mem + n, back->mem, back->carry);
	ev_block_free(back->mem, back->cap);
	back->mem = mem;
	back->cap = need;
}

/*
 * Reads the bytes in front, down to a bound of STEP; as many as are carried
 * when that is more, so that a long line is not moved too often.
 */
static ssize_t
fetch(struct back *back)
{
	size_t least = back->carry > STEP ? back->carry : 1;
	uint64_t to = back->at > least ? back->at - least : 0;
	size_t n;
	ssize_t got;

	to &= ~(uint64_t)(STEP - 1);
	n = (size_t)(back->at - to);
	make_room(back, n);
	got = ev_source_at(back->source, back->mem, n, to, back->err);
	if (got < 0)
		return -1;
	if ((size_t)got < n)
		return ev_fail(back->err, "cannot read '%s': it became shorter",
		    back->source->name);
	back->at = to;
	return got;
}

/* The first bytes read end the file; gives where what they hold ends. */
static size_t
begin(struct back *back, size_t n)
{
	if (back->mem[n - 1] == '\n')
		return n;
	if (back->source->store) {
		back->rest = REST_UNSEEN;
		return n;
	}
	back->unended = true;
	back->mem[n] = '\n';
	return n + 1;
}

/* The bytes mem[from, end) begin what the rest is. */
static void
close_rest(struct back *back, size_t from, size_t end)
{
	if (back->rest == REST_KEPT) {
		look(back, from, end - from);
	} else if (back->rest == REST_LONG) {
		back->tally->bytes += end - from;
		count(back, EV_SCAN_LONG, back->at + from);
	}
	back->rest = REST_KEPT;
}

/* What mem[0, end) ends begins further in front. */
static void
leave_rest(struct back *back, size_t end)
{
	back->carry = 0;
	if (back->rest == REST_KEPT && end <= back->max_line + 1) {
		back->carry = end;
		return;
	}
	if (back->rest == REST_KEPT) {
		back->rest = REST_LONG;
		end -= back->unended ? 1 : 0;
		back->unended = false;
	}
	if (back->rest == REST_LONG)
		back->tally->bytes += end;
}

/* Cuts mem[0, end) from behind; LFs are sought in its first n bytes. */
static void
cut(struct back *back, size_t n, size_t end)
{
	const char *lf;
	size_t from;

	while ((lf = memrchr(back->mem, '\n', n)) != NULL) {
		from = (size_t)(lf + 1 - back->mem);
		close_rest(back, from, end);
		if (back->result != 0)
			return;
		end = from;
		n = from - 1;
	}
	if (back->at > 0)
		leave_rest(back, end);
	else
		close_rest(back, 0, end);
}

static void
run(struct back *back)
{
	size_t n, end;
	ssize_t got;

	back->at = back->source->size;
	while (back->at > 0 && back->result == 0) {
		bool first = back->at == back->source->size;

		got = fetch(back);
		if (got < 0) {
			back->result = -1;
			return;
		}
		n = (size_t)got;
		end = first ? begin(back, n) : n + back->carry;
		/* with no carry the last byte is the LF of the last line */
		if (back->carry == 0 && back->rest == REST_KEPT)
			n = end - 1;
		cut(back, n, end);
	}
}

int
ev_back_run(struct ev_source *source, const struct ev_model *model,
    size_t max_line, bool strict,
    int (*event)(void *arg, struct ev_event *ev, uint64_t offset), void *arg,
    struct ev_tally *tally, struct ev_err *err)
{
	struct back back = { .source = source };

	*tally = (struct ev_tally){ 0 };
	back.ev = ev_event_new(model);
	back.cap = 2 * STEP + 1;
	back.mem = ev_block_alloc(back.cap);
	back.max_line = ev_cut_limit(max_line);
	back.strict = strict;
	back.event = event;
	back.arg = arg;
	back.tally = tally;
	back.err = err;
	run(&back);
	if (back.result == 0 && back.behind > 0)
		tally->first = tally->lines - back.behind + 1;
	ev_block_free(back.mem, back.cap);
	ev_event_free(back.ev);
	return back.result < 0 ? -1 : 0;
}
