#include "emit/raw.h"

#include <string.h>

static enum ev_kind
kind_of(char first)
{
	switch (first) {
	case '"':
		return EV_STRING;
	case '{':
		return EV_OBJECT;
	case '[':
		return EV_ARRAY;
	case 't':
		return EV_TRUE;
	case 'f':
		return EV_FALSE;
	case 'n':
		return EV_NULL;
	default:
		return EV_NUMBER;
	}
}

struct ev_val
ev_raw_val(struct ev_slice json)
{
	struct ev_val val = { json.p, (uint32_t)json.n, 0, 0 };

	val.kind = (uint8_t)kind_of(json.p[0]);
	if (val.kind == EV_STRING) {
		val.p++;
		val.n -= 2;
		val.escaped = memchr(val.p, '\\', val.n) != NULL;
	}
	return val;
}
