#include "replay/print.h"

int
ev_printer_put(
    struct ev_printer *printer, const char *p, size_t n, struct ev_err *err)
{
	if (n == 0)
		return 0;
	if (printer->sink->pager != NULL)
		ev_progress_end(printer->say->progress);
	else if (printer->sink->terminal)
		ev_progress_hide(printer->say->progress);
	if (ev_sink_write(printer->sink, p, n, err) == 0)
		return 0;
	printer->broken = true;
	return -1;
}

int
ev_printer_begin(struct ev_printer *printer, struct ev_err *err)
{
	ev_buf_reset(&printer->text);
	ev_format_head(printer->writer, &printer->text);
	return ev_printer_put(printer, printer->text.p, printer->text.n, err);
}

/* 0; 1: it shall end here. */
static int
wait_for(struct ev_printer *printer, struct ev_event *ev)
{
	struct timespec time;

	if (ev_event_time(ev, &time))
		printer->signal =
		    ev_pace_wait(&printer->pace, time, printer->sink->fd);
	return printer->signal != 0;
}

static int
print_event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	struct ev_printer *printer = arg;

	if (printer->pace.on && wait_for(printer, ev) == 1)
		return 1;
	ev_buf_reset(&printer->text);
	ev_format_event(printer->writer, ev, &printer->text);
	if (ev_printer_put(printer, printer->text.p, printer->text.n, err) ==
	    -1)
		return -1;
	if (!printer->pace.on)
		return 0;
	if (ev_sink_flush(printer->sink, err) == 0)
		return 0;
	printer->broken = true;
	return -1;
}

static int
print_bytes(void *arg, const char *p, size_t n, struct ev_err *err)
{
	return ev_printer_put(arg, p, n, err);
}

void
ev_printer_play(struct ev_printer *printer, struct ev_play *play)
{
	play->arg = printer;
	if (ev_format_stored(printer->writer) && !printer->pace.on)
		play->bytes = print_bytes;
	else
		play->event = print_event;
}

void
ev_printer_clear(struct ev_printer *printer)
{
	ev_buf_clear(&printer->text);
}
