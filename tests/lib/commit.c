/*
 * A commit taken apart.  With arguments, WAY REV [DIALECT], for tests/git.bats:
 * what the way (library, child) gives of a commit of the repository at hand,
 * as --git --body puts it into an event.
 */
#include <stdlib.h>

#include "emit/commit.h"
#include "git/commit.h"
#include "git/decode.h"
#include "test.h"

static struct ev_commit commit = EV_COMMIT_INIT;

static void
parse(const char *object)
{
	struct ev_err err;

	ev_commit_clear(&commit);
	CHECK_INT(ev_commit_parse(&commit, ev_slice_of(object), &err), 0);
}

/* "key=value;" of each trailer. */
static const char *
trailers(const char *body)
{
	static struct ev_buf text = EV_BUF_INIT;
	struct ev_trailers t = { NULL, 0 };
	size_t i;

	ev_buf_reset(&text);
	ev_trailers_read(&t, ev_slice_of(body));
	for (i = 0; i < t.n; i++)
		ev_buf_addf(&text, "%.*s=%s;", (int)t.v[i].key.n, t.v[i].key.p,
		    ev_buf_str(&t.v[i].value));
	ev_trailers_clear(&t);
	return ev_buf_str(&text);
}

static void
test_trailers(void)
{
	CHECK_STR(trailers(""), "");
	CHECK_STR(trailers("A: 1"), "A=1;");
	CHECK_STR(trailers("text\n\nA: 1\nB-c :2\nA:  3"), "A=1;B-c=2;A=3;");
	CHECK_STR(trailers("A: 1\n\ntext"), "");
	CHECK_STR(trailers("A: 1\ntext"), "");
	CHECK_STR(
	    trailers("A: 1\n more\n\tand more\nB:"), "A=1 more and more;B=;");
	CHECK_STR(trailers(" blank first\nA: 1"), "");
	CHECK_STR(trailers("http is no key: but\nA: 1"), "");
	CHECK_STR(trailers(": no key\nA: 1"), "");
	CHECK_STR(trailers("# a comment\nA: 1"), "A=1;");
	/* git's own line, and a quarter of trailers */
	CHECK_STR(trailers("a\nb\nc\nSigned-off-by: S"), "Signed-off-by=S;");
	CHECK_STR(trailers("a\nb\nc\nd\nSigned-off-by: S"), "");
	CHECK_STR(trailers("(cherry picked from commit 12)\nA: 1"), "A=1;");
	CHECK_STR(trailers("\n\nA: 1"), "A=1;");
}

static void
test_message(void)
{
	parse("tree 0\nauthor A B <a@b> 10 +0200\ncommitter C <> 20 -0100\n"
	      "\n\n  one \t\ntwo\r\n\n\nbody  \n\n\n  last\n\nK: v\n\n");
	CHECK_STR(ev_buf_str(&commit.subject), "  one two");
	CHECK_STR(ev_buf_str(&commit.body), "body\n\n\n  last\n\nK: v");
	CHECK_INT(commit.trailers.n, 1);
	CHECK(ev_slice_is(commit.author.name, "A B"));
	CHECK(ev_slice_is(commit.author.email, "a@b"));
	CHECK(commit.author.timed && commit.author.time.tv_sec == 10);
	CHECK(ev_slice_is(commit.committer.email, ""));
	CHECK_STR(commit.signature, "none");
}

static void
test_ugly(void)
{
	struct ev_err err;

	ev_commit_clear(&commit);
	CHECK_INT(ev_commit_parse(&commit, ev_slice_of("blob"), &err), -1);
	CHECK_INT(ev_commit_parse(&commit, ev_slice_of(""), &err), -1);
	parse("tree ");
	CHECK_INT(commit.subject.n, 0);
	parse("tree 0\nauthor\nauthor \ncommitter >x< 5\nparent");
	CHECK(!commit.author.timed && !commit.committer.timed);
	CHECK_INT(commit.parents, 0);
	parse("tree 0\nauthor <<a>>b> 99999999999999999999 +0\n\n");
	CHECK(!commit.author.timed);
	parse("tree 0\nauthor A <a> 999999999999999999 +0\n\n");
	CHECK(!commit.author.timed);
	parse("tree 0\ngpgsig -----BEGIN SSH SIGNATURE-----\n author X\n\ns");
	CHECK_STR(commit.signature, "ssh");
	CHECK_INT(commit.author.name.n, 0);
	CHECK_STR(ev_buf_str(&commit.subject), "s");
}

/* Latin-1, a lone surrogate, what no encoding is. */
static void
test_encoding(void)
{
	struct ev_buf out = EV_BUF_INIT;

	parse("tree 0\nencoding ISO-8859-1\n\nf\xfcr");
	CHECK_STR(ev_buf_str(&commit.subject), "f\xc3\xbcr");
	parse("tree 0\nencoding ../../x//IGNORE\n\nf\xfcr");
	CHECK_STR(ev_buf_str(&commit.subject), "f\xef\xbf\xbdr");
	parse("tree 0\nencoding x-nobody\n\nf\xfcr");
	CHECK_STR(ev_buf_str(&commit.subject), "f\xef\xbf\xbdr");
	parse("tree 0\n\n\xed\xa0\x80");
	CHECK_STR(ev_buf_str(&commit.subject),
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	ev_git_decode(EV_SLICE("a\0b"), EV_SLICE(""), &out);
	CHECK_STR(ev_buf_str(&out),
	    "a\xef\xbf\xbd"
	    "b");
	ev_buf_reset(&out);
	/* ends in the middle of a character */
	ev_git_decode(EV_SLICE("\x82\xa0\x82"), EV_SLICE("SJIS"), &out);
	CHECK_STR(ev_buf_str(&out), "\xe3\x81\x82\xef\xbf\xbd");
	ev_buf_clear(&out);
}

static int
show(char **arg)
{
	struct ev_said_commit said = { .body = true };
	struct ev_buf json = EV_BUF_INIT;
	enum ev_git_way way = EV_GIT_ANY;
	struct ev_err err;

	if (strcmp(arg[0], "library") == 0)
		way = EV_GIT_LIBRARY;
	else if (strcmp(arg[0], "child") == 0)
		way = EV_GIT_CHILD;
	if (ev_commit_read(&commit, arg[1], way, 0, &err) == 0)
		said.commit = &commit;
	else
		said.note = err.text;
	ev_said_commit_json(
	    &said, &ev_dialects[arg[2] != NULL ? EV_GOVERN : EV_VERMAS], &json);
	puts(ev_buf_str(&json));
	ev_buf_clear(&json);
	ev_commit_clear(&commit);
	return said.commit == NULL;
}

int
main(int argc, char **argv)
{
	if (argc > 2)
		return show(argv + 1);
	test_trailers();
	test_message();
	test_ugly();
	test_encoding();
	ev_commit_clear(&commit);
	return test_end();
}
