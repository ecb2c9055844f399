#include "parse/python.h"

#include "event/lex.h"
#include "parse/class.h"

#define RAW_MOST 20000 /* lines of one failure */

/* Steps of a traceback. */
enum { FRAMES, ENDED, CHAINED };

/* Without the bars of an exception group. */
static struct ev_slice
unbar(struct ev_slice line)
{
	while (line.n > 1 && line.p[0] == ' ' &&
	    (line.p[1] == ' ' || line.p[1] == '|' || line.p[1] == '+')) {
		line.p++;
		line.n--;
	}
	if (line.n > 1 && (line.p[0] == '|' || line.p[0] == '+') &&
	    line.p[1] == ' ') {
		line.p += 2;
		line.n -= 2;
	}
	return line;
}

/* Sets type, code and message by the line that ends a traceback. */
static void
take_class(struct ev_work *work, struct ev_slice class, struct ev_slice message)
{
	struct ev_note *note = &work->note;

	note->type = note->test.n > 0 ? "TestFailure" :
					ev_class_exception(class, message);
	ev_note_set(&note->message, message);
	ev_buf_reset(&note->code);
	if (!ev_slice_is(class, note->type) &&
	    !ev_slice_is(class, "Exception") &&
	    !ev_slice_is(class, "AssertionError"))
		ev_note_set(&note->code, class);
	if (note->message.n == 0)
		ev_note_set(&note->message, class);
}

static bool
is_chain(struct ev_slice text)
{
	return ev_slice_starts(
		   text, "During handling of the above exception") ||
	    ev_slice_starts(text, "The above exception was the direct cause");
}

enum ev_take
ev_python_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice text = ev_work_trim(line), group[2];
	size_t indent = ev_work_indent(line);

	if (work->note.raw >= RAW_MOST)
		return EV_TAKE_OVER;
	if (text.n == 0)
		return work->blank++ < 2 ? EV_TAKE_MINE : EV_TAKE_OVER;
	if (work->step != FRAMES) {
		if (is_chain(text)) {
			work->step = CHAINED;
			return EV_TAKE_MINE;
		}
		if (work->step == ENDED ||
		    !ev_slice_starts(text, "Traceback (most recent"))
			return EV_TAKE_OVER;
		ev_note_forget_frames(&work->note);
		work->step = FRAMES;
		return EV_TAKE_MINE;
	}
	if (ev_work_frame(work, line) != EV_TONGUE_NONE)
		return EV_TAKE_MINE;
	if (ev_slice_starts(text, "| ")) {
		text = unbar(line);
		if (text.n > 0 && text.p[0] == ' ')
			return EV_TAKE_MINE;
	} else if (indent > work->indent) {
		return EV_TAKE_MINE; /* a line of the program */
	} else if (is_chain(text)) {
		work->step = CHAINED;
		return EV_TAKE_MINE;
	}
	if (!ev_work_inner(work, EV_INNER_PYTHON_END, text, group, 2))
		return EV_TAKE_OVER;
	take_class(work, group[0], group[1]);
	work->step = ENDED;
	work->blank = 0;
	return EV_TAKE_MINE;
}

bool
ev_python_begin(struct ev_work *work, const struct ev_match *m)
{
	work->note.outward = true;
	work->indent = ev_work_indent(m->line);
	ev_note_set(&work->note.test, ev_buf_slice(&work->test));
	ev_buf_reset(&work->test);
	return true;
}

bool
ev_python_frame(struct ev_work *work, const struct ev_match *m)
{
	/* its own frame is what gives the place */
	ev_note_set(&work->note.message, m->line);
	ev_buf_reset(&work->note.file);
	work->note.line = 0;
	work->note.outward = true;
	work->indent = 0;
	ev_work_frame(work, m->line);
	return true;
}

bool
ev_python_unittest(struct ev_work *work, const struct ev_match *m)
{
	ev_note_set(&work->test, m->test);
	return true;
}

bool
ev_pytest_section(struct ev_work *work, const struct ev_match *m)
{
	work->section = ev_slice_is(m->message, "FAILURES") ||
	    ev_slice_is(m->message, "ERRORS");
	return true;
}

bool
ev_pytest_begin(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->sure = false;
	work->note.outward = true;
	return work->section;
}

/* The last lines of a failure: the place, and what was raised there. */
static void
take_place(struct ev_work *work, const struct ev_slice group[5])
{
	struct ev_frame frame = { .file = group[0], .function = group[2] };

	frame.line = ev_frame_number(group[1]);
	frame.user = ev_frame_is_user(&frame);
	ev_note_frame(&work->note, &frame);
	if (work->note.message.n == 0) {
		ev_note_set(&work->note.message, group[3]);
		ev_note_more(&work->note.message, ": ", group[4]);
	}
	work->sure = true;
}

enum ev_take
ev_pytest_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice group[5];
	struct ev_note *note = &work->note;

	if (ev_slice_starts(line, "___") || ev_slice_starts(line, "===")) {
		if (!work->sure)
			return EV_TAKE_DROP;
		ev_work_told_test(work, ev_buf_slice(&note->test));
		return EV_TAKE_OVER;
	}
	if (is_chain(line)) {
		ev_buf_reset(&note->message);
		ev_note_forget_frames(note);
	} else if (ev_slice_starts(line, "E  ")) {
		line.p++;
		line.n--;
		if (note->message.n == 0)
			ev_note_set(&note->message, line);
		work->sure = true;
	} else if (ev_work_inner(work, EV_INNER_PYTEST_AT, line, group, 5)) {
		take_place(work, group);
	} else if (ev_work_frame(work, line) != EV_TONGUE_NONE) {
		work->sure = true;
	} else if (note->frames > 0 && note->message.n == 0 && line.n > 0 &&
	    ev_is_letter(line.p[0]) &&
	    memmem(line.p, line.n, "Error", 5) != NULL) {
		ev_note_set(&note->message, line);
	}
	return EV_TAKE_MINE;
}

enum ev_take
ev_pytest_lone(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice group[5];

	if (ev_slice_starts(line, "E  "))
		return EV_TAKE_MINE;
	if (ev_work_blank(line))
		return work->blank++ == 0 ? EV_TAKE_MINE : EV_TAKE_OVER;
	if (!ev_work_inner(work, EV_INNER_PYTEST_AT, line, group, 5))
		return EV_TAKE_OVER;
	take_place(work, group);
	return EV_TAKE_LAST;
}

bool
ev_pytest_line(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;
	struct ev_slice said = m->class.n > 0 ? m->class : m->message;

	if (!work->section)
		return m->class.n > 0;
	said.n = (size_t)(m->line.p + m->line.n - said.p);
	note->type = "TestFailure";
	ev_buf_reset(&note->code);
	ev_note_set(&note->message, said);
	ev_work_told_test(work, said);
	return true;
}

bool
ev_pytest_summary(struct ev_work *work, const struct ev_match *m)
{
	struct ev_buf name = EV_BUF_INIT;
	bool told;
	size_t i;

	/* sections call tests Class.test, the summary Class::test */
	for (i = 0; i < m->test.n; i++)
		if (m->test.n - i >= 2 && memcmp(m->test.p + i, "::", 2) == 0) {
			ev_buf_addc(&name, '.');
			i++;
		} else {
			ev_buf_addc(&name, m->test.p[i]);
		}
	if (m->test.n == 0)
		ev_buf_addslice(&name, m->file);
	told = ev_work_told_test(work, ev_buf_slice(&name)) ||
	    ev_work_told_test(work, m->message);
	ev_buf_clear(&name);
	if (told)
		ev_work_drop(work);
	else if (m->message.n == 0 && m->test.n == 0)
		ev_note_set(&work->note.message, m->line);
	return true;
}
