#include "read/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

struct ev_seen {
	struct ev_map *map;
};

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

	seen->map = ev_map_new();
	return seen;
}

void
ev_seen_free(struct ev_seen *seen)
{
	if (seen == NULL)
		return;
	ev_map_free(seen->map);
	free(seen);
}

bool
ev_seen_add(struct ev_seen *seen, const struct ev_print128 *print)
{
	bool fresh = false;

	ev_map_at(seen->map, print->b, sizeof(print->b), &fresh);
	return fresh;
}
