#include "emit/rule.h"

#include <string.h>

#include "json/member.h"
#include "json/quote.h"
#include "json/walk.h"

#define SHOWN 60 /* bytes of a wrong value that a message shows */

bool
ev_rule_all_ok(const struct ev_val *commands)
{
	struct ev_walk walk;
	struct ev_val each;
	bool any = false;

	ev_walk_begin(&walk, commands);
	while (ev_walk_next(&walk, NULL, &each)) {
		any = true;
		if (ev_member_of(&each, "ok").kind != EV_TRUE)
			return false;
	}
	return any;
}

/* A member's value, or one of kind EV_NONE. */
static struct ev_val
named(const struct ev_shape *shape, const struct ev_val *val, const char *name)
{
	size_t i;

	for (i = 0; i < shape->count; i++)
		if (strcmp(shape->member[i].name, name) == 0)
			return val[i];
	return (struct ev_val){ .kind = EV_NONE };
}

static int
check_capsule(
    const struct ev_shape *shape, const struct ev_val *val, struct ev_err *err)
{
	struct ev_val capsule = named(shape, val, "capsule_id");
	struct ev_val outcome = named(shape, val, "outcome");
	struct ev_val status = ev_member_of(&outcome, "status");
	struct ev_slice raw;

	if (capsule.kind != EV_STRING || ev_val_is(&status, "success"))
		return 0;
	raw = ev_val_raw(&capsule);
	return ev_fail(err,
	    "capsule_id: %.*s%s is not allowed (null, as outcome.status is "
	    "not success)",
	    (int)(raw.n < SHOWN ? raw.n : SHOWN), raw.p,
	    raw.n > SHOWN ? "..." : "");
}

static int
check_report(
    const struct ev_shape *shape, const struct ev_val *val, struct ev_err *err)
{
	struct ev_val commands = named(shape, val, "commands");

	if (named(shape, val, "overall_ok").kind != EV_TRUE ||
	    ev_rule_all_ok(&commands))
		return 0;
	return ev_fail(err,
	    "overall_ok: true is not allowed (false, as not every command is "
	    "ok, or there is none)");
}

int
ev_rule_check(
    const struct ev_shape *shape, const struct ev_val *val, struct ev_err *err)
{
	if (shape->dialect != &ev_dialects[EV_GEP])
		return 0;
	if (check_capsule(shape, val, err) == -1)
		return -1;
	return check_report(shape, val, err);
}
