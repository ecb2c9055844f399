/* json/equal: the same JSON, however it is spelled. */
#include "json/equal.h"

#include <string.h>

#include "test.h"

static bool
same(const char *one, const char *two)
{
	char a[512] = { 0 }, b[512] = { 0 };
	struct ev_val x, y;

	strncpy(a, one, sizeof(a) - EV_SCAN_PAD);
	strncpy(b, two, sizeof(b) - EV_SCAN_PAD);
	CHECK(ev_scan_value(a, strlen(a), &x, NULL) == EV_SCAN_OK);
	CHECK(ev_scan_value(b, strlen(b), &y, NULL) == EV_SCAN_OK);
	CHECK(ev_val_same(&x, &y) == ev_val_same(&y, &x));
	return ev_val_same(&x, &y);
}

static void
test_scalars(void)
{
	CHECK(same("null", "null"));
	CHECK(!same("null", "false"));
	CHECK(!same("true", "false"));
	CHECK(same("1.10", "11e-1"));
	CHECK(same("-0", "0"));
	CHECK(!same("9007199254740993", "9007199254740992"));
	CHECK(!same("1", "\"1\""));
	CHECK(same("\"\\u00e9\\/\"", "\"é/\""));
	CHECK(same("\"\\ud83d\\ude00\"", "\"😀\""));
	CHECK(!same("\"a\"", "\"A\""));
	CHECK(!same("\"\\u0000\"", "\"\""));
	CHECK(!same("\"\\\\n\"", "\"\\n\""));
}

static void
test_containers(void)
{
	CHECK(same("[]", "[ ]"));
	CHECK(same("[1, [\"a\"]]", "[1.0,[\"\\u0061\"]]"));
	CHECK(!same("[1,2]", "[2,1]"));
	CHECK(!same("[1]", "[1,1]"));
	CHECK(!same("[]", "{}"));
	CHECK(same("{\"a\":1,\"b\":{\"c\":[]}}", "{\"b\":{\"c\":[]},\"a\":1}"));
	CHECK(same("{\"\\u0061\":1}", "{ \"a\" : 1 }"));
	CHECK(!same("{\"a\":1}", "{\"a\":1,\"b\":2}"));
	CHECK(!same("{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}"));
	CHECK(!same("{\"a\":null}", "{}"));
	/* of repeated keys the last one counts */
	CHECK(same("{\"a\":1,\"a\":2}", "{\"a\":2}"));
	CHECK(!same("{\"a\":1,\"a\":2}", "{\"a\":1}"));
	CHECK(!same("{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":1}"));
}

int
main(void)
{
	test_scalars();
	test_containers();
	return test_end();
}
