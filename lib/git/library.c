#include "git/library.h"

#include <dlfcn.h>
#include <git2.h>
#include <git2/sys/repository.h>
#include <stddef.h>
#include <string.h>

#define SONAME "libgit2.so." LIBGIT2_SOVERSION

/* clang-format off */
#define CALLS(X) \
	X(commit_free) X(commit_id) X(commit_parent) X(commit_parentcount) \
	X(commit_tree) \
	X(diff_find_similar) X(diff_free) X(diff_get_delta) X(diff_get_stats) \
	X(diff_num_deltas) X(diff_stats_deletions) \
	X(diff_stats_files_changed) X(diff_stats_free) \
	X(diff_stats_insertions) X(diff_tree_to_tree) \
	X(error_last) X(index_free) X(index_new) X(libgit2_init) X(libgit2_shutdown) \
	X(object_free) X(object_peel) \
	X(odb_free) X(odb_object_data) X(odb_object_free) X(odb_object_size) \
	X(odb_read) X(oid_equal) X(oid_tostr) \
	X(reference_free) X(reference_is_branch) X(reference_resolve) \
	X(reference_shorthand) X(reference_target) \
	X(repository_free) X(repository_head) X(repository_odb) \
	X(repository_open_ext) X(repository_set_index) X(revparse_ext) X(tree_free)
/* clang-format on */

/* NOLINTNEXTLINE(bugprone-macro-parentheses): it declares a member */
#define FIELD(name) __typeof__(git_##name) *name;
#define ROW(name) { "git_" #name, offsetof(struct api, name) },

/* libgit2's functions, named without their git_. */
static struct api {
	CALLS(FIELD)
} git;

/*
 * At its start libgit2 has mbedTLS decode all root certificates of the system,
 * which costs more than all else that is done here (3.2 of 6 ms).  Nothing
 * here speaks to a network; so the executable exports (see Makefile) this
 * function in mbedTLS's place, and libgit2 does without certificates.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int
mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return -1;
}

/* The step that failed, and libgit2's reason where it has one. */
static int
fail(struct ev_err *err, const char *what)
{
	const git_error *e = git.error_last();

	if (e == NULL || e->message == NULL)
		return ev_fail(err, "libgit2: %s", what);
	return ev_fail(err, "libgit2: %s: %s", what, e->message);
}

static int
load(struct ev_err *err)
{
	static const struct {
		const char *name;
		size_t at;
	} calls[] = { CALLS(ROW) };
	static bool loaded;
	void *handle, *sym;
	size_t i;

	if (loaded)
		return 0;
	handle = dlopen(SONAME, RTLD_LAZY | RTLD_LOCAL);
	if (handle == NULL)
		return ev_fail(err, "cannot load " SONAME);
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		sym = dlsym(handle, calls[i].name);
		if (sym == NULL)
			return ev_fail(err, SONAME " has no %s", calls[i].name);
		memcpy((char *)&git + calls[i].at, &sym, sizeof(sym));
	}
	loaded = true;
	return 0;
}

/* What REV means: the commit, and the reference when REV is the name of one.
 */
static int
find(git_repository *repo, const char *rev, git_commit **commit,
    git_reference **ref, struct ev_err *err)
{
	git_object *named, *peeled;
	int r;

	if (git.revparse_ext(&named, ref, repo, rev) != 0)
		return fail(err, "cannot find the commit");
	r = git.object_peel(&peeled, named, GIT_OBJECT_COMMIT);
	git.object_free(named);
	if (r != 0) {
		git.reference_free(*ref);
		return fail(err, "it is not one commit");
	}
	*commit = (git_commit *)peeled;
	return 0;
}

static int
read_object(git_repository *repo, git_commit *commit, struct ev_commit *c,
    struct ev_err *err)
{
	git_odb_object *object;
	struct ev_slice text;
	git_odb *odb;
	int r;

	git.oid_tostr(c->hash, sizeof(c->hash), git.commit_id(commit));
	if (git.repository_odb(&odb, repo) != 0)
		return fail(err, "cannot read objects");
	r = git.odb_read(&object, odb, git.commit_id(commit));
	git.odb_free(odb);
	if (r != 0)
		return fail(err, "cannot read the commit");
	text.p = git.odb_object_data(object);
	text.n = git.odb_object_size(object);
	r = ev_commit_parse(c, text, err);
	git.odb_object_free(object);
	return r;
}

/* Is the reference a branch?  Then *c has its name. */
static bool
take_branch(git_reference *ref, struct ev_commit *c)
{
	git_reference *direct;
	bool is;

	if (ref == NULL || git.reference_resolve(&direct, ref) != 0)
		return false;
	is = git.reference_is_branch(direct) == 1;
	if (is)
		ev_buf_adds(&c->branch, git.reference_shorthand(direct));
	git.reference_free(direct);
	return is;
}

/*
 * The branch that REV names, else the one that is checked out when its tip is
 * the commit.
 */
static void
read_branch(git_repository *repo, git_commit *commit, git_reference *ref,
    struct ev_commit *c)
{
	git_reference *head;

	if (take_branch(ref, c) || git.repository_head(&head, repo) != 0)
		return;
	if (git.oid_equal(git.reference_target(head), git.commit_id(commit)) ==
	    1)
		take_branch(head, c);
	git.reference_free(head);
}

/*
 * Would git perhaps count otherwise?  It has another measure of how much of a
 * file is the same, and compares a file with a link in its place.
 */
static bool
in_doubt(git_diff *diff, struct ev_commit *c)
{
	bool added = false, deleted = false, doubt = false;
	const git_diff_delta *d;
	size_t i;

	for (i = 0; i < git.diff_num_deltas(diff); i++) {
		d = git.diff_get_delta(diff, i);
		added = added || d->status == GIT_DELTA_ADDED;
		deleted = deleted || d->status == GIT_DELTA_DELETED;
		doubt = doubt || d->status == GIT_DELTA_TYPECHANGE;
		if (d->status != GIT_DELTA_RENAMED)
			continue;
		c->renames++;
		doubt = doubt || d->similarity < 100;
	}
	return doubt || (added && deleted);
}

static int
count(git_diff *diff, struct ev_commit *c, struct ev_err *err)
{
	/* as git does it with -M50% -l1000 */
	git_diff_find_options find = { .version = GIT_DIFF_FIND_OPTIONS_VERSION,
		.flags = GIT_DIFF_FIND_RENAMES |
		    GIT_DIFF_FIND_DONT_IGNORE_WHITESPACE,
		.rename_threshold = 50,
		.rename_limit = 1000 };
	git_diff_stats *stats;

	if (git.diff_find_similar(diff, &find) != 0 ||
	    git.diff_get_stats(&stats, diff) != 0)
		return fail(err, "cannot compare with the parent");
	c->files = git.diff_stats_files_changed(stats);
	c->insertions = git.diff_stats_insertions(stats);
	c->deletions = git.diff_stats_deletions(stats);
	c->counted = true;
	git.diff_stats_free(stats);
	return in_doubt(diff, c);
}

static int
compare(git_repository *repo, git_tree *before, git_tree *after,
    struct ev_commit *c, struct ev_err *err)
{
	git_diff_options options = { .version = GIT_DIFF_OPTIONS_VERSION,
		.flags = GIT_DIFF_INCLUDE_TYPECHANGE,
		.ignore_submodules = GIT_SUBMODULE_IGNORE_NONE,
		.context_lines = 3 };
	git_diff *diff;
	int r;

	if (git.diff_tree_to_tree(&diff, repo, before, after, &options) != 0)
		return fail(err, "cannot compare with the parent");
	r = count(diff, c, err);
	git.diff_free(diff);
	return r;
}

/* Against the first parent; where a shallow clone ends, not at all. */
static int
read_counts(git_repository *repo, git_commit *commit, struct ev_commit *c,
    struct ev_err *err)
{
	git_tree *before = NULL, *after;
	git_commit *parent;
	int r = 0;

	if (git.commit_parentcount(commit) > 0) {
		r = git.commit_parent(&parent, commit, 0);
		if (r == GIT_ENOTFOUND)
			return 0;
		if (r != 0)
			return fail(err, "cannot read the parent");
		r = git.commit_tree(&before, parent);
		git.commit_free(parent);
	}
	if (r != 0 || git.commit_tree(&after, commit) != 0) {
		git.tree_free(before);
		return fail(err, "cannot read a tree");
	}
	r = compare(repo, before, after, c, err);
	git.tree_free(before);
	git.tree_free(after);
	return r;
}

/*
 * An empty index in the place of the repository's: git, too, takes attributes
 * from the work tree alone, not from what the index has of them.
 */
static int
forget_index(git_repository *repo)
{
	git_index *none;
	int r = git.index_new(&none);

	if (r == 0) {
		r = git.repository_set_index(repo, none);
		git.index_free(none);
	}
	return r;
}

static int
read_all(git_repository *repo, const char *rev, struct ev_commit *c,
    struct ev_err *err)
{
	git_reference *ref = NULL;
	git_commit *commit = NULL;
	int r;

	if (forget_index(repo) != 0)
		return fail(err, "cannot make an index");
	if (find(repo, rev, &commit, &ref, err) == -1)
		return -1;
	r = read_object(repo, commit, c, err);
	if (r == 0)
		r = read_counts(repo, commit, c, err);
	if (r >= 0)
		read_branch(repo, commit, ref, c);
	git.commit_free(commit);
	git.reference_free(ref);
	return r;
}

int
ev_git_library(struct ev_commit *c, const char *rev, struct ev_err *err)
{
	git_repository *repo;
	int r;

	if (load(err) == -1)
		return -1;
	if (git.libgit2_init() < 0)
		return fail(err, "cannot start");
	/* GIT_DIR and its sisters are understood as git does */
	if (git.repository_open_ext(
		&repo, NULL, GIT_REPOSITORY_OPEN_FROM_ENV, NULL) != 0)
		r = fail(err, "cannot open the repository");
	else {
		r = read_all(repo, rev, c, err);
		git.repository_free(repo);
	}
	git.libgit2_shutdown();
	return r;
}
