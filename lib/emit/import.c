#include "emit/import.h"

#define MOST_AT_ONCE (48u << 20) /* bytes; the spool must take them, too */

static int
take_line(struct ev_import *im, struct ev_slice text, size_t number,
    struct ev_err *err)
{
	struct ev_record *record = im->record;
	struct ev_extra *extra;
	struct ev_entry *entry = ev_queue_next(&record->queue, &extra);
	struct ev_err why;
	int r;

	r = ev_complete_line(im->complete, text, entry, extra, &why);
	entry->number = number;
	if (r == -1)
		ev_record_say(record, "-:%zu: %s", number, why.text);
	if (r == 2 && record->verbose)
		ev_record_say(record, "-:%zu: below the level to keep", number);
	im->bad += r == -1;
	im->good += r > 0;
	if (r == 1)
		ev_queue_keep(&record->queue);
	if (record->options.atomic && record->queue.bytes > MOST_AT_ONCE)
		return ev_fail(err,
		    "-:%zu: more than %u MiB cannot be written as one; "
		    "nothing is written",
		    number, MOST_AT_ONCE >> 20);
	if (ev_queue_full(&record->queue) && !record->options.atomic)
		return ev_record_commit(record, err);
	return 0;
}

/* What there is of the input without waiting. */
static int
take_ready(struct ev_import *im, struct ev_err *err)
{
	struct ev_slice text;
	struct ev_err why;
	size_t number;
	int r;

	while ((r = ev_intake_next(im->in, &text, &number, &why)) != 0) {
		if (r == -1) {
			ev_record_say(
			    im->record, "-:%zu: %s", number, why.text);
			im->bad++;
		} else if (take_line(im, text, number, err) == -1)
			return -1;
	}
	return im->record->options.atomic ? 0 :
					    ev_record_commit(im->record, err);
}

/* --atomic: all that came, when all of it is good. */
static int
commit_all(struct ev_import *im, struct ev_err *err)
{
	if (im->bad == 0)
		return ev_record_commit(im->record, err);
	ev_record_say(im->record, "nothing is written");
	im->good = 0;
	return 0;
}

int
ev_import_run(struct ev_import *im, int fd, struct ev_err *err)
{
	int r;

	im->complete = ev_complete_new(im->given);
	im->in = ev_intake_new(fd, im->given->max_line);
	ev_progress_start(im->progress, ev_intake_left(im->in), im->still);
	while ((r = ev_intake_wait(im->in, im->until, err)) == 1) {
		r = take_ready(im, err);
		if (r == -1)
			break;
		ev_progress_tick(im->progress, ev_intake_read(im->in));
	}
	ev_progress_end(im->progress);
	if (r == 0 && im->record->options.atomic)
		r = commit_all(im, err);
	ev_complete_free(im->complete);
	ev_intake_free(im->in);
	return r;
}
