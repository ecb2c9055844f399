/*
 * object: a commit as it is stored, taken apart.
 */
#ifndef EV_GIT_OBJECT_H
#define EV_GIT_OBJECT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "git/trailer.h"

#define EV_GIT_HASH 65	/* the hex of SHA-256 with its NUL; SHA-1 has 40 */
#define EV_GIT_SHORT 7	/* the digits of a short hash */

/* All texts are UTF-8 and good as long as the commit is. */
struct ev_person {
	struct ev_slice	name, email;
	struct timespec	time;
	bool		timed;		/* the commit has a time we can write */
};

struct ev_commit {
	char		 hash[EV_GIT_HASH];
	struct ev_slice	*parent;
	size_t		 parents;
	struct ev_person author, committer;
	struct ev_buf	 subject;	/* the first paragraph, on one line */
	struct ev_buf	 body;		/* the rest */
	struct ev_trailers trailers;
	const char	*signature;	/* none, gpg, ssh, x509: not verified */
	struct ev_buf	 branch;	/* n == 0: none */
	/* against the first parent, a first commit against nothing */
	bool		 counted;	/* false: that parent is not here */
	uint64_t	 files, insertions, deletions, renames;
	struct ev_buf	 object;	/* what the slices point into */
};

#define EV_COMMIT_INIT { .signature = "none" }

/*
 * Reads the object (git-cat-file(1) commit) into an empty commit: all but
 * hash, branch and the counts.  Blanks at the ends of lines are left out, and
 * empty lines around the message.  -1: it is no commit.
 */
int	ev_commit_parse(struct ev_commit *commit, struct ev_slice object,
	    struct ev_err *err);

/* Frees all; the commit is as after EV_COMMIT_INIT. */
void	ev_commit_clear(struct ev_commit *commit);

#endif
