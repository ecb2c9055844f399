/* A line of seals.log: what is none is not taken for one. */
#include <stdlib.h>
#include <unistd.h>

#include "padded.h"
#include "seal/seal.h"
#include "test.h"

#define H8 "0123abcd"
#define H64 H8 H8 H8 H8 H8 H8 H8 H8
#define SEAL \
	"{\"date\":\"2026-01-06\",\"n\":2,\"bytes\":10,\"root\":\"" H64 \
	"\",\"previous\":[\"" H64 "\"],\"over\":[],\"sealed_at\":\"now\"}"
#define NOTE \
	"{\"date\":\"2026-01-06\",\"dropped\":\"" H64 \
	"\",\"previous\":[],\"at\":\"then\"}"

static struct ev_seal seal;

static bool
parses(const char *text)
{
	size_t n = strlen(text);
	char *line = padded(text, n);
	bool r;

	ev_seal_clear(&seal);
	seal = (struct ev_seal){ 0 };
	r = ev_seal_parse((struct ev_slice){ line, n }, &seal);
	free(line);
	return r;
}

/* The same with a part of it, which is there, replaced. */
static bool
parses_with(const char *text, const char *part, const char *other)
{
	const char *at = strstr(text, part);
	char changed[1000];

	CHECK(at != NULL);
	snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - text), text,
	    other, at + strlen(part));
	return parses(changed);
}

static void
test_sound(void)
{
	CHECK(parses(SEAL));
	CHECK(!seal.note);
	CHECK_INT(seal.day, 20459);
	CHECK_INT(seal.n, 2);
	CHECK_INT(seal.bytes, 10);
	CHECK_INT(seal.root[1], 0x23);
	CHECK_INT(seal.previous.n, EV_SHA256_SIZE);
	CHECK_STR(seal.at, "now");
	CHECK(parses(NOTE));
	CHECK(seal.note);
	CHECK_STR(seal.at, "then");
	CHECK(parses_with(SEAL, "\"over\"", "\"more\":1,\"over\""));
}

static void
test_wrong(void)
{
	static const struct {
		const char *part, *other;
	} seals[] = {
		{ "{\"date\"", "[{\"date\"" },
		{ "\"date\"", "\"day\"" },
		{ "\"2026-01-06\"", "20260106" },
		{ "\"2026-01-06\"", "\"2026-02-30\"" },
		{ "\"2026-01-06\"", "\"../../x\"" },
		{ "\"2026-01-06\"", "\"rejected\"" },
		{ "\"n\":2", "\"n\":\"2\"" },
		{ "\"n\":2", "\"n\":-2" },
		{ "\"n\":2", "\"n\":2.5" },
		{ "\"n\":2", "\"n\":99999999999999999999" },
		{ "\"n\":2", "\"n\":2000000000000000000000000" },
		{ "\"bytes\":10", "\"bytes\":1e3" },
		{ "\"bytes\":10", "\"size\":10" },
		{ "\"root\":\"01", "\"root\":\"0" },
		{ "\"root\":\"01", "\"root\":\"0g" },
		{ "\"root\":\"" H64 "\"", "\"root\":7" },
		{ "\"previous\":[\"" H64 "\"]", "\"previous\":\"" H64 "\"" },
		{ "\"previous\":[\"" H64 "\"]", "\"previous\":[1]" },
		{ "\"previous\":[\"01", "\"previous\":[\"" },
		{ "\"previous\":[\"01", "\"previous\":[\"-1" },
		{ "\"over\":[]", "\"over\":{}" },
		{ "\"over\":[]", "\"over\":[\"" H64 "\"]" },
		{ "\"now\"", "1" },
		{ "\"now\"", "\"" H64 "\"" },
		{ "\"now\"}", "\"now\"}x" },
	};
	size_t i;

	for (i = 0; i < sizeof(seals) / sizeof(seals[0]); i++)
		CHECK(!parses_with(SEAL, seals[i].part, seals[i].other));
	CHECK(!parses_with(NOTE, "\"then\"", "null"));
	CHECK(!parses_with(NOTE, "\"dropped\":\"01", "\"dropped\":\""));
	CHECK(!parses("[1]"));
	CHECK(!parses(""));
}

/* Is it one that was never finished? */
static bool
torn(const char *text, size_t n)
{
	char *line = padded(text, n);
	bool r = ev_seal_torn((struct ev_slice){ line, n });

	free(line);
	return r;
}

static void
test_torn(void)
{
	const struct ev_slice none = { NULL, 1u << 30 };

	CHECK(torn("", 0));
	CHECK(torn("\0\0\0", 3));
	CHECK(torn("{\"date\":\"20", 11));
	CHECK(!torn("\0{}", 3));
	CHECK(!torn("{}", 2));
	CHECK(!torn("rubbish", 7));
	CHECK(!ev_seal_torn(none));
}

int
main(void)
{
	test_sound();
	test_wrong();
	test_torn();
	ev_seal_clear(&seal);
	return test_end();
}
