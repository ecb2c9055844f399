/*
 * Canonical JSON, and doubles as JavaScript prints them (1-events 1.7).  With
 * files of vectors (gep.canonicalize) as its arguments it checks these too.
 */
#include "json/canon.h"

#include <math.h>
#include <stdlib.h>

#include "json/double.h"
#include "json/member.h"
#include "json/number.h"
#include "vectors.h"

static const char *
number(double value)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_double_print(&out, value);
	return ev_buf_str(&out);
}

static const char *
canon(const char *json)
{
	static struct ev_buf text, out;
	struct ev_val val = { .kind = EV_NONE };

	ev_buf_reset(&text);
	ev_buf_adds(&text, json);
	ev_buf_reserve(&text, EV_SCAN_PAD);
	memset(text.p + text.n, 0, EV_SCAN_PAD);
	CHECK_INT(ev_scan_value(text.p, text.n, &val, NULL), EV_SCAN_OK);
	ev_buf_reset(&out);
	ev_canon(&out, &val, "x");
	return ev_buf_str(&out);
}

static void
test_numbers(void)
{
	CHECK_STR(number(0), "0");
	CHECK_STR(number(-0.0), "0");
	CHECK_STR(number(-1.5), "-1.5");
	CHECK_STR(number(0.7), "0.7");
	CHECK_STR(number(100), "100");
	CHECK_STR(number(1e21), "1e+21");
	CHECK_STR(number(1e20), "100000000000000000000");
	CHECK_STR(number(123456789012345680000.0), "123456789012345680000");
	CHECK_STR(number(9007199254740993.0), "9007199254740992");
	CHECK_STR(number(1234567.125), "1234567.125");
	CHECK_STR(number(0.000001), "0.000001");
	CHECK_STR(number(1e-7), "1e-7");
	CHECK_STR(number(-1.25e-10), "-1.25e-10");
	CHECK_STR(number(5e-324), "5e-324");
	CHECK_STR(number(1.7976931348623157e308), "1.7976931348623157e+308");
	CHECK_STR(number(0.1 + 0.2), "0.30000000000000004");
	/* powers of two: the nearest 16 digits of the first miss it */
	CHECK_STR(number(ldexp(1, -44)), "5.684341886080802e-14");
	CHECK_STR(number(ldexp(1, 63)), "9223372036854776000");
	CHECK_STR(number((double)INFINITY), "null");
	CHECK_STR(number((double)NAN), "null");
}

/* Whatever is printed is read back as it was. */
static void
test_back(void)
{
	uint64_t bits = 1;
	double value, back;
	int i;

	for (i = 0; i < 4000; i++) {
		bits = bits * UINT64_C(6364136223846793005) +
		    UINT64_C(1442695040888963407);
		memcpy(&value, &bits, sizeof(value));
		if (!isfinite(value))
			continue;
		back = ev_num_double(ev_slice_of(number(value)));
		CHECK(memcmp(&back, &value, sizeof(back)) == 0);
	}
	for (i = -1074; i < 1024; i++)
		CHECK(strtod(number(ldexp(1, i)), NULL) >= ldexp(1, i) &&
		    strtod(number(ldexp(1, i)), NULL) <= ldexp(1, i));
}

static void
test_values(void)
{
	CHECK_STR(canon("{}"), "{}");
	CHECK_STR(canon(" [ 1 , [ ] , { } , null , true , false ] "),
	    "[1,[],{},null,true,false]");
	CHECK_STR(canon("{\"b\":1.10,\"a\":{\"d\":1e2,\"c\":-0}}"),
	    "{\"a\":{\"c\":0,\"d\":100},\"b\":1.1}");
	CHECK_STR(canon("{\"x\":1,\"a\":{\"x\":1},\"\\u0078\":2}"),
	    "{\"a\":{\"x\":1}}");
	CHECK_STR(canon("{\"a\":1,\"a\":2,\"\\u0061\":3}"), "{\"a\":3}");
	CHECK_STR(canon("[\"\\u00e9\\/\\u0041\\u0000\\u001f\\u007f\"]"),
	    "[\"\xc3\xa9/A\\u0000\\u001f\x7f\"]");
	CHECK_STR(canon("[\"\\ud83d\\ude00\\ud83d\\n\\\"\\\\\"]"),
	    "[\"\xf0\x9f\x98\x80\\ud83d\\n\\\"\\\\\"]");
	CHECK_STR(canon("{\"\\uffff\":1,\"\\ud83d\\ude00\":2,\"10\":3,"
			"\"9\":4}"),
	    "{\"10\":3,\"9\":4,\"\xf0\x9f\x98\x80\":2,\"\xef\xbf\xbf\":1}");
	CHECK_STR(canon("[1e400,123456789012345678901]"),
	    "[null,123456789012345680000]");
}

static void
vector(const struct ev_val *root)
{
	struct ev_val in = ev_member_of(root, "in");
	struct ev_val out = ev_member_of(root, "out");
	struct ev_buf got = EV_BUF_INIT, want = EV_BUF_INIT;

	ev_unquote(&want, &out);
	ev_canon(&got, &in, NULL);
	CHECK_STR(ev_buf_str(&got), ev_buf_str(&want));
	ev_buf_clear(&got);
	ev_buf_clear(&want);
}

int
main(int argc, char **argv)
{
	test_numbers();
	test_back();
	test_values();
	vectors(argc, argv, vector);
	return test_end();
}
