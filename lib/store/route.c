#include "store/route.h"

#include "event/event.h"
#include "store/lines.h"
#include "store/part.h"

static const char bom[] = "\xef\xbb\xbf";

void
ev_route_clear(struct ev_route *route)
{
	ev_event_free(route->event);
	ev_model_free(route->model);
	*route = (struct ev_route)EV_ROUTE_INIT;
}

static void
prepare(struct ev_route *route)
{
	if (route->event != NULL)
		return;
	route->model = ev_model_new(NULL);
	ev_model_custom(route->model, route->custom);
	ev_model_want(route->model, EV_TIME);
	ev_model_seal(route->model);
	route->event = ev_event_new(route->model);
}

int32_t
ev_route_known(size_t n, bool has_time, struct timespec time)
{
	if (!has_time || n > EV_LINES_LONGEST)
		return EV_PART_REJECTED;
	return ev_part_day(time);
}

int32_t
ev_route_line(struct ev_route *route, struct ev_slice line, bool first)
{
	struct timespec time;

	if (line.p == NULL)
		return EV_PART_REJECTED;
	if (first && ev_slice_starts(line, bom)) {
		line.p += sizeof(bom) - 1;
		line.n -= sizeof(bom) - 1;
	}
	prepare(route);
	if (ev_event_read(route->event, line.p, line.n) != EV_SCAN_OK ||
	    !ev_event_time(route->event, &time))
		return EV_PART_REJECTED;
	return ev_part_day(time);
}
