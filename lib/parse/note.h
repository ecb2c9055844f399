/*
 * note: a finding in the making.
 */
#ifndef EV_PARSE_NOTE_H
#define EV_PARSE_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "parse/finding.h"
#include "parse/frame.h"
#include "parse/where.h"

#define EV_NOTE_TEXT_MOST 8192	/* bytes of a message, a name */

struct ev_note {
	const char	*tool;
	const char	*type;
	struct ev_buf	 message, file, code, test;
	uint32_t	 line, column;
	uint64_t	 raw;
	/* the frames as they came; their texts stand in `text` */
	struct {
		size_t		function, function_n, file, file_n;
		uint32_t	line, column;
		bool		user;
	} frame[EV_FRAMES_MOST];
	size_t		 frames;
	bool		 outward;	/* the outermost frame came first */
	struct ev_buf	 text;
	struct ev_finding finding;	/* what ev_note_finish gives */
};

/* A new finding; the memory is used again (zero it at first). */
void	ev_note_begin(struct ev_note *note, const char *tool,
	    const char *type);
void	ev_note_clear(struct ev_note *note);

/* Replaces a text by one without blanks at its ends, cut at the limit. */
void	ev_note_set(struct ev_buf *to, struct ev_slice text);
/* Appends to a text, behind a separator when there is something before. */
void	ev_note_more(struct ev_buf *to, const char *between,
	    struct ev_slice text);

/* Takes file, line and column of a frame as the finding's own. */
void	ev_note_place(struct ev_note *note, const struct ev_frame *at);
void	ev_note_frame(struct ev_note *note, const struct ev_frame *frame);
/* They were those of another failure, of which this is a consequence. */
void	ev_note_forget_frames(struct ev_note *note);

/*
 * The finding: without a place in the user's files it takes that of the
 * innermost frame there; a code that its message does not name is put before it, and
 * so is a test's name when there is no file.  The note's, until it begins anew.
 */
const struct ev_finding *ev_note_finish(struct ev_note *note,
	    struct ev_where *where);

#endif
