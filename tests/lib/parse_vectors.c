/*
 * lib/parse against AgentGuard's own parser, given as files of vectors: what it
 * recognises must be recognised, with a type of ours for its class.
 */
#include "test.h"

#include "base/mem.h"
#include "json/member.h"
#include "parse/frame.h"
#include "parse_input.h"
#include "vectors.h"

#define TYPES_MOST 4

/* Their classes, and our types for them (the seed's taxonomy). */
static const struct {
	const char *class;
	const char *type[TYPES_MOST];
} known[] = {
	{ "null-reference", { "TypeError", "RuntimeCrash" } },
	{ "type-mismatch", { "TypeError", "RuntimeCrash" } },
	/* of compilers: by code and words */
	{ "type-error",
	    { "TypeError", "SyntaxError", "ReferenceError", "BuildFailure" } },
	{ "syntax",
	    { "SyntaxError", "ReferenceError", "BuildFailure", "TypeError" } },
	/* there any panic is one */
	{ "stack-overflow", { "StackOverflow", "RuntimeCrash" } },
	{ "memory-leak", { "MemoryError" } },
	{ "network", { "NetworkError" } },
	{ "import", { "ReferenceError" } },
	{ "assertion", { "TestFailure", "RuntimeCrash" } },
	{ "test-failure", { "TestFailure" } },
	{ "deprecated", { "Deprecation" } },
	{ "lint-error", { "LintError" } },
	{ "lint-warning", { "LintWarning" } },
	{ "merge-conflict", { "MergeConflict" } },
	{ "security-finding", { "SecurityFinding" } },
	{ "ci-failure", { "CIFailure", "BuildFailure" } },
	{ "unhandled-promise", { "RuntimeCrash" } },
	{ "broken-pipe", { "RuntimeCrash" } },
};

struct want {
	struct ev_slice message;
	const char *const *type; /* NULL: any */
	bool lines;		 /* the text has several */
	bool found, typed;
};

static bool
holds(struct ev_slice text, struct ev_slice part)
{
	return part.n == 0 || memmem(text.p, text.n, part.p, part.n) != NULL;
}

static bool
fits(const struct want *want, const char *type)
{
	size_t i;

	for (i = 0; want->type != NULL && i < TYPES_MOST; i++)
		if (want->type[i] != NULL && strcmp(want->type[i], type) == 0)
			return true;
	return want->type == NULL;
}

/*
 * The same message, or one that holds the other.  Of several lines we may take
 * another one than they: not the head of a traceback or the sum of a linter,
 * but the failures that these are about.
 */
static void
compare(void *arg, const struct ev_finding *finding)
{
	struct want *want = arg;
	struct ev_slice mine = finding->message, theirs = want->message;
	const char *colon = memmem(mine.p, mine.n, ": ", 2);
	struct ev_slice tail = mine;
	bool typed = fits(want, finding->type);

	if (colon != NULL) {
		tail.p = colon + 2;
		tail.n = (size_t)(mine.p + mine.n - tail.p);
	}
	/* ":boom" is their defect */
	if (ev_slice_starts(theirs, ":")) {
		theirs.p++;
		theirs.n--;
	}
	if (!holds(mine, theirs) && !holds(theirs, mine) &&
	    !holds(theirs, tail) && !(want->lines && typed))
		return;
	want->found = true;
	want->typed = want->typed || typed;
}

static void
one_error(struct ev_slice text, const struct ev_val *theirs)
{
	struct ev_buf message = EV_BUF_INIT, class = EV_BUF_INIT;
	struct ev_parse_given given = { .format = "auto" };
	struct want want = { .lines = memchr(text.p, '\n', text.n) != NULL };
	struct ev_parse *parse;
	struct ev_err err;
	size_t i;

	want.message = vector_text(theirs, "message", &message);
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (ev_slice_is(
			vector_text(theirs, "type", &class), known[i].class))
			want.type = known[i].type;
	given.found = compare;
	given.arg = &want;
	parse = ev_parse_new(&given, &err);
	ev_parse_feed(parse, text.p, text.n, &err);
	ev_parse_end(parse, &err);
	ev_parse_free(parse);
	CHECK(want.found);
	CHECK(want.typed);
	if (!want.found || !want.typed)
		printf("  %.*s\n", (int)text.n, text.p);
	ev_buf_clear(&message);
	ev_buf_clear(&class);
}

/* The user's frames that upstream finds in lines of a trace are ours, too. */
static void
one_stack(const struct ev_val *root)
{
	struct ev_frames *frames = ev_frames_new();
	struct ev_buf text = EV_BUF_INIT, want = EV_BUF_INIT;
	struct ev_frame frame, user = { .line = 0 };
	struct ev_slice line, file;
	struct ev_val in = ev_member_of(root, "in"), val;
	struct ev_walk walk;
	bool there = false;

	ev_walk_begin(&walk, &in);
	while (ev_walk_next(&walk, NULL, &val)) {
		line = ev_val_text(&val, &text);
		if (!there &&
		    ev_frames_read(frames, line, &frame) != EV_TONGUE_NONE &&
		    frame.user) {
			there = true;
			user = frame;
			user.file.p = ev_memdup(frame.file.p, frame.file.n);
		}
	}
	file = vector_text(root, "out.user.file", &want);
	/* an eval in a file: ours is the file, theirs the text of the eval;
	 * lines of compilers are no frames here but findings */
	if (ev_slice_starts(file, "eval at "))
		file = EV_SLICE("/r/a.js");
	if (file.n > 0 && !ev_slice_is(file, "src/a.ts") &&
	    !ev_slice_is(file, "main.go")) {
		CHECK(there && ev_slice_eq(user.file, file));
		CHECK_INT(
		    ev_frame_number(vector_text(root, "out.user.line", &text)),
		    user.line);
	} else if (file.n == 0) {
		CHECK(!there);
	}
	free((void *)(uintptr_t)user.file.p);
	ev_frames_free(frames);
	ev_buf_clear(&text);
	ev_buf_clear(&want);
}

static void
one_location(const struct ev_val *root)
{
	struct ev_buf in = EV_BUF_INIT, out = EV_BUF_INIT;
	struct ev_frame at;

	CHECK(ev_frame_location(vector_text(root, "in", &in), &at));
	CHECK(ev_slice_eq(at.file, vector_text(root, "out.file", &out)));
	CHECK_INT(
	    at.line, ev_frame_number(vector_text(root, "out.line", &out)));
	CHECK_INT(
	    at.column, ev_frame_number(vector_text(root, "out.column", &out)));
	ev_buf_clear(&in);
	ev_buf_clear(&out);
}

static void
vector(const struct ev_val *root)
{
	struct ev_buf text = EV_BUF_INIT, scratch = EV_BUF_INIT;
	struct ev_slice fn = vector_text(root, "fn", &scratch);
	struct ev_val out = ev_member_of(root, "out"), theirs;
	struct ev_walk walk;

	if (ev_slice_is(fn, "parseStackTrace")) {
		one_stack(root);
	} else if (ev_slice_is(fn, "extractLocation")) {
		one_location(root);
	} else {
		ev_walk_begin(&walk, &out);
		while (ev_walk_next(&walk, NULL, &theirs))
			one_error(vector_text(root, "in", &text), &theirs);
	}
	ev_buf_clear(&text);
	ev_buf_clear(&scratch);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		CHECK(sizeof(known) > 0);
	vectors(argc, argv, vector);
	return test_end();
}
