#include "tail/job.h"

#include "out/format.h"

int
ev_tail_put(struct ev_tail *tail, const char *p, size_t n, struct ev_err *err)
{
	if (n == 0)
		return 0;
	if (tail->sink->pager != NULL)
		ev_progress_end(tail->read->say->progress);
	else if (tail->sink->terminal)
		ev_progress_hide(tail->read->say->progress);
	if (ev_sink_write(tail->sink, p, n, err) == 0)
		return 0;
	tail->broken = true;
	return -1;
}

int
ev_tail_event(struct ev_tail *tail, struct ev_event *ev, struct ev_err *err)
{
	ev_buf_reset(&tail->text);
	ev_format_event(tail->writer, ev, &tail->text);
	return ev_tail_put(tail, tail->text.p, tail->text.n, err);
}

int
ev_tail_line(struct ev_tail *tail, struct ev_event *ev, const char *line,
    size_t n, struct ev_err *err)
{
	if (ev_event_read(ev, line, n) != EV_SCAN_OK)
		return ev_fail(err, "a line changed while it was read");
	return ev_tail_event(tail, ev, err);
}
