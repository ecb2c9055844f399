/* Ids, their order, and new ones (1-events 1.3). */
#include "event/ident.h"

#include <stdlib.h>

#include "base/clock.h"
#include "test.h"

static int
cmp(const char *a, const char *b)
{
	return ev_ident_cmp(ev_slice_of(a), ev_slice_of(b));
}

static void
test_order(void)
{
	static const char *const less[][2] = {
		{ "evt_1_2", "evt_1_10" },
		{ "9", "10" },
		{ "a-9-z", "a-10-a" },
		{ "a10", "a9" },     /* not bounded in front */
		{ "x_10a", "x_9a" }, /* not bounded behind */
		{ "", "a" },
		{ "evt_1", "evt_1_2" },
		{ "A", "a" },
		{ "a.1", "a.b" },
		{ "a.", "a.1" },
		{ "1-007", "1-8" },
		{ "1-07", "1-7" }, /* the same number: by bytes */
		{ "99999999999999999999998", "99999999999999999999999" },
		/* behind a letter all are bytes; in front of it, too */
		{ "gt-a10", "gt-a9" },
		{ "gt-1a10", "gt-1a9" },
		{ "gt-1a", "gt-1a0" },
		{ "gt-10", "gt-1a" },
		{ "gt-1a.9", "gt-1a.10" },
		/* the digits of a UUID are bytes */
		{ "12345678-123a-7000-8000-000000000001",
		    "12345678-1299-7000-8000-000000000001" },
		{ "evt-02345678-1111-7000-8000-000000000001",
		    "evt-0234567a-1111-7000-8000-000000000001" },
	};
	size_t i;

	for (i = 0; i < sizeof(less) / sizeof(less[0]); i++) {
		CHECK_INT(cmp(less[i][0], less[i][1]), -1);
		CHECK_INT(cmp(less[i][1], less[i][0]), 1);
	}
	CHECK_INT(cmp("a_1", "a_1"), 0);
	CHECK_INT(cmp("gt-1a", "gt-1a"), 0);
}

/* Three ids of a small alphabet never form a circle. */
static void
test_total(void)
{
	static const char alphabet[] = "0159ab-_";
	uint32_t state = 7;
	char id[3][8];
	int i, k, bad = 0;
	size_t n;

	for (i = 0; i < 200000; i++) {
		for (k = 0; k < 3; k++) {
			state = state * 1664525 + 1013904223;
			for (n = 0; n < (state >> 29); n++)
				id[k][n] = alphabet[state >> (3 * n) & 7];
			id[k][n] = '\0';
		}
		if (cmp(id[0], id[1]) != -cmp(id[1], id[0]))
			bad++;
		if (cmp(id[0], id[1]) <= 0 && cmp(id[1], id[2]) <= 0 &&
		    cmp(id[0], id[2]) > 0)
			bad++;
	}
	CHECK_INT(bad, 0);
}

static void
test_made(void)
{
	char out[EV_IDENT_SIZE];
	struct timespec now = { 1709856000, 123456789 };

	/* printf '{"a":1}' | sha256sum */
	ev_ident_derived(EV_SLICE("{\"a\":1}"), out);
	CHECK_STR(out, "~015abd7f5cc57a2d");
	/* printf '{"a":1}\0002' | sha256sum */
	ev_ident_import("evt-", EV_SLICE("{\"a\":1}"), 2, out);
	CHECK_STR(out, "evt-29c0a9115604f6690b95469da80da520");
	ev_ident_agentguard(now, "fp_0123456789abcdef", 1, out);
	CHECK_STR(out, "evt_1709856000123_01234567");
	ev_ident_agentguard(now, "6o30y2", 12, out);
	CHECK_STR(out, "evt_1709856000123_6o30y2_12");
}

static void
test_uuid(void)
{
	struct timespec now = { 1709856000, 123456789 };
	struct timespec back = { 1709855000, 0 };
	char last[EV_UUID_SIZE], next[EV_UUID_SIZE];
	int i, bad = 0;

	ev_uuid7(now, NULL, last);
	CHECK(ev_uuid7_is(ev_slice_of(last)));
	CHECK(strncmp(last, "018e1b5c-087b-7", 15) == 0);
	for (i = 0; i < 1000; i++) {
		ev_uuid7(i % 2 ? now : back, last, next);
		if (strcmp(last, next) >= 0 || !ev_uuid7_is(ev_slice_of(next)))
			bad++;
		memcpy(last, next, sizeof(last));
	}
	CHECK_INT(bad, 0);
	/* the counter's end carries into the milliseconds */
	ev_uuid7(back, "018e1b5c-087b-7fff-bfff-ffffffffffff", next);
	CHECK_STR(next, "018e1b5c-087c-7000-8000-000000000000");
	ev_uuid7(back, "018e1b5c-087b-7abc-bfff-ffffffffffff", next);
	CHECK_STR(next, "018e1b5c-087b-7abd-8000-000000000000");
	/* what is no UUIDv7 bounds nothing */
	ev_uuid7(now, "zzz", next);
	CHECK(strncmp(next, "018e1b5c-087b-7", 15) == 0);
	CHECK(!ev_uuid7_is(EV_SLICE("018e1b5c-087b-4fff-bfff-ffffffffffff")));
	CHECK(!ev_uuid7_is(EV_SLICE("018e1b5c-087b-7fff-cfff-ffffffffffff")));
	CHECK(!ev_uuid7_is(EV_SLICE("018e1b5c-087b-7fff-bfff-fffffffffff")));
}

/* Steps are random, and never back. */
static void
test_skip(void)
{
	struct timespec now = { 1709856000, 123456789 };
	const char *full = "018e1b5c-087b-7abc-bfff-fffffffffff0";
	char a[EV_UUID_SIZE], b[EV_UUID_SIZE];
	int i, bad = 0;

	for (i = 0; i < 1000; i++) {
		memcpy(a, full, sizeof(a));
		memcpy(b, full, sizeof(b));
		ev_uuid7_skip(a);
		ev_uuid7_skip(b);
		bad += strcmp(a, b) == 0 || strcmp(a, full) <= 0 ||
		    strncmp(a, full, 18) > 1 || !ev_uuid7_is(ev_slice_of(a));
		ev_uuid7_early(now, full, a);
		ev_uuid7_early(now, full, b);
		bad += strcmp(a, b) == 0 || strcmp(a, full) <= 0;
	}
	CHECK_INT(bad, 0);
	memcpy(a, "zzz", 4);
	ev_uuid7_skip(a);
	CHECK_STR(a, "zzz");
}

int
main(void)
{
	test_order();
	test_total();
	test_made();
	test_uuid();
	test_skip();
	return test_end();
}
