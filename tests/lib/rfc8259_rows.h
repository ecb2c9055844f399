/*
 * rfc8259_rows: texts and whether they are JSON, by the rules of RFC 8259.
 *
 * Y valid, N invalid, and what the RFC leaves open: EY read, EN refused.  A row
 * of the second block is only tried alone: inside a container it would be
 * something else.
 */
#ifndef EV_RFC8259_ROWS_H
#define EV_RFC8259_ROWS_H

#include <stdbool.h>
#include <stddef.h>

enum rule { VALID, INVALID, EITHER };

struct row {
	const char	*p;
	size_t		 n;
	enum rule	 rule;
	bool		 sound, alone;
};

/* clang-format off */
#define Y(text) { text, sizeof(text) - 1, VALID, true, false }
#define N(text) { text, sizeof(text) - 1, INVALID, false, false }
#define EY(text) { text, sizeof(text) - 1, EITHER, true, false }
#define EN(text) { text, sizeof(text) - 1, EITHER, false, false }
#define NA(text) { text, sizeof(text) - 1, INVALID, false, true }

static const struct row rows[] = {
	/* section 2: any value is a text; white space around tokens */
	Y("0"), Y("\"\""), Y("null"), Y("[]"), Y("{}"), Y(" 1"), Y("1 "),
	Y("\t1\t"), Y("\r1\r"), Y(" \t\r [ \t\r ] \t\r "),
	Y(" { \t\"a\"\r : 1 , \"b\":\t2 } "), Y("[ 1 , 2 ]"), Y("[1 ,2]"),
	Y("{ }"), Y("[ ]"), Y("[[ ] ,{ } ]"), Y("          0           "),
	N("\x0b""1"), N("1\x0c"), N("\xc2\xa0""1"), N("\xe2\x80\xa8""1"),
	N("[\x0b]"), N("[1,\x0c""2]"), N("\x1f{}"), N("{}\x08"),
	N("/**/1"), N("1//x"), N("[1/**/]"), N("#1"), N("{}#"), N("<!--1"),
	N("1\0"), N("\0""1"), N("[\0]"), N("{\0}"), N("[1\0]"), N("1;"),
	N("(1)"), N("`1`"), N("@"), N("$"), N("%"), N("&"), N("'"), N("*"),
	N("/"), N("<"), N("="), N(">"), N("?"), N("^"), N("_"), N("|"), N("~"),
	N("\\"), N("!"), N(";"), N("\x7f"),

	/* section 3: three literal names, in lower case */
	Y("true"), Y("false"), Y("null"), Y("[true,false,null]"),
	N("True"), N("TRUE"), N("tRue"), N("truE"), N("False"), N("FALSE"),
	N("Null"), N("NULL"), N("nUll"), N("t"), N("tr"), N("tru"), N("truee"),
	N("true1"), N("true_"), N("truetrue"), N("f"), N("fa"), N("fal"),
	N("fals"), N("falsee"), N("false0"), N("n"), N("nu"), N("nul"),
	N("nulll"), N("null\""), N("nil"), N("none"), N("None"), N("undefined"),
	N("yes"), N("no"), N("on"), N("a"), N("abc"), N("tr ue"), N("nu\0l"),
	N("t\0ue"), N("tru\xc3\xa9"), N("\xef\xbd\x94rue"), N("trve"),
	N("fa1se"), N("nu11"), N("true true"), N("null null"), N("truefalse"),
	N("NaN"), N("nan"), N("-NaN"), N("Infinity"), N("-Infinity"), N("inf"),
	N("-inf"),

	/* section 4: objects */
	Y("{\"a\":1}"), Y("{\"a\":1,\"b\":2}"), Y("{\"\":0}"),
	Y("{\"a\":{\"b\":{\"c\":{}}}}"), Y("{\"a\":[]}"), Y("{\"a\":null}"),
	Y("{\"\\u0061\":1}"), Y("{\"\xc3\xa9\":1}"), Y("{\"a b\":1}"),
	Y("{\"\\\"\":1}"), Y("{\"\\\\\":1}"), Y("{\"a:b,c}\":1}"),
	Y("{\"0123456789012345678901234567890123456789\":0}"),
	N("{"), N("}"), N("{{}}"), N("{[]}"), N("{,}"), N("{:}"), N("{\"a\"}"),
	N("{\"a\":}"), N("{\"a\",}"), N("{\"a\":1,}"), N("{,\"a\":1}"),
	N("{\"a\":1,,\"b\":2}"), N("{\"a\":1 \"b\":2}"), N("{\"a\" 1}"),
	N("{\"a\"::1}"), N("{\"a\":1:2}"), N("{\"a\",\"b\"}"), N("{\"a\"=1}"),
	N("{\"a\"=>1}"), N("{a:1}"), N("{'a':1}"), N("{1:1}"), N("{null:1}"),
	N("{true:false}"), N("{[]:1}"), N("{{}:1}"), N("{\"a\":1"),
	N("{\"a\":"), N("{\"a\""), N("{\"a"), N("{\""), N("{\"a\":1]"),
	N("{\"a\":1}}"), N("{\"a\":1};"), N("{\"a\":1}{\"b\":2}"), N("{}{}"),
	N("{} {}"), N("{}[]"), N("{}1"), N("{}null"), N("{}\"\""), N("{};"),
	N("{\"a\":1,\"b\"}"), N("{\"a\":1,\"b\":}"), N("{\"a\":1,1}"),
	N("{\"a\":1 2}"), N("{\"a\":'b'}"), N("{\"a\":b}"), N("{\"a\":+1}"),
	N("{\"a\":\"b}"), N("{\"a:1}"), N("{a\":1}"), N("{\"a\":1,...}"),
	N("{\"a\"\0:1}"), N("{\"a\":\0""1}"), N("{\"a\x01\":1}"),
	N("{\"a\xff\":1}"), N("{\"\\x\":1}"), N("{\"\\u12\":1}"),
	EY("{\"a\":1,\"a\":2}"), EY("{\"a\":1,\"a\":1}"),
	EY("{\"a\":1,\"\\u0061\":2}"), EY("{\"\":1,\"\":2}"),
	EY("{\"a\":{\"b\":1},\"a\":{\"b\":2}}"), EY("{\"\\u0000\":1}"),
	EY("{\"\\ud800\":1}"),

	/* section 5: arrays */
	Y("[1]"), Y("[1,2,3]"), Y("[[]]"), Y("[[],[]]"), Y("[[[[[]]]]]"),
	Y("[{}]"), Y("[{},{}]"), Y("[\"a\"]"), Y("[1,\"a\",null,{},[]]"),
	Y("[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]"),
	N("["), N("]"), N("[,]"), N("[1,]"), N("[,1]"), N("[1,,2]"),
	N("[1,2,]"), N("[1 2]"), N("[1"), N("[1,"), N("[\"a\""), N("[\"a"),
	N("[1}"), N("[[]"), N("[]]"), N("[[1]"), N("[1]]"), N("[]["),
	N("[][]"), N("[] []"), N("[]1"), N("[]a"), N("[]{}"), N("[:]"),
	N("[1:2]"), N("[\"a\":1]"), N("[a]"), N("[1;2]"), N("[*]"), N("[...]"),
	N("[1,2"), N("[{]}"), N("[{}"), N("[{\"a\":1]}"), N("[(1)]"),
	N("[\"a\" \"b\"]"), N("[1\"a\"]"), N("[true false]"), N("[[] []]"),
	N("[{} {}]"), N("[\xff]"), N("[\xc3\xa9]"), N("[\xe2\x82\xac]"),

	/* section 6: numbers */
	Y("0"), Y("-0"), Y("1"), Y("-1"), Y("9"), Y("10"), Y("100"), Y("1234"),
	Y("-1234567890"), Y("0.0"), Y("0.1"), Y("-0.1"), Y("0.00"), Y("1.0"),
	Y("1.50"), Y("10.01"), Y("-0.0"), Y("0e0"), Y("0E0"), Y("0e+0"),
	Y("0e-0"), Y("-0e0"), Y("1e1"), Y("1E1"), Y("1e+1"), Y("1E+1"),
	Y("1e-1"), Y("1E-1"), Y("1e01"), Y("1e-01"), Y("1e00"), Y("1.5e10"),
	Y("1.5E-10"), Y("-1.5e+10"), Y("0.0e0"), Y("0.5e-5"), Y("123.456e789"),
	Y("9007199254740993"), Y("9223372036854775807"),
	Y("1.7976931348623157e308"), Y("2.2250738585072014e-308"),
	EY("18446744073709551616"), EY("-9223372036854775809"),
	EY("123456789012345678901234567890123456789012345678901234567890"),
	EY("0.123456789012345678901234567890123456789012345678901234567890"),
	EY("1e309"), EY("-1e309"), EY("1e400"), EY("1e-400"), EY("0e999999999"),
	EY("1e99999999999999999999"), EY("1e-99999999999999999999"),
	EY("123e65537"), EY("0.4e0066999999999999999999999999999999999999"),
	EY("1e0000000000000000000000000000000000000000000001"),
	N("00"), N("01"), N("007"), N("-00"), N("-01"), N("-012"), N("0123"),
	N("+1"), N("+0"), N("++1"), N("+"), N("-"), N("--1"), N("-+1"),
	N("- 1"), N("-a"), N("-e1"), N("-.1"), N("."), N(".1"), N(".0e1"),
	N("-.5"), N("+.5"), N("0."), N("1."), N("-1."), N("1.e1"), N("0.e1"),
	N("1.."), N("1..2"), N("1.2.3"), N("1.2."), N("1.-1"), N("1.+1"),
	N("1.a"), N("1 .5"), N("1. 5"), N("e"), N("e1"), N("E1"), N("1e"),
	N("1E"), N("1e+"), N("1e-"), N("1E+"), N("0e"), N("0e+"), N("0.3e"),
	N("0.3e+"), N("1.0e"), N("1.0e-"), N("1e1e1"), N("1ee1"), N("1eE1"),
	N("1e1.5"), N("1e.5"), N("1e++1"), N("1e+-1"), N("1e 1"), N("1 e1"),
	N("1e- 1"), N("1ea"), N("1a"), N("1f"), N("1L"), N("1d"), N("0x1"),
	N("0X1F"), N("0xg"), N("0b1"), N("0o7"), N("1_000"), N("1 000"),
	N("1'000"), N("-1x"), N("1-"), N("1+"), N("1-1"), N("1+1"), N("0-"),
	N("1%"), N("$1"), N("1/2"), N("1*2"), N("2.e3"), N("2.e-3"),
	N("2.e+3"), N("9.e+"), N("0.1.2"), N("1.5.e1"), N("\xef\xbc\x91"),
	N("1\xef\xbc\x91"), N("\xd9\xa1"), N("1\xc2\xb2"), N("\xe2\x88\x92""1"),
	N("1\xff"), N("-\xff"), N("1.\xff"), N("1e\xff"), N("1\x01"),
	N("1.\0"), N("1e\0"), N("-\0"), N("1 2"), N("1 -2"), N("1\"\""),
	N("1[]"), N("1{}"), N("1true"), N("1null"), N("-true"), N("-\"1\""),
	N("-[]"), N("-{}"), N("12."), N("1.0.0e1"), N("Infinity1"),

	/* section 7: strings */
	Y("\"a\""), Y("\"abc\""), Y("\" \""), Y("\"a b\""), Y("\"\\\"\""),
	Y("\"\\\\\""), Y("\"\\/\""), Y("\"/\""), Y("\"\\b\""), Y("\"\\f\""),
	Y("\"\\n\""), Y("\"\\r\""), Y("\"\\t\""), Y("\"\\\"\\\\\\/\\b\\f\\n\""),
	Y("\"\\\\\\\"\""), Y("\"\\\\\\\\\""), Y("\"\\\\u0061\""),
	Y("\"\\\\n\""), Y("\"\\u0020\""), Y("\"\\u0061\""), Y("\"\\u00e9\""),
	Y("\"\\u00E9\""), Y("\"\\uaBcD\""), Y("\"\\uABCD\""), Y("\"\\uabcd\""),
	Y("\"\\u0022\""), Y("\"\\u005C\""), Y("\"\\u001f\""), Y("\"\\uffff\""),
	Y("\"\\ufffe\""), Y("\"\\ufdd0\""), Y("\"\\u2028\\u2029\""),
	Y("\"\\u00610\""), Y("\"\\u0061\\u0062\""), Y("\"x\\u0061y\""),
	Y("\"\\ud834\\udd1e\""), Y("\"\\uD834\\uDD1E\""),
	Y("\"\\ud800\\udc00\""), Y("\"\\udbff\\udfff\""),
	Y("\"x\\ud834\\udd1ey\""), Y("\"\x7f\""), Y("\"\xc2\x80\""),
	Y("\"\xe2\x80\xa8\xe2\x80\xa9\""), Y("\"\xef\xbb\xbf\""),
	Y("\"\xef\xbf\xbe\""), Y("\"\xef\xbf\xbf\""), Y("\"\xf0\x9d\x84\x9e\""),
	Y("\"{}[],:\""), Y("\"true\""), Y("\"1\""), Y("\"'\""), Y("\"//\""),
	Y("\"/* */\""), Y("\"#\""), Y("\"%\""), Y("\"&<>\""),
	Y("\"0123456789abcdef\""), Y("\"0123456789abcde\\\"\""),
	Y("\"0123456789abcdef0123456789abcdef0123456789abcdef\""),
	Y("\"0123456789abcde\\\\\""), Y("\"0123456\\\\89abcdef\\\\\""),
	EY("\"\\u0000\""), EY("\"a\\u0000b\""), EY("\"\\ud800\""),
	EY("\"\\udbff\""), EY("\"\\udc00\""), EY("\"\\udfff\""),
	EY("\"\\ud800x\""), EY("\"\\ud800\\n\""), EY("\"\\ud800\\u0061\""),
	EY("\"\\ud800\\ud800\""), EY("\"\\udc00\\ud800\""),
	EY("\"\\ud800\\ud800\\udc00\""), EY("\"\\udd1e\\ud834\""),
	EY("\"\\ud834\\\\udd1e\""), EY("\"x\\udfffy\""),
	N("\""), N("\"a"), N("a\""), N("\"\\\""), N("\"\\\\\\\""),
	N("\"a\\\""), N("'a'"), N("\"a'"), N("`a`"), N("\"\"\""),
	N("\"\"\"\""), N("\"a\"b"), N("\"a\"\"b\""), N("\"a\" \"b\""),
	N("\"\\"), N("\"\\\\"), N("\"\\a\""), N("\"\\v\""), N("\"\\0\""),
	N("\"\\1\""), N("\"\\x41\""), N("\"\\'\""), N("\"\\ \""), N("\"\\?\""),
	N("\"\\B\""), N("\"\\N\""), N("\"\\T\""), N("\"\\e\""), N("\"\\U0041\""),
	N("\"\\u\""), N("\"\\u0\""), N("\"\\u00\""), N("\"\\u000\""),
	N("\"\\u004\""), N("\"\\u00g0\""), N("\"\\ug000\""), N("\"\\u000g\""),
	N("\"\\u 041\""), N("\"\\u004 \""), N("\"\\u{41}\""), N("\"\\u+041\""),
	N("\"\\u-041\""), N("\"\\u0x41\""), N("\"\\u00:0\""), N("\"\\u00/0\""),
	N("\"\\u00@0\""), N("\"\\u00`0\""), N("\"\\u00G0\""),
	N("\"\\ud834\\u\""), N("\"\\ud834\\udd1\""), N("\"\\ud834\\\""),
	N("\"\\ud834\\x\""), N("\"\\u\xef\xbc\x90""000\""), N("\"\\\xc3\xa9\""),
	N("\"\\\xff\""), N("\"\\\0\""), N("\"\\u\0""000\""), N("\"\\u000\0\""),
	N("\"\\\t\""), N("\"\t\""), N("\"\r\""), N("\"\b\""), N("\"\f\""),
	N("\"\x01\""), N("\"\x1f\""), N("\"\x1b\""), N("\"\0\""),
	N("\"a\0b\""), N("\"0123456789abcde\x1f\""), N("\"0123456789abcdef\t\""),
	N("\"0123456789abcdef0123456789abcde\0\""), N("\\u0022a\\u0022"),
	N("\xe2\x80\x9c""a\xe2\x80\x9d"), N("\"\\u00\"41\""), N("\"a\\"),
	N("\"\\u"), N("\"\\u0"), N("\"\\u0041"), N("\"\xc3"), N("\"\xc3\xa9"),

	/* section 8: UTF-8, and a BOM that a reader may ignore (ours: the
	 * stream's and the file's first bytes, not the line's) */
	Y("\"\xc3\xa9\""), Y("[\"\xe2\x82\xac\",\"\xf0\x9f\x98\x80\"]"),
	EN("\xef\xbb\xbf""1"), EN("\xef\xbb\xbf{}"), EN("\xef\xbb\xbf[]"),
	EN("\xef\xbb\xbf\"\""), N("{}\xef\xbb\xbf"), N("[\xef\xbb\xbf]"),
	N("\xef\xbb"), N("\xef\xbb{}"), N("\xef"), N("\xff\xfe{}"),
	N("\xfe\xff{}"), N("\xff\xfe\x7b\0\x7d\0"), N("\xfe\xff\0\x7b\0\x7d"),
	N("\x7b\0\x7d\0"), N("\0\x7b\0\x7d"), N("\"\xe9\""), N("\"caf\xe9\""),
	N("\"\x80\""), N("\xc3\xa9"), N("\xe2\x82\xac"), N("\xf0\x9f\x98\x80"),
	N("\xff"), N("\x80"), N("\xc0\x80"), N("{\"a\":\xc3\xa9}"),

	/* only alone */
	NA(""), NA(" "), NA("\t"), NA("\r"), NA("   \r\t "), NA(","), NA(":"),
	NA("1,"), NA(",1"), NA("1,2"), NA("1 , 2"), NA("[],"), NA(",[]"),
	NA("[],[]"), NA("{},"), NA("{},{}"), NA("\"a\","), NA("\"a\":1"),
	NA("\"a\":"), NA("\"a\" : {}"), NA("1]"), NA("[]]["), NA("\"a\"]"),
	NA("1}"), NA("{\"a\":1},"), NA("1],[2"), NA("1,\"b\":2"),
	NA("}{"), NA("},{"), NA("],["),
};

/* What may and may not stand in a string (RFC 3629, table 3-7 of Unicode). */
static const struct {
	const char	*text;
	bool		 sound;
} utf8[] = {
	{ "\x7f", true }, { "\xc2\x80", true }, { "\xdf\xbf", true },
	{ "\xe0\xa0\x80", true }, { "\xe0\xbf\xbf", true },
	{ "\xe1\x80\x80", true }, { "\xec\xbf\xbf", true },
	{ "\xed\x80\x80", true }, { "\xed\x9f\xbf", true },
	{ "\xee\x80\x80", true }, { "\xef\xbf\xbf", true },
	{ "\xf0\x90\x80\x80", true }, { "\xf0\xbf\xbf\xbf", true },
	{ "\xf1\x80\x80\x80", true }, { "\xf3\xbf\xbf\xbf", true },
	{ "\xf4\x80\x80\x80", true }, { "\xf4\x8f\xbf\xbf", true },
	{ "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z\xc3\xa9", true },
	/* a continuation alone, first and last; too many of them */
	{ "\x80", false }, { "\xbf", false }, { "\x80\xbf", false },
	{ "\xc3\xa9\xa9", false }, { "\xe2\x82\xac\x80", false },
	{ "\xf0\x9f\x98\x80\x80", false },
	/* longer than needed */
	{ "\xc0\x80", false }, { "\xc0\xaf", false }, { "\xc1\xbf", false },
	{ "\xe0\x80\x80", false }, { "\xe0\x80\xaf", false },
	{ "\xe0\x9f\xbf", false }, { "\xf0\x80\x80\x80", false },
	{ "\xf0\x80\x80\xaf", false }, { "\xf0\x8f\xbf\xbf", false },
	/* surrogates, also as a pair (CESU-8) */
	{ "\xed\xa0\x80", false }, { "\xed\xad\xbf", false },
	{ "\xed\xae\x80", false }, { "\xed\xaf\xbf", false },
	{ "\xed\xb0\x80", false }, { "\xed\xbf\xbf", false },
	{ "\xed\xa0\xbd\xed\xb8\x80", false },
	/* over U+10FFFF */
	{ "\xf4\x90\x80\x80", false }, { "\xf5\x80\x80\x80", false },
	{ "\xf7\xbf\xbf\xbf", false }, { "\xf8\x88\x80\x80\x80", false },
	{ "\xfb\xbf\xbf\xbf\xbf", false },
	{ "\xfc\x84\x80\x80\x80\x80", false }, { "\xfe", false },
	{ "\xff", false }, { "\xff\xff", false },
	/* cut */
	{ "\xc2", false }, { "\xdf", false }, { "\xe0", false },
	{ "\xe0\xa0", false }, { "\xe1\x80", false }, { "\xef\xbf", false },
	{ "\xf0", false }, { "\xf0\x90", false }, { "\xf0\x9f\x98", false },
	{ "\xf4\x8f\xbf", false }, { "\xc3\xc3\xa9", false },
	{ "\xe2\x82\xe2\x82\xac", false }, { "\xf0\x9f\x98\xc3\xa9", false },
	/* each place of a sequence that is no continuation */
	{ "\xc3z", false }, { "\xc3\xff", false }, { "\xe2z\xac", false },
	{ "\xe2\x82z", false }, { "\xf0z\x98\x80", false },
	{ "\xf0\x9fz\x80", false }, { "\xf0\x9f\x98z", false },
	{ "\xe2\xc0\xac", false }, { "\xe2\x82\xc0", false },
};

/* Every kind of token in one object that can be cut anywhere. */
static const char rich[] =
	"{ \"id\" : \"evt-0123456789abcdef0123456789abcdef\",\t\"n\":-0,"
	"\"type\":\"bead.created\",\"caf\xc3\xa9\":\"\xe2\x82\xac \xf0\x9f\x98"
	"\x80\",\"data\":{\"list\":[1,2.50,-3e10,4E+2,5e-3,[],[[]],{}],\"ok\":"
	"true,\"no\":false,\"nil\":null,\"text\":\"a\\\"b\\\\c\\/d\\b\\f\\n\\r"
	"\\t\\u00e9\\ud83d\\ude00\"},\"\":\"\",\"last\":{\"deep\":{\"deeper\":"
	"[{\"x\":0.000}]}}\r}";
/* clang-format on */

#endif
