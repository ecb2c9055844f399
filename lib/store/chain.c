#include "store/chain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/guard.h"
#include "store/layout.h"
#include "store/slot.h"

void
ev_chain_clear(struct ev_chain *chain)
{
	free(chain->old);
	free(chain->gap);
	chain->old = NULL;
	chain->gap = NULL;
	chain->count = chain->gaps = 0;
	chain->listed = false;
}

static void
add_gap(struct ev_chain *chain, uint64_t from, uint64_t to)
{
	if (from >= to)
		return;
	if (chain->gaps > 0 && chain->gap[chain->gaps - 1].to == from) {
		chain->gap[chain->gaps - 1].to = to;
		return;
	}
	chain->gap =
	    ev_realloc(chain->gap, chain->gaps + 1, sizeof(*chain->gap));
	chain->gap[chain->gaps++] = (struct ev_gap){ from, to };
}

static bool
is_file(const struct ev_segment *segment, const struct stat *st)
{
	return ev_same_file(st->st_dev, st->st_ino, segment->dev, segment->ino);
}

bool
ev_chain_own(const struct ev_chain *chain, const struct ev_segment *segment)
{
	struct stat st;

	return fstat(chain->fd, &st) == 0 && is_file(segment, &st);
}

/* Leaves out what overlaps, and notes what is missing; where it ends. */
static uint64_t
line_up(struct ev_chain *chain)
{
	struct ev_segment *one = chain->old, *end = one + chain->count;
	uint64_t at = 0;
	size_t n = 0;

	for (; one < end; one++) {
		if (one->from < at)
			continue;
		add_gap(chain, at, one->from);
		at = one->end;
		if (one->size < one->end - one->from)
			add_gap(chain, one->from + one->size, one->end);
		chain->old[n++] = *one;
	}
	chain->count = n;
	return at;
}

/* The open file may be a segment by now, or nearly: it begins there then, and
 * those from there on are not its past. */
static void
leave_own(
    struct ev_chain *chain, const struct stat *st, uint64_t *base, bool *own)
{
	size_t i = 0;

	while (i < chain->count && !is_file(&chain->old[i], st))
		i++;
	*own = i < chain->count;
	if (!*own)
		return;
	*base = chain->old[i].from;
	while (i > 0 && chain->old[i - 1].from >= *base)
		i--;
	chain->count = i;
}

/* Those that end behind a byte are none of the log that goes on there. */
static void
leave_later(struct ev_chain *chain, uint64_t base)
{
	size_t i, n = 0;

	for (i = 0; i < chain->count; i++)
		if (chain->old[i].end <= base)
			chain->old[n++] = chain->old[i];
	chain->count = n;
}

/* Lists anew.  known: base is known, else only that it is not less. */
static int
list(struct ev_chain *chain, uint64_t base, bool known)
{
	struct stat st;
	uint64_t end;
	bool own;

	ev_chain_clear(chain);
	if (fstat(chain->fd, &st) < 0 ||
	    ev_segment_list(
		chain->dir, chain->log, &chain->old, &chain->count) < 0)
		return -1;
	leave_own(chain, &st, &base, &own);
	if (known && !own)
		leave_later(chain, base);
	end = line_up(chain);
	chain->base = end > base ? end : base;
	add_gap(chain, end, chain->base);
	chain->listed = true;
	return 0;
}

int
ev_chain_list(struct ev_chain *chain, uint64_t least)
{
	return list(chain, least, false);
}

int
ev_chain_know(struct ev_chain *chain)
{
	uint64_t base = chain->base;

	if (chain->listed || base == 0)
		return 0;
	if (list(chain, base, true) < 0)
		return -1;
	chain->base = base;
	return 0;
}

/* Is the file the end of the log that this state was written for?  1, 0, -1. */
static int
fits(struct ev_chain *chain, const struct ev_state *state)
{
	uint32_t crc;

	if (state->rotating)
		return 0;
	if (state->base > 0 && list(chain, state->base, true) < 0)
		return -1;
	return ev_chain_tail(chain, state->m, &crc, NULL) == 0 &&
	    crc == state->mc;
}

int
ev_chain_open(struct ev_chain *chain, const struct ev_place *place, int fd)
{
	struct ev_state state;
	char *name = ev_layout_join(place->priv, "state");
	int file = ev_guard_open_stat(place->fd, name, O_RDONLY, 0, NULL), r;
	bool sound = false;

	free(name);
	*chain = EV_CHAIN_FILE(fd);
	chain->dir = place->fd;
	chain->log = place->log;
	if (file >= 0) {
		sound = ev_slot_read(file, &state) == 1;
		close(file);
	}
	r = sound ? fits(chain, &state) : 0;
	if (r == 0)
		r = list(chain, sound ? state.base : 0, false);
	return r < 0 ? -1 : 0;
}

/* The segment that an offset is in, or NULL. */
static const struct ev_segment *
segment_at(const struct ev_chain *chain, uint64_t at)
{
	size_t low = 0, high = chain->count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (chain->old[mid].end <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < chain->count && chain->old[low].from <= at ?
	    &chain->old[low] :
	    NULL;
}

/* Bytes of one segment.  It is opened for each look: there may be more of them
 * than descriptors. */
static ssize_t
read_segment(const struct ev_chain *chain, const struct ev_segment *one,
    void *to, size_t n, uint64_t at)
{
	char *name = ev_segment_name(chain->log, one->from, one->end);
	int fd = ev_guard_open_stat(chain->dir, name, O_RDONLY, 0, NULL);
	ssize_t got;
	int saved;

	free(name);
	if (fd < 0)
		return -1;
	got = ev_pread_all(fd, to, n, (off_t)(at - one->from));
	saved = errno;
	close(fd);
	errno = saved;
	if (got == 0) {
		errno = EIO; /* it was longer when it was listed */
		return -1;
	}
	return got;
}

/* From one file. */
static ssize_t
read_some(struct ev_chain *chain, void *to, size_t n, uint64_t at)
{
	const struct ev_segment *one;
	uint64_t left;

	if (at >= chain->base)
		return ev_pread_all(
		    chain->fd, to, n, (off_t)(at - chain->base));
	if (ev_chain_know(chain) < 0)
		return -1;
	one = segment_at(chain, at);
	if (one == NULL || at - one->from >= one->size) {
		errno = ENODATA;
		return -1;
	}
	left = (one->size < one->end - one->from ? one->from + one->size :
						   one->end) -
	    at;
	return read_segment(chain, one, to, n < left ? n : (size_t)left, at);
}

ssize_t
ev_chain_read(struct ev_chain *chain, void *to, size_t n, uint64_t at)
{
	size_t done = 0;
	ssize_t got = 0;

	while (done < n) {
		got = read_some(chain, (char *)to + done, n - done, at + done);
		if (got > 0)
			done += (size_t)got;
		if (got <= 0 || at + done > chain->base)
			break;
	}
	if (got < 0 && done > 0 && errno == ENODATA)
		got = 0;
	return got < 0 ? -1 : (ssize_t)done;
}

const struct ev_gap *
ev_chain_gap(const struct ev_chain *chain, uint64_t at)
{
	size_t i;

	for (i = 0; i < chain->gaps; i++)
		if (at >= chain->gap[i].from && at < chain->gap[i].to)
			return &chain->gap[i];
	return NULL;
}

uint64_t
ev_chain_floor(struct ev_chain *chain, uint64_t at)
{
	uint64_t floor = 0;
	size_t i;

	/* what cannot be listed is told by who reads there */
	if (!chain->listed && at > chain->base)
		return chain->base;
	if (ev_chain_know(chain) < 0)
		return 0;
	for (i = 0; i < chain->gaps && chain->gap[i].from < at; i++)
		floor = chain->gap[i].to;
	return floor;
}

int
ev_chain_tail(struct ev_chain *chain, uint64_t end, uint32_t *crc, char *last)
{
	char tail[EV_STATE_TAIL] = { 0 };
	ssize_t got = 0;
	uint64_t floor;
	size_t n;

	if (end < chain->base + EV_STATE_TAIL && ev_chain_know(chain) < 0)
		return -1;
	floor = ev_chain_floor(chain, end);
	n = end <= floor		? 0 :
	    end - floor < EV_STATE_TAIL ? (size_t)(end - floor) :
					  EV_STATE_TAIL;
	if (n > 0)
		got = ev_chain_read(chain, tail, n, end - n);
	if (got < 0)
		return -1;
	if ((size_t)got != n) {
		errno = EIO;
		return -1;
	}
	*crc = ev_crc32c(0, tail, n);
	if (last != NULL)
		*last = n > 0 ? tail[n - 1] : '\n';
	return 0;
}

char *
ev_chain_name(const struct ev_chain *chain, uint64_t at, uint64_t *from)
{
	const struct ev_segment *one = segment_at(chain, at);

	*from = one != NULL ? one->from : chain->base;
	return one != NULL ? ev_segment_name(chain->log, one->from, one->end) :
			     NULL;
}

uint64_t
ev_chain_until(const struct ev_chain *chain, uint64_t at)
{
	const struct ev_segment *one = segment_at(chain, at);

	if (at >= chain->base)
		return UINT64_MAX;
	return one != NULL ? one->end : at + 1;
}
