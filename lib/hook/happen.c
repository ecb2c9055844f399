#include "hook/happen.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "event/ident.h"
#include "git/commit.h"
#include "git/head.h"
#include "git/reflog.h"
#include "json/quote.h"

#define MOST_INPUT (64u << 20)

struct happening {
	struct ev_tell *tell;
	const struct ev_site *site;
	char *const *args;
	size_t count;
	int in;
};

/* One argument of the hook; "" when git gave fewer. */
static const char *
arg(const struct happening *h, size_t i)
{
	return i < h->count ? h->args[i] : "";
}

/* "NAME=TEXT" for ev_tell, malloced. */
static char *
field(const char *name, const char *text)
{
	struct ev_buf buf = EV_BUF_INIT;

	ev_buf_addf(&buf, "%s%s", name, text);
	ev_buf_str(&buf);
	return buf.p;
}

static void
free_fields(char **fields, size_t count)
{
	while (count > 0)
		free(fields[--count]);
}

/* The commit that HEAD is on; a merge only: with fewer parents nothing. */
static int
tell_head(struct happening *h, bool merge, struct ev_err *err)
{
	struct ev_commit c = EV_COMMIT_INIT;
	int r = ev_commit_read(&c, "HEAD", EV_GIT_CHILD, h->tell->until, err);

	if (r == 0 && (!merge || c.parents > 1))
		r = ev_tell_commit(h->tell, &c, err);
	ev_commit_clear(&c);
	return r;
}

static int
post_commit(struct happening *h, struct ev_err *err)
{
	return tell_head(h, false, err);
}

/* A squash and a fast-forward make no commit. */
static int
post_merge(struct happening *h, struct ev_err *err)
{
	static const char forward[] = ": Fast-forward";
	static const size_t n = sizeof(forward) - 1;
	struct ev_buf why = EV_BUF_INIT;
	bool made = strcmp(arg(h, 0), "1") != 0;

	if (made && ev_git_reflog(h->site->dir, &why) == 0)
		made = why.n < n || memcmp(why.p + why.n - n, forward, n) != 0;
	ev_buf_clear(&why);
	return made ? tell_head(h, true, err) : 0;
}

/* A line of "A B C ...": cuts the next word off. */
static struct ev_slice
take_word(struct ev_slice *line)
{
	const char *end = memchr(line->p, ' ', line->n);
	struct ev_slice word = { line->p,
		end != NULL ? (size_t)(end - line->p) : line->n };

	line->p += word.n;
	line->n -= word.n;
	if (line->n > 0) {
		line->p++;
		line->n--;
	}
	return word;
}

/* The next line of a text that is not empty; false at its end. */
static bool
take_line(struct ev_slice *text, struct ev_slice *line)
{
	do {
		if (!ev_slice_line(text, line))
			return false;
	} while (line->n == 0);
	return true;
}

/* A hash as git writes it, as a string. */
static bool
take_hash(struct ev_slice *line, char hash[EV_GIT_HASH])
{
	struct ev_slice word = take_word(line);

	if (word.n == 0 || word.n >= EV_GIT_HASH)
		return false;
	memcpy(hash, word.p, word.n);
	hash[word.n] = '\0';
	return true;
}

/* The new commits of all pairs, each once. */
static void
new_hashes(struct ev_slice text, struct ev_buf *hashes)
{
	struct ev_map *seen = ev_map_new();
	char hash[EV_GIT_HASH];
	struct ev_slice line;
	bool fresh;

	while (take_line(&text, &line)) {
		take_word(&line);
		if (!take_hash(&line, hash))
			continue;
		ev_map_at(seen, hash, strlen(hash), &fresh);
		if (fresh)
			ev_buf_addf(hashes, "%s\n", hash);
	}
	ev_map_free(seen);
}

/* "OLD NEW": the event has the same id in every clone. */
static int
tell_rewritten(struct happening *h, struct ev_slice line, struct ev_err *err)
{
	static const char type[] = "commit.rewritten";
	char old[EV_GIT_HASH], new[EV_GIT_HASH], id[EV_IDENT_SIZE];
	char *fields[3];
	int r;

	/* to be made again as it was is no rewriting: it would seem to be gone */
	if (!take_hash(&line, old) || !take_hash(&line, new) ||
	    strcmp(old, new) == 0)
		return 0;
	ev_ident_git(type, old, new, id);
	fields[0] = field("old=", old);
	fields[1] = field("new=", new);
	fields[2] = field("command=", arg(h, 0));
	r = ev_tell(h->tell, type, fields, 3, id, NULL, err);
	free_fields(fields, 3);
	return r;
}

static int
post_rewrite(struct happening *h, struct ev_err *err)
{
	struct ev_buf in = EV_BUF_INIT, hashes = EV_BUF_INIT;
	struct ev_slice text, line;
	int r;

	r = ev_read_fd(h->in, &in, MOST_INPUT, "the rewritten commits", err);
	text = ev_buf_slice(&in);
	if (r == 0)
		new_hashes(text, &hashes);
	if (r == 0 && hashes.n > 0)
		r = ev_tell_commits(h->tell, ev_buf_slice(&hashes), err);
	while (r == 0 && take_line(&text, &line))
		r = tell_rewritten(h, line, err);
	ev_buf_clear(&hashes);
	ev_buf_clear(&in);
	return r;
}

/* "checkout: moving from A to B", by whatever name the command goes: false
 * when that is no switch. */
static bool
read_move(char *why, const char **from, const char **to)
{
	static const char moving[] = ": moving from ";
	char *at = strstr(why, moving), *between;

	if (at == NULL)
		return false;
	*from = at + sizeof(moving) - 1;
	between = strstr(at + sizeof(moving) - 1, " to ");
	if (between == NULL)
		return false;
	*between = '\0';
	*to = between + 4;
	return strcmp(*from, *to) != 0;
}

static int
tell_checkout(
    struct happening *h, const char *from, const char *to, struct ev_err *err)
{
	struct ev_buf branch = EV_BUF_INIT, json = EV_BUF_INIT;
	char *fields[5];
	int r;

	if (ev_git_head(&branch) == 0 && branch.n > 0)
		ev_quote(&json, ev_buf_slice(&branch));
	else
		ev_buf_adds(&json, "null");
	fields[0] = field("from=", from);
	fields[1] = field("to=", to);
	fields[2] = field("branch:=", ev_buf_str(&json));
	fields[3] = field("old=", arg(h, 0));
	fields[4] = field("new=", arg(h, 1));
	r = ev_tell(h->tell, "checkout", fields, 5, NULL, NULL, err);
	free_fields(fields, 5);
	ev_buf_clear(&branch);
	ev_buf_clear(&json);
	return r;
}

/* Files that were checked out, a new clone's or work tree's first checkout,
 * and the steps of a rebase are no switch of branches. */
static int
post_checkout(struct happening *h, struct ev_err *err)
{
	struct ev_buf why = EV_BUF_INIT;
	const char *from, *to;
	int r = 0;

	if (strcmp(arg(h, 2), "1") == 0 &&
	    ev_git_reflog(h->site->dir, &why) == 0) {
		ev_buf_str(&why);
		if (read_move(why.p, &from, &to))
			r = tell_checkout(h, from, to, err);
	}
	ev_buf_clear(&why);
	return r;
}

/* A line of git's as an object of the event. */
static void
add_ref(struct ev_buf *json, struct ev_slice line)
{
	static const char *const names[] = { "local_ref", "local", "remote_ref",
		"remote" };
	size_t i;

	ev_buf_addc(json, json->n == 0 ? '[' : ',');
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		ev_buf_addf(json, "%c\"%s\":", i == 0 ? '{' : ',', names[i]);
		ev_quote(json, take_word(&line));
	}
	ev_buf_addc(json, '}');
}

static int
pre_push(struct happening *h, struct ev_err *err)
{
	struct ev_buf in = EV_BUF_INIT, json = EV_BUF_INIT;
	struct ev_slice text, line;
	char *fields[3];
	int r;

	r = ev_read_fd(h->in, &in, MOST_INPUT, "what is pushed", err);
	text = ev_buf_slice(&in);
	while (r == 0 && take_line(&text, &line))
		add_ref(&json, line);
	if (r == 0 && json.n > 0) {
		ev_buf_addc(&json, ']');
		fields[0] = field("remote=", arg(h, 0));
		fields[1] = field("url=", arg(h, 1));
		fields[2] = field("refs:=", ev_buf_str(&json));
		r = ev_tell(h->tell, "push", fields, 3, NULL, NULL, err);
		free_fields(fields, 3);
	}
	ev_buf_clear(&in);
	ev_buf_clear(&json);
	return r;
}

int
ev_happen(enum ev_hook which, struct ev_tell *tell, const struct ev_site *site,
    char *const *args, size_t count, int in, struct ev_err *err)
{
	static int (*const hooks[EV_HOOKS])(
	    struct happening *, struct ev_err *) = {
		[EV_POST_COMMIT] = post_commit,
		[EV_POST_MERGE] = post_merge,
		[EV_POST_APPLYPATCH] = post_commit,
		[EV_POST_REWRITE] = post_rewrite,
		[EV_POST_CHECKOUT] = post_checkout,
		[EV_PRE_PUSH] = pre_push,
	};
	struct happening h = { tell, site, args, count, in };
	struct ev_err why;
	int r = hooks[which](&h, err);

	/* what was queued before the failure is not to be lost */
	if (ev_tell_end(tell, r == -1 ? &why : err) == -1)
		r = -1;
	return r;
}
