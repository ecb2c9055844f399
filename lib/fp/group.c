#include "fp/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"

#define SPREAD UINT64_C(0x9e3779b97f4a7c15) /* odd: no two are the same */

void
ev_groups_init(struct ev_groups *groups)
{
	memset(groups, 0, sizeof(*groups));
	groups->most = EV_GROUPS_MOST;
	groups->index = ev_map_new();
	groups->session = ev_seen_new_keyed();
	groups->seen = ev_seen_new_keyed();
}

void
ev_groups_clear(struct ev_groups *groups)
{
	uint32_t i;

	for (i = 0; i < groups->n; i++) {
		free(groups->v[i].mark);
		free(groups->v[i].text);
		free(groups->v[i].verdicts);
	}
	free(groups->v);
	free(groups->trend);
	ev_map_free(groups->index);
	ev_seen_free(groups->session);
	ev_seen_free(groups->seen);
}

/* The group of a fingerprint, made when there is room; NULL: there is none. */
static struct ev_group *
group_of(struct ev_groups *groups, struct ev_slice mark)
{
	struct ev_group *group;
	bool fresh = false;
	uint64_t *at;

	if (groups->n < groups->most)
		at = ev_map_at(groups->index, mark.p, mark.n, &fresh);
	else
		at = ev_map_find(groups->index, mark.p, mark.n);
	if (!fresh)
		return at != NULL ? &groups->v[*at] : NULL;
	if (groups->n == groups->cap) {
		groups->cap = groups->cap == 0 ? 64 : groups->cap * 2;
		groups->v =
		    ev_realloc(groups->v, groups->cap, sizeof(*groups->v));
		if (groups->trends)
			groups->trend = ev_realloc(
			    groups->trend, groups->cap, sizeof(*groups->trend));
	}
	if (groups->trends)
		memset(&groups->trend[groups->n], 0, sizeof(*groups->trend));
	*at = groups->n;
	group = &groups->v[groups->n++];
	memset(group, 0, sizeof(*group));
	group->mark = ev_memdup(mark.p, mark.n);
	group->mark_n = (uint32_t)mark.n;
	group->severity = -1;
	return group;
}

static void
add_session(
    struct ev_groups *groups, struct ev_group *group, struct ev_slice session)
{
	uint64_t number = (uint64_t)(group - groups->v), key[2];
	struct ev_print128 print;

	if (session.n == 0)
		return;
	key[0] = ev_sip(session.p, session.n);
	/* most have one: only the others are in the set */
	if (group->sessions == 0)
		group->session = key[0];
	else if (group->session == key[0])
		return;
	/* the groups of a session stand in different places */
	key[0] += number * SPREAD;
	key[1] = number;
	memcpy(print.b, key, sizeof(print.b));
	group->sessions +=
	    group->sessions == 0 || ev_seen_add(groups->session, &print);
}

/* Of the earliest, of several the one that stands first. */
static void
take_text(struct ev_group *group, const struct ev_sight *s)
{
	if (group->text != NULL &&
	    !(s->timed &&
		(!group->timed || ev_time_cmp(s->time, group->first) < 0)))
		return;
	free(group->text);
	group->text = ev_malloc(s->type.n + s->message.n + 1);
	memcpy(group->text, s->type.p, s->type.n);
	memcpy(group->text + s->type.n, s->message.p, s->message.n);
	group->type_n = (uint32_t)s->type.n;
	group->message_n = (uint32_t)s->message.n;
}

static bool
is_within(const struct ev_groups *groups, struct timespec time)
{
	return !(groups->has_since && ev_time_cmp(time, groups->since) < 0) &&
	    !(groups->has_until && ev_time_cmp(time, groups->until) >= 0);
}

static void
add_trend(struct ev_groups *groups, const struct ev_group *group,
    struct timespec time)
{
	struct ev_trend_scale *scale = &groups->scale;
	struct ev_trend_step step;
	uint32_t i;

	if (ev_trend_fit(scale, time.tv_sec, &step))
		for (i = 0; i < groups->n; i++)
			ev_trend_rescale(&groups->trend[i], scale, &step);
	ev_trend_add(&groups->trend[group - groups->v], scale, time.tv_sec);
}

static void
add_time(
    struct ev_groups *groups, struct ev_group *group, const struct ev_sight *s)
{
	if (!s->timed) {
		group->untimed = true;
		return;
	}
	if (!group->timed || ev_time_cmp(s->time, group->first) < 0)
		group->first = s->time;
	if (!group->timed || ev_time_cmp(s->time, group->last) > 0)
		group->last = s->time;
	group->timed = true;
	group->within |= is_within(groups, s->time);
	if (groups->trends)
		add_trend(groups, group, s->time);
}

/* The earlier of what is there and a time. */
static void
earliest(bool *there, struct timespec *at, struct timespec time)
{
	if (!*there || ev_time_cmp(time, *at) < 0)
		*at = time;
	*there = true;
}

static struct ev_verdicts *
verdicts_of(struct ev_group *group)
{
	if (group->verdicts == NULL)
		group->verdicts = ev_calloc(1, sizeof(*group->verdicts));
	return group->verdicts;
}

/* The latest occurrence so far; those without a time come last. */
static const struct timespec *
latest(const struct ev_group *group)
{
	static const struct timespec never = { EV_SIGHT_UNTIMED, 0 };

	if (group->untimed)
		return &never;
	return group->timed ? &group->last : NULL;
}

/* Of occurrences that stand in front of a resolution in the log, and are later,
 * the earliest that is known, or NULL. */
static const struct timespec *
later(const struct ev_group *group, struct timespec time)
{
	const struct timespec *last = latest(group);

	if (group->timed && ev_time_cmp(group->first, time) > 0)
		return &group->first;
	return last != NULL && ev_time_cmp(*last, time) > 0 ? last : NULL;
}

static void
resolve(struct ev_group *group, struct timespec time)
{
	const struct timespec *again = later(group, time);
	struct ev_verdicts *v = verdicts_of(group);

	if (v->resolved && ev_time_cmp(time, v->resolved_at) < 0)
		return;
	v->resolved = true;
	v->resolved_at = time;
	v->again = again != NULL;
	if (v->again)
		v->again_at = *again;
	v->reopened = v->reopens && ev_time_cmp(v->reopens_at, time) > 0;
	v->reopened_at = v->reopens_at;
}

static void
reopen(struct ev_group *group, struct timespec time)
{
	struct ev_verdicts *v = verdicts_of(group);

	if (!v->reopens || ev_time_cmp(time, v->reopens_at) > 0)
		v->reopens_at = time;
	v->reopens = true;
	if (v->resolved && ev_time_cmp(time, v->resolved_at) >= 0)
		earliest(&v->reopened, &v->reopened_at, time);
}

static void
occur(
    struct ev_groups *groups, struct ev_group *group, const struct ev_sight *s)
{
	struct ev_verdicts *v = group->verdicts;

	add_session(groups, group, s->session);
	take_text(group, s);
	if (s->severity > group->severity)
		group->severity = s->severity;
	if (s->settled)
		resolve(group, s->time);
	else if (v != NULL && v->resolved &&
	    ev_time_cmp(s->time, v->resolved_at) >= 0)
		earliest(&v->again, &v->again_at, s->time);
	add_time(groups, group, s);
	group->count++;
}

void
ev_groups_expect(const void *arg, const struct ev_sight *s)
{
	const struct ev_groups *groups = arg;

	ev_seen_expect(groups->seen, s->digest);
}

int
ev_groups_see(void *arg, const struct ev_sight *s, struct ev_err *err)
{
	struct ev_groups *groups = arg;
	struct ev_group *group;

	(void)err;
	if (s->mark.n == 0 ||
	    (groups->only && s->verdict == EV_MARK_OCCURRED &&
		!(s->timed && is_within(groups, s->time))))
		return 0;
	group = group_of(groups, s->mark);
	if (group == NULL) {
		groups->others++;
		return 0;
	}
	if (!ev_sight_first(groups->seen, s, (uint32_t)(group - groups->v)))
		return 0;
	if (s->verdict == EV_MARK_RESOLVED)
		resolve(group, s->time);
	else if (s->verdict == EV_MARK_REOPENED)
		reopen(group, s->time);
	else
		occur(groups, group, s);
	return 0;
}

const struct ev_group *
ev_groups_find(const struct ev_groups *groups, struct ev_slice mark)
{
	const uint64_t *at = ev_map_find(groups->index, mark.p, mark.n);

	return at != NULL && groups->v[*at].count > 0 ? &groups->v[*at] : NULL;
}

const struct ev_group *
ev_groups_seek(
    const struct ev_groups *groups, const char *mark, struct ev_err *err)
{
	const struct ev_group *found, *one = NULL;
	size_t n = strlen(mark), hits = 0;
	uint32_t i;

	found = ev_groups_find(groups, ev_slice_of(mark));
	if (found != NULL)
		return found;
	for (i = 0; i < groups->n && n > 0; i++) {
		found = &groups->v[i];
		if (found->count == 0 || found->mark_n < n ||
		    memcmp(found->mark, mark, n) != 0)
			continue;
		one = found;
		hits++;
	}
	if (hits == 1)
		return one;
	if (hits == 0)
		ev_fail(err, "no event has the fingerprint '%s'", mark);
	else
		ev_fail(err, "%zu fingerprints begin with '%s'", hits, mark);
	return NULL;
}

enum ev_group_status
ev_group_status(const struct ev_group *group)
{
	const struct ev_verdicts *v = group->verdicts;

	if (v == NULL || !v->resolved)
		return EV_GROUP_OPEN;
	if (v->again &&
	    (!v->reopened || ev_time_cmp(v->again_at, v->reopened_at) <= 0))
		return EV_GROUP_REGRESSED;
	return v->again || v->reopened ? EV_GROUP_OPEN : EV_GROUP_RESOLVED;
}
