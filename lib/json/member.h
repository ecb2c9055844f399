/*
 * member: the member of an object that has a name.
 */
#ifndef EV_JSON_MEMBER_H
#define EV_JSON_MEMBER_H

#include "json/scan.h"

/*
 * The value of a member of a sound object, of a name that comes twice the
 * later; kind EV_NONE when there is none, or when it is no object.
 */
struct ev_val ev_member_of(const struct ev_val *object, const char *name);

#endif
