/*
 * lib/parse against AgentGuard's own parser, given as files of vectors: what it
 * recognises must be recognised, with a type of ours for its class.
 */
#include "test.h"

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

/* Where a trace says that it was. */
struct place {
	struct ev_slice file;
	uint32_t line;
	bool found;
};

static bool
is_place(const struct place *place, struct ev_slice file, uint32_t line)
{
	return ev_slice_eq(file, place->file) && line == place->line;
}

static void
look(void *arg, const struct ev_finding *finding)
{
	struct place *want = arg;

	if (is_place(want, finding->file, finding->line))
		want->found = true;
}

/* Lines of compilers are no frames here, but findings. */
static bool
is_finding(struct ev_slice line, struct place *want)
{
	struct ev_parse_given given = {
		.format = "auto", .found = look, .arg = want
	};
	struct ev_err err;
	struct ev_parse *parse = ev_parse_new(&given, &err);

	ev_parse_feed(parse, line.p, line.n, &err);
	ev_parse_end(parse, &err);
	ev_parse_free(parse);
	return want->found;
}

/*
 * The first frame of theirs is one of ours, and our first of the user's, unless
 * ours knows it to be a library's.  Of an eval in a file theirs is the text of
 * the eval, ours the file.
 */
static void
one_stack(const struct ev_val *root)
{
	struct ev_frames *frames = ev_frames_new();
	struct ev_buf text = EV_BUF_INIT, file = EV_BUF_INIT;
	struct place want = { .found = false };
	struct ev_val in = ev_member_of(root, "in"), val;
	struct ev_frame frame;
	struct ev_slice line;
	struct ev_walk walk;
	bool user = false;

	want.line = ev_frame_number(vector_text(root, "out.user.line", &text));
	want.file = vector_text(root, "out.user.file", &file);
	ev_walk_begin(&walk, &in);
	while (!user && !want.found && ev_walk_next(&walk, NULL, &val)) {
		line = ev_val_text(&val, &text);
		if (ev_frames_read(frames, line, &frame) == EV_TONGUE_NONE) {
			is_finding(line, &want);
			continue;
		}
		user = frame.user;
		want.found = is_place(&want, frame.file, frame.line) ||
		    (ev_slice_starts(want.file, "eval at ") &&
			holds(want.file, frame.file));
	}
	if (want.file.n > 0)
		CHECK(want.found);
	else
		CHECK(!user);
	ev_frames_free(frames);
	ev_buf_clear(&text);
	ev_buf_clear(&file);
}

static void
one_location(const struct ev_val *root)
{
	struct ev_buf in = EV_BUF_INIT, out = EV_BUF_INIT;
	struct ev_slice text = vector_text(root, "in", &in);
	struct ev_frame at;

	if (ev_member_of(root, "out").kind == EV_NULL) {
		CHECK(!ev_frame_location(text, &at) || !at.user);
		ev_buf_clear(&in);
		return;
	}
	CHECK(ev_frame_location(text, &at));
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
