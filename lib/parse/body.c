#include "parse/body.h"

#include "parse/clean.h"

#define BULLET "\xe2\x97\x8f" /* ●: a heading of jest */

/* Lines that name the place of a failure: groups 0 and 1 are file and line. */
static const enum ev_inner place[] = { EV_INNER_PYTEST_AT, EV_INNER_BATS_AT,
	EV_INNER_PERL_AT, EV_INNER_GO_LOG };

/* True when the line names a place. */
static bool
read_place(struct ev_work *work, struct ev_slice line)
{
	struct ev_slice group[5];
	struct ev_frame at = { .line = 0 };
	size_t i;

	for (i = 0; i < sizeof(place) / sizeof(place[0]); i++) {
		if (!ev_work_inner(work, place[i], line, group, 5))
			continue;
		at.file = group[0];
		at.line = ev_frame_number(group[1]);
		at.user = ev_frame_is_user(&at);
		ev_note_frame(&work->note, &at);
		return place[i] != EV_INNER_GO_LOG;
	}
	return false;
}

struct ev_slice
ev_body_message(struct ev_slice text)
{
	const char *note;

	if (ev_slice_starts(text, "Error: ")) {
		text.p += 7;
		text.n -= 7;
	}
	if (ev_slice_starts(text, "expect(")) {
		note = memmem(text.p, text.n, " // ", 4);
		if (note != NULL)
			text.n = (size_t)(note - text.p);
	}
	return text;
}

void
ev_body_take(struct ev_note *note, struct ev_slice text)
{
	if (note->message.n == 0)
		ev_note_set(&note->message, ev_body_message(text));
	else if (note->frames == 0 &&
	    (ev_slice_starts(text, "Expected") ||
		ev_slice_starts(text, "Received")) &&
	    memchr(text.p, ':', text.n) != NULL)
		ev_note_more(&note->message, " ", text);
}

static void
read_line(struct ev_work *work, struct ev_slice line)
{
	struct ev_note *note = &work->note;
	struct ev_slice text = ev_work_trim(line);

	note->raw++;
	if (ev_work_frame(work, line) != EV_TONGUE_NONE ||
	    read_place(work, line) || text.n == 0 ||
	    ev_slice_starts(text, BULLET))
		return;
	ev_body_take(note, text);
}

void
ev_body_read(struct ev_work *work, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *stop;
	struct ev_buf clean = EV_BUF_INIT;

	for (; p < end; p = stop + 1) {
		stop = memchr(p, '\n', (size_t)(end - p));
		if (stop == NULL)
			stop = end;
		read_line(work,
		    ev_clean_line(
			&clean, (struct ev_slice){ p, (size_t)(stop - p) }));
	}
	ev_buf_clear(&clean);
}
