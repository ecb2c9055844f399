#include "replay/differ.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "event/ident.h"
#include "json/quote.h"
#include "read/seen.h"

#define BOTH 3u /* sides */

struct one {
	size_t at, n; /* the id in ids */
	bool has_time;
	struct timespec time; /* the earliest */
	/* distinct lines of one side alone, of both */
	uint64_t alone[2], both;
};

struct ev_differ {
	struct ev_map *known; /* id: its number */
	struct ev_map *lines; /* number and digest: bit 0 A, bit 1 B */
	struct ev_buf ids;
	struct one *one;
	size_t ones, cap;
	struct ev_sha256 *sha;
	unsigned side;
};

struct ev_differ *
ev_differ_new(void)
{
	struct ev_differ *differ = ev_calloc(1, sizeof(*differ));

	differ->known = ev_map_new();
	differ->lines = ev_map_new();
	differ->sha = ev_sha256_new();
	return differ;
}

void
ev_differ_free(struct ev_differ *differ)
{
	if (differ == NULL)
		return;
	ev_map_free(differ->known);
	ev_map_free(differ->lines);
	ev_buf_clear(&differ->ids);
	free(differ->one);
	ev_sha256_free(differ->sha);
	free(differ);
}

/* The number of an id. */
static size_t
number_of(struct ev_differ *differ, struct ev_slice id)
{
	bool fresh;
	uint64_t *number = ev_map_at(differ->known, id.p, id.n, &fresh);

	if (!fresh)
		return (size_t)*number;
	if (differ->ones == differ->cap) {
		differ->cap = differ->cap == 0 ? 256 : differ->cap * 2;
		differ->one =
		    ev_realloc(differ->one, differ->cap, sizeof(*differ->one));
	}
	*number = differ->ones;
	differ->one[*number] = (struct one){ .at = differ->ids.n, .n = id.n };
	ev_buf_addslice(&differ->ids, id);
	return differ->ones++;
}

/* Notes that the side has this line. */
static void
note(struct ev_differ *differ, size_t number, struct ev_slice line)
{
	struct one *one = &differ->one[number];
	struct {
		uint64_t number;
		struct ev_print128 print;
	} key = { number, ev_seen_print(differ->sha, line) };
	uint64_t *sides = ev_map_at(differ->lines, &key, sizeof(key), NULL);

	if (*sides & 1u << differ->side)
		return;
	*sides |= 1u << differ->side;
	if (*sides != BOTH) {
		one->alone[differ->side]++;
	} else {
		one->alone[!differ->side]--;
		one->both++;
	}
}

static int
event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	struct ev_differ *differ = arg;
	size_t number = number_of(differ, ev_event_id(ev));
	struct one *one = &differ->one[number];
	struct timespec time;

	(void)err;
	if (ev_event_time(ev, &time) &&
	    (!one->has_time || ev_time_cmp(time, one->time) < 0)) {
		one->has_time = true;
		one->time = time;
	}
	note(differ, number, ev->line);
	return 0;
}

void
ev_differ_play(struct ev_differ *differ, unsigned side, struct ev_play *play)
{
	differ->side = side;
	play->arg = differ;
	play->event = event;
}

/* What an id is: NULL when both sides have the same lines with it. */
static const char *
judge(const struct one *one, struct ev_differences *result)
{
	bool a = one->alone[0] > 0, b = one->alone[1] > 0;

	if (!a && !b)
		return NULL;
	if (one->both > 0 || (a && b)) {
		result->different++;
		return "different";
	}
	if (a) {
		result->missing++;
		return "missing";
	}
	result->extra++;
	return "extra";
}

static struct ev_slice
id_of(const struct ev_differ *differ, const struct one *one)
{
	return (struct ev_slice){ differ->ids.p + one->at, one->n };
}

static int
by_time(const void *pa, const void *pb, void *arg)
{
	const struct one *a = pa, *b = pb;
	int diff = 0;

	if (a->has_time != b->has_time)
		return a->has_time ? -1 : 1;
	if (a->has_time)
		diff = ev_time_cmp(a->time, b->time);
	return diff != 0 ? diff : ev_ident_cmp(id_of(arg, a), id_of(arg, b));
}

static void
put_text(struct ev_buf *out, struct ev_slice id)
{
	static const char plain[] = "\t\n\r\\", letter[] = "tnr\\";
	const char *special;
	size_t i;

	for (i = 0; i < id.n; i++) {
		special = memchr(plain, id.p[i], sizeof(plain));
		if (special == NULL) {
			ev_buf_addc(out, id.p[i]);
			continue;
		}
		ev_buf_addc(out, '\\');
		ev_buf_addc(
		    out, id.p[i] == '\0' ? '0' : letter[special - plain]);
	}
}

void
ev_differ_print(struct ev_differ *differ, bool json,
    struct ev_differences *result, struct ev_buf *out)
{
	const char *word;
	size_t i;

	*result = (struct ev_differences){ 0, 0, 0 };
	if (differ->ones > 0)
		qsort_r(differ->one, differ->ones, sizeof(*differ->one),
		    by_time, differ);
	for (i = 0; i < differ->ones; i++) {
		word = judge(&differ->one[i], result);
		if (word == NULL)
			continue;
		ev_buf_addf(out,
		    json ? "{\"difference\":\"%s\",\"id\":" : "%s\t", word);
		if (json)
			ev_quote(out, id_of(differ, &differ->one[i]));
		else
			put_text(out, id_of(differ, &differ->one[i]));
		ev_buf_adds(out, json ? "}\n" : "\n");
	}
}
