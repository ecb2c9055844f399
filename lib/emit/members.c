#include "emit/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int
want(struct ev_model *model, const char *name)
{
	struct ev_step step = { NULL, strlen(name) };
	struct ev_path path = { &step, 1 };
	int field;

	step.key = ev_strdup(name);
	field = ev_model_path(model, &path);
	free(step.key);
	return field;
}

void
ev_members_want(struct ev_members *members, struct ev_model *model)
{
	const struct ev_shape *shape;
	const char *also;
	size_t i, j;

	for (i = 0; i < EV_SHAPES; i++) {
		shape = &ev_shapes[i];
		for (j = 0; j < shape->count; j++) {
			members->field[i][j] =
			    want(model, shape->member[j].name);
			also = shape->member[j].also;
			members->also[i][j] =
			    also != NULL ? want(model, also) : -1;
		}
	}
	members->summary = want(model, "summary");
}

static int
copy_value(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 0;
}

static struct ev_val
field_of(struct ev_event *event, int field)
{
	struct ev_val val = { .kind = EV_NONE };

	if (field >= 0)
		ev_event_field(event, field, copy_value, &val);
	return val;
}

void
ev_members_read(const struct ev_members *members, struct ev_event *event,
    const struct ev_shape *shape, struct ev_draft *d)
{
	size_t row = (size_t)(shape - ev_shapes), i;
	int also;

	ev_draft_begin(d, shape);
	for (i = 0; i < shape->count; i++) {
		d->val[i] = field_of(event, members->field[row][i]);
		also = members->also[row][i];
		if (d->val[i].kind != EV_NONE || also < 0)
			continue;
		d->val[i] = field_of(event, also);
		d->also[i] = d->val[i].kind != EV_NONE;
	}
}

bool
ev_members_feed(const struct ev_members *members, struct ev_event *event)
{
	return event->dialect == &ev_dialects[EV_GASTOWN] &&
	    field_of(event, members->summary).kind != EV_NONE;
}
