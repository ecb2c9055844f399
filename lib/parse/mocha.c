#include "parse/mocha.h"

#include "event/lex.h"
#include "parse/body.h"

#define NAME_INDENT 6			/* of the lines of a name, and more */
#define RULE "\xe2\x8e\xaf\xe2\x8e\xaf" /* ⎯⎯: vitest's, between failures */
#define ARROW "\xe2\x9d\xaf "		/* ❯: its frames */
#define RAW_MOST 2000

/* Steps of mocha's: in the name, in the message, in what follows it. */
enum { NAME, MESSAGE, REST };

bool
ev_mocha_failing(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->failing = true;
	return true;
}

bool
ev_mocha_begin(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->sure = false;
	return work->failing;
}

/* The error without its class, where that says only that it is one. */
static struct ev_slice
message_of(struct ev_slice text)
{
	static const char assertion[] = "AssertionError";
	const char *colon;

	if (ev_slice_starts(text, assertion)) {
		colon = memmem(text.p, text.n, ": ", 2);
		if (colon != NULL) {
			text.n -= (size_t)(colon + 2 - text.p);
			text.p = colon + 2;
		}
	}
	return ev_body_message(text);
}

/* The last line of a name ends in a colon. */
static enum ev_take
name_line(struct ev_work *work, struct ev_slice line, struct ev_slice text)
{
	if (text.n == 0 || ev_work_indent(line) < NAME_INDENT)
		return EV_TAKE_DROP;
	if (text.p[text.n - 1] == ':') {
		text.n--;
		work->step = MESSAGE;
		work->sure = true;
	}
	ev_note_more(&work->note.test, " ", text);
	return EV_TAKE_MINE;
}

enum ev_take
ev_mocha_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_note *note = &work->note;
	struct ev_slice text = ev_work_trim(line);

	if (work->step == NAME)
		return name_line(work, line, text);
	if (note->raw >= RAW_MOST)
		return EV_TAKE_OVER;
	if (text.n == 0)
		return EV_TAKE_MINE;
	if (ev_work_frame(work, line) != EV_TONGUE_NONE)
		return EV_TAKE_MINE;
	if (ev_work_indent(line) <= 2 &&
	    (work->step == MESSAGE || note->frames > 0 ||
		ev_is_blank(line.p[0]) || ev_slice_is(line, EV_WORK_END)))
		return EV_TAKE_OVER;
	if (work->step == MESSAGE) {
		ev_note_set(&note->message, message_of(text));
		work->step = REST;
	} else if (note->message.n > 0 &&
	    note->message.p[note->message.n - 1] == ':') {
		ev_note_more(&note->message, " ", text);
	}
	return EV_TAKE_MINE;
}

/* "❯ a.test.ts:2:50", "❯ f src/a.ts:1:2" */
static void
place(struct ev_note *note, struct ev_slice text)
{
	struct ev_frame at;
	const char *name;

	text.p += sizeof(ARROW) - 1;
	text.n -= sizeof(ARROW) - 1;
	if (!ev_frame_location(text, &at))
		return;
	name = memrchr(at.file.p, ' ', at.file.n);
	if (name != NULL) {
		at.function =
		    (struct ev_slice){ at.file.p, (size_t)(name - at.file.p) };
		at.file.n -= (size_t)(name + 1 - at.file.p);
		at.file.p = name + 1;
	}
	at.user = ev_frame_is_user(&at);
	if (note->line == 0 && at.user)
		ev_note_place(note, &at);
	ev_note_frame(note, &at);
}

enum ev_take
ev_vitest_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_note *note = &work->note;
	struct ev_slice text = ev_work_trim(line);

	if (ev_slice_starts(text, RULE))
		return EV_TAKE_LAST;
	if (note->raw >= RAW_MOST || ev_slice_is(line, EV_WORK_END))
		return EV_TAKE_OVER;
	/* the same failure of several tests is told once, below all names */
	if (ev_slice_starts(text, "FAIL "))
		return EV_TAKE_OVER;
	if (ev_slice_starts(text, ARROW))
		place(note, text);
	else if (text.n > 0 && note->message.n == 0)
		ev_note_set(&note->message, message_of(text));
	return EV_TAKE_MINE;
}
