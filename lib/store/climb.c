#include "store/climb.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

void
ev_climb_clear(struct ev_climb *climb)
{
	free(climb->start);
	free(climb->dir);
	free(climb->last);
	free(climb->root);
	*climb = (struct ev_climb)EV_CLIMB_INIT;
}

char *
ev_climb_shown(unsigned up, const char *sub, const char *name)
{
	struct ev_buf path = EV_BUF_INIT;

	while (up-- > 0)
		ev_buf_adds(&path, "../");
	if (sub[0] != '\0') {
		ev_buf_adds(&path, sub);
		ev_buf_addc(&path, '/');
	}
	ev_buf_add(&path, name, strlen(name) + 1);
	return path.p;
}

/* What holds all the way up. */
struct bounds {
	dev_t dev;
	uid_t uid;
	bool asked, has_home; /* home is looked at when it is needed first */
	struct stat home;
};

static bool
is_home(const struct stat *dir, struct bounds *b)
{
	const char *home;

	if (!b->asked) {
		home = getenv("HOME");
		b->has_home =
		    home != NULL && home[0] == '/' && stat(home, &b->home) == 0;
		b->asked = true;
	}
	return b->has_home && b->home.st_dev == dir->st_dev &&
	    b->home.st_ino == dir->st_ino;
}

static bool
holds_git(const char *dir)
{
	char *path = ev_layout_join(dir, ".git");
	struct stat st;
	bool is = lstat(path, &st) == 0;

	free(path);
	return is;
}

/* May this directory be looked into? */
static bool
allowed(const struct stat *st, const struct bounds *b)
{
	return st->st_dev == b->dev &&
	    (st->st_uid == b->uid || st->st_uid == 0);
}

/* True when the climb ends in this directory. */
static bool
is_last(struct ev_climb *climb, const struct stat *st, struct bounds *b)
{
	if (holds_git(climb->dir)) {
		climb->root = ev_strdup(climb->dir);
		climb->root_up = climb->up;
		return true;
	}
	return is_home(st, b) || strcmp(climb->dir, "/") == 0;
}

/* Can the names in it be looked up? */
static bool
open_to_us(const struct ev_climb *climb)
{
	return faccessat(AT_FDCWD, climb->dir, X_OK, AT_EACCESS) == 0;
}

static void
step_up(struct ev_climb *climb)
{
	char *slash = strrchr(climb->dir, '/');

	slash[slash == climb->dir] = '\0';
	climb->up++;
}

int
ev_climb(struct ev_climb *climb, struct ev_err *err)
{
	struct bounds bounds;
	struct stat st;
	int r;

	climb->start = getcwd(NULL, 0);
	if (climb->start == NULL || climb->start[0] != '/' ||
	    stat(climb->start, &st) < 0)
		return ev_fail_errno(err, "cannot tell the working directory");
	climb->dir = ev_strdup(climb->start);
	if (!open_to_us(climb))
		return ev_fail_errno(err, "cannot look into '%s'", climb->dir);
	bounds = (struct bounds){ .dev = st.st_dev, .uid = geteuid() };
	while (allowed(&st, &bounds)) {
		r = ev_spot_in(
		    climb->dir, ev_spots_found, &st, &climb->spot, err);
		if (r != 0)
			return r;
		free(climb->last);
		climb->last = ev_strdup(climb->dir);
		if (is_last(climb, &st, &bounds))
			return 0;
		step_up(climb);
		/* a root of git's may be there, unseen */
		if (stat(climb->dir, &st) < 0 || !open_to_us(climb))
			return 0;
	}
	return 0;
}
