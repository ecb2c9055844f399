/*
 * The scanner against the reference, on broken documents.
 *
 *	scan_diff [ROUNDS [SEED]]
 *
 * Each round breaks a sample in a few places and compares the verdict, the
 * place of the fault and every value of a plan; the same values are looked up
 * by walking, and the text without its white space must mean the same.
 */
#include "json/scan.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "json/compact.h"
#include "json/strict.h"
#include "json/walk.h"
#include "padded.h"
#include "reference_val.h"
#include "test.h"

#define MOST 2048 /* a document is not grown beyond */

static const char *const sample[] = {
	"{}",
	"{\"a\":1}",
	" { \"a\" : { \"b\" : [ 1 , -2.50e+3 , true ] , \"c\" : null } } ",
	"{\"type\":\"bead.created\",\"timestamp\":\"2026-01-06T10:30:00.123Z\","
	"\"actor\":\"agent/one\",\"data\":{\"bead_id\":\"ev-1\",\"title\":"
	"\"Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\",\"n\":[0,-0,1e400]},"
	"\"caused_by\":null}",
	"{\"event_id\":\"e\",\"event_type\":\"t\",\"event_id2\":\"x\","
	"\"correlation_id\":{\"deep\":{\"deeper\":{\"deepest\":\"v\"}}}}",
	"{\"\\u0061\":\"\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\","
	"\"a\\u002eb\":[{\"id\":1},{\"id\":\"two\"}],\"\":{\"\":\"\"}}",
	"{\"a\":{\"b\":1,\"c\":2},\"a\":{\"c\":{\"b\":3}},\"a\":"
	"{\"b\":\"last\",\"b\":\"laster\"}}",
	"{\"items\":[{\"id\":\"x\",\"tags\":[\"p\",\"q\"]},{\"id\":\"y\"},[[]],"
	"{}],\"flags\":{\"t\":true,\"f\":false,\"n\":null}}",
	"[1,\"two\",{\"three\":3}]",
	"\"just a string with \\\"quotes\\\" that is longer than a block\"",
	"-123.456e-7",
	"{\"long text\":\"0123456789abcdef0123456789abcdef0123456789abcdef\\u"
	"00e9fedcba9876543210\xc3\xbf\xe0\xa0\x80\xed\x9f\xbf\xef\xbf\xbf\xf4"
	"\x8f\xbf\xbf\",\"data\":{\"bead_id\":[],\"bead_id\":{}}}",
	"{\"t\":true,\"data\":{\"a\":{\"b\":{}}},\"f\":false}\r",
};

/* clang-format off */
static const char *const piece[] = {
	"{", "}", "[", "]", ",", ":", "\"", "\\", "\"\"", "\\\"", "\\u0061",
	"\\ud83d", "\\ude00", "\\u12", "null", "true", "false", "nul", "0", "1",
	"-", "+", ".", "e", "E", "1e5", "01", "1.", " ", "\t", "\r", "\n", "/",
	"\x01", "\x1f", "\x7f", "\x80", "\xbf", "\xc0\x80", "\xc3\xa9", "\xc3",
	"\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x9f\x98\x80", "\xf0\x9f\x98",
	"\xf4\x90\x80\x80", "\xff", "\"a\":", "\"data\":{", "\"b\":1,", "{}",
	"[]", ",\"a\":{\"b\":[2]}", "\"bead_id\":\"z\",", "\x0b",
};

static const char *const wanted[] = {
	"a", "a.b", "a.c", "a.c.b", "data", "data.bead_id", "data.title",
	"data.a.b", "type", "timestamp", "event_id", "event_id2", "event_type",
	"correlation_id.deep.deeper.deepest", "correlation_id.deep", "items",
	"flags.t", "flags.f", "a\\.b", "caused_by", "t", "f", "long text",
};
/* clang-format on */

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static uint64_t state;

/* xorshift64* (Vigna 2016). */
static size_t
draw(size_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)((state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

static void
cut(struct ev_buf *doc, size_t at, size_t n)
{
	memmove(doc->p + at, doc->p + at + n, doc->n - at - n);
	doc->n -= n;
}

/* Puts the whole document into containers, about as many as are allowed. */
static void
nest(struct ev_buf *doc)
{
	size_t count = EV_SCAN_DEPTH - 8 + draw(12), i;

	for (i = 0; i < count; i++) {
		if (i + 1 < count && draw(2) == 0) {
			ev_buf_insert(doc, 0, "[", 1);
			ev_buf_addc(doc, ']');
		} else {
			ev_buf_insert(doc, 0, "{\"a\":", 5);
			ev_buf_addc(doc, '}');
		}
	}
}

static void
break_once(struct ev_buf *doc)
{
	size_t at = draw(doc->n + 1), n = doc->n - at, len;
	const char *from;
	char copy[64];

	switch (n > 0 ? draw(12) : 0) {
	case 0:
	case 1:
	case 2:
		from = piece[draw(COUNT(piece))];
		ev_buf_insert(doc, at, from, strlen(from));
		break;
	case 3:
	case 4:
		cut(doc, at, 1);
		break;
	case 5:
		cut(doc, at, 1 + draw(n < 12 ? n : 12));
		break;
	case 6:
		doc->n = at;
		break;
	case 7:
		doc->p[at] = (char)draw(256);
		break;
	case 8:
		doc->p[at] ^= (char)(1 << draw(8));
		break;
	case 9:
		len = 1 + draw(n < sizeof(copy) ? n : sizeof(copy));
		memcpy(copy, doc->p + at, len);
		ev_buf_insert(doc, draw(doc->n + 1), copy, len);
		break;
	case 10:
		from = sample[draw(COUNT(sample))];
		len = 1 + draw(strlen(from));
		ev_buf_insert(doc, at, from + strlen(from) - len, len);
		break;
	default:
		if (draw(8) == 0)
			nest(doc);
	}
}

static bool
same_val(const struct ev_val *a, const struct ev_val *b)
{
	if (a->kind != b->kind || a->kind == EV_NONE)
		return a->kind == b->kind;
	return a->p == b->p && a->n == b->n && a->escaped == b->escaped;
}

struct scene {
	struct ev_plan *plan;
	struct ev_path path[COUNT(wanted)];
	int slot[COUNT(wanted)];
	struct ev_val *got;
	size_t count[EV_SCAN_KINDS], values;
};

static int
note(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 0;
}

static void
compare_values(struct scene *s, const struct ev_val *root)
{
	struct ev_val want, walked, *got;
	struct ev_err err;
	size_t i, j;

	for (i = 0; i < COUNT(wanted); i++) {
		want = *root;
		for (j = 0; j < s->path[i].count; j++)
			want = ref_member(&want,
			    (struct ev_slice){
				s->path[i].step[j].key, s->path[i].step[j].n });
		got = &s->got[s->slot[i]];
		CHECK(same_val(got, &want));
		walked.kind = EV_NONE;
		ev_path_each(&s->path[i], 0, root, note, &walked);
		CHECK(same_val(&walked, &want));
		s->values += want.kind != EV_NONE;
	}
	CHECK(ev_strict(root, &err) <= 0);
}

/* Without its white space a text is as sound or unsound as before. */
static void
compare_compact(const char *p, size_t n, enum ev_scan want)
{
	struct ev_buf out = EV_BUF_INIT;
	enum ev_scan got;
	size_t from, at;
	char *copy;

	if (memchr(p, '\n', n) != NULL)
		return;
	ev_compact(&out, (struct ev_slice){ p, n });
	CHECK(out.n <= n);
	got = ref_text(out.p, out.n, &from, &at);
	CHECK((got == EV_SCAN_OK) == (want == EV_SCAN_OK));
	copy = padded(out.p, out.n);
	CHECK(ev_scan_value(copy, out.n, NULL, NULL) == got);
	free(copy);
	ev_buf_clear(&out);
}

static void
compare(struct scene *s, const char *p, size_t n)
{
	enum ev_scan want, line, value;
	size_t from, at, got_at = 0, value_at = 0;
	struct ev_val val, root;

	want = ref_text(p, n, &from, &at);
	value = ev_scan_value(p, n, &val, &value_at);
	CHECK_INT(value, want);
	line = ev_scan_line(s->plan, p, n, s->got, &got_at);
	if (value != EV_SCAN_OK)
		CHECK_INT(value_at, at);
	compare_compact(p, n, want);
	if (want != EV_SCAN_OK) {
		CHECK_INT(line, want);
		CHECK_INT(got_at, at);
	} else {
		root = ref_val(p, n, from);
		CHECK(same_val(&val, &root));
		if (root.kind != EV_OBJECT)
			want = EV_SCAN_NOT_OBJECT;
		CHECK_INT(line, want);
		if (line == EV_SCAN_OK)
			compare_values(s, &root);
	}
	CHECK_INT(ev_scan_line(NULL, p, n, NULL, NULL), want);
	s->count[want]++;
}

static void
scene_open(struct scene *s)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	s->plan = ev_plan_new();
	for (i = 0; i < COUNT(wanted); i++) {
		CHECK(ev_path_parse(
			  &s->path[i], ev_slice_of(wanted[i]), NULL) == 0);
		s->slot[i] =
		    ev_plan_add(s->plan, &s->path[i], s->path[i].count);
	}
	s->got = calloc(ev_plan_slots(s->plan), sizeof(*s->got));
}

static void
scene_close(struct scene *s)
{
	size_t i;

	for (i = 0; i < EV_SCAN_KINDS; i++)
		if (s->count[i] > 0)
			printf("%-18s %zu\n", ev_scan_word((enum ev_scan)i),
			    s->count[i]);
	printf("%zu values compared\n", s->values);
	for (i = 0; i < COUNT(wanted); i++)
		ev_path_clear(&s->path[i]);
	ev_plan_free(s->plan);
	free(s->got);
}

int
main(int argc, char **argv)
{
	size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 200000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	struct ev_buf doc = EV_BUF_INIT;
	struct scene s;
	size_t i, breaks;
	char *p;

	scene_open(&s);
	state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	for (i = 0; i < rounds && test_failed == 0; i++) {
		ev_buf_reset(&doc);
		ev_buf_adds(&doc, sample[i % COUNT(sample)]);
		/* the samples themselves first */
		for (breaks = i < COUNT(sample) ? 0 : 1 + draw(4);
		     breaks > 0 && doc.n < MOST; breaks--)
			break_once(&doc);
		p = padded(doc.p, doc.n);
		compare(&s, p, doc.n);
		free(p);
		if (test_failed > 0)
			printf("round %zu, seed %" PRIu64 ": %.*s\n", i, seed,
			    (int)doc.n, doc.p);
	}
	scene_close(&s);
	ev_buf_clear(&doc);
	return test_end();
}
