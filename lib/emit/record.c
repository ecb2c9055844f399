#include "emit/record.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "out/escape.h"
#include "store/spool.h"

void
ev_record_say(const struct ev_record *r, const char *fmt, ...)
{
	char text[2048];
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) >= 0)
		r->to.say(r->to.arg, text);
	va_end(ap);
}

int
ev_record_open(struct ev_record *r, struct ev_err *err)
{
	if (r->refused.text[0] != '\0')
		return ev_fail(err, "%s", r->refused.text);
	if (r->store == NULL)
		r->store = ev_store_open(r->place, &r->options, err);
	return r->store != NULL ? 0 : -1;
}

void
ev_record_until(struct ev_record *r)
{
	if (r->store != NULL)
		ev_store_until(r->store, r->options.lock_by, r->options.until);
}

/* Says what became of an event of the input that is not plainly written. */
static void
say_result(
    const struct ev_record *r, const struct ev_entry *entry, const char *id)
{
	static const char *const what[] = {
		[EV_CONFLICT] = "written again",
		[EV_SKIPPED] = "skipped",
		[EV_REFUSED] = "not written",
	};

	if (entry->result != EV_SAME)
		ev_record_say(r,
		    "-:%zu: id %s is in the log with other content; %s",
		    entry->number, id, what[entry->result]);
	else if (r->verbose)
		ev_record_say(r, "%s is in the log already", id);
}

/* The id, or the line, of an event that is in the log. */
static void
print(
    const struct ev_record *r, const struct ev_entry *entry, struct ev_slice id)
{
	const struct ev_buf *stored =
	    entry->there.n > 0 ? &entry->there : &entry->line;
	struct ev_buf text = EV_BUF_INIT;

	if (r->quiet || entry->result == EV_SKIPPED ||
	    entry->result == EV_REFUSED)
		return;
	if (!r->lines)
		ev_escape(&text, id);
	else if (r->terminal) {
		ev_buf_addslice(&text, ev_buf_slice(stored));
		ev_escape_lines(&text, 0);
	} else
		r->to.print(r->to.arg, stored->p, stored->n);
	r->to.print(r->to.arg, text.p, text.n);
	r->to.print(r->to.arg, "\n", 1);
	ev_buf_clear(&text);
}

static void
say_notes(const struct ev_record *r)
{
	const char *p, *end;

	if (r->store == NULL)
		return;
	p = ev_store_notes(r->store, r->verbose);
	for (; (end = strchr(p, '\n')) != NULL; p = end + 1)
		ev_record_say(r, "%.*s", (int)(end - p), p);
}

/* Which of equal lines a line without an id is: the spool must know. */
static void
count_lines(struct ev_record *r)
{
	struct ev_entry *entry = r->queue.entry, *end = entry + r->queue.n;

	for (; entry < end; entry++)
		if (entry->identity == EV_NO_ID)
			entry->ordinal = ev_ordinals_count(
			    &r->ordinals, ev_buf_slice(&entry->line));
}

static int
write_queue(struct ev_record *r, struct ev_err *err)
{
	if (r->dry_run)
		return ev_queue_dry(&r->queue, err);
	if (r->best_effort || r->options.atomic)
		count_lines(r);
	if (ev_record_open(r, err) == -1)
		return -1;
	return ev_store_write(r->store, r->queue.entry, r->queue.n, err);
}

/* What could not be written, to the spool. */
static int
put_by(struct ev_record *r, struct ev_err *why)
{
	struct ev_queue *queue = &r->queue;
	char name[EV_SPOOL_NAME];
	struct ev_err err, was = *why;
	size_t i;

	if (ev_queue_put_ids(queue, &err) == -1 ||
	    ev_spool_put(r->place, queue->entry, queue->n, name, &err) == -1)
		return ev_fail(why, "%s; %s", was.text, err.text);
	for (i = 0; i < queue->n; i++)
		queue->entry[i].result = EV_WRITTEN;
	return 0;
}

/*
 * As write_queue, and never without an end: the caller's alarm has to wait
 * until the events are somewhere.
 */
static int
write_or_put_by(struct ev_record *r, struct ev_err *err)
{
	sigset_t alarm, old;
	int done;

	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarm, &old);
	done = write_queue(r, err);
	if (done == -1)
		done = put_by(r, err) == 0 ? 1 : -1;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return done;
}

static void
tell(struct ev_record *r)
{
	struct ev_entry *entry = r->queue.entry, *end = entry + r->queue.n;
	struct ev_buf id = EV_BUF_INIT;

	for (; entry < end; entry++) {
		if (entry->result == EV_WRITTEN && r->quiet)
			continue;
		ev_buf_reset(&id);
		ev_queue_id(entry, &id);
		if (entry->result != EV_WRITTEN)
			say_result(r, entry, ev_buf_str(&id));
		print(r, entry, ev_buf_slice(&id));
		r->conflicts += entry->result == EV_REFUSED;
		r->same += entry->result == EV_SAME;
	}
	r->to.flush(r->to.arg);
	ev_buf_clear(&id);
}

int
ev_record_commit(struct ev_record *r, struct ev_err *err)
{
	int done;

	if (r->queue.n == 0)
		return 0;
	done = r->best_effort && !r->dry_run ? write_or_put_by(r, err) :
					       write_queue(r, err);
	say_notes(r);
	if (done == -1)
		return -1;
	if (done == 1)
		ev_record_say(r,
		    "%s; kept in the spool until the log can be written",
		    err->text);
	tell(r);
	ev_queue_reset(&r->queue);
	return 0;
}
