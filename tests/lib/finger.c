/*
 * Fingerprints and the normal form of messages (1-events 1.6).  With files of
 * vectors (agentguard.simpleHash, agentguard.fingerprint) as its arguments it
 * checks these too.
 */
#include "event/finger.h"

#include <stdint.h>
#include <stdlib.h>

#include "event/gepkey.h"
#include "event/normal.h"
#include "json/member.h"
#include "vectors.h"

static char *
normal(const char *message)
{
	struct ev_buf out = EV_BUF_INIT;

	ev_finger_normalise(&out, ev_slice_of(message));
	ev_buf_str(&out);
	return out.p;
}

static void
check(const char *message, const char *want)
{
	char *got = normal(message);

	CHECK_STR(got, want);
	free(got);
}

static void
test_ends(void)
{
	check("", "");
	check(" \t\n ", "");
	check("  a \t\r\n b  ", "a b");
	check("\x1b[31mred\x1b[0m \x1b]0;title\a!\x1b", "red !");
	check("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link");
	check("\x1b(B\x1b[1;2", "");
}

static void
test_times(void)
{
	check("2026-01-06T10:30:00.123Z x", "<time> x");
	check("2026-01-06 10:30:00,123 x", "<time> x");
	check("2026-01-06T10:30:00.5+02:00", "<time>");
	check("at 10:30:00.", "at <time>.");
	check("[10:30:00.123]", "[<time>]");
	check("2026/01/06 10:30:00 UTC: x", "<time>: x");
	check("due 2026-01-06, late", "due <time>, late");
	check("20260106T103000Z", "<time>");
	check("Jan  6 10:30:00 host", "<time> host");
	check("Tue, 06 Jan 2026 10:30:00 GMT", "<time>");
	check("Tue Jan  6 10:30:00 2026", "<time>");
	check("[06/Jan/2026:10:30:00 +0000]", "[<time>]");
	check("Sun rises", "Sun rises");
	check("10:30", "<n>:<n>");
}

static void
test_ids(void)
{
	check("550e8400-e29b-41d4-a716-446655440000!", "<id>!");
	check("deadbeef-dead-beef-dead-beefdeadbeef", "<id>");
	check("evt-550E8400-E29B-41D4-A716-446655440000", "evt-<id>");
	check("01ARZ3NDEKTSV4RRFFQ69G5FAV", "<id>");
	check("01ARZ3NDEKTSV4RRFFQ69G5FAU", "01ARZ3NDEKTSV4RRFFQ69G5FAU");
	check("0x7ffe 0XAB 0xzz 0x", "<hex> <hex> 0xzz 0x");
	check(
	    "deadbeef cafe1234 a1b2c3d 12345678", "deadbeef <hex> a1b2c3d <n>");
}

static void
test_addresses(void)
{
	check("10.0.0.1 10.0.0.1:80, 1.2.3 256.0.0.1 1.2.3.4.5",
	    "<ip> <ip>, 1.2.3 256.0.0.1 1.2.3.4.5");
	check("::1 [::1]:80 fe80::1%eth0 ::ffff:10.0.0.1 2001:db8::1:",
	    "<ip> <ip> <ip> <ip> <ip>:");
	check("std::string ab::cd f::g", "std::string ab::cd f::g");
	check("see http://10.0.0.1/a?b=2.", "see <url>.");
	check("(https://x.io/a) \"git+ssh://h/p\"", "(<url>) \"<url>\"");
	check("postgres://u:p@10.0.0.1:5432/db", "<url>");
	check("a:// b://", "a:// b://");
	check("open '/usr/x/550e8400-e29b-41d4-a716-446655440000/y.c':5",
	    "open '<path>':<n>");
	check("f=/a/b.c:42:5 (/c/d) src/e.c",
	    "f=<path>:<n>:<n> (<path>) "
	    "src/e.c");
	check("C:\\Users\\x\\a.c:12 D:/y.", "<path>:<n> <path>.");
	check("</div> and/or a / b // c /* d */",
	    "</div> and/or a / b // c "
	    "/* d */");
	check(
	    "\xe2\x80\x98/tmp/x\xe2\x80\x99", "\xe2\x80\x98<path>\xe2\x80\x99");
}

static void
test_amounts(void)
{
	check("5ms 5 ms 1h30m -2.5s 50% 512MiB 12 bytes 3 \xc2\xb5s",
	    "<qty> <qty> <qty> <qty> <qty> <qty> <qty> <qty>");
	check("5 apples, 5 m, 4K", "<n> apples, <n> m, <qty>");
	check("5  ms", "<n> ms");
	check("7 -7 +7 1.5 1e5 1e-5 #7 x=-7 (7)",
	    "<n> <n> <n> <n> <n> <n> #<n> x=<n> (<n>)");
	check("3-5 worker-3 core.123", "<n>-<n> worker-<n> core.<n>");
	check("E0308 TS2304 utf8 x86_64 v1.2.3 py3.11 4xx 1_000",
	    "E0308 TS2304 utf8 x86_64 v1.2.3 py3.11 4xx 1_000");
	check("\xe7\xac\xac"
	      "5\xe8\xa1\x8c",
	    "\xe7\xac\xac<n>\xe8\xa1\x8c");
}

/* Some of what messages are made of, to be strung together at random. */
static const char *const piece[] = { "2026-01-06", "10:30:00", "T", "Z", " ",
	"  ", "\t", "\n", ":", "/", "//", "\\", "C:", "<", ">", "<n>", "<path>",
	"<ti", "-", "+", ".", ",", "[", "]", "(", ")", "\"", "'", "=", "%", "e",
	"0x", "deadbeef1", "550e8400-e29b-41d4-a716-446655440000", "10.0.0.1",
	"::1", "fe80", "http://", "x", "word", "E0308", "v1.2", "5", "42", "ms",
	"s", "Jan", "Tue", "2026", "\x1b[0m", "\x1b", "]", "\xc3\xa9",
	"\xe2\x80\x98", "\xe2\x80\x99", "\xff", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
	"_", "?", "!", "\xf0\x9f\x98\x80" };

static uint32_t state = 1;

static uint32_t
chance(uint32_t most)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % most;
}

/* A normal form is its own, and no longer than it may be. */
static void
test_again(void)
{
	struct ev_buf text = EV_BUF_INIT, once = EV_BUF_INIT,
		      twice = EV_BUF_INIT;
	int i, n, bad = 0;

	for (i = 0; i < 20000; i++) {
		ev_buf_reset(&text);
		n = (int)chance(i % 20 == 0 ? 400 : 12);
		while (n-- > 0)
			ev_buf_adds(&text,
			    piece[chance(sizeof(piece) / sizeof(piece[0]))]);
		ev_buf_reset(&once);
		ev_buf_reset(&twice);
		ev_finger_normalise(&once, ev_buf_slice(&text));
		ev_finger_normalise(&twice, ev_buf_slice(&once));
		if (!ev_slice_eq(ev_buf_slice(&once), ev_buf_slice(&twice)) ||
		    once.n > EV_NORMAL_MOST) {
			bad++;
			printf("not stable: %s\n", ev_buf_str(&text));
		}
	}
	CHECK_INT(bad, 0);
	ev_buf_clear(&text);
	ev_buf_clear(&once);
	ev_buf_clear(&twice);
}

static void
test_cut(void)
{
	char text[1001];
	char *got;
	int i;

	memset(text, 'x', 1000);
	text[1000] = '\0';
	got = normal(text);
	CHECK_INT(strlen(got), 512);
	free(got);
	for (i = 0; i < 999; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 3);
	got = normal(text);
	CHECK_INT(strlen(got), 510);
	free(got);
	/* the cut lays a number bare */
	memset(text, 'x', 1000);
	memcpy(text + 505, " 123456y", 8);
	got = normal(text);
	CHECK_STR(got + 505, " <n>");
	free(got);
}

static void
test_file(void)
{
	static const char *const pair[][2] = {
		{ "/tmp/tmp.abc123/src/a.c", "<path>/src/a.c" },
		{ "/tmp/a.c", "<path>/a.c" },
		{ "/var/tmp/x/y/z", "<path>/y/z" },
		{ "/private/var/folders/zz/ab1/T/tmpx/src/a.c",
		    "<path>/src/a.c" },
		{ "C:\\Users\\b\\AppData\\Local\\Temp\\xyz\\src\\a.c",
		    "<path>\\src\\a.c" },
		{ "src/a.c", "src/a.c" },
		{ "/tmpx/a", "/tmpx/a" },
		{ "/home/x/tmp/y/a", "/home/x/tmp/y/a" },
		{ "", "" },
	};
	struct ev_buf out = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++) {
		ev_buf_reset(&out);
		ev_normal_file(&out, ev_slice_of(pair[i][0]));
		CHECK_STR(ev_buf_str(&out), pair[i][1]);
	}
	ev_buf_clear(&out);
}

static void
test_print(void)
{
	struct ev_finger parts = { EV_SLICE("TestFailure"),
		EV_SLICE("Expected 200, received 401 in 5ms"),
		EV_SLICE("/tmp/tmp.x1/src/a.c"), EV_SLICE("42") };
	char got[EV_FINGER_SIZE], other[EV_FINGER_SIZE];

	/* printf %s "TestFailure:Expected <n>, received <n> in <qty>:"\
	 * "<path>/src/a.c:42" | sha256sum */
	ev_finger_print(&parts, got);
	CHECK_STR(got, "fp_a02483eebd9f68a0");
	parts.message = EV_SLICE("Expected 201, received 7 in 12 ms");
	parts.file = EV_SLICE("/tmp/tmp.x2/src/a.c");
	ev_finger_print(&parts, other);
	CHECK_STR(other, got);
	parts.line = EV_SLICE("0");
	ev_finger_print(&parts, got);
	parts.line = EV_SLICE("");
	ev_finger_print(&parts, other);
	CHECK_STR(other, got);
}

static void
test_agentguard(void)
{
	struct ev_finger parts = { EV_SLICE("TypeError"),
		EV_SLICE("Cannot read properties of undefined "
			 "(reading 'token')"),
		EV_SLICE("src/auth/session.js"), EV_SLICE("42") };
	char got[EV_FINGER_SIZE];

	ev_finger_agentguard(&parts, got);
	CHECK_STR(got, "6o30y2");
	ev_finger_simple(EV_SLICE(""), got);
	CHECK_STR(got, "0");
	ev_finger_simple(EV_SLICE("hello"), got);
	CHECK_STR(got, "1n1e4y");
	ev_finger_simple(EV_SLICE("a\0"), got);
	CHECK_STR(got, "2bj");
}

static void
vector(const struct ev_val *root)
{
	struct ev_buf room[6] = { EV_BUF_INIT };
	struct ev_slice fn = vector_text(root, "fn", &room[0]);
	struct ev_finger parts = {
		.type = vector_text(root, "in.type", &room[1]),
		.message = vector_text(root, "in.message", &room[2]),
		.file = vector_text(root, "in.file", &room[3]),
		.line = vector_text(root, "in.line", &room[4]),
	};
	struct ev_buf *last = &room[5];
	char got[EV_FINGER_SIZE], want[EV_FINGER_SIZE];
	struct ev_val in = ev_member_of(root, "in"), line;
	struct ev_slice out;
	size_t i;

	if (in.kind == EV_OBJECT) {
		line = ev_member_of(&in, "line");
		ev_buf_reset(&room[4]);
		ev_gepkey_text(&room[4], &line);
		parts.line = ev_buf_slice(&room[4]);
	}
	if (ev_slice_is(fn, "simpleHash"))
		ev_finger_simple(vector_text(root, "in", last), got);
	else
		ev_finger_agentguard(&parts, got);
	out = vector_text(root, "out", last);
	snprintf(want, sizeof(want), "%.*s", (int)out.n, out.p);
	CHECK_STR(got, want);
	for (i = 0; i < sizeof(room) / sizeof(room[0]); i++)
		ev_buf_clear(&room[i]);
}

int
main(int argc, char **argv)
{
	test_ends();
	test_times();
	test_ids();
	test_addresses();
	test_amounts();
	test_again();
	test_cut();
	test_file();
	test_print();
	test_agentguard();
	vectors(argc, argv, vector);
	return test_end();
}
