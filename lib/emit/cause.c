#include "emit/cause.h"

#include <string.h>

#include "event/uuid.h"
#include "text/recent.h"

#define PREFIX_LEAST 6 /* characters of a prefix */
#define HEX_CHARS 32   /* of an id made by ev_ident_import */

/* Is it an id of ours as a whole, so that nobody need look for longer ones? */
static bool
is_whole(struct ev_slice id)
{
	size_t i;

	if (ev_slice_starts(id, "evt-")) {
		id.p += 4;
		id.n -= 4;
	}
	if (id.n == EV_UUID_CHARS)
		return ev_uuid_starts(id);
	for (i = 0; i < id.n && strchr("0123456789abcdef", id.p[i]); i++)
		continue;
	return i == id.n && id.n == HEX_CHARS;
}

bool
ev_cause_asks(const char *text)
{
	struct ev_slice id = ev_slice_of(text);

	return *text == '@' || (id.n >= PREFIX_LEAST && !is_whole(id));
}

static int
from_end(struct ev_store *store, const char *text, struct ev_buf *id,
    struct ev_err *err)
{
	struct ev_recent recent;
	int r = 0;

	if (ev_recent_parse(&recent, text, err) == -1)
		return -1;
	if (store != NULL)
		r = ev_store_last_id(store, recent.back, recent.types, id, err);
	ev_globs_free(recent.types);
	if (r == 0)
		return ev_fail(err, "%s: the log has no such event", text);
	return r == 1 ? 0 : -1;
}

int
ev_cause_id(struct ev_store *store, const char *text, struct ev_buf *id,
    struct ev_err *err)
{
	int r = 0;

	if (*text == '@')
		return from_end(store, text, id, err);
	if (store != NULL && ev_cause_asks(text))
		r = ev_store_prefix_id(store, text, id, err);
	if (r == 0)
		ev_buf_adds(id, text);
	return r == -1 ? -1 : 0;
}
