#include "history/stand.h"

#include "base/hash.h"
#include "base/map.h"
#include "event/event.h"
#include "history/blob.h"
#include "history/redacted.h"

/* What stands for a line in the map; the hash's key is this process's own. */
static uint64_t *
count_of(struct ev_map *map, struct ev_slice line)
{
	uint64_t hash = ev_sip(line.p, line.n);

	return ev_map_at(map, &hash, sizeof(hash), NULL);
}

/* What there is now. */
struct present {
	struct ev_map *lines; /* to how many there are */
	struct ev_redacted *redacted;
	struct ev_event *ev;
};

static void
read_present(struct present *p, struct ev_slice text)
{
	struct ev_slice line;

	while (ev_blob_line(&text, &line)) {
		++*count_of(p->lines, line);
		if (ev_event_read(p->ev, line.p, line.n) == EV_SCAN_OK)
			ev_redacted_note(p->redacted, p->ev);
	}
}

/* Does a line of before still stand?  Takes it, when each counts. */
static bool
stands(struct present *p, struct ev_slice line)
{
	uint64_t *left = count_of(p->lines, line);
	enum ev_scan r = ev_event_read(p->ev, line.p, line.n);
	struct ev_slice id = { NULL, 0 };

	if (r == EV_SCAN_OK)
		id = ev_event_text(p->ev, EV_ID);
	if (*left == 0)
		return r == EV_SCAN_BLANK ||
		    (id.n > 0 && ev_redacted_is(p->redacted, id, line));
	if (id.n == 0)
		--*left;
	return true;
}

size_t
ev_stand(struct ev_slice before, struct ev_slice after, struct ev_buf *missing)
{
	struct ev_model *model = ev_model_new(NULL);
	struct present p = { .lines = ev_map_new(),
		.redacted = ev_redacted_new() };
	struct ev_slice line;
	size_t lacking = 0;

	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	p.ev = ev_event_new(model);
	read_present(&p, after);
	while (ev_blob_line(&before, &line)) {
		if (stands(&p, line))
			continue;
		ev_buf_addslice(missing, line);
		ev_buf_addc(missing, '\n');
		lacking++;
	}
	ev_event_free(p.ev);
	ev_model_free(model);
	ev_map_free(p.lines);
	ev_redacted_free(p.redacted);
	return lacking;
}
