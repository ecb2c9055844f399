#include "parse/trace.h"

#include "event/lex.h"

#define BLANKS_MOST 2  /* blank lines inside a trace, one after the other */
#define SOURCE_MOST 8  /* lines from "file:line" to its SyntaxError */
#define SPOKEN_MOST 12 /* lines of a message before its stack */
#define RAW_MOST 2000  /* lines of one trace */

/* Steps. */
enum {
	FRAMES = 0, /* frames are taken */
	ENOUGH = 1, /* those of another goroutine, a cause: not any more */
	MESSAGE = 2 /* the next line is the message (Rust) */
};

/* How lines go on that are neither frames nor blank. */
static const struct {
	const char *start;
	enum ev_take take;
} other[] = {
	{ "Node.js v", EV_TAKE_LAST },
	{ "exit status ", EV_TAKE_LAST },
	{ "SUMMARY: ", EV_TAKE_LAST },
	{ "note: Some details are omitted", EV_TAKE_LAST },
	{ "note: run with `RUST_BACKTRACE", EV_TAKE_MINE },
	{ "...", EV_TAKE_MINE },
	{ "Suppressed: ", EV_TAKE_MINE },
	{ "[signal ", EV_TAKE_MINE },
	{ "[recovered", EV_TAKE_MINE },
	{ "stack backtrace:", EV_TAKE_MINE },
	{ "Require stack:", EV_TAKE_MINE },
	{ "- /", EV_TAKE_MINE },
	{ "at ", EV_TAKE_MINE },
	{ "}", EV_TAKE_MINE },
	{ "Emitted '", EV_TAKE_MINE },
	{ "==", EV_TAKE_MINE },
	{ "READ of size", EV_TAKE_MINE },
	{ "WRITE of size", EV_TAKE_MINE },
	{ "The signal is caused", EV_TAKE_MINE },
	{ "0x", EV_TAKE_MINE },
};

/* Whose trace it is, once a frame says so. */
static const char *const tongue_tool[] = {
	[EV_TONGUE_NODE] = "node",
	[EV_TONGUE_PYTHON] = "python",
	[EV_TONGUE_GO] = "go",
	[EV_TONGUE_JAVA] = "java",
	[EV_TONGUE_RUST] = "rust",
	[EV_TONGUE_C] = NULL,
};

/* A field of a Node error: "  code: 'X',"; an error has no blanks in front. */
static bool
is_field(struct ev_slice line)
{
	return line.n > 0 && ev_is_blank(line.p[0]) &&
	    (line.p[line.n - 1] == ',' || line.p[line.n - 1] == '\'') &&
	    memchr(line.p, ':', line.n) != NULL;
}

static enum ev_take
other_line(struct ev_work *work, struct ev_slice whole)
{
	struct ev_slice group[2], line = ev_work_trim(whole);
	size_t i;

	if (ev_slice_starts(line, "goroutine ")) {
		if (work->note.frames > 0)
			work->step = ENOUGH;
		return EV_TAKE_MINE;
	}
	if (ev_work_inner(work, EV_INNER_CAUSE, line, group, 2)) {
		if (work->note.frames > 0)
			work->step = ENOUGH;
		return EV_TAKE_MINE;
	}
	if (ev_slice_starts(line, "left: ") ||
	    ev_slice_starts(line, "right: ")) {
		ev_note_more(&work->note.message, " ", line);
		return EV_TAKE_MINE;
	}
	for (i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (ev_slice_starts(line, other[i].start))
			return other[i].take;
	if (work->note.frames > 0 && is_field(whole))
		return EV_TAKE_MINE;
	return EV_TAKE_OVER;
}

/* Does a line name the function of the next frame? */
static bool
function_line(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice group[1];

	if (!ev_work_inner(work, EV_INNER_RUST_FN, line, group, 1) &&
	    !((line.p[line.n - 1] == ')' ||
		  ev_slice_starts(line, "created by ")) &&
		ev_work_inner(work, EV_INNER_GO_FN, line, group, 1)))
		return false;
	ev_note_set(&work->function, group[0]);
	return true;
}

/*
 * A message may go on over several lines when it ends with a colon, and that of
 * an assertion; what stands behind a blank line then is its difference or
 * nothing of it.
 */
static bool
speaks_on(struct ev_work *work, struct ev_slice whole)
{
	struct ev_slice line = ev_work_trim(whole);
	struct ev_buf *message = &work->note.message;

	if (work->note.frames > 0 || work->note.raw > SPOKEN_MOST ||
	    message->n == 0)
		return false;
	if (message->p[message->n - 1] == ':')
		ev_note_more(message, " ", line);
	else if (!ev_slice_is(ev_buf_slice(&work->note.code), "ERR_ASSERTION"))
		return false;
	else
		return work->blank == 0 || memchr(" +-", whole.p[0], 3) != NULL;
	return true;
}

enum ev_take
ev_trace_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice text = ev_work_trim(line);
	struct ev_frame skipped;
	enum ev_tongue tongue;

	if (work->note.raw >= RAW_MOST || ev_slice_is(line, EV_WORK_END))
		return EV_TAKE_OVER;
	if (text.n == 0) {
		if (work->step == MESSAGE)
			work->step = FRAMES;
		return work->blank++ < BLANKS_MOST ? EV_TAKE_MINE :
						     EV_TAKE_OVER;
	}
	/* of Go: it was recovered, and raised again */
	if (ev_slice_starts(text, "panic: ") && ev_work_indent(line) > 0)
		return EV_TAKE_MINE;
	if (work->step == MESSAGE) {
		ev_note_set(&work->note.message, text);
		work->step = FRAMES;
		return EV_TAKE_MINE;
	}
	if (work->step == ENOUGH)
		tongue = ev_frames_read(work->frames, line, &skipped);
	else
		tongue = ev_work_frame(work, line);
	if (tongue != EV_TONGUE_NONE) {
		if (tongue_tool[tongue] != NULL && work->note.frames == 1 &&
		    work->note.test.n == 0)
			work->note.tool = tongue_tool[tongue];
		work->blank = 0;
		return EV_TAKE_MINE;
	}
	if (function_line(work, text) || speaks_on(work, line))
		return EV_TAKE_MINE;
	return other_line(work, line);
}

/* Classes that are Python's although Node has such names, too. */
static bool is_python(struct ev_slice class)
{
	static const char *const name[] = { "ModuleNotFoundError",
		"ImportError", "IndexError", "KeyError", "ValueError",
		"ZeroDivisionError", "PermissionError", "AttributeError",
		"NameError", "FileNotFoundError", "IndentationError", "OSError",
		"RuntimeError", "NotImplementedError", "RecursionError",
		"UnicodeDecodeError", NULL };
	const char *const *p;

	for (p = name; *p != NULL; p++)
		if (ev_slice_is(class, *p))
			return true;
	return false;
}

bool
ev_trace_exception(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;
	struct ev_frame at;

	if (ev_slice_starts(m->class, "java") ||
	    (m->class.n > 0 && !ev_slice_is(m->class, "Error") &&
		memchr(m->class.p, '.', m->class.n) != NULL &&
		memmem(m->class.p, m->class.n, "Exception", 9) != NULL))
		note->tool = "java";
	else if (is_python(m->class))
		note->tool = "python";
	if (note->message.n == 0 && note->code.n == 0)
		ev_note_set(&note->message, m->line);
	if (work->source_age <= SOURCE_MOST &&
	    strcmp(note->type, "SyntaxError") == 0 &&
	    ev_frame_location(ev_buf_slice(&work->source), &at))
		ev_note_place(note, &at);
	return true;
}

bool
ev_trace_go(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	ev_note_set(&work->note.test, ev_buf_slice(&work->test));
	ev_buf_reset(&work->test);
	return true;
}

bool
ev_trace_rust(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;

	if (m->message.n == 0) {
		ev_note_set(&note->message, m->line);
		work->step = MESSAGE;
	}
	if (work->test.n > 0 &&
	    ev_slice_eq(m->test, ev_buf_slice(&work->test))) {
		note->type = "TestFailure";
		note->tool = "cargo";
		ev_work_told_test(work, m->test);
	} else {
		ev_buf_reset(&note->test);
	}
	return true;
}
