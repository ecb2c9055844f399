#include "fp/sight.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

#define TEXTS 5
#define AHEAD 8 /* sights before one that is expected */

/* A sight of a block; its texts stand in the block's buffer, one behind the
 * other. */
struct note {
	struct ev_sight sight;
	size_t from;
};

struct block {
	const struct ev_sights *sights;
	struct ev_marker marker;
	struct ev_buf text;
	struct note *note;
	size_t n, cap;
};

struct run {
	struct ev_sights *sights;
	struct ev_source *sources;
	size_t present; /* source that is read */
};

void
ev_sights_want(struct ev_sights *sights, struct ev_model *model)
{
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_SESSION);
	ev_model_want(model, EV_SEVERITY);
	ev_model_want(model, EV_OUTCOME);
	sights->stack = ev_mark_field(model, "metadata.stack");
	sights->raw = ev_mark_field(model, "rawLines");
	sights->raw_inside = ev_mark_field(model, "metadata.rawLines");
}

/* How many a value is: elements, lines, or the number that it says. */
static uint64_t
extent(const struct ev_val *val)
{
	struct ev_slice text = ev_val_slice(val);
	struct ev_walk walk;
	struct ev_val each;
	uint64_t n = 0;
	double number;
	size_t i;

	if (val->kind == EV_NUMBER) {
		number = ev_num_double(text);
		return number > 0 && number < 1e15 ? (uint64_t)number : 0;
	}
	if (val->kind == EV_ARRAY) {
		ev_walk_begin(&walk, val);
		while (ev_walk_next(&walk, NULL, &each))
			n++;
	}
	/* a line ends in \n; that a \\n counts, too, does no harm */
	if (val->kind == EV_STRING && text.n > 0)
		for (i = 0, n = 1; i + 1 < text.n; i++)
			n += text.p[i] == '\\' && text.p[i + 1] == 'n';
	return n;
}

static uint64_t
richness(const struct ev_sights *sights, struct ev_event *ev)
{
	struct ev_val val;

	if (sights->way->algo != EV_MARK_AGENTGUARD) {
		val = ev_mark_value(ev, sights->stack);
		return extent(&val);
	}
	val = ev_mark_value(ev, sights->raw);
	if (val.kind == EV_NONE)
		val = ev_mark_value(ev, sights->raw_inside);
	return extent(&val);
}

static double
severity_of(struct ev_event *ev)
{
	struct ev_slice text = ev_event_text(ev, EV_SEVERITY);

	return ev_num_valid(text) ? ev_num_double(text) : -1;
}

/* The message, cut at a character's start. */
static struct ev_slice
cut(struct ev_slice text)
{
	if (text.n <= EV_SIGHT_TEXT)
		return text;
	text.n = EV_SIGHT_TEXT;
	while (text.n > 0 && ((unsigned char)text.p[text.n] & 0xc0) == 0x80)
		text.n--;
	return text;
}

void
ev_sight_look(const struct ev_sights *sights, struct ev_marker *marker,
    struct ev_event *ev, uint64_t offset, struct ev_sight *s)
{
	memset(s, 0, sizeof(*s));
	s->offset = offset;
	s->length = (uint32_t)ev->line.n;
	s->digest = ev_sip(ev->line.p, ev->line.n);
	s->timed = ev_event_time(ev, &s->time);
	if (!s->timed)
		s->time = (struct timespec){ EV_SIGHT_UNTIMED, 0 };
	s->verdict = ev_mark_verdict(ev);
	s->settled = ev->dialect == &ev_dialects[EV_AGENTGUARD] &&
	    ev_slice_is(ev_event_text(ev, EV_OUTCOME), "true");
	s->severity = severity_of(ev);
	s->mark = ev_mark(marker, ev);
	s->session = ev_event_text(ev, EV_SESSION);
	if (sights->texts) {
		s->type = ev_event_text(ev, EV_TYPE);
		s->message = cut(ev_event_text(ev, EV_MESSAGE));
	} else {
		s->rich = richness(sights, ev);
	}
	if (sights->lines)
		s->line = ev->line;
}

/* The texts of a sight, in the order in which a block holds them. */
static void
texts_of(struct ev_sight *s, struct ev_slice *texts[TEXTS])
{
	texts[0] = &s->mark;
	texts[1] = &s->session;
	texts[2] = &s->type;
	texts[3] = &s->message;
	texts[4] = &s->line;
}

static void *
start(void *arg)
{
	const struct run *run = arg;
	struct block *block = ev_calloc(1, sizeof(*block));

	block->sights = run->sights;
	ev_marker_begin(&block->marker, run->sights->way);
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	ev_marker_clear(&block->marker);
	ev_buf_clear(&block->text);
	free(block->note);
	free(block);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	const struct ev_sights *sights = block->sights;
	struct ev_slice *texts[TEXTS];
	struct ev_sight *s;
	size_t i;

	if (!ev_filter_match(sights->reading->filter, ev) &&
	    !(sights->texts && ev_mark_verdict(ev) != EV_MARK_OCCURRED))
		return;
	if (block->n == block->cap) {
		block->cap = block->cap == 0 ? 256 : block->cap * 2;
		block->note =
		    ev_realloc(block->note, block->cap, sizeof(*block->note));
	}
	block->note[block->n].from = block->text.n;
	s = &block->note[block->n++].sight;
	ev_sight_look(sights, &block->marker, ev, offset, s);
	texts_of(s, texts);
	for (i = 0; i < TEXTS; i++)
		ev_buf_addslice(&block->text, *texts[i]);
}

/* Where the texts of a note stand, now that the buffer stays. */
static void
place(struct block *block, struct note *note, size_t source)
{
	struct ev_sight *s = &note->sight;
	struct ev_slice *texts[TEXTS];
	size_t i, at = note->from;

	s->source = source;
	texts_of(s, texts);
	for (i = 0; i < TEXTS; i++) {
		texts[i]->p = texts[i]->n > 0 ? block->text.p + at : "";
		at += texts[i]->n;
	}
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct run *run = arg;
	struct ev_sights *sights = run->sights;
	struct block *block = state;
	bool live = !run->sources[run->present].seekable;
	size_t i;
	int r = 0;

	for (i = 0; i < block->n && r == 0; i++) {
		if (sights->expect != NULL && i + AHEAD < block->n)
			sights->expect(
			    sights->arg, &block->note[i + AHEAD].sight);
		place(block, &block->note[i], run->present);
		r = sights->see(sights->arg, &block->note[i].sight, err);
	}
	if (r == 0 && sights->pause != NULL)
		r = sights->pause(sights->arg, live, err);
	sights->matches += block->n;
	sights->broken |= r == -1;
	block->n = 0;
	ev_buf_reset(&block->text);
	return r;
}

static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct run *run = arg;
	struct ev_pass pass = { .arg = run,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };

	int r;

	run->present = i;
	r = ev_reading_pass(
	    run->sights->reading, &pass, &run->sources[i], tally, err);
	run->sights->damaged += ev_tally_damaged(tally);
	return r;
}

int
ev_sights_run(struct ev_sights *sights, struct ev_source *sources, size_t count)
{
	struct run run = { .sights = sights, .sources = sources };

	return ev_reading_each(
	    sights->reading, sources, count, &sights->broken, read_one, &run);
}

bool
ev_sight_first(
    struct ev_seen *seen, const struct ev_sight *sight, uint32_t owner)
{
	struct ev_print128 print;

	/* a digest under a key that nobody knows, the length, the owner */
	memcpy(print.b, &sight->digest, 8);
	memcpy(print.b + 8, &sight->length, 4);
	memcpy(print.b + 12, &owner, 4);
	return ev_seen_add(seen, &print);
}
