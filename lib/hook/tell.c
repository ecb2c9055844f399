#include "hook/tell.h"

#include "emit/build.h"
#include "event/ident.h"
#include "git/child.h"
#include "git/commit.h"

/* Where nobody says who acts, and of what others did, it is the committer. */
static int
say_actor(struct ev_tell *t, const struct ev_commit *c, struct ev_err *err)
{
	struct ev_said *said = &t->given->said[EV_SAY_ACTOR];
	struct ev_buf name = EV_BUF_INIT;
	int r = 0;

	ev_buf_reset(&said->raw);
	if (c->committer.name.n > 0 &&
	    (t->past || ev_setting(t->given->settings, EV_SET_ACTOR) == NULL)) {
		ev_buf_addslice(&name, c->committer.name);
		r = ev_given_say(
		    t->given, EV_SAY_ACTOR, ev_buf_str(&name), false, err);
		ev_buf_clear(&name);
	}
	return r;
}

int
ev_tell(struct ev_tell *t, const char *type, char *const *fields, size_t count,
    const char *id, const struct timespec *time, struct ev_err *err)
{
	struct ev_given *given = t->given;
	struct ev_queue *queue = &t->record->queue;
	struct ev_entry *entry;
	struct ev_extra *extra;
	int r;

	ev_buf_reset(&given->said[EV_SAY_ID].raw);
	if (id != NULL && ev_given_say(given, EV_SAY_ID, id, false, err) == -1)
		return -1;
	given->timed = time != NULL;
	if (time != NULL)
		given->time = *time;
	entry = ev_queue_next(queue, &extra);
	r = ev_build(given, type, fields, count, entry, extra, err);
	if (r == 1)
		ev_queue_keep(queue);
	if (r == -1 || !ev_queue_full(queue))
		return r == -1 ? -1 : 0;
	return ev_record_commit(t->record, err);
}

int
ev_tell_commit(struct ev_tell *t, const struct ev_commit *c, struct ev_err *err)
{
	struct ev_said_commit said = { .commit = c };
	const char *kind = c->parents > 1 ? "merge" : "commit";
	char id[EV_IDENT_SIZE];
	int r;

	ev_ident_git(kind, c->hash, NULL, id);
	if (say_actor(t, c, err) == -1)
		return -1;
	t->given->git = &said;
	r = ev_tell(t, kind, NULL, 0, id,
	    c->committer.timed ? &c->committer.time : NULL, err);
	t->given->git = NULL;
	ev_buf_reset(&t->given->said[EV_SAY_ACTOR].raw);
	return r;
}

/* One child for each: a partial clone has files of some only. */
static int
tell_each(struct ev_tell *t, struct ev_slice hashes, struct ev_err *err)
{
	struct ev_commit c = EV_COMMIT_INIT;
	char hash[EV_GIT_HASH];
	const char *end;
	size_t n;
	int r = 0;

	for (; r == 0 && hashes.n > 0; hashes.p += n + 1, hashes.n -= n + 1) {
		end = memchr(hashes.p, '\n', hashes.n);
		n = (size_t)(end - hashes.p);
		memcpy(hash, hashes.p, n);
		hash[n] = '\0';
		r = ev_commit_read(&c, hash, EV_GIT_CHILD, t->until, err);
		if (r == 0)
			r = ev_tell_commit(t, &c, err);
	}
	ev_commit_clear(&c);
	return r;
}

int
ev_tell_commits(struct ev_tell *t, struct ev_slice hashes, struct ev_err *err)
{
	struct ev_commit c = EV_COMMIT_INIT;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_slice rest;
	int r;

	if (ev_git_child_many(hashes, t->until, &text, err) == -1) {
		ev_buf_clear(&text);
		return tell_each(t, hashes, err);
	}
	rest = ev_buf_slice(&text);
	while ((r = ev_git_child_next(&c, &rest, err)) == 1)
		if (ev_tell_commit(t, &c, err) == -1) {
			r = -1;
			break;
		}
	ev_commit_clear(&c);
	ev_buf_clear(&text);
	return r;
}

int
ev_tell_end(struct ev_tell *t, struct ev_err *err)
{
	struct ev_record *r = t->record;

	if (r->queue.n > 0)
		return ev_record_commit(r, err);
	if (r->refused.text[0] != '\0' || !r->place->exists)
		return 0;
	if (ev_record_open(r, err) == -1)
		return -1;
	return ev_store_write(r->store, NULL, 0, err);
}
