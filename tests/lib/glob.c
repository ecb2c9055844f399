/* glob: shell patterns and lists of them. */
#include "test.h"

#include <stdlib.h>

#include "text/glob.h"

static void
glob(const char *pattern, const char *text, bool want)
{
	bool got = ev_glob_match(ev_slice_of(pattern), ev_slice_of(text));

	CHECK(got == want);
	if (got != want)
		printf("  '%s' against '%s'\n", pattern, text);
}

static void
list(const char *globs, const char *text, bool want)
{
	struct ev_globs *g = ev_globs_new(globs);
	bool got = ev_globs_match(g, ev_slice_of(text));

	CHECK(got == want);
	if (got != want)
		printf("  '%s' against '%s'\n", globs, text);
	ev_globs_free(g);
}

static void
test_stars(void)
{
	glob("", "", true);
	glob("", "a", false);
	glob("*", "", true);
	glob("**", "", true);
	glob("?", "", false);
	glob("*", "bead.closed", true);
	glob("bead.*", "bead.closed", true);
	glob("bead.*", "bead.", true);
	glob("bead.*", "bead", false);
	glob("*ed", "closed", true);
	glob("*ed", "closed.", false);
	glob("*a*b*c", "xxaxxbxxbxc", true);
	glob("*a*b*c", "xxaxxbxxbx", false);
	glob("a*a*a", "aa", false);
	glob("b?ad", "bead", true);
	glob("BEAD.*", "bead.closed", false);
	glob("a.b", "axb", false);
	glob("*", "a/b.c\nd", true);
}

static void
test_classes(void)
{
	glob("[a-c]x", "bx", true);
	glob("[a-c]x", "dx", false);
	glob("[!a-c]", "d", true);
	glob("[^a-c]", "a", false);
	glob("[]x]", "]", true);
	glob("[!]x]", "]", false);
	glob("[a-]", "-", true);
	glob("[-a]", "-", true);
	glob("[c-a]", "b", false);
	glob("[\\]]", "]", true);
	glob("[a\\-c]", "b", false);
	glob("[", "[", true);
	glob("[ab", "[ab", true);
	glob("*[ab", "xx[ab", true);
	glob("[]", "[]", true);
	glob("[!]", "[!]", true);
	glob("[[]", "[", true);
}

static void
test_escapes(void)
{
	glob("\\*", "*", true);
	glob("\\*", "a", false);
	glob("a\\", "a\\", true);
	glob("\\\\", "\\", true);
	glob("\\a", "a", true);
}

static void
test_characters(void)
{
	glob("?", "\xc3\xa9", true);
	glob("??", "\xc3\xa9", false);
	glob("[\xc3\xa0-\xc3\xbf]", "\xc3\xa9", true);
	glob("[!a]", "\xf0\x9f\x98\x80", true);
	glob("*\x9f*", "\xf0\x9f\x98\x80", false);
	/* bytes that are not UTF-8 are one character each */
	glob("?", "\xff", true);
	glob("??", "\xc3\x28", true);
	glob("\xff", "\xff", true);
	glob("\xff", "\xc3\xbf", false);
}

static void
test_lists(void)
{
	list("bead.*,mail.*", "mail.sent", true);
	list("bead.*,mail.*", "mol.step", false);
	list("bead.*,!bead.closed", "bead.closed", false);
	list("!bead.closed,bead.*", "bead.closed", false);
	list("bead.*,!bead.closed", "bead.hooked", true);
	list("!bead.closed", "anything", true);
	list("!bead.closed", "bead.closed", false);
	list("", "", true);
	list("", "a", false);
	list("a,", "", true);
	list("a,", "b", false);
	list("!", "", false);
	list("!", "a", true);
	list("a\\,b", "a,b", true);
	list("a\\,b", "a", false);
	list("\\!a", "!a", true);
	list("\\!a", "b", false);
	list("a\\", "a\\", true);
}

/* Without the step back to the last star alone this would not end. */
static void
test_many_stars(void)
{
	static char text[20000];
	struct ev_slice pattern = EV_SLICE("*a*a*a*a*a*a*a*a*a*a*a*a*a*b");

	memset(text, 'a', sizeof(text));
	CHECK(!ev_glob_match(pattern, (struct ev_slice){ text, sizeof(text) }));
	CHECK(ev_glob_match(EV_SLICE("*"), (struct ev_slice){ NULL, 0 }));
	CHECK(ev_glob_match(
	    (struct ev_slice){ NULL, 0 }, (struct ev_slice){ NULL, 0 }));
}

int
main(void)
{
	test_stars();
	test_classes();
	test_escapes();
	test_characters();
	test_lists();
	test_many_stars();
	return test_end();
}
