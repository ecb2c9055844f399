#include "replay/twice.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

struct ev_twice {
	struct ev_map *ids; /* how many lines */
};

struct ev_twice *
ev_twice_new(void)
{
	struct ev_twice *twice = ev_calloc(1, sizeof(*twice));

	twice->ids = ev_map_new();
	return twice;
}

void
ev_twice_free(struct ev_twice *twice)
{
	if (twice == NULL)
		return;
	ev_map_free(twice->ids);
	free(twice);
}

void
ev_twice_add(
    struct ev_twice *twice, struct ev_event *ev, const struct ev_say *say)
{
	struct ev_slice id = ev_event_text(ev, EV_ID);
	uint64_t *lines;
	struct ev_err note;

	if (id.n == 0)
		return;
	lines = ev_map_at(twice->ids, id.p, id.n, NULL);
	if (++*lines != 2)
		return;
	ev_fail(&note, "id '%.*s' stands in different lines, all are kept",
	    (int)(id.n < 200 ? id.n : 200), id.p);
	ev_say_err(say, &note);
}
