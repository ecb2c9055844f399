#include "out/progress.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"

enum { FIRST_MS = 500, EVERY_MS = 100, LINE = 60 };

void
ev_progress_start(struct ev_progress *progress, uint64_t total, bool quiet)
{
	memset(progress, 0, sizeof(*progress));
	pthread_mutex_init(&progress->lock, NULL);
	progress->total = total;
	progress->on = !quiet && isatty(STDERR_FILENO) != 0;
	if (progress->on)
		progress->start = ev_clock_mono();
}

static void
add_size(struct ev_buf *line, double bytes)
{
	static const char *const unit[] = { "B", "KiB", "MiB", "GiB", "TiB" };
	size_t i;

	for (i = 0; bytes >= 1024 && i + 1 < sizeof(unit) / sizeof(*unit); i++)
		bytes /= 1024;
	ev_buf_addf(line, i == 0 ? "%.0f %s" : "%.1f %s", bytes, unit[i]);
}

static void
say(struct ev_buf *line)
{
	if (ev_write_all(STDERR_FILENO, line->p, line->n) == -1)
		errno = 0; /* nobody is there to be told */
	ev_buf_clear(line);
}

static void
show(struct ev_progress *progress, uint64_t done, int64_t now)
{
	struct ev_buf line = EV_BUF_INIT;
	double rate = (double)done * 1000 / (double)(now - progress->start);
	double left;

	ev_buf_addc(&line, '\r');
	add_size(&line, (double)done);
	if (progress->total > done) {
		ev_buf_adds(&line, " of ");
		add_size(&line, (double)progress->total);
	}
	ev_buf_adds(&line, ", ");
	add_size(&line, rate);
	ev_buf_adds(&line, "/s");
	if (progress->total > done && rate > 0) {
		left = (double)(progress->total - done) / rate;
		if (left < 100)
			ev_buf_addf(&line, ", %.0f s left", left);
		else if (left < 1e7)
			ev_buf_addf(&line, ", %.0f min left", left / 60);
	}
	if (line.n < LINE)
		ev_buf_addf(&line, "%*s", (int)(LINE - line.n), "");
	say(&line);
	progress->shown = true;
	progress->last = now;
}

void
ev_progress_tick(struct ev_progress *progress, uint64_t bytes)
{
	int64_t now;

	if (!progress->on)
		return;
	pthread_mutex_lock(&progress->lock);
	now = ev_clock_mono();
	if (progress->on && now - progress->start >= FIRST_MS &&
	    now - progress->last >= EVERY_MS)
		show(progress, progress->base + bytes, now);
	pthread_mutex_unlock(&progress->lock);
}

static void
hide(struct ev_progress *progress)
{
	struct ev_buf line = EV_BUF_INIT;

	if (!progress->shown)
		return;
	ev_buf_addf(&line, "\r%*s\r", LINE, "");
	say(&line);
	progress->shown = false;
}

void
ev_progress_hide(struct ev_progress *progress)
{
	if (!progress->on)
		return;
	pthread_mutex_lock(&progress->lock);
	hide(progress);
	pthread_mutex_unlock(&progress->lock);
}

void
ev_progress_end(struct ev_progress *progress)
{
	if (!progress->on)
		return;
	pthread_mutex_lock(&progress->lock);
	hide(progress);
	progress->on = false;
	pthread_mutex_unlock(&progress->lock);
}
