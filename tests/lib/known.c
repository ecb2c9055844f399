/* What a log holds already: counts, and lines whose hashes are alike. */
#include "store/known.h"

#include <stdlib.h>
#include <unistd.h>

#include "padded.h"
#include "test.h"

#define MOST ((1u << 22) - 1) /* of one line: as far as it is counted */

static const struct ev_slice none = { NULL, 0 };

/* Lines whose hashes begin alike are two. */
static void
test_alike(void)
{
	const struct ev_known_key one = { 7ull << 32 | 1, 0 },
				  two = { 7ull << 32 | 2, 0 },
				  three = { 7ull << 32 | 3, 0 };
	struct ev_known *known = ev_known_new(false, NULL);

	ev_known_add(known, one, 0);
	ev_known_add(known, two, 10);
	ev_known_add(known, two, 20);
	CHECK_INT(ev_known_count(known, one), 1);
	CHECK_INT(ev_known_count(known, two), 2);
	CHECK_INT(ev_known_count(known, three), 0);
	CHECK(ev_known_ask(known, one));
	CHECK(!ev_known_ask(known, one));
	CHECK(!ev_known_ask(known, three));
	ev_known_free(known);
}

/* The count ends before it would run into the place. */
static void
test_most(void)
{
	const struct ev_known_key key = { 5, 9 };
	struct ev_known *known = ev_known_new(true, NULL);
	uint64_t at[EV_KNOWN_MOST];
	size_t i;

	for (i = 0; i < MOST + 2; i++)
		ev_known_add(known, key, 1234 + i);
	CHECK_INT(ev_known_count(known, key), MOST);
	CHECK_INT(ev_known_by_id(known, key, at), 1);
	CHECK_INT(at[0], 1234);
	ev_known_free(known);
}

/* What was asked for is taken back, once, and only where it was. */
static void
test_unask(void)
{
	const struct ev_known_key key = { 5, 0 }, other = { 6, 0 };
	struct ev_known *known = ev_known_new(false, NULL);

	ev_known_unask(known, other);
	ev_known_add(known, key, 0);
	ev_known_unask(known, key);
	CHECK(ev_known_ask(known, key));
	CHECK(!ev_known_ask(known, key));
	ev_known_unask(known, key);
	ev_known_unask(known, key);
	CHECK(ev_known_ask(known, key));
	/* the log is forgotten, what was asked for is not */
	ev_known_reset(known, false);
	ev_known_add(known, key, 0);
	CHECK(!ev_known_ask(known, key));
	ev_known_free(known);
}

/* Is the id of a line that one? */
static bool
is(const struct ev_known *known, const char *text, const char *id)
{
	size_t n = strlen(text);
	char *line = padded(text, n);
	bool r =
	    ev_known_is(known, (struct ev_slice){ line, n }, ev_slice_of(id));

	free(line);
	return r;
}

static void
test_ids(void)
{
	struct ev_known *known = ev_known_new(true, NULL);

	CHECK(is(known, "{\"event_id\":\"a\",\"event_type\":\"t\"}", "a"));
	CHECK(is(known, "\xef\xbb\xbf{\"event_id\":\"a\",\"event_type\":\"t\"}",
	    "a"));
	CHECK(!is(known, "{\"event_id\":\"a\",\"event_type\":\"t\"}", "b"));
	CHECK(!is(known, "{\"event_id\":\"a\"", "a"));
	CHECK(!ev_known_is(known, none, none));
	ev_known_free(known);
}

int
main(void)
{
	test_alike();
	test_most();
	test_unask();
	test_ids();
	return test_end();
}
