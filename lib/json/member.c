#include "json/member.h"

#include "json/quote.h"
#include "json/walk.h"

struct ev_val
ev_member_of(const struct ev_val *object, const char *name)
{
	struct ev_val found = { .kind = EV_NONE }, key, val;
	struct ev_walk walk;

	if (object->kind != EV_OBJECT)
		return found;
	ev_walk_begin(&walk, object);
	while (ev_walk_next(&walk, &key, &val))
		if (ev_val_is(&key, name))
			found = val;
	return found;
}
