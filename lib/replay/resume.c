#include "replay/resume.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "fold/checkpoint.h"
#include "input/block.h"
#include "read/sources.h"

struct resume {
	const char *path;
	struct ev_reading reading;
	struct ev_source *source;
	struct ev_states *states;
	struct ev_play *play;
	bool has_last;
	struct ev_item last; /* the latest event that was played */
};

static void
say(const struct resume *resume, const struct ev_err *err)
{
	if (resume->reading.say->verbose)
		ev_say_err(resume->reading.say, err);
}

/* The SHA-256 of the source's first `size` bytes, as hex. */
static int
digest(const struct ev_source *source, uint64_t size, char hex[EV_SHA256_HEX],
    struct ev_err *err)
{
	struct ev_sha256 *sha = ev_sha256_new();
	char *block = ev_block_alloc(EV_BLOCK_SIZE);
	unsigned char raw[EV_SHA256_SIZE];
	uint64_t at, left;
	ssize_t got = 1;

	for (at = 0; at < size && got > 0; at += (uint64_t)got) {
		left = size - at;
		got = ev_source_at(source, block,
		    left < EV_BLOCK_SIZE ? (size_t)left : EV_BLOCK_SIZE, at,
		    err);
		if (got > 0)
			ev_sha256_add(sha, block, (size_t)got);
	}
	ev_sha256_end(sha, raw);
	ev_hex(raw, sizeof(raw), hex);
	ev_sha256_free(sha);
	ev_block_free(block, EV_BLOCK_SIZE);
	return got == -1 ? -1 : 0;
}

static const char *
dialect(const struct resume *resume)
{
	const struct ev_dialect *forced = resume->reading.model->forced;

	return forced != NULL ? forced->name : "-";
}

/* A position: how many bytes, their digest, the last event's time, place and
 * length, the dialect. */
static void
put_position(const struct resume *resume, uint64_t end, const char *hex,
    struct ev_buf *out)
{
	const struct ev_item *last = &resume->last;

	ev_buf_addf(out,
	    "%" PRIu64 " %s %" PRId64 " %" PRIu32 " %" PRIu64 " %" PRIu32 " %s",
	    end, hex, last->sec, last->nsec, ev_item_offset(last), last->length,
	    dialect(resume));
}

/* True when the source still begins with what the position is of. */
static bool
take_position(struct resume *resume, const char *text)
{
	struct ev_item *last = &resume->last;
	char hex[EV_SHA256_HEX], now[EV_SHA256_HEX], name[64];
	uint64_t end, offset;

	if (sscanf(text,
		"%" SCNu64 " %64[0-9a-f] %" SCNd64 " %" SCNu32 " %" SCNu64
		" %" SCNu32 " %63s",
		&end, hex, &last->sec, &last->nsec, &offset, &last->length,
		name) != 7 ||
	    strcmp(name, dialect(resume)) != 0 || end > resume->source->size ||
	    offset + last->length >= end ||
	    digest(resume->source, end, now, NULL) == -1 ||
	    strcmp(hex, now) != 0)
		return false;
	last->at = ev_item_at(0, offset);
	resume->reading.start = end;
	resume->has_last = true;
	return true;
}

/* All is to be played from the start. */
static void
anew(struct resume *resume, const char *why)
{
	struct ev_err err;

	ev_fail(&err, "%s: not used: %s", resume->path, why);
	say(resume, &err);
	ev_states_anew(resume->states);
	resume->reading.start = 0;
	resume->has_last = false;
}

static int
load(struct resume *resume, struct ev_err *err)
{
	struct ev_buf position = EV_BUF_INIT;
	int r = ev_checkpoint_load(
	    resume->path, ev_states_fold(resume->states), &position, err);

	if (r == 0)
		say(resume, err);
	if (r == 1 && !take_position(resume, ev_buf_str(&position)))
		anew(resume, "the log is another one now");
	ev_buf_clear(&position);
	return r == -1 ? -1 : 0;
}

/* Whether what was sorted comes behind the last event; notes the new last. */
static int
follows(struct resume *resume, struct ev_sorted *sorted, bool *yes,
    struct ev_err *err)
{
	struct ev_item first, last;
	int diff = -1;

	*yes = true;
	if (!ev_sorted_ends(sorted, &first, &last))
		return 0;
	if (resume->has_last &&
	    ev_order_cmp(sorted->order, &resume->last, &first, &diff, err) ==
		-1)
		return -1;
	*yes = diff < 0;
	resume->has_last = true;
	resume->last = last;
	return 0;
}

/* Plays what stands from the start of reading on: 0; 1: the checkpoint is of no
 * use for it; -1: failed, and told. */
static int
play_rest(struct resume *resume)
{
	const struct ev_reading *reading = &resume->reading;
	bool broken = false, yes = true;
	struct ev_sorted *sorted;
	struct ev_err err;
	int r, bad;

	sorted = ev_sorted_new(reading, resume->source, 1, true);
	bad = ev_reading_each(
	    reading, resume->source, 1, &broken, ev_sorted_read, sorted);
	r = bad == -1 && reading->strict ? 0 : ev_sorted_sort(sorted, &err);
	if (r == 0)
		r = follows(resume, sorted, &yes, &err);
	if (r == 0 && yes)
		r = ev_play(resume->play, sorted, &err);
	ev_sorted_free(sorted);
	if (r == -1)
		ev_say_err(reading->say, &err);
	if (r == -1 || bad == -1)
		return -1;
	return !yes;
}

static int
save(const struct resume *resume, struct ev_err *err)
{
	const struct ev_source *source = resume->source;
	struct ev_buf position = EV_BUF_INIT;
	char hex[EV_SHA256_HEX], end = '\n';
	int r;

	if (!resume->has_last || source->size == resume->reading.start)
		return 0;
	if (ev_source_at(source, &end, 1, source->size - 1, NULL) == 1 &&
	    end != '\n') {
		ev_fail(err, "%s: not written: '%s' ends in a line's middle",
		    resume->path, source->name);
		say(resume, err);
		return 0;
	}
	r = digest(source, source->size, hex, err);
	if (r == 0) {
		put_position(resume, source->size, hex, &position);
		r = ev_checkpoint_save(resume->path,
		    ev_states_fold(resume->states), ev_buf_slice(&position),
		    err);
	}
	ev_buf_clear(&position);
	return r;
}

static int
run(struct resume *resume)
{
	const struct ev_say *told = resume->reading.say;
	struct ev_err err;
	int r;

	if (ev_source_settle(resume->source, &err) == -1 ||
	    load(resume, &err) == -1) {
		ev_say_err(told, &err);
		return -1;
	}
	ev_sources_progress(resume->source, 1, told);
	r = play_rest(resume);
	if (r == 1) {
		anew(resume, "events came that belong before its own");
		r = play_rest(resume);
	}
	ev_progress_end(told->progress);
	if (r == 0 && save(resume, &err) == -1) {
		ev_say_err(told, &err);
		r = -1;
	}
	return r;
}

int
ev_resume_run(const struct ev_reading *reading, const struct ev_inputs *inputs,
    const char *path, struct ev_states *states, struct ev_play *play)
{
	struct resume resume = { .path = path,
		.reading = *reading,
		.states = states,
		.play = play };
	struct ev_sources sources;
	int r;

	ev_states_play(states, play);
	r = ev_sources_open(&sources, inputs, reading->say);
	if (r == 0) {
		resume.source = sources.v;
		r = run(&resume);
	}
	ev_sources_close(&sources);
	return r;
}
