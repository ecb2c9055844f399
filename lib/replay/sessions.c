#include "replay/sessions.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "json/quote.h"
#include "text/time.h"

struct session {
	char *name;
	size_t n;
	uint64_t events;
	bool has_time;
	struct timespec first, last;
	size_t *type; /* numbers in names */
	size_t types;
};

struct ev_sessions {
	struct session *v;
	size_t n, cap;
	struct ev_map *known; /* session: number */
	/* Types: their names, and which session has which. */
	struct ev_map *typed, *has;
	char **name;
	size_t *length, names;
};

struct ev_sessions *
ev_sessions_new(struct ev_model *model)
{
	struct ev_sessions *sessions = ev_calloc(1, sizeof(*sessions));

	ev_model_want(model, EV_SESSION);
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_TIME);
	sessions->known = ev_map_new();
	sessions->typed = ev_map_new();
	sessions->has = ev_map_new();
	return sessions;
}

void
ev_sessions_free(struct ev_sessions *sessions)
{
	size_t i;

	if (sessions == NULL)
		return;
	for (i = 0; i < sessions->n; i++) {
		free(sessions->v[i].name);
		free(sessions->v[i].type);
	}
	for (i = 0; i < sessions->names; i++)
		free(sessions->name[i]);
	free(sessions->name);
	free(sessions->length);
	free(sessions->v);
	ev_map_free(sessions->known);
	ev_map_free(sessions->typed);
	ev_map_free(sessions->has);
	free(sessions);
}

static struct session *
session_of(struct ev_sessions *sessions, struct ev_slice name)
{
	bool fresh;
	uint64_t *number = ev_map_at(sessions->known, name.p, name.n, &fresh);

	if (!fresh)
		return &sessions->v[*number];
	if (sessions->n == sessions->cap) {
		sessions->cap = sessions->cap == 0 ? 64 : sessions->cap * 2;
		sessions->v = ev_realloc(
		    sessions->v, sessions->cap, sizeof(*sessions->v));
	}
	*number = sessions->n;
	sessions->v[sessions->n] =
	    (struct session){ .name = ev_memdup(name.p, name.n), .n = name.n };
	return &sessions->v[sessions->n++];
}

static size_t
type_of(struct ev_sessions *sessions, struct ev_slice name)
{
	bool fresh;
	uint64_t *number = ev_map_at(sessions->typed, name.p, name.n, &fresh);

	if (!fresh)
		return (size_t)*number;
	*number = sessions->names++;
	sessions->name = ev_realloc(
	    sessions->name, sessions->names, sizeof(*sessions->name));
	sessions->length = ev_realloc(
	    sessions->length, sessions->names, sizeof(*sessions->length));
	sessions->name[*number] = ev_memdup(name.p, name.n);
	sessions->length[*number] = name.n;
	return (size_t)*number;
}

static void
add_type(
    struct ev_sessions *sessions, struct session *session, struct ev_slice name)
{
	size_t pair[2] = { (size_t)(session - sessions->v),
		type_of(sessions, name) };
	bool fresh;

	ev_map_at(sessions->has, pair, sizeof(pair), &fresh);
	if (!fresh)
		return;
	session->type = ev_realloc(
	    session->type, session->types + 1, sizeof(*session->type));
	session->type[session->types++] = pair[1];
}

static int
event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	struct ev_sessions *sessions = arg;
	struct ev_slice name = ev_event_text(ev, EV_SESSION);
	struct session *session;
	struct timespec time;

	(void)err;
	if (name.n == 0)
		return 0;
	session = session_of(sessions, name);
	session->events++;
	name = ev_event_text(ev, EV_TYPE);
	if (name.n > 0)
		add_type(sessions, session, name);
	if (!ev_event_time(ev, &time))
		return 0;
	if (!session->has_time || ev_time_cmp(time, session->first) < 0)
		session->first = time;
	if (!session->has_time || ev_time_cmp(time, session->last) > 0)
		session->last = time;
	session->has_time = true;
	return 0;
}

void
ev_sessions_play(struct ev_sessions *sessions, struct ev_play *play)
{
	play->arg = sessions;
	play->event = event;
}

static int
newest_first(const void *pa, const void *pb)
{
	const struct session *a = pa, *b = pb;
	struct ev_slice one = { a->name, a->n }, other = { b->name, b->n };
	int diff = 0;

	if (a->has_time != b->has_time)
		return a->has_time ? -1 : 1;
	if (a->has_time)
		diff = ev_time_cmp(b->last, a->last);
	return diff != 0 ? diff : ev_slice_cmp(one, other);
}

static int
by_name(const void *pa, const void *pb, void *arg)
{
	const struct ev_sessions *sessions = arg;
	size_t a = *(const size_t *)pa, b = *(const size_t *)pb;

	return ev_slice_cmp(
	    (struct ev_slice){ sessions->name[a], sessions->length[a] },
	    (struct ev_slice){ sessions->name[b], sessions->length[b] });
}

static void
put_time(struct ev_buf *out, const char *key, const struct session *session,
    struct timespec time)
{
	char text[EV_TIME_SIZE];

	ev_time_format(time, text);
	if (session->has_time)
		ev_buf_addf(out, ",\"%s\":\"%s\"", key, text);
	else
		ev_buf_addf(out, ",\"%s\":null", key);
}

static void
put_row(struct ev_sessions *sessions, const struct session *session,
    struct timespec now, struct ev_buf *out)
{
	int64_t idle = ev_time_ms(now) - ev_time_ms(session->last);
	size_t i, type;

	ev_buf_adds(out, "{\"session\":");
	ev_quote(out, (struct ev_slice){ session->name, session->n });
	ev_buf_addf(
	    out, ",\"events\":%llu", (unsigned long long)session->events);
	put_time(out, "first", session, session->first);
	put_time(out, "last", session, session->last);
	ev_buf_adds(out, ",\"types\":[");
	qsort_r(session->type, session->types, sizeof(*session->type), by_name,
	    sessions);
	for (i = 0; i < session->types; i++) {
		type = session->type[i];
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_quote(out,
		    (struct ev_slice){
			sessions->name[type], sessions->length[type] });
	}
	if (session->has_time)
		ev_buf_addf(out, "],\"idle\":%lld}\n",
		    idle > 0 ? (long long)idle / 1000 : 0);
	else
		ev_buf_adds(out, "],\"idle\":null}\n");
}

void
ev_sessions_print(struct ev_sessions *sessions, const struct ev_limit *limit,
    bool reverse, struct timespec now, struct ev_buf *out)
{
	size_t from = 0, to = sessions->n, i;

	if (limit->kind == EV_LIMIT_LAST && limit->n < to)
		to = (size_t)limit->n;
	else if (limit->kind == EV_LIMIT_FROM)
		from = limit->n - 1 < to ? (size_t)limit->n - 1 : to;
	if (sessions->n > 0)
		qsort(sessions->v, sessions->n, sizeof(*sessions->v),
		    newest_first);
	for (i = from; i < to; i++)
		put_row(sessions,
		    &sessions->v[reverse ? to - 1 - (i - from) : i], now, out);
}

size_t
ev_sessions_count(const struct ev_sessions *sessions)
{
	return sessions->n;
}
