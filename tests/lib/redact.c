#include "emit/redact.h"

#include <time.h>

#include "emit/sift.h"
#include "json/quote.h"
#include "json/scan.h"
#include "vectors.h"

static struct ev_redact *r;
static struct ev_buf out = EV_BUF_INIT;

/* A line without its secrets. */
static const char *
line(const char *json)
{
	bool found = ev_redact_line(r, ev_slice_of(json), &out);

	if (!found) {
		ev_buf_reset(&out);
		ev_buf_adds(&out, json);
		return ev_buf_str(&out);
	}
	CHECK_INT(ev_scan_line(NULL, out.p, out.n, NULL, NULL), EV_SCAN_OK);
	return ev_buf_str(&out);
}

/* What becomes of a text, which is quoted into a line. */
static const char *
text(const char *plain)
{
	static struct ev_buf json = EV_BUF_INIT, back = EV_BUF_INIT;
	struct ev_val val = { .kind = EV_STRING, .escaped = 1 };

	ev_buf_reset(&json);
	ev_buf_adds(&json, "{\"a\":");
	ev_quote(&json, ev_slice_of(plain));
	ev_buf_addc(&json, '}');
	line(ev_buf_str(&json));
	val.p = out.p + 6;
	val.n = (uint32_t)out.n - 8;
	ev_buf_reset(&back);
	ev_unquote(&back, &val);
	return ev_buf_str(&back);
}

#define SAME(plain) CHECK_STR(text(plain), plain)

#define S16 "abcdefghijklmnop"
#define S20 S16 "qrst"
#define AWS "AKIAABCDEFGHIJKLMNOP"
#define GOOGLE "AIza" S20 "-uvwxyz_0123456"
#define JWT "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

static void
test_tokens(void)
{
	CHECK_STR(text(AWS), "[REDACTED:aws-key]");
	CHECK_STR(text("ASIA0123456789ABCDEF"), "[REDACTED:aws-key]");
	SAME("AKIAABCDEFGHIJKLMNO");
	SAME("AKIAabcdefghijklmnop");
	/* of that length they are, and no other */
	SAME(AWS "Q");
	SAME(AWS "q");
	SAME("ASIA0123456789ABCDEF0");
	CHECK_STR(text(AWS "_" AWS), "[REDACTED:aws-key]_[REDACTED:aws-key]");
	CHECK_STR(text("ghp_" S20), "[REDACTED:github-token]");
	CHECK_STR(text("gho_" S20), "[REDACTED:github-token]");
	CHECK_STR(text("ghu_" S20), "[REDACTED:github-token]");
	CHECK_STR(text("ghs_" S20), "[REDACTED:github-token]");
	CHECK_STR(text("ghr_" S20), "[REDACTED:github-token]");
	SAME("ghx_" S20);
	SAME("ghp_short");
	CHECK_STR(text("github_pat_A1_" S20), "[REDACTED:github-token]");
	SAME("github_pat_A1");
	CHECK_STR(text("glpat-x-_" S20 ".01.z."), "[REDACTED:gitlab-token].");
	SAME("glpat-" S16);
	CHECK_STR(text("xoxb-123456-7890-ab"), "[REDACTED:slack-token]");
	SAME("xoxb-1234");
	SAME("xox1-1234567890");
	CHECK_STR(text("sk-" S16), "[REDACTED:api-key]");
	CHECK_STR(text("sk-" S16 "-x_y!"), "[REDACTED:api-key]!");
	CHECK_STR(text("sk-ant-api03-a_b-c_d-e_f"), "[REDACTED:api-key]");
	CHECK_STR(text("sk-proj-a_b-c_d-e_f-g_h-"), "[REDACTED:api-key]");
	SAME("sk-abcdefghijklmno");
	SAME("sk-learn-pipeline-tests-v2");
	CHECK_STR(text(GOOGLE), "[REDACTED:google-key]");
	SAME("AIza" S20 "-uvwxyz_012345");
	CHECK_STR(text("Bearer " S16), "Bearer [REDACTED:bearer-token]");
	CHECK_STR(text("Bearer a.b~c+d/e-f_g012==, x"),
	    "Bearer [REDACTED:bearer-token], x");
	CHECK_STR(
	    text("Bearer \t\n" S16), "Bearer \t\n[REDACTED:bearer-token]");
	SAME("Bearer abcdefghijklmno.");
	SAME("Bearer" S20);
	SAME("bearer " S20);
}

static void
test_jwt(void)
{
	CHECK_STR(text(JWT), "[REDACTED:jwt]");
	CHECK_STR(text("(" JWT ")."), "([REDACTED:jwt]).");
	CHECK_STR(text(JWT ".two.more."), "[REDACTED:jwt].");
	CHECK_STR(text("eyJhbGciOiJub25l.eyJzdWIiOiIxIn0."), "[REDACTED:jwt]");
	CHECK_STR(text("Bearer " JWT), "Bearer [REDACTED:bearer-token]");
	SAME("eyJhbGciOiJIUzI1NiJ9");
	SAME("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0");
	SAME("eyJx.eyJzdWIiOiIxIn0.c2lnbmF0dXJl");
	SAME("keyJhbGciOiJIUzI1NiJ9.eyJzdWIi.c2lnbmF0dXJl");
}

#define PEM(kind) "-----BEGIN " kind "-----\nabc\n-----END " kind "-----"

static void
test_pem(void)
{
	CHECK_STR(text("a " PEM("RSA PRIVATE KEY") " b"),
	    "a [REDACTED:private-key] b");
	CHECK_STR(text(PEM("PRIVATE KEY")), "[REDACTED:private-key]");
	CHECK_STR(text(PEM("PGP PRIVATE KEY BLOCK")), "[REDACTED:private-key]");
	CHECK_STR(text("x-----BEGIN EC PRIVATE KEY-----\nabc"),
	    "x[REDACTED:private-key]");
	CHECK_STR(text("-----BEGIN PRIVATE KEY-----\nabc\n-----END X-----\nd"),
	    "[REDACTED:private-key]");
	SAME(PEM("CERTIFICATE"));
	SAME(PEM("PUBLIC KEY"));
	SAME("BEGIN RSA PRIVATE KEY");
	/* JSON in a string: the line ends are spelt */
	CHECK_STR(line("{\"a\":\"-----BEGIN PRIVATE KEY-----\\\\nab\\\\n"
		       "-----END PRIVATE KEY-----\\\\n\"}"),
	    "{\"a\":\"[REDACTED:private-key]\\\\n\"}");
}

static void
test_url(void)
{
	CHECK_STR(text("postgres://joe:s3cr:t@db:5432/x?y=z@w"),
	    "postgres://joe:[REDACTED:url-password]@db:5432/x?y=z@w");
	CHECK_STR(text("redis://:pw@h"), "redis://:[REDACTED:url-password]@h");
	CHECK_STR(text("a://b:p@ss@h"), "a://b:[REDACTED:url-password]@h");
	CHECK_STR(text("https://" AWS ":x@h"),
	    "https://[REDACTED:aws-key]:[REDACTED:url-password]@h");
	CHECK_STR(text("https://ghp_" S20 "@github.com/a"),
	    "https://[REDACTED:github-token]@github.com/a");
	SAME("https://joe@host/");
	SAME("https://joe:@host/");
	SAME("http://host:8080/a@b");
	SAME("http://host:8080?a=b@c");
	SAME("http://host:8080 a@b");
	SAME("://a:b@c");
	SAME("a://b:[REDACTED:url-password]@h");
}

static void
test_boundaries(void)
{
	SAME("task-" S20 " disk-" S20);
	SAME("X" AWS);
	SAME("mask-" S20 "%");
	CHECK_STR(text("k=" AWS ";"), "k=[REDACTED:aws-key];");
	CHECK_STR(text("a\n" AWS "\tb"), "a\n[REDACTED:aws-key]\tb");
	CHECK_STR(text("a\\n" AWS), "a\\n[REDACTED:aws-key]");
	CHECK_STR(text("q=a%3D" AWS), "q=a%3D[REDACTED:aws-key]");
	CHECK_STR(text("\x1b[1;31m" AWS "\x1b[0m"),
	    "\x1b[1;31m[REDACTED:aws-key]\x1b[0m");
	SAME("[1;31m" AWS);
	CHECK_STR(text("\xc3\xa9" AWS "\xc3\xa9"),
	    "\xc3\xa9[REDACTED:aws-key]\xc3\xa9");
	CHECK_STR(text(AWS " sk-" S16 " " AWS),
	    "[REDACTED:aws-key] [REDACTED:api-key] [REDACTED:aws-key]");
}

static void
test_escapes(void)
{
	CHECK_STR(line("{\"a\":\"\\u0041KIAABCDEFGHIJKLMNOP\"}"),
	    "{\"a\":\"[REDACTED:aws-key]\"}");
	CHECK_STR(line("{\"a\":\"A\\u004bIAABCDEFGHIJKLMN\\u004fP\"}"),
	    "{\"a\":\"[REDACTED:aws-key]\"}");
	CHECK_STR(line("{\"a\":\"x:\\/\\/u:p@h\\/\",\"b\":\"\\u00e9\\/\"}"),
	    "{\"a\":\"x://u:[REDACTED:url-password]@h/\","
	    "\"b\":\"\\u00e9\\/\"}");
	CHECK_STR(line("{\"a\":\"x\\u003a//u:p@h\"}"),
	    "{\"a\":\"x://u:[REDACTED:url-password]@h\"}");
	CHECK_STR(line("{\"a\":\"x://u\\u003ap\\u0040h\"}"),
	    "{\"a\":\"x://u:[REDACTED:url-password]@h\"}");
	CHECK_STR(line("{\"a\":\"\\n" AWS "\"}"),
	    "{\"a\":\"\\n[REDACTED:aws-key]\"}");
	CHECK_STR(line("{\"a\":\"\\u001b[0m" AWS "\"}"),
	    "{\"a\":\"\\u001b[0m[REDACTED:aws-key]\"}");
	CHECK_STR(line("{\"a\":\"\\u00e9" AWS "\"}"),
	    "{\"a\":\"\xc3\xa9[REDACTED:aws-key]\"}");
}

static void
test_lines(void)
{
	struct ev_buf again = EV_BUF_INIT;

	/* keys stay, other bytes stay */
	CHECK_STR(line("{\"" AWS "\": 1 , \"b\" : [ \"" AWS "\" ,{}]}"),
	    "{\"" AWS "\": 1 , \"b\" : [ \"[REDACTED:aws-key]\" ,{}]}");
	CHECK(!ev_redact_line(r, EV_SLICE("{\"" AWS "\":\"\"}"), &out));
	CHECK(!ev_redact_line(r, EV_SLICE("{}"), &out));
	CHECK(!ev_redact_line(r, EV_SLICE(""), &out));
	/* what is clean is found clean */
	line("{\"a\":\"" AWS " Bearer " S16 " a://b:c@d " JWT "\"}");
	ev_buf_addslice(&again, ev_buf_slice(&out));
	CHECK(!ev_redact_line(r, ev_buf_slice(&again), &out));
	ev_buf_clear(&again);
}

static void
test_listed(void)
{
	ev_redact_key(r, "password");
	ev_redact_key(r, "caf\xc3\xa9");
	CHECK_STR(line("{\"password\":\"x\",\"Password\" : \"y\",\"a\":[{"
		       "\"caf\\u00e9\":1.5}],\"passwords\":\"z\"}"),
	    "{\"password\":\"[REDACTED:listed-key]\",\"Password\" : "
	    "\"[REDACTED:listed-key]\",\"a\":[{\"caf\\u00e9\":"
	    "\"[REDACTED:listed-key]\"}],\"passwords\":\"z\"}");
	CHECK_STR(line("{\"password\":{\"a\":[\"}\",\"\\\"]\"]},\"b\":1}"),
	    "{\"password\":\"[REDACTED:listed-key]\",\"b\":1}");
	CHECK_STR(line("{\"password\":[1, 2] }"),
	    "{\"password\":\"[REDACTED:listed-key]\" }");
	CHECK_STR(line("{\"password\":null,\"a\":\"" AWS "\"}"),
	    "{\"password\":null,\"a\":\"[REDACTED:aws-key]\"}");
	CHECK_STR(line("{\"password\":\"\"}"), "{\"password\":\"\"}");
	CHECK_STR(line("{\"a\":\"password\",\"b\":\"c\"}"),
	    "{\"a\":\"password\",\"b\":\"c\"}");
	CHECK(!ev_redact_line(
	    r, EV_SLICE("{\"password\":\"[REDACTED:listed-key]\"}"), &out));
	CHECK(
	    ev_redact_value(r, EV_SLICE("password"), EV_SLICE("\"x\""), &out));
	CHECK_STR(ev_buf_str(&out), "\"[REDACTED:listed-key]\"");
	CHECK(!ev_redact_value(r, EV_SLICE("a"), EV_SLICE("\"x\""), &out));
	CHECK(ev_redact_value(r, EV_SLICE("a"), EV_SLICE("\"" AWS "\""), &out));
	CHECK_STR(ev_buf_str(&out), "\"[REDACTED:aws-key]\"");
}

static void
test_told(void)
{
	struct ev_redact *fresh = ev_redact_new();
	struct ev_buf told = EV_BUF_INIT;

	CHECK(!ev_redact_told(fresh, &told));
	CHECK_STR(ev_buf_str(&told), "");
	ev_redact_line(fresh, EV_SLICE("{\"a\":\"a://b:c@d\"}"), &out);
	CHECK(ev_redact_told(fresh, &told));
	CHECK_STR(ev_buf_str(&told),
	    "1 secret redacted (url-password); --no-redact keeps it");
	ev_redact_line(fresh, EV_SLICE("{\"a\":\"" AWS " " AWS "\"}"), &out);
	ev_buf_reset(&told);
	CHECK(ev_redact_told(fresh, &told));
	CHECK_STR(ev_buf_str(&told),
	    "3 secrets redacted (aws-key, url-password); "
	    "--no-redact keeps them");
	ev_buf_clear(&told);
	ev_redact_free(fresh);
}

/* What could take time that is not linear: beginnings, over and over. */
static void
test_long(void)
{
	static const char *const piece[] = { "eyJ-", "eyJaaaaaaaa.", "a://",
		"a:b@", "a://b:", "Bearer ", "Bearer .", "sk-ant-", "xoxb-",
		"-----BEGIN ", "-----BEGIN A", "-----END ", "ghp_",
		"-----BEGIN PRIVATE KEY-----", "AKIA", "\\u0041", "\\\\",
		"\\u001b[0;", "github_pat_", "glpat-.", "0;" };
	struct ev_buf json = EV_BUF_INIT;
	struct timespec cpu;
	size_t i;

	for (i = 0; i < sizeof(piece) / sizeof(piece[0]); i++) {
		ev_buf_reset(&json);
		ev_buf_adds(&json, "{\"a\":\"\\u0041://");
		while (json.n < 1u << 20)
			ev_buf_adds(&json, piece[i]);
		ev_buf_adds(&json, " " AWS "\"}");
		CHECK(ev_redact_line(r, ev_buf_slice(&json), &out));
		CHECK(strstr(ev_buf_str(&out), AWS) == NULL);
	}
	ev_buf_clear(&json);
	/* quadratic would be minutes */
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	CHECK(cpu.tv_sec < 20);
}

/* Both ways of sifting find the same, at every offset. */
static void
test_sift(void)
{
	static const char stuff[] = "sk-AIzKSeyJoxBea-BE:/\\hp_goru0glb_ x";
	struct ev_sift narrow, wide;
	unsigned seed = 1;
	char bytes[200];
	size_t i, from, n;

	ev_sift_init(&narrow, false);
	ev_sift_init(&wide, true);
	for (i = 0; i < 20000; i++) {
		for (n = 0; n < sizeof(bytes); n++) {
			seed = seed * 1103515245u + 12345u;
			bytes[n] = stuff[(seed >> 16) % (sizeof(stuff) - 1)];
			if (i % 2 == 0 && seed >> 28 != 0)
				bytes[n] = (char)(seed >> 20);
		}
		from = i % 70;
		n = from + (seed >> 8) % (sizeof(bytes) - from);
		if (ev_sift_next(&narrow, bytes + from, bytes + n) !=
		    ev_sift_next(&wide, bytes + from, bytes + n))
			break;
	}
	CHECK_INT(i, 20000);
}

/* Which texts are changed; our marker is another. */
static void
vector(const struct ev_val *root)
{
	static struct ev_buf in = EV_BUF_INIT, want = EV_BUF_INIT;
	struct ev_slice a = vector_text(root, "in", &in);
	struct ev_slice b = vector_text(root, "out", &want);
	static struct ev_buf json = EV_BUF_INIT;
	bool changed;

	ev_buf_reset(&json);
	ev_quote(&json, a);
	changed = ev_redact_line(r, ev_buf_slice(&json), &out);
	CHECK_INT(changed, !ev_slice_eq(a, b));
	if (changed)
		CHECK(strncmp(ev_buf_str(&out), "\"[REDACTED:", 11) == 0 &&
		    out.p[out.n - 2] == ']');
}

int
main(int argc, char **argv)
{
	r = ev_redact_new();
	if (argc > 1) {
		vectors(argc, argv, vector);
		return test_end();
	}
	test_tokens();
	test_jwt();
	test_pem();
	test_url();
	test_boundaries();
	test_escapes();
	test_lines();
	test_told();
	test_long();
	test_sift();
	test_listed();
	ev_redact_free(r);
	ev_buf_clear(&out);
	return test_end();
}
