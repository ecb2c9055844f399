#include "emit/commit.h"

#include <inttypes.h>

#include "json/quote.h"
#include "text/time.h"

#define UNCOUNTED \
	"nothing is counted: the parent, or what is in its " \
	"files, is not in this clone"

static void
put_hash(const struct ev_commit *c, struct ev_buf *out)
{
	ev_quote(out, ev_slice_of(c->hash));
}

static void
put_short(const struct ev_commit *c, struct ev_buf *out)
{
	struct ev_slice hash = ev_slice_of(c->hash);

	if (hash.n > EV_GIT_SHORT)
		hash.n = EV_GIT_SHORT;
	ev_quote(out, hash);
}

static void
put_parents(const struct ev_commit *c, struct ev_buf *out)
{
	size_t i;

	ev_buf_addc(out, '[');
	for (i = 0; i < c->parents; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_quote(out, c->parent[i]);
	}
	ev_buf_addc(out, ']');
}

static void
put_person(const struct ev_person *person, struct ev_buf *out)
{
	char time[EV_TIME_SIZE];

	ev_buf_adds(out, "{\"name\":");
	ev_quote(out, person->name);
	ev_buf_adds(out, ",\"email\":");
	ev_quote(out, person->email);
	ev_buf_adds(out, ",\"time\":");
	if (person->timed) {
		ev_time_format(person->time, time);
		ev_quote(out, ev_slice_of(time));
	} else
		ev_buf_adds(out, "null");
	ev_buf_addc(out, '}');
}

static void
put_author(const struct ev_commit *c, struct ev_buf *out)
{
	put_person(&c->author, out);
}

static void
put_author_name(const struct ev_commit *c, struct ev_buf *out)
{
	ev_quote(out, c->author.name);
}

static void
put_committer(const struct ev_commit *c, struct ev_buf *out)
{
	put_person(&c->committer, out);
}

static void
put_subject(const struct ev_commit *c, struct ev_buf *out)
{
	ev_quote(out, ev_buf_slice(&c->subject));
}

static void
put_body(const struct ev_commit *c, struct ev_buf *out)
{
	ev_quote(out, ev_buf_slice(&c->body));
}

static void
put_branch(const struct ev_commit *c, struct ev_buf *out)
{
	if (c->branch.n > 0)
		ev_quote(out, ev_buf_slice(&c->branch));
	else
		ev_buf_adds(out, "null");
}

static void
put_count(const struct ev_commit *c, uint64_t n, struct ev_buf *out)
{
	if (c->counted)
		ev_buf_addf(out, "%" PRIu64, n);
	else
		ev_buf_adds(out, "null");
}

static void
put_files(const struct ev_commit *c, struct ev_buf *out)
{
	put_count(c, c->files, out);
}

static void
put_insertions(const struct ev_commit *c, struct ev_buf *out)
{
	put_count(c, c->insertions, out);
}

static void
put_deletions(const struct ev_commit *c, struct ev_buf *out)
{
	put_count(c, c->deletions, out);
}

static void
put_renames(const struct ev_commit *c, struct ev_buf *out)
{
	put_count(c, c->renames, out);
}

/* The values of a key from its first trailer on: a text, or an array. */
static void
put_values(const struct ev_trailers *t, size_t first, struct ev_buf *out)
{
	size_t i, at = out->n, n = 0;

	for (i = first; i < t->n; i++) {
		if (!ev_slice_eq(t->v[i].key, t->v[first].key))
			continue;
		if (n++ > 0)
			ev_buf_addc(out, ',');
		ev_quote(out, ev_buf_slice(&t->v[i].value));
	}
	if (n > 1) {
		ev_buf_insert(out, at, "[", 1);
		ev_buf_addc(out, ']');
	}
}

static void
put_trailers(const struct ev_commit *c, struct ev_buf *out)
{
	const struct ev_trailers *t = &c->trailers;
	size_t i, before;
	bool any = false;

	ev_buf_addc(out, '{');
	for (i = 0; i < t->n; i++) {
		for (before = 0; before < i; before++)
			if (ev_slice_eq(t->v[before].key, t->v[i].key))
				break;
		if (before < i)
			continue;
		if (any)
			ev_buf_addc(out, ',');
		any = true;
		ev_quote(out, t->v[i].key);
		ev_buf_addc(out, ':');
		put_values(t, i, out);
	}
	ev_buf_addc(out, '}');
}

static void
put_signature(const struct ev_commit *c, struct ev_buf *out)
{
	ev_quote(out, ev_slice_of(c->signature));
}

static const struct member {
	const char *name, *govern; /* NULL: not there */
	void (*put)(const struct ev_commit *, struct ev_buf *);
} members[] = {
	/* clang-format off */
	{ "hash",		"commitHash",	put_hash },
	{ "short",		"shortHash",	put_short },
	{ "parents",		"parents",	put_parents },
	{ "author",		NULL,		put_author },
	{ NULL,			"author",	put_author_name },
	{ "committer",		NULL,		put_committer },
	{ "subject",		"subject",	put_subject },
	{ "body",		"body",		put_body },
	{ "branch",		"branch",	put_branch },
	{ "files_changed",	"filesChanged",	put_files },
	{ "insertions",		"linesAdded",	put_insertions },
	{ "deletions",		"linesRemoved",	put_deletions },
	{ "renames",		NULL,		put_renames },
	{ "trailers",		NULL,		put_trailers },
	{ "signature",		NULL,		put_signature },
	/* clang-format on */
};

static void
put_name(const char *name, struct ev_buf *out)
{
	if (out->p[out->n - 1] != '{')
		ev_buf_addc(out, ',');
	ev_quote(out, ev_slice_of(name));
	ev_buf_addc(out, ':');
}

void
ev_said_commit_json(const struct ev_said_commit *said,
    const struct ev_dialect *dialect, struct ev_buf *out)
{
	const struct ev_commit *c = said->commit;
	bool govern = dialect == &ev_dialects[EV_GOVERN];
	const struct member *m,
	    *end = members + sizeof(members) / sizeof(members[0]);
	const char *name, *note = said->note;

	ev_buf_addc(out, '{');
	if (c != NULL && !govern) {
		put_name("commit", out);
		ev_buf_addc(out, '{');
	}
	for (m = members; c != NULL && m < end; m++) {
		name = govern ? m->govern : m->name;
		if (name == NULL || (m->put == put_body && !said->body))
			continue;
		put_name(name, out);
		m->put(c, out);
	}
	if (c != NULL && !govern)
		ev_buf_addc(out, '}');
	if (c != NULL)
		note = c->counted ? NULL : UNCOUNTED;
	if (note != NULL) {
		put_name(govern ? "commitNote" : "commit_note", out);
		ev_quote(out, ev_slice_of(note));
	}
	ev_buf_addc(out, '}');
}
