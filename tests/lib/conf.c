#include "cli/conf.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "test.h"

static int
add(void *arg, const char *name, const char *value, int line)
{
	struct ev_buf *out = arg;

	if (value == NULL)
		ev_buf_addf(out, "%d %s;", line, name);
	else
		ev_buf_addf(out, "%d %s=%s;", line, name, value);
	return strcmp(name, "stop.here") == 0 ? 7 : 0;
}

/* Every variable as "LINE NAME=VALUE;", or the message. */
static const char *
parsed_n(const char *p, size_t n)
{
	static struct ev_buf out;
	struct ev_err err;
	struct ev_slice text = { p, n };

	ev_buf_reset(&out);
	if (ev_conf_read(text, "f", add, &out, &err) < 0) {
		ev_buf_reset(&out);
		ev_buf_adds(&out, err.text);
	}
	return ev_buf_str(&out);
}

static const char *
parsed(const char *text)
{
	return parsed_n(text, strlen(text));
}

static void
test_syntax(void)
{
	CHECK_STR(parsed(""), "");
	CHECK_STR(parsed("\xef\xbb\xbf[a]\r\n\tk = v\r\n"), "2 a.k=v;");
	CHECK_STR(parsed("[Core]\nBare\nFileMode=True # c\n; c\n# c\n"),
	    "2 core.bare;3 core.filemode=True;");
	CHECK_STR(parsed("[b \"Sub.\\\"x\\\\\"] K=1"), "1 b.Sub.\"x\\.k=1;");
	CHECK_STR(parsed("[a.B]c=1\n[ev]\nc-d=2"), "1 a.b.c=1;3 ev.c-d=2;");
	CHECK_STR(parsed("sync = data"), "1 sync=data;");
	CHECK_STR(parsed("[a]k=\n[a]l =   \n"), "1 a.k=;2 a.l=;");
	CHECK_STR(parsed("[stop]here\nafter=1"), "1 stop.here;");
}

static void
test_values(void)
{
	CHECK_STR(parsed("[a]k =  two  words \t \n"), "1 a.k=two  words;");
	CHECK_STR(parsed("[a]k = \" x \" y # z\n"), "1 a.k= x  y;");
	CHECK_STR(parsed("[a]k = \"a;b\"c;d"), "1 a.k=a;bc;");
	CHECK_STR(parsed("[a]k = \\\"q\\\" \\\\ \\n."), "1 a.k=\"q\" \\ \n.;");
	CHECK_STR(parsed("[a]\nk = one \\\r\n  two\nl=3"),
	    "2 a.k=one   two;4 a.l=3;");
	CHECK_STR(parsed("[a]k = \\\n   v"), "1 a.k=v;");
}

static void
test_wrong(void)
{
	CHECK_STR(parsed("[a]\nk = \"x\n"), "f:2: a quote is not closed");
	CHECK_STR(parsed("[a]\nk = \\x\n"),
	    "f:2: a wrong escape (\\\\ \\\" \\n \\t \\b)");
	CHECK_STR(parsed("[a]\nk v\n"), "f:2: a key without its =");
	CHECK_STR(parsed("[a\nk=1"), "f:1: a section's head is not closed");
	CHECK_STR(parsed("[]"), "f:1: a section without a name");
	CHECK_STR(parsed("[a b]"), "f:1: a subsection's name is not in quotes");
	CHECK_STR(parsed("[a \"b\n\"]"), "f:1: a section's head is torn");
	CHECK_STR(parsed("[a \"b"), "f:1: a section's head is torn");
	CHECK_STR(parsed("\n= 3"), "f:2: neither a section nor a key");
	CHECK_STR(parsed_n("[a]k=a\0b", 8), "f:1: a NUL");
	CHECK_STR(parsed_n("[a]k\0=b", 7), "f:1: a key without its =");
	CHECK_STR(parsed_n("\0", 1), "f:1: neither a section nor a key");
}

static void
test_get(void)
{
	struct ev_err err;
	char *value = NULL;

	scratch_put("one", "[a]k=1\n[a]k=2\nflag\n");
	CHECK_INT(ev_conf_get(scratch("one"), "a.k", &value, &err), 1);
	CHECK_STR(value, "2");
	free(value);
	CHECK_INT(ev_conf_get(scratch("one"), "a.flag", &value, &err), 1);
	CHECK_STR(value, "true");
	free(value);
	CHECK_INT(ev_conf_get(scratch("one"), "a.x", &value, &err), 0);
	CHECK_INT(ev_conf_get(scratch("none"), "a.k", &value, &err), 0);
	CHECK_INT(ev_conf_get(scratch_dir, "a.k", &value, &err), -1);
	mkfifo(scratch("fifo"), 0600);
	CHECK_INT(ev_conf_get(scratch("fifo"), "a.k", &value, &err), -1);
	scratch_put("bad", "[a]k=1\n[");
	CHECK_INT(ev_conf_get(scratch("bad"), "a.k", &value, &err), -1);
	CHECK(strstr(err.text, "bad:2: ") != NULL);
}

/* git's user as seen from a directory, "" when there is none. */
static const char *
user(const char *dir)
{
	static char text[100];
	char *name = ev_conf_git_user(dir == NULL ? NULL : scratch(dir));

	snprintf(text, sizeof(text), "%s", name == NULL ? "" : name);
	free(name);
	return text;
}

static void
test_user_files(void)
{
	CHECK_STR(user(NULL), "");
	scratch_put("system", "[user]name=System\n[include]path=name\n");
	setenv("GIT_CONFIG_SYSTEM", scratch("system"), 1);
	scratch_put("name", "[user]\n\tname = In Cluded\n");
	CHECK_STR(user(NULL), "System");
	mkdir(scratch(".config"), 0700);
	mkdir(scratch(".config/git"), 0700);
	scratch_put(".config/git/config", "[user]name=Xdg");
	CHECK_STR(user(NULL), "Xdg");
	scratch_put(
	    ".gitconfig", "[user]name=Home\nname=\n[user \"x\"]name=Not");
	CHECK_STR(user(NULL), "Home");
	scratch_put(".gitconfig", "[user]name=Home\n[include]\npath=~/name");
	CHECK_STR(user(NULL), "In Cluded");
	scratch_put(".gitconfig", "[include]path=name\n[user]name=Later");
	CHECK_STR(user(NULL), "Later");
	scratch_put("name", "[include]path=.gitconfig\n[user]name=Loop");
	CHECK_STR(user(NULL), "Later");
	scratch_put(".gitconfig", "[user]name=Home\n[broken");
	CHECK_STR(user(NULL), "Xdg");
	scratch_put("global", "[user]name=Global");
	setenv("GIT_CONFIG_GLOBAL", scratch("global"), 1);
	CHECK_STR(user(NULL), "Global");
	setenv("GIT_CONFIG_GLOBAL", "", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	CHECK_STR(user(NULL), "");
}

/* includeIf "gitdir:...": whose repository it is */
static void
test_user_condition(void)
{
	static const struct {
		const char *condition, *name;
	} rows[] = {
		{ "gitdir:~/job/", "Job" },
		{ "gitdir:~/job/r/.git", "Job" },
		{ "gitdir:./job/", "Job" },
		{ "gitdir:job/", "Job" },
		{ "gitdir:**/r/.git", "Job" },
		{ "gitdir:/job/", "Home" },
		{ "gitdir:~/jo/", "Home" },
		{ "gitdir:", "Home" },
		{ "onbranch:main", "Home" },
	};
	char text[200];
	size_t i;

	unsetenv("GIT_CONFIG_GLOBAL");
	mkdir(scratch("job"), 0700);
	mkdir(scratch("job/r"), 0700);
	mkdir(scratch("job/r/.git"), 0700);
	scratch_put("jobs", "[user]name=Job\n");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(text, sizeof(text),
		    "[user]name=Home\n[includeIf \"%s\"]path=jobs\n",
		    rows[i].condition);
		scratch_put(".gitconfig", text);
		CHECK_STR(user("job/r"), rows[i].name);
		CHECK_STR(user(NULL), "Home");
	}
	setenv("GIT_CONFIG_GLOBAL", "", 1);
}

static void
test_user_repository(void)
{
	mkdir(scratch("w"), 0700);
	mkdir(scratch("w/sub"), 0700);
	mkdir(scratch("w/.git"), 0700);
	CHECK_STR(user("w/sub"), "");
	scratch_put("w/.git/config", "[include]path=../../global\n");
	CHECK_STR(user("w/sub"), "");
	scratch_put("w/.git/config", "[core]bare=false\n[user]name=Repo\n");
	CHECK_STR(user("w/sub"), "Repo");
	CHECK_STR(user("w"), "Repo");
	CHECK_STR(user("gone"), "");
	/* a linked work tree */
	mkdir(scratch("w/.git/worktrees"), 0700);
	mkdir(scratch("w/.git/worktrees/l"), 0700);
	scratch_put("w/.git/worktrees/l/commondir", "../..\n");
	mkdir(scratch("l"), 0700);
	scratch_put("l/.git", "gitdir: ../w/.git/worktrees/l\n");
	CHECK_STR(user("l"), "Repo");
	/* a submodule has no commondir */
	scratch_put("w/.git/worktrees/l/config", "[user]name=Module\n");
	unlink(scratch("w/.git/worktrees/l/commondir"));
	CHECK_STR(user("l"), "Module");
	scratch_put("l/.git", "nonsense");
	CHECK_STR(user("l"), "");
	if (geteuid() == 0) {
		CHECK(chown(scratch("w/.git/config"), 4711, 4711) == 0);
		CHECK_STR(user("w"), "");
	}
}

int
main(void)
{
	scratch_begin();
	setenv("HOME", scratch_dir, 1);
	setenv("GIT_CONFIG_SYSTEM", "/nonexistent", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_CONFIG_GLOBAL");
	unsetenv("GIT_CONFIG_NOSYSTEM");
	test_syntax();
	test_values();
	test_wrong();
	test_get();
	test_user_files();
	test_user_condition();
	test_user_repository();
	scratch_end();
	return test_end();
}
