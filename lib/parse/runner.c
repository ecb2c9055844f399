#include "parse/runner.h"

#include "base/mem.h"
#include "event/lex.h"
#include "parse/body.h"
#include "parse/golog.h"

#define CROSS "\xe2\x9c\x96 " /* "✖ " */
#define MESSAGE_MOST 200      /* bytes: then no further line is added to it */
#define BULLET "  \xe2\x97\x8f " /* "  ● " */

static struct ev_slice
behind(struct ev_slice text, size_t n)
{
	text.p += n;
	text.n -= n;
	return ev_work_trim(text);
}

/* jest */

enum ev_take
ev_jest_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_note *note = &work->note;
	struct ev_slice text = ev_work_trim(line);
	size_t i;

	if (text.n > 0 &&
	    (ev_work_indent(line) == 0 || ev_slice_starts(line, BULLET))) {
		for (i = 0; i < note->frames && !note->frame[i].user; i++)
			;
		if (i == note->frames)
			ev_note_set(&note->file, ev_buf_slice(&work->suite));
		return work->again ? EV_TAKE_DROP : EV_TAKE_OVER;
	}
	if (text.n == 0 || ev_work_frame(work, line) != EV_TONGUE_NONE)
		return EV_TAKE_MINE;
	ev_body_take(note, text);
	if (ev_slice_starts(text, "SyntaxError: ") && note->message.n == text.n)
		note->type = "SyntaxError";
	return EV_TAKE_MINE;
}

void
ev_jest_owed(struct ev_work *work)
{
	struct ev_note *note;

	if (work->owed.n == 0)
		return;
	note = ev_work_open(work, "jest", "TestFailure");
	note->raw = 1;
	ev_note_set(&note->message, ev_buf_slice(&work->owed));
	ev_note_set(&note->file, ev_buf_slice(&work->suite));
	ev_work_close(work);
	ev_buf_reset(&work->owed);
}

bool
ev_jest_suite(struct ev_work *work, const struct ev_match *m)
{
	ev_jest_owed(work);
	ev_note_set(&work->suite, m->file);
	if (!work->again)
		ev_note_set(&work->owed, m->line);
	return true;
}

bool
ev_jest_begin(struct ev_work *work, const struct ev_match *m)
{
	static const char *const none[] = { "Console", "Deprecation Warning",
		"Validation", "Cannot log after", NULL };
	const char *const *p;

	for (p = none; *p != NULL; p++)
		if (ev_slice_starts(m->test, *p))
			return false;
	ev_buf_reset(&work->owed);
	return true;
}

bool
ev_jest_again(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->again = true;
	return true;
}

bool
ev_jest_sum(struct ev_work *work, const struct ev_match *m)
{
	ev_note_set(&work->note.message, m->line);
	work->again = false;
	return true;
}

enum ev_take
ev_received_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice text = ev_work_trim(line);

	if (ev_slice_starts(text, "Received")) {
		ev_note_more(&work->note.message, " ", text);
		return EV_TAKE_MINE;
	}
	if (text.n == 0)
		return work->blank++ < 2 ? EV_TAKE_MINE : EV_TAKE_OVER;
	return ev_work_frame(work, line) != EV_TONGUE_NONE ? EV_TAKE_MINE :
							     EV_TAKE_OVER;
}

/* node --test */

/* What stands below where the test ran. */
static enum ev_take
passed_block(struct ev_work *work, struct ev_slice line)
{
	if (ev_work_blank(line) || ev_work_indent(line) > work->indent)
		return EV_TAKE_MINE;
	return EV_TAKE_DROP;
}

bool
ev_spec_passed(struct ev_work *work, const struct ev_match *m)
{
	work->indent = ev_work_indent(m->line);
	work->block = passed_block;
	return true;
}

bool
ev_spec_begin(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	/* what follows must be the name */
	work->sure = false;
	return true;
}

/* The name in "✖ adds (1.5ms)". */
static struct ev_slice
spec_name(struct ev_slice text)
{
	size_t n;

	text = behind(text, sizeof(CROSS) - 1);
	for (n = text.n; n > 0 && text.p[n - 1] != '('; n--)
		;
	if (n > 1 && text.p[n - 2] == ' ')
		text.n = n - 2;
	return text;
}

enum ev_take
ev_spec_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_note *note = &work->note;
	struct ev_slice text = ev_work_trim(line);

	if (!work->sure) {
		if (!ev_slice_starts(line, CROSS))
			return EV_TAKE_DROP;
		ev_note_set(&note->test, spec_name(line));
		work->sure = true;
		return EV_TAKE_MINE;
	}
	if (text.n > 0 && ev_work_indent(line) == 0)
		return EV_TAKE_OVER;
	if (text.n == 0 || ev_work_frame(work, line) != EV_TONGUE_NONE)
		return EV_TAKE_MINE;
	if (note->frames == 0 && note->message.n < MESSAGE_MOST)
		ev_note_more(&note->message, " ", ev_body_message(text));
	return EV_TAKE_MINE;
}

/* go test */

static struct ev_golog *
golog(struct ev_work *work)
{
	if (work->golog == NULL)
		work->golog = ev_calloc(1, sizeof(*work->golog));
	return work->golog;
}

/* The name of a test that no other has, in *out; too long a name is none. */
static struct ev_slice
go_name(struct ev_work *work, struct ev_slice test, struct ev_buf *out)
{
	if (test.n == 0 || test.n + work->package.n + 1 >= EV_GOLOG_NAME)
		return EV_SLICE("");
	ev_buf_addslice(out, ev_buf_slice(&work->package));
	ev_buf_addc(out, ' ');
	ev_buf_addslice(out, test);
	return ev_buf_slice(out);
}

bool
ev_go_run(struct ev_work *work, const struct ev_match *m)
{
	ev_note_set(&work->test, m->test);
	return true;
}

bool
ev_go_log(struct ev_work *work, const struct ev_match *m)
{
	struct ev_buf name = EV_BUF_INIT;

	if (work->test.n == 0)
		return false;
	ev_golog_add(golog(work),
	    go_name(work, ev_buf_slice(&work->test), &name), m->file,
	    ev_frame_number(m->at), m->message);
	ev_buf_clear(&name);
	return true;
}

bool
ev_go_fail(struct ev_work *work, const struct ev_match *m)
{
	struct ev_buf name = EV_BUF_INIT;
	struct ev_note *note = &work->note;
	struct ev_golog_row *row =
	    ev_golog_find(golog(work), go_name(work, m->test, &name));

	work->indent = ev_work_indent(m->line);
	ev_buf_reset(&work->test);
	ev_buf_clear(&name);
	if (row == NULL)
		return true;
	ev_note_set(&note->message, ev_slice_of(row->text));
	ev_note_set(&note->file, ev_slice_of(row->file));
	note->line = row->line;
	row->name[0] = '\0';
	return true;
}

enum ev_take
ev_gotest_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice group[3], text = ev_work_trim(line);
	struct ev_note *note = &work->note;

	if (text.n == 0)
		return EV_TAKE_MINE;
	if (ev_slice_starts(text, "--- ")) {
		/* a test that failed by its parts */
		if (ev_slice_starts(text, "--- FAIL") && note->file.n == 0 &&
		    ev_work_indent(line) > work->indent)
			return EV_TAKE_DROP;
		return EV_TAKE_OVER;
	}
	if (ev_slice_starts(text, "panic: ") && note->file.n == 0) {
		/* the panic is what failed */
		ev_note_set(&work->test, ev_buf_slice(&note->test));
		return EV_TAKE_DROP;
	}
	if (ev_work_indent(line) <= work->indent)
		return EV_TAKE_OVER;
	if (ev_slice_starts(text, "Error:") && note->message.n == 0) {
		ev_note_set(&note->message, behind(text, 6));
	} else if (note->file.n == 0 &&
	    ev_work_inner(work, EV_INNER_GO_LOG, line, group, 3)) {
		ev_note_set(&note->file, group[0]);
		note->line = ev_frame_number(group[1]);
		ev_note_set(&note->message, group[2]);
	}
	return EV_TAKE_MINE;
}

/* cargo test */

bool
ev_cargo_output(struct ev_work *work, const struct ev_match *m)
{
	work->section = false;
	ev_note_set(&work->test, m->test);
	return true;
}

bool
ev_cargo_named(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	if (work->test.n == 0)
		return false;
	ev_note_set(&work->note.test, ev_buf_slice(&work->test));
	ev_work_told_test(work, ev_buf_slice(&work->test));
	ev_buf_reset(&work->test);
	return true;
}

bool
ev_cargo_listed(struct ev_work *work, const struct ev_match *m)
{
	if (!work->section || ev_work_told_test(work, m->test))
		return false;
	return true;
}

bool
ev_cargo_list(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->section = true;
	return true;
}

bool
ev_cargo_end(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->section = false;
	ev_buf_reset(&work->test);
	return true;
}
