#include "history/stand.h"

#include "base/hash.h"
#include "base/map.h"
#include "event/event.h"
#include "history/blob.h"

/* What stands for a line in the map; the hash's key is this process's own. */
static uint64_t *
count_of(struct ev_map *map, struct ev_slice line)
{
	uint64_t hash = ev_sip(line.p, line.n);

	return ev_map_at(map, &hash, sizeof(hash), NULL);
}

static struct ev_map *
count_lines(struct ev_slice text)
{
	struct ev_map *map = ev_map_new();
	struct ev_slice line;

	while (ev_blob_line(&text, &line))
		++*count_of(map, line);
	return map;
}

size_t
ev_stand(struct ev_slice before, struct ev_slice after, struct ev_buf *missing)
{
	struct ev_map *map = count_lines(after);
	struct ev_model *model = ev_model_new(NULL);
	struct ev_event *ev;
	struct ev_slice line;
	size_t lacking = 0;
	uint64_t *left;
	enum ev_scan r;

	ev_model_want(model, EV_ID);
	ev_model_seal(model);
	ev = ev_event_new(model);
	while (ev_blob_line(&before, &line)) {
		left = count_of(map, line);
		r = ev_event_read(ev, line.p, line.n);
		if (*left == 0 && r != EV_SCAN_BLANK) {
			ev_buf_addslice(missing, line);
			ev_buf_addc(missing, '\n');
			lacking++;
		} else if (*left > 0 &&
		    (r != EV_SCAN_OK || ev_event_text(ev, EV_ID).n == 0))
			--*left;
	}
	ev_event_free(ev);
	ev_model_free(model);
	ev_map_free(map);
	return lacking;
}
