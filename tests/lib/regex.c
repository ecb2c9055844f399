/* regex: Perl patterns, their limits, and the text that they require. */
#include "test.h"

#include <pthread.h>
#include <stdlib.h>

#include "text/regex.h"

static int
match(const char *pattern, bool smart, const char *text)
{
	struct ev_err err;
	struct ev_regex *regex = ev_regex_new(pattern, smart, &err);
	int r;

	CHECK(regex != NULL);
	if (regex == NULL)
		return -2;
	r = ev_regex_match(regex, ev_slice_of(text));
	ev_regex_free(regex);
	return r;
}

static void
test_match(void)
{
	CHECK_INT(match("b+d", false, "abbd"), 1);
	CHECK_INT(match("b+d", false, "abb"), 0);
	CHECK_INT(match("", false, ""), 1);
	CHECK_INT(match("^.$", false, "\xc3\xa9"), 1);
	CHECK_INT(match("(a)(b)(c)\\3", false, "abcc"), 1);
	CHECK_INT(match("closed", false, "bead.CLOSED"), 0);
}

static void
test_smart_case(void)
{
	CHECK_INT(match("closed", true, "bead.CLOSED"), 1);
	CHECK_INT(match("Closed", true, "bead.closed"), 0);
	CHECK_INT(match("clos\\S+", true, "CLOSED"), 1);
	CHECK_INT(match("\\p{Lu}b", true, "AB"), 1);
	CHECK_INT(match("(?<Name>a)", true, "A"), 1);
	CHECK_INT(match("(?P<Name>a)", true, "A"), 1);
	CHECK_INT(match("\\x41b", true, "aB"), 1);
	CHECK_INT(match("[A-Z]", true, "a"), 0);
	CHECK_INT(match("z\xc3\xbcrich", true, "Z\xc3\x9cRICH"), 1);
	CHECK_INT(match("z\xc3\x9crich", true, "z\xc3\xbcrich"), 0);
}

static void
test_wrong(void)
{
	struct ev_err err;

	CHECK(ev_regex_new("a(b", false, &err) == NULL);
	CHECK_STR(err.text,
	    "pattern 'a(b': missing closing parenthesis "
	    "(at byte 4)");
	CHECK(ev_regex_new("*a", false, &err) == NULL);
	CHECK(ev_regex_new("\xff", false, &err) == NULL);
	CHECK(ev_regex_new("a\\", true, &err) == NULL);
	CHECK(ev_regex_new("(?", true, &err) == NULL);
	CHECK(ev_regex_new("[", true, NULL) == NULL);
}

static void
test_bad_text(void)
{
	CHECK_INT(match("b", false,
		      "a\xff"
		      "b"),
	    1);
	CHECK_INT(match("a.b", false,
		      "a\xff"
		      "b"),
	    0);
	CHECK_INT(match("b", false,
		      "\xed\xa0\x80"
		      "b"),
	    1);
	CHECK_INT(match("b", false, "\xc3"), 0);
}

/* Neither hangs nor ends the process. */
static void
test_limits(void)
{
	enum { SIZE = 100000 };
	static const char *const evil[] = { "(a+)+$", "^(\\w+\\s?)*$", "(?R)?a",
		"(*NO_JIT)(a+)+$", "(*NO_JIT)(?R)?a", "(a|aa)+$", "(x+x+)+y",
		"(?:a|b)*c" };
	char *text = malloc(SIZE);
	struct ev_slice s = { text, SIZE };
	struct ev_regex *regex;
	size_t i;

	memset(text, 'a', SIZE);
	text[SIZE - 1] = '!';
	for (i = 0; i < sizeof(evil) / sizeof(evil[0]); i++) {
		regex = ev_regex_new(evil[i], false, NULL);
		CHECK(ev_regex_match(regex, s) <= 0);
		ev_regex_free(regex);
	}
	regex = ev_regex_new("^(a+)+$", false, NULL);
	CHECK_INT(ev_regex_match(regex, s), -1);
	CHECK_INT(ev_regex_match(regex, ev_slice_of("aab")), 0);
	CHECK_INT(ev_regex_unsolved(regex), 1);
	ev_regex_free(regex);
	/* much to remember, but not too much */
	regex = ev_regex_new("^(?:a|b)*!", false, NULL);
	CHECK_INT(ev_regex_match(regex, s), 1);
	ev_regex_free(regex);
	free(text);
}

static void
literal(const char *pattern, const char *want)
{
	struct ev_regex *regex = ev_regex_new(pattern, false, NULL);
	const char *got = regex != NULL ? ev_regex_literal(regex) : "wrong";

	CHECK_STR(got != NULL ? got : "-", want != NULL ? want : "-");
	if (strcmp(got != NULL ? got : "-", want != NULL ? want : "-") != 0)
		printf("  of '%s'\n", pattern);
	ev_regex_free(regex);
}

static void
test_literals(void)
{
	literal("bead\\.closed", "bead.closed");
	literal("\"type\":\"[a-z]+\"", "\"type\":\"");
	literal("{\"a\":1}", "\"a\":1}");
	literal("abcd*", "abc");
	literal("abcd?e", "abc");
	literal("abcd+efghi", "efghi");
	literal("abcd{0,3}", "abc");
	literal("abcd{2}?", "abc");
	literal("^abc$", "abc");
	literal("(x|y)abc", "abc");
	literal("(?:x|y)*abc[]|]def", "abc");
	literal("\\babc\\d+", "abc");
	literal("ab\xc3\xa9*", NULL);
	literal("abc\xc3\xa9*", "abc");
	literal("abc\xc3\xa9", "abc\xc3\xa9");
	literal("ab", NULL);
	literal("abc|def", NULL);
	literal("(abc|def)", NULL);
	literal("(?i)abc", NULL);
	literal("x(?i)abc", NULL);
	literal("(x(?i))abc", NULL);
	literal("(?=abc)abc", NULL);
	literal("(?x)a b c d", NULL);
	literal("\\Qabc*\\E", NULL);
	literal("\\x41bcd", NULL);
	literal("[[:alpha:]]abc", NULL);
	literal("(*UTF)abcd", NULL);
	literal(".*", NULL);
	literal("(abc)?", NULL);
	literal("((a)b(c))+def", "def");
}

static void
test_folded_literal(void)
{
	struct ev_regex *regex = ev_regex_new("closed", true, NULL);

	CHECK(ev_regex_literal(regex) == NULL);
	ev_regex_free(regex);
	regex = ev_regex_new("Closed", true, NULL);
	CHECK_STR(ev_regex_literal(regex), "Closed");
	ev_regex_free(regex);
	ev_regex_free(NULL);
}

static void *
match_often(void *arg)
{
	const struct ev_regex *regex = arg;
	static const char text[] = "the bead was closed by someone";
	long i, hits = 0;

	for (i = 0; i < 20000; i++)
		hits += ev_regex_match(regex, ev_slice_of(text)) == 1;
	return hits == 20000 ? NULL : arg;
}

static void
test_threads(void)
{
	struct ev_regex *regex = ev_regex_new("(\\w+ )+closed", false, NULL);
	pthread_t thread[4];
	void *bad;
	int i;

	for (i = 0; i < 4; i++)
		CHECK_INT(
		    pthread_create(&thread[i], NULL, match_often, regex), 0);
	for (i = 0; i < 4; i++) {
		pthread_join(thread[i], &bad);
		CHECK(bad == NULL);
	}
	ev_regex_free(regex);
}

int
main(void)
{
	test_match();
	test_smart_case();
	test_wrong();
	test_bad_text();
	test_limits();
	test_literals();
	test_folded_literal();
	test_threads();
	return test_end();
}
