#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "store/place.h"
#include "test.h"

static struct ev_place place = EV_PLACE_INIT;
static struct ev_err err;

/* The finding, from a directory below the scratch one; "" when it fails. */
static const char *
find(const char *from, const char *named, bool writer)
{
	static char shown[512];

	CHECK(chdir(scratch(from)) == 0);
	err.text[0] = '\0';
	if (ev_place_find(&place, named, writer, &err) < 0)
		return "";
	snprintf(shown, sizeof(shown), "%s", place.shown);
	return shown;
}

static void
touch(const char *name)
{
	scratch_put(name, "");
}

static void
fresh(void)
{
	chdir("/");
	scratch_end();
	mkdir(scratch_dir, 0755);
	mkdir(scratch("a"), 0755);
	mkdir(scratch("a/b"), 0755);
	mkdir(scratch("a/b/c"), 0755);
	setenv("HOME", scratch("home"), 1);
	unsetenv("EV_STORE");
	ev_place_clear(&place);
}

static void
check_names(
    const char *log, const char *priv, const char *feed, const char *peer)
{
	ev_place_set(&place, strdup("/d"), log, strdup("s"));
	CHECK_STR(place.priv, priv);
	CHECK_STR(place.feed, feed);
	CHECK_STR(place.peer, peer);
}

static void
test_layout(void)
{
	check_names(".events.jsonl", ".events", ".events/feed.jsonl",
	    ".events.jsonl.lock");
	check_names(
	    "events.jsonl", "events", "feed.jsonl", "events.jsonl.lock");
	check_names("x.jsonl", "x", "x/feed.jsonl", "x.jsonl.lock");
	check_names("x.log", "x.log.d", "x.log.d/feed.jsonl", "x.log.lock");
	check_names(".jsonl", ".jsonl.d", ".jsonl.d/feed.jsonl", ".jsonl.lock");
}

static void
test_upwards(void)
{
	fresh();
	touch("a/.events.jsonl");
	CHECK_STR(find("a", NULL, false), ".events.jsonl");
	CHECK_STR(place.origin, "found");
	CHECK(place.exists);
	CHECK_STR(find("a/b/c", NULL, false), "../../.events.jsonl");
	CHECK_STR(place.dir, scratch("a"));
	/* a nearer one, and the order in one directory */
	touch("a/b/events.jsonl");
	CHECK_STR(find("a/b/c", NULL, false), "../../.events.jsonl");
	mkdir(scratch("a/b/events"), 0755);
	CHECK_STR(find("a/b/c", NULL, false), "../events.jsonl");
	mkdir(scratch("a/b/.beads"), 0755);
	touch("a/b/.beads/events.jsonl");
	CHECK_STR(find("a/b/c", NULL, true), "../.beads/events.jsonl");
	CHECK_STR(place.feed, "feed.jsonl");
	CHECK_STR(place.dir, scratch("a/b/.beads"));
	touch("a/b/.events.jsonl");
	CHECK_STR(find("a/b", NULL, false), ".events.jsonl");
}

static void
test_bounds(void)
{
	fresh();
	touch(".events.jsonl");
	CHECK_STR(find("a/b/c", NULL, false), "../../../.events.jsonl");
	mkdir(scratch("a/b/.git"), 0755);
	CHECK_STR(find("a/b/c", NULL, false), "");
	CHECK(strstr(err.text, "no event log found") == err.text);
	CHECK(strstr(err.text, "a/b/c'") != NULL);
	CHECK_STR(find("a/b/c", NULL, true), "../.events.jsonl");
	CHECK_STR(place.origin, "work tree");
	CHECK(!place.exists);
	rmdir(scratch("a/b/.git"));
	touch("a/b/.git");
	CHECK_STR(find("a/b/c", NULL, true), "../.events.jsonl");
	unlink(scratch("a/b/.git"));
	setenv("HOME", scratch("a"), 1);
	CHECK_STR(find("a/b/c", NULL, true), ".events.jsonl");
	CHECK_STR(place.origin, "here");
	CHECK_STR(find("a/b/c", NULL, false), "");
}

static void
test_named(void)
{
	fresh();
	touch("a/x.jsonl");
	CHECK_STR(find("a", "x.jsonl", false), "x.jsonl");
	CHECK_STR(place.origin, "-S");
	CHECK_STR(place.dir, scratch("a"));
	CHECK_STR(find("a", "b/new.jsonl", true), "b/new.jsonl");
	CHECK_STR(place.dir, scratch("a/b"));
	CHECK(!place.exists);
	CHECK_STR(find("a", "b/new.jsonl", false), "");
	CHECK_STR(find("a", "b/new.log", true), "");
	CHECK(strstr(err.text, ".jsonl") != NULL);
	CHECK_STR(find("a", "none/new.jsonl", true), "");
	CHECK_STR(find("a", "none/", true), "");
	CHECK_STR(find("a", "", true), "");
	CHECK_STR(find("a", "b", false), "");
	CHECK_STR(find("a", "b", true), "b/.events.jsonl");
	mkdir(scratch("a/b/.beads"), 0755);
	touch("a/b/.beads/events.jsonl");
	CHECK_STR(find("a", "b/", true), "b/.beads/events.jsonl");
	touch("a/b/events.jsonl");
	CHECK_STR(find("a", "b", true), "b/events.jsonl");
	touch("a/b/.events.jsonl");
	CHECK_STR(find("a", "b", true), "b/.events.jsonl");
	setenv("EV_STORE", "x.jsonl", 1);
	CHECK_STR(find("a", NULL, true), "x.jsonl");
	CHECK_STR(place.origin, "EV_STORE");
	setenv("EV_STORE", "", 1);
	CHECK_STR(find("a/b", NULL, true), ".events.jsonl");
	/* what is named is resolved once */
	CHECK(symlink("../x.jsonl", scratch("a/b/l.jsonl")) == 0);
	CHECK_STR(find("a/b", "l.jsonl", true), "l.jsonl");
	CHECK_STR(place.dir, scratch("a"));
	CHECK_STR(place.log, "x.jsonl");
}

static void
test_links(void)
{
	fresh();
	touch("victim");
	CHECK(symlink("../victim", scratch("a/.events.jsonl")) == 0);
	CHECK_STR(find("a/b", NULL, true), "");
	CHECK_STR(err.text, "'../.events.jsonl' is a symbolic link, refused");
	CHECK_STR(find("a/b", NULL, false), "");
	unlink(scratch("a/.events.jsonl"));
	touch("a/.events.jsonl");
	CHECK(symlink("b", scratch("a/.events")) == 0);
	CHECK_STR(find("a", NULL, false), "");
	CHECK_STR(err.text, "'.events' is a symbolic link, refused");
	fresh();
	CHECK(mkfifo(scratch("a/.events.jsonl"), 0644) == 0);
	CHECK_STR(find("a", NULL, false), "");
	CHECK_STR(err.text, "'.events.jsonl' is not a regular file, refused");
	fresh();
	touch("a/b/events.jsonl");
	CHECK(symlink("b", scratch("a/.beads")) == 0);
	CHECK_STR(find("a", NULL, true), "");
	CHECK(strstr(err.text, "is a symbolic link, refused") != NULL);
	CHECK_STR(find("a", scratch("a"), true), "");
	CHECK(strstr(err.text, "is a symbolic link, refused") != NULL);
}

/* Only root can make files of another user. */
static void
test_other_users(void)
{
	if (geteuid() != 0) {
		printf("skipped: other users (needs root)\n");
		return;
	}
	fresh();
	touch("a/.events.jsonl");
	CHECK(chmod(scratch("a"), 01777) == 0);
	CHECK_STR(find("a/b", NULL, false), "../.events.jsonl");
	/* in a directory for everybody: another's log captures nothing */
	CHECK(chown(scratch("a/.events.jsonl"), 65534, 65534) == 0);
	CHECK_STR(find("a/b", NULL, false), "");
	CHECK_STR(find("a/b", NULL, true), ".events.jsonl");
	CHECK_STR(find("a", NULL, true), "");
	CHECK(strstr(err.text, "belongs to another user") != NULL);
	/* nor does another's private directory */
	unlink(scratch("a/.events.jsonl"));
	mkdir(scratch("a/.events"), 0755);
	CHECK(chown(scratch("a/.events"), 65534, 65534) == 0);
	CHECK_STR(find("a", NULL, true), "");
	touch("a/.events.jsonl");
	CHECK_STR(find("a/b", NULL, true), "");
	/* another's directory ends the way up */
	fresh();
	touch("a/.events.jsonl");
	CHECK(chown(scratch("a"), 65534, 65534) == 0);
	CHECK_STR(find("a/b", NULL, false), "");
	CHECK_STR(find("a/b", scratch("a"), false), scratch("a/.events.jsonl"));
}

static void
test_operands(void)
{
	fresh();
	touch("a/x.jsonl");
	CHECK_INT(ev_place_of_file(&place, scratch("a/x.jsonl")), 0);
	mkdir(scratch("a/x"), 0755);
	CHECK_INT(ev_place_of_file(&place, scratch("a/x.jsonl")), 0);
	touch("a/x/lock");
	CHECK_INT(ev_place_of_file(&place, scratch("a/x.jsonl")), 1);
	CHECK_STR(place.priv, "x");
	touch("a/.events.jsonl");
	CHECK_INT(ev_place_of_file(&place, scratch("a/.events.jsonl")), 0);
	mkdir(scratch("a/.events"), 0755);
	CHECK_INT(ev_place_of_file(&place, scratch("a/.events.jsonl")), 1);
	CHECK_INT(ev_place_of_file(&place, scratch("none")), 0);
	CHECK(place.dir == NULL);
}

int
main(void)
{
	scratch_begin();
	test_layout();
	test_upwards();
	test_bounds();
	test_named();
	test_links();
	test_other_users();
	test_operands();
	ev_place_clear(&place);
	chdir("/");
	scratch_end();
	return test_end();
}
