#include "history/redacted.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "fsck/tombstone.h"

#define LEAST_HEX 8 /* of a tombstone's digest */

struct ev_redacted {
	struct ev_map *digests; /* id and LEAST_HEX digits: 1 + where in hex */
	struct ev_buf hex;	/* digests, each with a NUL */
	struct ev_buf key;
};

struct ev_redacted *
ev_redacted_new(void)
{
	struct ev_redacted *r = ev_calloc(1, sizeof(*r));

	r->digests = ev_map_new();
	return r;
}

void
ev_redacted_free(struct ev_redacted *r)
{
	ev_map_free(r->digests);
	ev_buf_clear(&r->hex);
	ev_buf_clear(&r->key);
	free(r);
}

static void
make_key(struct ev_buf *key, struct ev_slice id, const char *hex)
{
	ev_buf_reset(key);
	ev_buf_add(key, hex, LEAST_HEX);
	ev_buf_addslice(key, id);
}

void
ev_redacted_note(struct ev_redacted *r, struct ev_event *ev)
{
	const char *end = ev->line.p + ev->line.n - 2, *hex; /* "} */
	uint64_t *at;

	/* the digest is the last of a tombstone */
	if (ev->line.n < 2 || *end != '"' || !ev_tombstone_is(ev))
		return;
	hex = memrchr(ev->line.p, '"', ev->line.n - 2);
	if (hex == NULL || end - ++hex < LEAST_HEX)
		return;
	make_key(&r->key, ev_event_text(ev, EV_ID), hex);
	at = ev_map_at(r->digests, r->key.p, r->key.n, NULL);
	*at = r->hex.n + 1;
	ev_buf_add(&r->hex, hex, (size_t)(end - hex));
	ev_buf_addc(&r->hex, '\0');
}

bool
ev_redacted_is(
    const struct ev_redacted *r, struct ev_slice id, struct ev_slice line)
{
	struct ev_buf key = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];
	const uint64_t *at;
	const char *digest;

	if (r->hex.n == 0)
		return false;
	ev_sha256_hex(line.p, line.n, hex);
	make_key(&key, id, hex);
	at = ev_map_find(r->digests, key.p, key.n);
	ev_buf_clear(&key);
	if (at == NULL)
		return false;
	digest = r->hex.p + *at - 1;
	return strncmp(hex, digest, strlen(digest)) == 0;
}
