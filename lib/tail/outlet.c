#include "tail/outlet.h"

#include <limits.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "read/stop.h"

#define SPIN 64	  /* looks before the first pause */
#define PAUSE 128 /* ms, the longest */

void
ev_outlet_open(struct ev_outlet *outlet, struct ev_sink *sink)
{
	struct stat st;

	*outlet = (struct ev_outlet){ .sink = sink };
	outlet->pipe = fstat(sink->fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

/* Waits for room in the pipe (what: POLLOUT), or a while; false: the reader is
 * gone or a signal came. */
static bool
wait_for(struct ev_outlet *outlet, short what, int ms)
{
	struct pollfd fd = { outlet->sink->fd, what, 0 };

	do
		ev_stop_poll(&fd, 1, ms);
	while (what != 0 && fd.revents == 0 && ev_stop_signal() == 0);
	outlet->gone = (fd.revents & POLLERR) != 0;
	return !outlet->gone && ev_stop_signal() == 0;
}

/* Writes no more at once than there is surely room for, so that a signal is
 * answered while nobody reads. */
static int
put(struct ev_outlet *outlet, const char *p, size_t n, struct ev_err *err)
{
	size_t most = outlet->pipe ? PIPE_BUF : n;

	for (; n > 0; p += most, n -= most) {
		if (outlet->pipe && !wait_for(outlet, POLLOUT, -1))
			return 0;
		most = n < most ? n : most;
		if (ev_sink_write(outlet->sink, p, most, err) == -1 ||
		    ev_sink_flush(outlet->sink, err) == -1)
			return -1;
	}
	return 1;
}

/* Waits until the pipe is empty. */
static int
drain(struct ev_outlet *outlet)
{
	unsigned spin = 0;
	int left = 0, ms = 1;

	while (ioctl(outlet->sink->fd, FIONREAD, &left) == 0 && left > 0) {
		if (spin++ < SPIN) {
			sched_yield();
			continue;
		}
		if (!wait_for(outlet, 0, ms))
			return 0;
		if (ms < PAUSE)
			ms *= 2;
	}
	return 1;
}

int
ev_outlet_give(
    struct ev_outlet *outlet, const struct ev_batch *batch, struct ev_err *err)
{
	const char *p = batch->text.p;
	size_t n = batch->text.n, first = outlet->pipe ? batch->last : 0;
	int r;

	r = put(outlet, p, first, err);
	if (r == 1 && first > 0)
		r = drain(outlet);
	if (r == 1)
		r = put(outlet, p + first, n - first, err);
	if (r == 1 && outlet->pipe)
		r = drain(outlet);
	return r;
}
