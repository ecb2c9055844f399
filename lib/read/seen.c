#include "read/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SLOTS_LEAST 64

/* Open addressing; a print of zeros is an empty slot. */
struct ev_seen {
	struct ev_print128 *slot;
	size_t mask, count;
	bool zero; /* the print of zeros was there */
	bool keyed;
};

static const struct ev_print128 empty;

struct ev_print128
ev_seen_print(struct ev_sha256 *sha, struct ev_slice line)
{
	unsigned char full[EV_SHA256_SIZE];
	struct ev_print128 print;

	ev_sha256_add(sha, line.p, line.n);
	ev_sha256_end(sha, full);
	memcpy(print.b, full, sizeof(print.b));
	return print;
}

struct ev_seen *
ev_seen_new(void)
{
	struct ev_seen *seen = ev_calloc(1, sizeof(*seen));

	seen->mask = SLOTS_LEAST - 1;
	seen->slot = ev_calloc(SLOTS_LEAST, sizeof(*seen->slot));
	return seen;
}

struct ev_seen *
ev_seen_new_keyed(void)
{
	struct ev_seen *seen = ev_seen_new();

	seen->keyed = true;
	return seen;
}

void
ev_seen_free(struct ev_seen *seen)
{
	if (seen == NULL)
		return;
	free(seen->slot);
	free(seen);
}

static bool
equal(const struct ev_print128 *a, const struct ev_print128 *b)
{
	return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

static uint64_t
hash_of(const struct ev_seen *seen, const struct ev_print128 *print)
{
	uint64_t hash;

	if (!seen->keyed)
		return ev_sip(print->b, sizeof(print->b));
	memcpy(&hash, print->b, sizeof(hash));
	return hash;
}

/* The slot of a print, or the empty one where it belongs. */
static struct ev_print128 *
probe(const struct ev_seen *seen, const struct ev_print128 *print)
{
	size_t i = hash_of(seen, print) & seen->mask;

	while (!equal(&seen->slot[i], print) && !equal(&seen->slot[i], &empty))
		i = (i + 1) & seen->mask;
	return &seen->slot[i];
}

static void
grow(struct ev_seen *seen)
{
	struct ev_print128 *old = seen->slot;
	size_t i, n = seen->mask + 1;

	seen->mask = n * 2 - 1;
	seen->slot = ev_calloc(n * 2, sizeof(*seen->slot));
	for (i = 0; i < n; i++)
		if (!equal(&old[i], &empty))
			*probe(seen, &old[i]) = old[i];
	free(old);
}

bool
ev_seen_add(struct ev_seen *seen, const struct ev_print128 *print)
{
	struct ev_print128 *slot;
	bool fresh;

	if (equal(print, &empty)) {
		fresh = !seen->zero;
		seen->zero = true;
		return fresh;
	}
	slot = probe(seen, print);
	if (equal(slot, print))
		return false;
	*slot = *print;
	/* at most three of four are taken */
	if (++seen->count * 4 > (seen->mask + 1) * 3)
		grow(seen);
	return true;
}

void
ev_seen_expect(const struct ev_seen *seen, uint64_t hash)
{
	__builtin_prefetch(&seen->slot[hash & seen->mask]);
}
