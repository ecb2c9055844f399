/*
 * The keys of GEP (1-events 1.7).  With files of vectors (gep.stableHash,
 * gep.normalizeErrorSignature, gep.signalKey, gep.envFingerprintKey) as its
 * arguments it checks these too.
 */
#include "event/gepkey.h"

#include <stdlib.h>

#include "event/gepenv.h"
#include "json/member.h"
#include "vectors.h"

static const char *
error(struct ev_slice text)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_gepkey_error(&out, text);
	return ev_buf_str(&out);
}

static const char *
hash(struct ev_slice text)
{
	static char hex[16];

	snprintf(hex, sizeof(hex), "%08x", ev_gepkey_hash(text));
	return hex;
}

/* The value of a JSON text. */
static struct ev_val
value(const char *json)
{
	static char room[4096];
	struct ev_val val = { .kind = EV_NONE };

	memset(room, 0, sizeof(room));
	memcpy(room, json, strlen(json));
	CHECK_INT(ev_scan_value(room, strlen(json), &val, NULL), EV_SCAN_OK);
	return val;
}

static const char *
signals(const struct ev_val *array)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_gepkey_signals(&out, array);
	return ev_buf_str(&out);
}

static const char *
signals_of(const char *json)
{
	struct ev_val array = value(json);

	return signals(&array);
}

static const char *
env(const char *json, enum ev_gepenv generation)
{
	static char key[EV_GEPENV_SIZE];
	struct ev_val object = value(json);

	ev_gepenv_key(&object, generation, key);
	return key;
}

static void
test_error(void)
{
	struct ev_buf text = EV_BUF_INIT;
	int i;

	CHECK_STR(error(EV_SLICE("")), "");
	CHECK_STR(error(EV_SLICE(" \t\n\xc2\xa0\xe3\x80\x80 ")), "");
	CHECK_STR(error(EV_SLICE("\xef\xbb\xbf"
				 "A  B\xc2\xa0")),
	    "a b");
	CHECK_STR(error(EV_SLICE("at /a/B.js:1 C:\\x\\y, z:\\")),
	    "at <path> <path> z:\\");
	CHECK_STR(error(EV_SLICE("0xFF 0xg 12 1_2 a1 0x")),
	    "<hex> 0xg <n> 1_2 a1 0x");
	CHECK_STR(error(EV_SLICE("1c:\\x")), "<n><path>");
	CHECK_STR(error(EV_SLICE("\xc3\x89t\xc3\xa9 12\xc3\xa9")),
	    "\xc3\xa9t\xc3\xa9 <n>\xc3\xa9");
	CHECK_STR(error(EV_SLICE("a\xff"
				 "B")),
	    "a\xff"
	    "b");
	/* 219 units and one half of a pair */
	for (i = 0; i < 219; i++)
		ev_buf_addc(&text, 'x');
	ev_buf_adds(&text, "\xf0\x9f\x98\x80y");
	CHECK_INT(strlen(error(ev_buf_slice(&text))), 222);
	CHECK_STR(error(ev_buf_slice(&text)) + 219, "\xed\xa0\xbd");
	ev_buf_clear(&text);
}

static void
test_signals(void)
{
	CHECK_STR(hash(EV_SLICE("")), "811c9dc5");
	CHECK_STR(hash(EV_SLICE("foobar")), "bf9cf968");
	CHECK_STR(signals_of("[]"), "(none)");
	CHECK_STR(signals_of("null"), "(none)");
	CHECK_STR(
	    signals_of("[\" \",\"errsig: \",null,0,{},[\"x\"]]"), "(none)");
	CHECK_STR(signals_of("[\"b\",\" a \",\"b\",7]"), "7|a|b");
	CHECK_STR(signals_of("[\"errsig:x\",\" errsig: X \"]"),
	    "errsig_norm:fd0c5087");
	/* U+FFFF after U+1F600, whose first unit is below it */
	CHECK_STR(signals_of("[\"\\uffff\",\"\\ud83d\\ude00\"]"),
	    "\xf0\x9f\x98\x80|\xef\xbf\xbf");
	CHECK_STR(
	    signals_of(
		"[\"log_error\",\"errsig:**TOOLRESULT**: "
		"{ \\\"status\\\": \\\"error\\\", \\\"tool\\\": \\\"exec\\\", "
		"\\\"error\\\": \\\"error: unknown command 'process'\\\\n\\\\n"
		"Command exited with code 1\\\" }\",\"user_missing\","
		"\"windows_shell_incompatible\",\"perf_bottleneck\"]"),
	    "errsig_norm:870c3a82|log_error|perf_bottleneck|user_missing|"
	    "windows_shell_incompatible");
}

static void
test_env(void)
{
	CHECK_STR(env("{\"node_version\":\"v22.22.0\",\"platform\":\"linux\","
		      "\"arch\":\"x64\",\"evolver_version\":\"1.7.0\"}",
		      EV_GEPENV_1_5_0),
	    "b98472b2ef785976");
	CHECK_STR(env("[]", EV_GEPENV_1_5_0), "unknown");
	CHECK_STR(env("null", EV_GEPENV_1_29_8), "unknown");
	CHECK_STR(env("{}", EV_GEPENV_1_5_0), "be5be69f55e91af2");
	CHECK_INT(ev_gepenv_named(EV_SLICE("1.15.0")), EV_GEPENV_1_15_0);
	CHECK_INT(ev_gepenv_named(EV_SLICE("1.15")), -1);
}

/* extractErrorSignature: the signature of the first signal that is one. */
static const char *
first_error(const struct ev_val *array)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice text;
	struct ev_walk walk;
	struct ev_val each;
	const char *got = "";

	ev_walk_begin(&walk, array);
	while (ev_walk_next(&walk, NULL, &each)) {
		text = ev_val_text(&each, &scratch);
		if (!ev_slice_starts(text, "errsig:"))
			continue;
		got = error((struct ev_slice){ text.p + 7, text.n - 7 });
		break;
	}
	ev_buf_clear(&scratch);
	return got;
}

static void
vector(const struct ev_val *root)
{
	struct ev_val in = ev_member_of(root, "in");
	struct ev_buf room[4] = { EV_BUF_INIT }, want = EV_BUF_INIT;
	struct ev_slice fn = vector_text(root, "fn", &room[0]);
	struct ev_slice text = ev_val_text(&in, &room[1]), algo;
	char key[EV_GEPENV_SIZE];
	size_t i;

	ev_buf_addslice(&want, vector_text(root, "out", &room[2]));
	if (ev_slice_is(fn, "stableHash")) {
		CHECK_STR(hash(text), ev_buf_str(&want));
	} else if (ev_slice_is(fn, "normalizeErrorSignature")) {
		CHECK_STR(error(text), ev_buf_str(&want));
	} else if (ev_slice_is(fn, "computeSignalKey")) {
		CHECK_STR(signals(&in), ev_buf_str(&want));
	} else if (ev_slice_is(fn, "extractErrorSignature")) {
		CHECK_STR(first_error(&in), ev_buf_str(&want));
	} else {
		algo = vector_text(root, "in.algo", &room[3]);
		in = ev_member_of(&in, "fp");
		ev_gepenv_key(&in, (enum ev_gepenv)ev_gepenv_named(algo), key);
		CHECK_STR(key, ev_buf_str(&want));
	}
	for (i = 0; i < 4; i++)
		ev_buf_clear(&room[i]);
	ev_buf_clear(&want);
}

int
main(int argc, char **argv)
{
	test_error();
	test_signals();
	test_env();
	vectors(argc, argv, vector);
	return test_end();
}
