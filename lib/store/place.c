#include "store/place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/climb.h"
#include "store/layout.h"

#define NEW_LOG ".events.jsonl"

void
ev_place_clear(struct ev_place *place)
{
	free(place->dir);
	free(place->shown);
	free(place->log);
	free(place->priv);
	free(place->feed);
	free(place->peer);
	if (place->fd >= 0)
		close(place->fd);
	ev_custom_free(place->custom);
	*place = (struct ev_place)EV_PLACE_INIT;
}

void
ev_place_set(struct ev_place *place, char *dir, const char *log, char *shown)
{
	struct ev_buf peer = EV_BUF_INIT;
	char *name = ev_strdup(log);

	ev_place_clear(place);
	ev_buf_adds(&peer, name);
	ev_buf_add(&peer, ".lock", sizeof(".lock"));
	place->dir = dir;
	place->shown = shown;
	place->log = name;
	place->priv = ev_layout_priv(name);
	place->feed = ev_layout_feed(name);
	place->peer = peer.p;
}

char *
ev_place_shown(const struct ev_place *place, const char *name)
{
	const char *slash = strrchr(place->shown, '/');
	struct ev_buf path = EV_BUF_INIT;

	if (slash != NULL)
		ev_buf_add(
		    &path, place->shown, (size_t)(slash - place->shown) + 1);
	ev_buf_add(&path, name, strlen(name) + 1);
	return path.p;
}

/* What lstat says of a name of the place; false: nothing is there. */
static bool
inspect(const struct ev_place *place, const char *name, struct stat *st)
{
	char *path = ev_layout_join(place->dir, name);
	bool is = lstat(path, st) == 0;

	free(path);
	return is;
}

static int
refuse(const struct ev_place *place, const char *name, const char *what,
    struct ev_err *err)
{
	char *shown = ev_place_shown(place, name);

	ev_fail(err, "'%s' is %s, refused", shown, what);
	free(shown);
	return -1;
}

int
ev_place_check(struct ev_place *place, struct ev_err *err)
{
	static const char link[] = "a symbolic link";
	struct stat st;

	/* a directory that was not resolved as a whole */
	if (strcmp(strrchr(place->dir, '/') + 1, ".beads") == 0 &&
	    inspect(place, "", &st) && S_ISLNK(st.st_mode))
		return refuse(place, "", link, err);
	place->exists = inspect(place, place->log, &st);
	if (place->exists && S_ISLNK(st.st_mode))
		return refuse(place, place->log, link, err);
	if (place->exists && !S_ISREG(st.st_mode))
		return refuse(place, place->log, "not a regular file", err);
	if (inspect(place, place->priv, &st) && S_ISLNK(st.st_mode))
		return refuse(place, place->priv, link, err);
	return 0;
}

/* Splits a path without a slash at its end; "." and "/" stand for themselves.
 * Gives the name, *dir is malloced. */
static const char *
split(const char *path, char **dir)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL) {
		*dir = ev_strdup(".");
		return path;
	}
	*dir = ev_memdup(path, slash == path ? 1 : (size_t)(slash - path));
	return slash + 1;
}

/* A log below a directory, at a spot. */
static void
set_spot(struct ev_place *place, const char *dir, const struct ev_spot *spot,
    char *shown)
{
	ev_place_set(place, ev_layout_join(dir, spot->sub), spot->log, shown);
}

static bool
in_dir(struct ev_place *place, const char *real, const char *named)
{
	const struct ev_spot *spot;
	char *sub;

	if (ev_spot_in(real, ev_spots_named, NULL, &spot, NULL) != 1)
		return false;
	sub = ev_layout_join(named, spot->sub);
	set_spot(place, real, spot, ev_layout_join(sub, spot->log));
	free(sub);
	return true;
}

static int
named_dir(struct ev_place *place, const char *real, const char *path,
    bool writer, struct ev_err *err)
{
	if (in_dir(place, real, path))
		return ev_place_check(place, err);
	if (!writer)
		return ev_fail(err,
		    "no event log in '%s': no %s, events.jsonl"
		    " or .beads/events.jsonl",
		    path, NEW_LOG);
	ev_place_set(
	    place, ev_strdup(real), NEW_LOG, ev_layout_join(path, NEW_LOG));
	return ev_place_check(place, err);
}

/* A log that is not there yet. */
static int
named_new(
    struct ev_place *place, const char *path, bool writer, struct ev_err *err)
{
	int why = errno;
	char *dir, *real;
	const char *name = split(path, &dir);
	size_t n = strlen(name);

	real = why == ENOENT ? realpath(dir, NULL) : NULL;
	if (why == ENOENT && real == NULL)
		why = errno;
	free(dir);
	if (real == NULL || !writer || n == 0) {
		free(real);
		errno = why;
		return ev_fail_errno(err, "cannot open '%s'", path);
	}
	if (n <= 6 || strcmp(name + n - 6, ".jsonl") != 0) {
		free(real);
		return ev_fail(err,
		    "cannot open '%s': it does not exist, and "
		    "only a name that ends in .jsonl is made",
		    path);
	}
	ev_place_set(place, real, name, ev_strdup(path));
	return ev_place_check(place, err);
}

static int
named_place(
    struct ev_place *place, const char *path, bool writer, struct ev_err *err)
{
	char *real = realpath(path, NULL), *dir;
	const char *name;
	struct stat st;
	int r;

	if (real == NULL)
		return named_new(place, path, writer, err);
	if (stat(real, &st) < 0) {
		r = ev_fail_errno(err, "cannot open '%s'", path);
	} else if (S_ISDIR(st.st_mode)) {
		r = named_dir(place, real, path, writer, err);
	} else {
		name = split(real, &dir);
		ev_place_set(place, dir, name, ev_strdup(path));
		r = ev_place_check(place, err);
	}
	free(real);
	return r;
}

static int
fallen_back(
    struct ev_place *place, const struct ev_climb *climb, struct ev_err *err)
{
	bool tree = climb->root != NULL;
	const char *dir = tree ? climb->root : climb->start;
	unsigned up = tree ? climb->root_up : 0;

	ev_place_set(
	    place, ev_strdup(dir), NEW_LOG, ev_climb_shown(up, "", NEW_LOG));
	place->origin = tree ? "work tree" : "here";
	if (ev_spot_own(dir, NEW_LOG, &place->exists, err) < 0)
		return -1;
	return ev_place_check(place, err);
}

/* Nothing was found: says where it was looked for. */
static int
nowhere(const struct ev_climb *climb, struct ev_err *err)
{
	bool one = climb->up == 0 || strcmp(climb->start, climb->last) == 0;

	if (climb->last == NULL)
		return ev_fail(err,
		    "no event log found: '%s' belongs to another user, name "
		    "the log in it with -S",
		    climb->start);
	return ev_fail(err,
	    "no event log found: no .events.jsonl, .beads/events.jsonl or "
	    "events.jsonl beside events/ in '%s'%s%s%s",
	    climb->start, one ? "" : " or above it up to '",
	    one ? "" : climb->last, one ? "" : "'");
}

static int
found_place(struct ev_place *place, bool writer, struct ev_err *err)
{
	struct ev_climb climb = EV_CLIMB_INIT;
	int r = ev_climb(&climb, err);

	if (r == 1) {
		set_spot(place, climb.dir, climb.spot,
		    ev_climb_shown(climb.up, climb.spot->sub, climb.spot->log));
		place->origin = "found";
		r = ev_place_check(place, err);
	} else if (r == 0 && writer) {
		r = fallen_back(place, &climb, err);
	} else if (r == 0) {
		r = nowhere(&climb, err);
	}
	ev_climb_clear(&climb);
	return r;
}

int
ev_place_find(
    struct ev_place *place, const char *named, bool writer, struct ev_err *err)
{
	const char *origin = "-S";
	int r;

	if (named == NULL) {
		named = getenv("EV_STORE");
		origin = "EV_STORE";
	} else if (named[0] == '\0') {
		return ev_fail(err, "the store's name is empty");
	}
	if (named == NULL || named[0] == '\0')
		return found_place(place, writer, err);
	r = named_place(place, named, writer, err);
	place->origin = origin;
	return r;
}

/* The private directory is there; of names that are not ours alone it must be
 * one that a writer of ours made. */
static bool
has_store(const struct ev_place *place)
{
	bool usual = strcmp(place->priv, ".events") == 0 ||
	    strcmp(place->priv, "events") == 0;
	struct stat st;
	char *lock;
	bool has;

	if (!inspect(place, place->priv, &st) || !S_ISDIR(st.st_mode))
		return false;
	lock = ev_layout_join(place->priv, "lock");
	has = usual || inspect(place, lock, &st);
	free(lock);
	return has;
}

int
ev_place_of_file(struct ev_place *place, const char *path)
{
	char *real = realpath(path, NULL), *dir;
	const char *name;
	bool is;

	if (real == NULL) {
		ev_place_clear(place);
		return 0;
	}
	name = split(real, &dir);
	is = name[0] != '\0';
	ev_place_set(place, dir, name, ev_strdup(path));
	free(real);
	if (is && has_store(place) && ev_place_check(place, NULL) == 0 &&
	    place->exists) {
		place->origin = "operand";
		return 1;
	}
	ev_place_clear(place);
	return 0;
}
