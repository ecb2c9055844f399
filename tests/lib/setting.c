#include "cli/defaults.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "test.h"

static char priv[] = ".events";
static struct ev_place place = { .dir = scratch_dir, .priv = priv, .fd = -1 };

/* The message of the settings as they stand, without the directory; "" when
 * they are sound. */
static const char *
wrong(struct ev_place *at)
{
	static struct ev_err err;
	struct ev_settings *set = ev_defaults_read(at, &err);

	ev_settings_free(set);
	if (set != NULL)
		return "";
	return strncmp(err.text, scratch_dir, strlen(scratch_dir)) == 0 ?
	    err.text + strlen(scratch_dir) :
	    err.text;
}

/* "VALUE ORIGIN" of a setting, as --show-config has it. */
static const char *
shown(const struct ev_settings *set, const char *name)
{
	static struct ev_buf out;
	static char line[400];
	const char *p;

	ev_buf_reset(&out);
	ev_buf_addc(&out, '\n');
	ev_settings_show(set, &out);
	snprintf(line, sizeof(line), "\n%s\t", name);
	p = strstr(ev_buf_str(&out), line);
	if (p == NULL)
		return "not shown";
	p += strlen(line);
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(p, "\n"), p);
	return line;
}

static void
test_defaults(void)
{
	struct ev_err err;
	struct ev_settings *set = ev_defaults_read(&place, &err);

	CHECK(set != NULL);
	if (set == NULL)
		return;
	CHECK(ev_setting(set, EV_SET_ACTOR) == NULL);
	CHECK_STR(ev_setting(set, EV_SET_SYNC), "none");
	CHECK_STR(shown(set, "sync"), "none\tdefault");
	CHECK_STR(shown(set, "caused-by"), "\tdefault");
	CHECK_STR(shown(set, "max-line"), "64M\tdefault");
	ev_settings_free(set);
}

static void
test_ranks(void)
{
	struct ev_err err;
	struct ev_settings *set;
	char want[300];

	scratch_put(".config/ev/config",
	    "# mine\n[ev]\nactor = user\nsession = u\n"
	    "sync = full\npager = less -R\nstore = /x\nmaxLine = 1M\n"
	    "[redact] key = mine\n");
	scratch_put(".events/config",
	    "sync = data\n[ev]\nactor = \"st\\tore\"\n"
	    "threads = 3\n[redact]\nkey = a\nkey = b\n");
	setenv("BD_ACTOR", "second", 1);
	setenv("EV_SESSION", "", 1);
	set = ev_defaults_read(&place, &err);
	CHECK(set != NULL);
	if (set == NULL)
		return;
	CHECK_STR(shown(set, "actor"), "second\tenvironment BD_ACTOR");
	snprintf(
	    want, sizeof(want), "data\tfile %s/.events/config:1", scratch_dir);
	CHECK_STR(shown(set, "sync"), want);
	snprintf(
	    want, sizeof(want), "u\tfile %s/.config/ev/config:4", scratch_dir);
	CHECK_STR(shown(set, "session"), want);
	CHECK_STR(ev_setting(set, EV_SET_THREADS), "3");
	CHECK_STR(ev_setting(set, EV_SET_PAGER), "less -R");
	CHECK_STR(ev_setting(set, EV_SET_STORE), "/x");
	CHECK_STR(ev_setting(set, EV_SET_MAX_LINE), "1M");
	CHECK_STR(ev_setting_redact(set, 0), "mine");
	CHECK_STR(ev_setting_redact(set, 1), "a");
	CHECK_STR(ev_setting_redact(set, 2), "b");
	CHECK(ev_setting_redact(set, 3) == NULL);
	snprintf(want, sizeof(want), "mine\tfile %s/.config/ev/config:9",
	    scratch_dir);
	CHECK_STR(shown(set, "redact.key"), want);
	ev_setting_put(set, EV_SET_SYNC, ev_setting(set, EV_SET_SYNC));
	CHECK_STR(shown(set, "sync"), "data\toption");
	ev_settings_free(set);

	setenv("EV_ACTOR", "first", 1);
	setenv("EV_PAGER", "", 1);
	set = ev_defaults_read(NULL, &err);
	CHECK(set != NULL);
	if (set == NULL)
		return;
	CHECK_STR(ev_setting(set, EV_SET_ACTOR), "first");
	CHECK_STR(ev_setting(set, EV_SET_PAGER), "");
	CHECK_STR(ev_setting(set, EV_SET_SYNC), "full");
	CHECK_INT(ev_defaults_place(set, &place, &err), 0);
	CHECK_STR(ev_setting(set, EV_SET_SYNC), "data");
	CHECK_STR(ev_setting(set, EV_SET_ACTOR), "first");
	ev_settings_free(set);
	unsetenv("EV_ACTOR");
	unsetenv("EV_PAGER");
	unsetenv("BD_ACTOR");
	set = ev_defaults_read(&place, &err);
	CHECK(set != NULL);
	if (set != NULL)
		CHECK(strncmp(shown(set, "actor"), "st\\tore\t", 8) == 0);
	ev_settings_free(set);
}

static void
test_wrong(void)
{
	scratch_put(".config/ev/config", "[ev]\ncolour = never\n");
	CHECK_STR(wrong(NULL),
	    "/.config/ev/config:2: unknown variable "
	    "'ev.colour', did you mean 'ev.color'?");
	scratch_put(".config/ev/config", "[core]\nx = 1\n");
	CHECK_STR(
	    wrong(NULL), "/.config/ev/config:2: unknown variable 'core.x'");
	scratch_put(".config/ev/config", "[ev]\nactor\n");
	CHECK_STR(wrong(NULL), "/.config/ev/config:2: 'ev.actor' has no value");
	scratch_put(".config/ev/config", "[ev]\nsync = dat\n");
	CHECK_STR(wrong(NULL),
	    "/.config/ev/config:2: ev.sync: 'dat' is not "
	    "one of: none data full");
	scratch_put(".config/ev/config", "[ev]\nthreads = -1\n");
	CHECK_STR(wrong(NULL),
	    "/.config/ev/config:2: ev.threads: '-1' is "
	    "not a number from 0 to 9999");
	scratch_put(".config/ev/config", "[redact]\nkeys = a\n");
	CHECK(*wrong(NULL) != '\0');
	scratch_put(".config/ev/config", "[redact]\nkey\n");
	CHECK_STR(
	    wrong(NULL), "/.config/ev/config:2: 'redact.key' has no value");
	scratch_put(".config/ev/config", "[ev");
	CHECK_STR(wrong(NULL),
	    "/.config/ev/config:1: a section's head is not closed");
	scratch_put(".config/ev/config", "");
	setenv("EV_LEVEL", "loud", 1);
	CHECK_STR(
	    wrong(NULL), "EV_LEVEL: 'loud' is not one of: audit ops debug");
	unsetenv("EV_LEVEL");
}

static void
test_foreign_store(void)
{
	scratch_put(".events/config", "[ev]\npager = rm -rf /\n");
	CHECK_STR(wrong(&place),
	    "/.events/config:2: 'ev.pager' counts only "
	    "in the user's own config");
	scratch_put(".events/config", "[ev]\nstore = /etc\n");
	CHECK_STR(wrong(&place),
	    "/.events/config:2: 'ev.store' counts only "
	    "in the user's own config");
	unlink(scratch(".events/config"));
	CHECK(symlink("../.config/ev/config", scratch(".events/config")) == 0);
	CHECK(*wrong(&place) != '\0');
	unlink(scratch(".events/config"));
	CHECK(mkfifo(scratch(".events/config"), 0600) == 0);
	CHECK(*wrong(&place) != '\0');
	unlink(scratch(".events/config"));
	CHECK_STR(wrong(&place), "");
}

int
main(void)
{
	static const char *const unset[] = { "EV_STORE", "EV_ACTOR", "BD_ACTOR",
		"EV_SESSION", "EV_CORRELATION", "EV_CAUSED_BY", "EV_LEVEL",
		"EV_DIALECT", "EV_NOW", "EV_SYNC", "EV_MAX_LINE", "EV_THREADS",
		"EV_COLOR", "EV_PAGER", "XDG_CONFIG_HOME" };
	size_t i;

	scratch_begin();
	setenv("HOME", scratch_dir, 1);
	for (i = 0; i < sizeof(unset) / sizeof(unset[0]); i++)
		unsetenv(unset[i]);
	test_defaults();
	mkdir(scratch(".config"), 0700);
	mkdir(scratch(".config/ev"), 0700);
	mkdir(scratch(".events"), 0700);
	test_ranks();
	test_wrong();
	test_foreign_store();
	scratch_end();
	return test_end();
}
