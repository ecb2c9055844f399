#include "replay/pace.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "json/number.h"
#include "read/stop.h"
#include "text/when.h"

#define NAP 3600000.0 /* ms at most in one poll */

static int
read_speed(struct ev_pace *pace, const char *text, struct ev_err *err)
{
	struct ev_slice number = ev_slice_of(text);

	pace->speed = 1;
	if (strcmp(text, "original") == 0)
		return 0;
	pace->on = strcmp(text, "max") != 0;
	if (!pace->on)
		return 0;
	pace->speed = ev_num_valid(number) ? ev_num_double(number) : 0;
	if (!(pace->speed > 0) || isinf(pace->speed))
		return ev_fail(err,
		    "--speed '%s': not a number above 0, original or max",
		    text);
	return 0;
}

int
ev_pace_open(struct ev_pace *pace, const char *speed, const char *max_gap,
    struct ev_err *err)
{
	struct ev_err why;

	*pace = (struct ev_pace){ .max_gap = -1 };
	if (speed == NULL && max_gap == NULL)
		return 0;
	pace->on = true;
	if (max_gap != NULL &&
	    ev_when_duration(max_gap, &pace->max_gap, &why) == -1)
		return ev_fail(err, "--max-gap: %s", why.text);
	return read_speed(pace, speed != NULL ? speed : "original", err);
}

/* How long the event is to be behind the latest, in ms. */
static double
gap(const struct ev_pace *pace, struct timespec time)
{
	double ms = (double)(time.tv_sec - pace->latest.tv_sec) * 1e3 +
	    (double)(time.tv_nsec - pace->latest.tv_nsec) / 1e6;

	ms /= pace->speed;
	if (pace->max_gap >= 0 && ms > (double)pace->max_gap)
		ms = (double)pace->max_gap;
	return ms;
}

int
ev_pace_wait(struct ev_pace *pace, struct timespec time, int fd)
{
	struct pollfd reader = { .fd = fd };
	double left;

	if (!pace->begun) {
		pace->begun = true;
		pace->latest = time;
		pace->due = (double)ev_clock_mono();
	} else if (ev_time_cmp(time, pace->latest) > 0) {
		pace->due += gap(pace, time);
		pace->latest = time;
	}
	while ((left = pace->due - (double)ev_clock_mono()) >= 1 &&
	    ev_stop_signal() == 0) {
		if (ev_stop_poll(&reader, 1, (int)(left < NAP ? left : NAP)) >
		    0)
			return SIGPIPE;
	}
	return ev_stop_signal();
}
