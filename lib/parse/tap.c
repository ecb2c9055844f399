#include "parse/runner.h"

#include <strings.h>

#include "event/lex.h"

#define MESSAGE_MOST 200 /* bytes: then no further line is added to it */

/* Steps: in comments, in YAML, in its message, in its stack. */
enum { COMMENTS, YAML, TEXT, STACK };

static struct ev_slice
behind(struct ev_slice text, size_t n)
{
	text.p += n;
	text.n -= n;
	return ev_work_trim(text);
}

static void
set_place(struct ev_work *work, struct ev_slice file, struct ev_slice line)
{
	struct ev_frame at = { .file = file };

	at.line = ev_frame_number(line);
	if (work->note.file.n == 0)
		ev_note_place(&work->note, &at);
}

/* A line of words: where it was, or what. */
static void
comment(struct ev_work *work, struct ev_slice text)
{
	struct ev_slice group[2];

	if (text.n == 0)
		return;
	if (ev_work_inner(work, EV_INNER_BATS_AT, text, group, 2) ||
	    ev_work_inner(work, EV_INNER_PERL_AT, text, group, 2)) {
		set_place(work, group[0], group[1]);
		if (memmem(text.p, text.n, "in test file ", 13) != NULL)
			work->note.tool = "bats";
	} else if (ev_work_frame(work, text) == EV_TONGUE_NONE &&
	    !ev_slice_starts(text, "Failed test") &&
	    work->note.message.n < MESSAGE_MOST) {
		ev_note_more(&work->note.message, " ", text);
	}
}

static struct ev_slice
unquote(struct ev_slice text)
{
	if (text.n >= 2 && (text.p[0] == '\'' || text.p[0] == '"') &&
	    text.p[text.n - 1] == text.p[0]) {
		text.p++;
		text.n -= 2;
	}
	return text;
}

/* A key of the YAML and its value. */
static void
key_value(struct ev_work *work, struct ev_slice key, struct ev_slice value)
{
	struct ev_note *note = &work->note;
	struct ev_frame at;
	bool below = value.n > 0 && (value.p[0] == '|' || value.p[0] == '>');

	if (ev_slice_is(key, "message") || ev_slice_is(key, "error")) {
		if (below)
			work->step = TEXT;
		else if (note->message.n == 0)
			ev_note_set(&note->message, unquote(value));
	} else if (ev_slice_is(key, "stack")) {
		work->step = STACK;
	} else if (ev_slice_is(key, "failureType")) {
		if (ev_slice_is(unquote(value), "subtestsFailed"))
			work->sure = false;
	} else if (ev_slice_is(key, "location") || ev_slice_is(key, "at")) {
		if (ev_frame_location(unquote(value), &at))
			ev_note_place(note, &at);
	} else if (ev_slice_is(key, "file")) {
		ev_note_set(&note->file, unquote(value));
	} else if (ev_slice_is(key, "line")) {
		note->line = ev_frame_number(value);
	} else if (ev_slice_is(key, "column")) {
		note->column = ev_frame_number(value);
	}
}

/* A frame of Node without its "at". */
static void
stack_line(struct ev_work *work, struct ev_slice text)
{
	struct ev_buf line = EV_BUF_INIT;

	if (!ev_slice_starts(text, "at "))
		ev_buf_adds(&line, "at ");
	ev_buf_addslice(&line, text);
	ev_work_frame(work, ev_buf_slice(&line));
	ev_buf_clear(&line);
}

static enum ev_take
yaml_line(struct ev_work *work, struct ev_slice line, struct ev_slice text)
{
	size_t indent = ev_work_indent(line), i;

	if (text.n == 0)
		return EV_TAKE_MINE;
	if (ev_slice_is(text, "..."))
		return work->sure ? EV_TAKE_LAST : EV_TAKE_DROP;
	if (indent <= work->indent)
		return work->sure ? EV_TAKE_OVER : EV_TAKE_DROP;
	if (work->step != YAML && indent > work->indent + 2) {
		if (work->step == TEXT)
			comment(work, text);
		else
			stack_line(work, text);
		return EV_TAKE_MINE;
	}
	work->step = YAML;
	for (i = 0; i < text.n && ev_is_letter(text.p[i]); i++)
		;
	if (i > 0 && i < text.n && text.p[i] == ':')
		key_value(
		    work, (struct ev_slice){ text.p, i }, behind(text, i + 1));
	return EV_TAKE_MINE;
}

enum ev_take
ev_tap_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice text = ev_work_trim(line);

	if (work->step != COMMENTS)
		return yaml_line(work, line, text);
	if (ev_slice_is(text, "---")) {
		work->step = YAML;
		return EV_TAKE_MINE;
	}
	if (text.n == 0 || ev_slice_starts(text, "# Subtest"))
		return EV_TAKE_OVER;
	if (text.p[0] == '#')
		comment(work, behind(text, 1));
	else if (ev_slice_is(ev_slice_of(work->note.tool), "bats") &&
	    ev_slice_starts(line, "   "))
		comment(work, text);
	else
		return EV_TAKE_OVER;
	return EV_TAKE_MINE;
}

/* "# TODO" and "# SKIP" behind the name, in either case. */
static bool
may_fail(struct ev_slice name)
{
	struct ev_slice word;
	size_t i;

	for (i = 0; i < name.n; i++) {
		if (name.p[i] != '#')
			continue;
		word = behind(name, i + 1);
		if (word.n >= 4 &&
		    (strncasecmp(word.p, "TODO", 4) == 0 ||
			strncasecmp(word.p, "SKIP", 4) == 0))
			return true;
	}
	return false;
}

bool
ev_tap_begin(struct ev_work *work, const struct ev_match *m)
{
	size_t indent = ev_work_indent(m->line);
	bool parts = work->nested && indent == 0;

	work->nested = indent > 0;
	work->indent = indent;
	if (m->test.n == 0)
		ev_note_set(&work->note.test, m->line);
	return !parts && !may_fail(m->test);
}

bool
ev_tap_ok(struct ev_work *work, const struct ev_match *m)
{
	if (ev_work_indent(m->line) == 0)
		work->nested = false;
	return true;
}

bool
ev_bats_begin(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	work->note.tool = "bats";
	return true;
}
