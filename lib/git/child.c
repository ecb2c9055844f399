#include "git/child.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "git/head.h"
#include "git/run.h"

/* What `git diff-tree --pretty=raw` printed, as far as it was read. */
struct reader {
	const char *p, *end;
	bool grafted; /* git takes the commit for a first one */
};

/* The next line, without its LF. */
static struct ev_slice
take_line(struct reader *r)
{
	const char *end = memchr(r->p, '\n', (size_t)(r->end - r->p));
	struct ev_slice line = { r->p, 0 };

	if (end == NULL)
		end = r->end;
	line.n = (size_t)(end - r->p);
	r->p = end < r->end ? end + 1 : end;
	return line;
}

/* "commit HASH", and the parents that are here. */
static int
read_hash(struct reader *r, struct ev_commit *c, struct ev_err *err)
{
	struct ev_slice line = take_line(r);
	size_t n;

	if (!ev_slice_starts(line, "commit "))
		return ev_fail(err, "git: it is not one commit");
	line.p += 7;
	line.n -= 7;
	for (n = 0; n < line.n && line.p[n] != ' ';)
		n++;
	if (n == 0 || n >= EV_GIT_HASH)
		return ev_fail(err, "git gives a hash of %zu digits", n);
	memcpy(c->hash, line.p, n);
	c->hash[n] = '\0';
	r->grafted = n == line.n;
	return 0;
}

/* The object, whose message git indents by four blanks. */
static int
read_object(struct reader *r, struct ev_commit *c, struct ev_err *err)
{
	static const char indent[] = "    ";
	struct ev_buf object = EV_BUF_INIT;
	struct ev_slice line;
	int done;

	do {
		line = take_line(r);
		ev_buf_addslice(&object, line);
		ev_buf_addc(&object, '\n');
	} while (line.n > 0);
	while ((size_t)(r->end - r->p) >= sizeof(indent) - 1 &&
	    memcmp(r->p, indent, sizeof(indent) - 1) == 0) {
		line = take_line(r);
		ev_buf_add(&object, line.p + 4, line.n - 4);
		ev_buf_addc(&object, '\n');
	}
	done = ev_commit_parse(c, ev_buf_slice(&object), err);
	ev_buf_clear(&object);
	return done;
}

/* A number of --numstat; of a binary file it is "-". */
static uint64_t
take_number(struct reader *r)
{
	uint64_t n = 0;

	for (; r->p < r->end && *r->p != '\t'; r->p++)
		if (*r->p >= '0' && *r->p <= '9')
			n = n * 10 + (uint64_t)(*r->p - '0');
	if (r->p < r->end)
		r->p++;
	return n;
}

/* A name and its NUL; gives its length. */
static size_t
skip_name(struct reader *r)
{
	size_t n = strnlen(r->p, (size_t)(r->end - r->p));

	r->p += n;
	if (r->p < r->end)
		r->p++;
	return n;
}

static void
skip_ends(struct reader *r)
{
	while (r->p < r->end && (*r->p == '\n' || *r->p == '\0'))
		r->p++;
}

/* The lines of --numstat -z, up to the end or the next "commit": of a rename
 * two names follow an empty one. */
static void
read_counts(struct reader *r, struct ev_commit *c)
{
	skip_ends(r);
	while (r->p < r->end && *r->p != 'c' && *r->p != '\0') {
		c->insertions += take_number(r);
		c->deletions += take_number(r);
		c->files++;
		if (skip_name(r) > 0)
			continue;
		c->renames++;
		skip_name(r);
		skip_name(r);
	}
	skip_ends(r);
}

static int
read_commit(
    struct ev_commit *c, struct reader *r, bool counts, struct ev_err *err)
{
	if (read_hash(r, c, err) == -1 || read_object(r, c, err) == -1)
		return -1;
	read_counts(r, c);
	/* cut off by a shallow clone: all its files seem to be new */
	c->counted = counts && (!r->grafted || c->parents == 0);
	if (!c->counted)
		c->files = c->insertions = c->deletions = c->renames = 0;
	return 0;
}

/*
 * The branch that REV names, else the one that is checked out when its tip is
 * the commit.  Three lines: HEAD's hash, HEAD's name, and that of REV when it
 * has one.
 */
static void
read_branch(struct ev_commit *c, struct ev_slice text)
{
	static const char heads[] = "refs/heads/";
	struct reader r = { text.p, text.p + text.n, false };
	struct ev_slice tip = take_line(&r), head = take_line(&r);
	struct ev_slice named = take_line(&r);

	if (!ev_slice_starts(named, heads)) {
		if (!ev_slice_is(tip, c->hash) || !ev_slice_starts(head, heads))
			return;
		named = head;
	}
	ev_buf_add(&c->branch, named.p + sizeof(heads) - 1,
	    named.n - (sizeof(heads) - 1));
}

/* What is asked of commits, however they are named. */
#define SHOW \
	"--no-pager", "--no-replace-objects", "-c", "core.quotePath=false", \
	    "diff-tree", "--pretty=raw", "--parents", "--encoding=none", \
	    "--no-expand-tabs", "--no-notes", "--root", "--always", "-r", \
	    "--diff-merges=first-parent", "-l1000", "--no-color", \
	    "--no-ext-diff", "--no-textconv", "--diff-algorithm=myers", \
	    "--ignore-submodules=none", "--submodule=short", "--no-relative", \
	    "-z"

/* Shows a commit; with counts its files are compared with its parent's. */
static int
start(struct ev_git_run *run, const char *rev, bool counts, struct ev_err *err)
{
	const char *const args[] = { SHOW, counts ? "-M50%" : "--no-renames",
		counts ? "--numstat" : "--no-patch", "--end-of-options", rev,
		"--", NULL };

	return ev_git_run(run, args, err);
}

static int
read_shown(struct ev_commit *c, struct ev_git_run *run, bool counts,
    int64_t until, struct ev_err *err)
{
	struct ev_buf shown = EV_BUF_INIT;
	int r = ev_git_run_end(run, until, &shown, err);
	struct reader reader = { shown.p, shown.p + shown.n, false };

	if (r == 0)
		r = read_commit(c, &reader, counts, err);
	ev_buf_clear(&shown);
	return r;
}

/* A partial clone may lack what is to be compared; nothing is fetched. */
static int
read_uncounted(struct ev_commit *c, const char *rev, int64_t until)
{
	struct ev_git_run run;

	ev_commit_clear(c);
	if (until > 0 && ev_clock_mono() >= until)
		return -1;
	if (start(&run, rev, false, NULL) == -1)
		return -1;
	return read_shown(c, &run, false, until, NULL);
}

static int
read_either(struct ev_commit *c, struct ev_git_run *run, const char *rev,
    int64_t until, struct ev_err *err)
{
	if (read_shown(c, run, true, until, err) == 0)
		return 0;
	return read_uncounted(c, rev, until);
}

/* Two children beside each other: the second costs no time of its own. */
static int
read_named(struct ev_commit *c, struct ev_git_run *show, const char *rev,
    int64_t until, struct ev_err *err)
{
	const char *const names[] = { "rev-parse", "HEAD",
		"--symbolic-full-name", "HEAD", rev, NULL };
	struct ev_buf named = EV_BUF_INIT;
	struct ev_git_run run;
	bool two = ev_git_run(&run, names, NULL) == 0;
	int r = read_either(c, show, rev, until, err);

	if (two && ev_git_run_end(&run, until, &named, NULL) == 0 && r == 0 &&
	    named.n > 0)
		read_branch(c, ev_buf_slice(&named));
	ev_buf_clear(&named);
	return r;
}

int
ev_git_child_many(struct ev_slice hashes, int64_t until, struct ev_buf *text,
    struct ev_err *err)
{
	const char *const args[] = { SHOW, "-M50%", "--numstat", "--stdin",
		NULL };
	struct ev_git_run run;

	if (ev_git_run_fed(&run, args, hashes, err) == -1)
		return -1;
	return ev_git_run_end(&run, until, text, err);
}

int
ev_git_child_next(
    struct ev_commit *c, struct ev_slice *text, struct ev_err *err)
{
	struct reader r = { text->p, text->p + text->n, false };

	ev_commit_clear(c);
	if (text->n == 0)
		return 0;
	if (read_commit(c, &r, true, err) == -1)
		return -1;
	*text = (struct ev_slice){ r.p, (size_t)(r.end - r.p) };
	return 1;
}

int
ev_git_child(
    struct ev_commit *c, const char *rev, int64_t until, struct ev_err *err)
{
	struct ev_buf branch = EV_BUF_INIT;
	struct ev_git_run run;
	int r;

	if (start(&run, rev, true, err) == -1)
		return -1;
	if (strcmp(rev, "HEAD") != 0 || ev_git_head(&branch) == -1) {
		r = read_named(c, &run, rev, until, err);
	} else {
		r = read_either(c, &run, rev, until, err);
		if (r == 0)
			ev_buf_addslice(&c->branch, ev_buf_slice(&branch));
	}
	ev_buf_clear(&branch);
	return r;
}
