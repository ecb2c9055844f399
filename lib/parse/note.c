#include "parse/note.h"

#include "base/utf8.h"
#include "event/lex.h"
#include "event/severity.h"

void
ev_note_begin(struct ev_note *note, const char *tool, const char *type)
{
	ev_buf_reset(&note->message);
	ev_buf_reset(&note->file);
	ev_buf_reset(&note->code);
	ev_buf_reset(&note->test);
	ev_buf_reset(&note->text);
	ev_buf_reserve(&note->text, 1);
	note->tool = tool;
	note->type = type;
	note->line = note->column = 0;
	note->raw = 0;
	note->frames = 0;
	note->outward = false;
}

void
ev_note_clear(struct ev_note *note)
{
	ev_buf_clear(&note->message);
	ev_buf_clear(&note->file);
	ev_buf_clear(&note->code);
	ev_buf_clear(&note->test);
	ev_buf_clear(&note->text);
}

/* Takes what is over the limit away, whole characters only. */
static void
cut(struct ev_buf *text)
{
	if (text->n <= EV_NOTE_TEXT_MOST)
		return;
	text->n = EV_NOTE_TEXT_MOST;
	while (text->n > 0 && ((unsigned char)text->p[text->n] & 0xc0) == 0x80)
		text->n--;
}

void
ev_note_more(struct ev_buf *to, const char *between, struct ev_slice text)
{
	while (text.n > 0 && ev_is_blank(text.p[0])) {
		text.p++;
		text.n--;
	}
	while (text.n > 0 && ev_is_blank(text.p[text.n - 1]))
		text.n--;
	if (text.n == 0 || to->n >= EV_NOTE_TEXT_MOST)
		return;
	if (to->n > 0)
		ev_buf_adds(to, between);
	ev_buf_addslice(to, text);
	cut(to);
}

void
ev_note_set(struct ev_buf *to, struct ev_slice text)
{
	ev_buf_reset(to);
	ev_note_more(to, "", text);
}

void
ev_note_place(struct ev_note *note, const struct ev_frame *at)
{
	ev_note_set(&note->file, at->file);
	note->line = at->line;
	note->column = at->column;
}

void
ev_note_frame(struct ev_note *note, const struct ev_frame *frame)
{
	size_t i = note->frames;

	if (i == EV_FRAMES_MOST) {
		if (!note->outward)
			return;
		/* the innermost are still to come */
		memmove(&note->frame[0], &note->frame[1],
		    (EV_FRAMES_MOST - 1) * sizeof(note->frame[0]));
		i--;
		if (note->text.n > (size_t)1 << 20)
			return;
	}
	note->frame[i].function = note->text.n;
	note->frame[i].function_n = frame->function.n;
	ev_buf_addslice(&note->text, frame->function);
	note->frame[i].file = note->text.n;
	note->frame[i].file_n = frame->file.n;
	ev_buf_addslice(&note->text, frame->file);
	note->frame[i].line = frame->line;
	note->frame[i].column = frame->column;
	note->frame[i].user = frame->user;
	note->frames = i + 1;
}

void
ev_note_forget_frames(struct ev_note *note)
{
	note->frames = 0;
	ev_buf_reset(&note->text);
}

/* The frames of one kind into the finding, innermost first. */
static void
give_frames(struct ev_note *note, bool user)
{
	struct ev_frame *out;
	size_t i, at;

	for (i = 0; i < note->frames; i++) {
		at = note->outward ? note->frames - 1 - i : i;
		if (note->frame[at].user != user)
			continue;
		out = &note->finding.frame[note->finding.frames++];
		out->function =
		    (struct ev_slice){ note->text.p + note->frame[at].function,
			    note->frame[at].function_n };
		out->file =
		    (struct ev_slice){ note->text.p + note->frame[at].file,
			    note->frame[at].file_n };
		out->line = note->frame[at].line;
		out->column = note->frame[at].column;
		out->user = user;
	}
}

/* Puts "name: " before the message. */
static void
put_before(struct ev_note *note, const struct ev_buf *name)
{
	if (name->n == 0 ||
	    (note->message.n > 0 &&
		memmem(note->message.p, note->message.n, name->p, name->n) !=
		    NULL))
		return;
	if (note->message.n > 0)
		ev_buf_insert(&note->message, 0, ": ", 2);
	ev_buf_insert(&note->message, 0, name->p, name->n);
	cut(&note->message);
}

const struct ev_finding *
ev_note_finish(struct ev_note *note, struct ev_where *where)
{
	struct ev_finding *out = &note->finding;
	struct ev_buf file = EV_BUF_INIT;
	struct ev_frame own = { .line = 0 };

	out->frames = 0;
	give_frames(note, true);
	own.file = ev_buf_slice(&note->file);
	if (out->frames > 0 && !ev_frame_is_user(&own))
		ev_note_place(note, &out->frame[0]);
	give_frames(note, false);
	put_before(note, &note->code);
	if (note->file.n == 0 || note->message.n == 0)
		put_before(note, &note->test);
	if (note->message.n == 0)
		ev_buf_adds(&note->message, note->type);
	if (note->file.n > 0) {
		ev_where_file(where, &file, ev_buf_slice(&note->file));
		ev_buf_reset(&note->file);
		ev_buf_addslice(&note->file, ev_buf_slice(&file));
		ev_buf_clear(&file);
	}
	out->tool = note->tool;
	out->type = note->type;
	out->severity = ev_severity_of(ev_slice_of(note->type));
	out->message = ev_buf_slice(&note->message);
	out->file = ev_buf_slice(&note->file);
	out->code = ev_buf_slice(&note->code);
	out->test = ev_buf_slice(&note->test);
	out->line = note->line;
	out->column = note->column;
	out->raw = note->raw > 0 ? note->raw : 1;
	return out;
}
