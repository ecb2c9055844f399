#include "fp/memo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define PARTS 4
#define TEXT_MOST 212 /* bytes of the parts; longer ones are not kept */
#define SLOTS 2048

/* Parts with their lengths, as they stand in the event. */
struct key {
	uint32_t len[PARTS];
	char text[TEXT_MOST];
};

/* The last of all keys whose hash leads here. */
struct slot {
	uint32_t used; /* bytes of key; 0: nothing was kept */
	struct key key;
	char print[EV_FINGER_SIZE];
};

struct ev_memo {
	struct slot slot[SLOTS];
};

struct ev_memo *
ev_memo_new(void)
{
	return ev_calloc(1, sizeof(struct ev_memo));
}

void
ev_memo_free(struct ev_memo *memo)
{
	free(memo);
}

/* Fills a key and gives the bytes of it that are used; 0: it is too long. */
static uint32_t
fill(struct key *key, const struct ev_finger *parts)
{
	const struct ev_slice part[PARTS] = { parts->type, parts->message,
		parts->file, parts->line };
	size_t i, n = 0;

	for (i = 0; i < PARTS; i++) {
		if (part[i].n > TEXT_MOST - n)
			return 0;
		key->len[i] = (uint32_t)part[i].n;
		if (part[i].n > 0)
			memcpy(key->text + n, part[i].p, part[i].n);
		n += part[i].n;
	}
	return (uint32_t)(sizeof(key->len) + n);
}

void
ev_memo_print(struct ev_memo *memo, const struct ev_finger *parts,
    char out[EV_FINGER_SIZE])
{
	struct slot *slot;
	struct key key;
	uint32_t used = fill(&key, parts);

	if (used == 0) {
		ev_finger_print(parts, out);
		return;
	}
	slot = &memo->slot[ev_sip(&key, used) % SLOTS];
	if (slot->used != used || memcmp(&slot->key, &key, used) != 0) {
		ev_finger_print(parts, slot->print);
		slot->used = used;
		memcpy(&slot->key, &key, used);
	}
	memcpy(out, slot->print, EV_FINGER_SIZE);
}
