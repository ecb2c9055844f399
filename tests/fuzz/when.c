/* Times, periods and durations as people type them, and RFC 3339. */
#include "fuzz.h"

#include "json/number.h"
#include "text/time.h"
#include "text/when.h"

static const struct timespec now = { 1767695400, 5 };

static void
try_stored(struct ev_slice text)
{
	char form[EV_TIME_SIZE], again[EV_TIME_SIZE];
	struct timespec t, back;

	if (ev_time_rfc3339(text, &t)) {
		HOLDS(
		    ev_time_ok(t) && t.tv_nsec >= 0 && t.tv_nsec < 1000000000);
		ev_time_format(t, form);
		HOLDS(ev_time_rfc3339(ev_slice_of(form), &back));
		ev_time_format(back, again);
		HOLDS(strcmp(form, again) == 0 && back.tv_sec == t.tv_sec);
	}
	if (ev_num_valid(text)) {
		if (ev_time_number(text, false, &t))
			HOLDS(ev_time_ok(t));
		if (ev_time_number(text, true, &t))
			HOLDS(ev_time_ok(t));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *text = fuzz_text((struct ev_slice){ (const char *)p, n });
	struct timespec from, to;
	struct ev_err err;
	int64_t ms;

	try_stored((struct ev_slice){ (const char *)p, n });
	if (ev_when_parse(text, now, true, &from, &err) == 0)
		HOLDS(ev_time_ok(from) && from.tv_nsec >= 0 &&
		    from.tv_nsec < 1000000000);
	if (ev_when_period(text, now, true, &from, &to, &err) == 0)
		HOLDS(from.tv_sec < to.tv_sec ||
		    (from.tv_sec == to.tv_sec && from.tv_nsec < to.tv_nsec));
	if (ev_when_duration(text, &ms, &err) == 0)
		HOLDS(ms >= 0);
	free(text);
	return 0;
}
