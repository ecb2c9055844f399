#include "emit/raw.h"

#include <string.h>

struct ev_val
ev_raw_val(struct ev_slice json)
{
	struct ev_val val = { json.p, (uint32_t)json.n, ev_kind_of(json.p[0]),
		0 };

	if (val.kind == EV_STRING) {
		val.p++;
		val.n -= 2;
		val.escaped = memchr(val.p, '\\', val.n) != NULL;
	}
	return val;
}
