#include "parse/build.h"

#include <stdlib.h>

#include "event/lex.h"
#include "parse/class.h"

#define HEADER_MOST 1024
#define RAW_MOST 2000 /* lines of one diagnostic */

static bool
has(struct ev_slice text, const char *word)
{
	return text.n > 0 && memmem(text.p, text.n, word, strlen(word)) != NULL;
}

/* rustc */

bool
ev_rustc_begin(struct ev_work *work, const struct ev_match *m)
{
	work->sure = ev_slice_starts(m->level, "error") ||
	    strcmp(work->note.type, "Deprecation") == 0;
	return true;
}

enum ev_take
ev_rustc_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice group[3], text = ev_work_trim(line);
	struct ev_note *note = &work->note;
	struct ev_frame at;

	if (note->file.n == 0) {
		if (!ev_work_inner(work, EV_INNER_RUST_AT, line, group, 3)) {
			/* the message itself may have several lines */
			if (note->raw == 1 && work->step == 0 && text.n > 0 &&
			    ev_is_blank(line.p[0]) && ++work->step > 0)
				return EV_TAKE_MINE;
			/* whose, nobody knows */
			if (note->code.n == 0)
				note->tool = "build";
			return work->sure ? EV_TAKE_OVER : EV_TAKE_DROP;
		}
		memset(&at, 0, sizeof(at));
		at.file = group[0];
		at.line = ev_frame_number(group[1]);
		at.column = ev_frame_number(group[2]);
		ev_note_place(note, &at);
		work->sure = true;
		return EV_TAKE_MINE;
	}
	if (text.n == 0)
		return EV_TAKE_LAST;
	if (note->raw < RAW_MOST &&
	    (ev_is_blank(line.p[0]) || ev_is_digit(line.p[0]) ||
		ev_slice_starts(line, "...")))
		return EV_TAKE_MINE;
	return EV_TAKE_OVER;
}

enum ev_take
ev_cmake_block(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice text = ev_work_trim(line);

	if (text.n == 0)
		return work->note.message.n > 0 ? EV_TAKE_LAST : EV_TAKE_MINE;
	if (!ev_is_blank(line.p[0]))
		return EV_TAKE_OVER;
	ev_note_more(&work->note.message, " ", text);
	return EV_TAKE_MINE;
}

/* make, gcc */

bool
ev_make_enter(struct ev_work *work, const struct ev_match *m)
{
	ev_where_enter(work->where, m->file);
	return true;
}

bool
ev_make_leave(struct ev_work *work, const struct ev_match *m)
{
	ev_where_leave(work->where, m->file);
	return true;
}

bool
ev_gcc_begin(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;
	const char *as;

	if (ev_slice_starts(m->code, "SC"))
		note->tool = "shellcheck";
	else if (ev_slice_is(m->level, "note") || ev_slice_is(m->level, "info"))
		return false;
	/* clang-tidy: a check's name, and that it was made an error */
	as = m->code.n == 0 ? NULL :
			      memmem(m->code.p, m->code.n, ",-warnings-as", 13);
	if (as != NULL) {
		ev_note_set(&note->code,
		    (struct ev_slice){ m->code.p, (size_t)(as - m->code.p) });
		note->type = "LintError";
	}
	/* the code stands in the message as gcc writes it */
	if (ev_slice_starts(m->code, "-W")) {
		ev_note_more(&note->message, " [", m->code);
		ev_buf_addc(&note->message, ']');
	}
	return true;
}

/* eslint, shellcheck */

bool
ev_eslint_row(struct ev_work *work, const struct ev_match *m)
{
	(void)m;
	if (work->header_live)
		ev_note_set(&work->note.file,
		    ev_work_trim(ev_buf_slice(&work->header)));
	return true;
}

bool
ev_shell_head(struct ev_work *work, const struct ev_match *m)
{
	ev_note_set(&work->header, m->file);
	work->script_line = ev_frame_number(m->at);
	return true;
}

bool
ev_shell_arrow(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;

	if (work->script_line == 0)
		return false;
	ev_note_set(&note->file, ev_buf_slice(&work->header));
	note->line = work->script_line;
	note->column = (uint32_t)ev_work_indent(m->line) + 1;
	return true;
}

/* CI */

/* Appends a text of a workflow command with its %XX undone. */
static void
decode(struct ev_buf *out, struct ev_slice text)
{
	static const struct {
		const char *code;
		char c;
	} known[] = { { "%0D", ' ' }, { "%0A", ' ' }, { "%3A", ':' },
		{ "%2C", ',' }, { "%25", '%' } };
	size_t i, k;

	for (i = 0; i < text.n; i++) {
		for (k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			if (text.n - i >= 3 && text.p[i] == '%' &&
			    strncasecmp(text.p + i, known[k].code, 3) == 0)
				break;
		if (k < sizeof(known) / sizeof(known[0])) {
			ev_buf_addc(out, known[k].c);
			i += 2;
		} else {
			ev_buf_addc(out, text.p[i]);
		}
	}
}

static void
property(struct ev_note *note, struct ev_slice key, struct ev_slice value)
{
	struct ev_buf text = EV_BUF_INIT;

	decode(&text, value);
	value = ev_buf_slice(&text);
	if (ev_slice_is(key, "file"))
		ev_note_set(&note->file, value);
	else if (ev_slice_is(key, "line"))
		note->line = ev_frame_number(value);
	else if (ev_slice_is(key, "col"))
		note->column = ev_frame_number(value);
	ev_buf_clear(&text);
}

/* m->code: "file=a.c,line=1". */
bool
ev_github_command(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;
	struct ev_buf text = EV_BUF_INIT;
	const char *p = m->code.p, *end = p + m->code.n, *comma, *is;

	ev_buf_reset(&note->code);
	decode(&text, m->message);
	ev_note_set(&note->message, ev_buf_slice(&text));
	ev_buf_clear(&text);
	note->type =
	    ev_slice_is(m->level, "error") ? "CIFailure" : "LintWarning";
	for (; p != NULL && p < end; p = comma + 1) {
		comma = memchr(p, ',', (size_t)(end - p));
		if (comma == NULL)
			comma = end;
		is = memchr(p, '=', (size_t)(comma - p));
		if (is != NULL)
			property(note,
			    ev_work_trim(
				(struct ev_slice){ p, (size_t)(is - p) }),
			    (struct ev_slice){
				is + 1, (size_t)(comma - is - 1) });
	}
	return note->message.n > 0 || note->file.n > 0;
}

bool
ev_whole_line(struct ev_work *work, const struct ev_match *m)
{
	ev_note_set(&work->note.message, m->line);
	return true;
}

bool
ev_any_line(struct ev_work *work, const struct ev_match *m)
{
	struct ev_note *note = &work->note;
	struct ev_slice none = EV_SLICE(""), level = none;

	note->tool = "lines";
	if (has(m->message, "warning") || has(m->message, "Warning"))
		level = EV_SLICE("warning");
	note->type = level.n > 0 ? ev_class_linter(level, m->message) :
				   ev_class_exception(none, m->message);
	return true;
}

/* Is it a name alone: no blank in front, and none at all but in a path? */
static bool
is_name(struct ev_slice line)
{
	if (line.n == 0 || line.n > HEADER_MOST || ev_is_blank(line.p[0]))
		return false;
	if (memchr(line.p, ' ', line.n) != NULL)
		return line.p[0] == '/' || (line.n > 2 && line.p[1] == ':');
	return memchr(line.p, '.', line.n) != NULL ||
	    memchr(line.p, '/', line.n) != NULL;
}

void
ev_build_remember(struct ev_work *work, struct ev_slice line)
{
	struct ev_frame at;

	if (work->source_age < 1000)
		work->source_age++;
	if (!is_name(line)) {
		if (line.n > 0 && !ev_is_blank(line.p[0]))
			work->header_live = false;
		return;
	}
	if (ev_frame_location(line, &at)) {
		ev_note_set(&work->source, line);
		work->source_age = 0;
		return;
	}
	ev_note_set(&work->header, line);
	work->header_live = true;
	work->script_line = 0;
}
