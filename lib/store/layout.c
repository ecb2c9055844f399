#include "store/layout.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define SUFFIX ".jsonl"

const struct ev_spot ev_spots_found[] = {
	{ "", ".events.jsonl", false },
	{ ".beads", "events.jsonl", false },
	{ "", "events.jsonl", true },
	{ NULL, NULL, false },
};

const struct ev_spot ev_spots_named[] = {
	{ "", ".events.jsonl", false },
	{ "", "events.jsonl", false },
	{ ".beads", "events.jsonl", false },
	{ NULL, NULL, false },
};

char *
ev_layout_join(const char *dir, const char *name)
{
	struct ev_buf path = EV_BUF_INIT;

	ev_buf_adds(&path, dir);
	if (path.n > 0 && path.p[path.n - 1] != '/' && name[0] != '\0')
		ev_buf_addc(&path, '/');
	ev_buf_adds(&path, name);
	ev_buf_addc(&path, '\0');
	return path.p;
}

char *
ev_layout_priv(const char *log)
{
	size_t n = strlen(log), tail = sizeof(SUFFIX) - 1;
	struct ev_buf name = EV_BUF_INIT;

	if (n > tail && strcmp(log + n - tail, SUFFIX) == 0)
		return ev_memdup(log, n - tail);
	ev_buf_adds(&name, log);
	ev_buf_add(&name, ".d", sizeof(".d"));
	return name.p;
}

char *
ev_layout_feed(const char *log)
{
	char *priv, *feed;

	if (strcmp(log, "events.jsonl") == 0)
		return ev_strdup("feed.jsonl");
	priv = ev_layout_priv(log);
	feed = ev_layout_join(priv, "feed.jsonl");
	free(priv);
	return feed;
}

static bool
mine(const struct stat *st)
{
	return st->st_uid == geteuid();
}

static bool
shared(const struct stat *st)
{
	return (st->st_mode & S_IWOTH) != 0;
}

static int
not_mine(const char *dir, const char *name, struct ev_err *err)
{
	return ev_fail(
	    err, "'%s/%s' belongs to another user, refused", dir, name);
}

/* In a directory where everybody may write the private directory must be the
 * user's too. */
static int
check_priv(const char *dir, const char *log, struct ev_err *err)
{
	char *priv = ev_layout_priv(log), *path = ev_layout_join(dir, priv);
	struct stat st;
	int r = 0;

	if (lstat(path, &st) == 0 && !mine(&st))
		r = not_mine(dir, priv, err);
	free(path);
	free(priv);
	return r;
}

static bool
paired(const char *dir, const char *log)
{
	char *priv = ev_layout_priv(log), *path = ev_layout_join(dir, priv);
	struct stat st;
	bool is = lstat(path, &st) == 0 && S_ISDIR(st.st_mode);

	free(path);
	free(priv);
	return is;
}

/* The directory of a spot itself: 1 to be looked into, 0, -1. */
static int
check_sub(
    const char *dir, const char *path, struct stat *st, struct ev_err *err)
{
	struct stat target;

	if (lstat(dir, st) < 0)
		return 0;
	if (S_ISLNK(st->st_mode) && lstat(path, &target) == 0)
		return ev_fail(err, "'%s' is a symbolic link, refused", dir);
	return S_ISDIR(st->st_mode) && (mine(st) || st->st_uid == 0);
}

static int
look(const char *dir, const struct ev_spot *spot, const struct stat *careful,
    struct ev_err *err)
{
	char *path = ev_layout_join(dir, spot->log);
	struct stat st, above;
	int r = lstat(path, &st) == 0;

	if (r == 1 && careful != NULL && spot->sub[0] != '\0') {
		r = check_sub(dir, path, &above, err);
		careful = &above;
	}
	if (r == 1 && spot->paired && !paired(dir, spot->log))
		r = 0;
	if (r == 1 && careful != NULL && shared(careful)) {
		r = mine(&st);
		if (r == 1 && check_priv(dir, spot->log, err) < 0)
			r = -1;
	}
	free(path);
	return r;
}

int
ev_spot_in(const char *dir, const struct ev_spot *spots,
    const struct stat *careful, const struct ev_spot **which,
    struct ev_err *err)
{
	char *sub;
	int r = 0;

	for (; r == 0 && spots->log != NULL; spots++) {
		sub = ev_layout_join(dir, spots->sub);
		r = look(sub, spots, careful, err);
		free(sub);
		*which = spots;
	}
	return r;
}

int
ev_spot_own(const char *dir, const char *log, bool *exists, struct ev_err *err)
{
	char *path = ev_layout_join(dir, log);
	struct stat st;
	int r = 0;

	*exists = lstat(path, &st) == 0;
	if (*exists && !mine(&st))
		r = not_mine(dir, log, err);
	free(path);
	if (r == 0 && stat(dir, &st) == 0 && (shared(&st) || !mine(&st)))
		r = check_priv(dir, log, err);
	return r;
}
