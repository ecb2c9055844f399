#include "fp/trend.h"

#include <string.h>

/* The bucket of a second, from 1970; rounds down. */
static int64_t
bucket(int64_t second, unsigned shift)
{
	int64_t width = (int64_t)1 << shift;

	return second >= 0 ? second / width : -((width - 1 - second) / width);
}

bool
ev_trend_fit(
    struct ev_trend_scale *scale, int64_t second, struct ev_trend_step *step)
{
	if (!scale->on) {
		scale->on = true;
		scale->low = scale->high = scale->base = second;
		return false;
	}
	if (second >= scale->low && second <= scale->high)
		return false;
	if (second < scale->low)
		scale->low = second;
	else
		scale->high = second;
	*step = (struct ev_trend_step){ scale->base, scale->shift };
	while (bucket(scale->high, scale->shift) -
		bucket(scale->low, scale->shift) >=
	    EV_TREND_BUCKETS)
		scale->shift++;
	scale->base = bucket(scale->low, scale->shift);
	step->shift = scale->shift - step->shift;
	return step->shift > 0 || step->base != scale->base;
}

void
ev_trend_rescale(struct ev_trend *trend, const struct ev_trend_scale *scale,
    const struct ev_trend_step *step)
{
	struct ev_trend old = *trend;
	int64_t to;
	size_t i;

	memset(trend, 0, sizeof(*trend));
	for (i = 0; i < EV_TREND_BUCKETS; i++) {
		if (old.count[i] == 0)
			continue;
		to = bucket(step->base + (int64_t)i, step->shift) - scale->base;
		trend->count[to] += old.count[i];
	}
}

void
ev_trend_add(
    struct ev_trend *trend, const struct ev_trend_scale *scale, int64_t second)
{
	trend->count[bucket(second, scale->shift) - scale->base]++;
}

void
ev_trend_draw(const struct ev_trend *trend, bool ascii, struct ev_buf *out)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇",
		"█" };
	static const char plain[] = "_.,-~=+#";
	uint64_t most = 0;
	size_t i, height;

	for (i = 0; i < EV_TREND_BUCKETS; i++)
		if (trend->count[i] > most)
			most = trend->count[i];
	for (i = 0; i < EV_TREND_BUCKETS; i++) {
		if (trend->count[i] == 0) {
			ev_buf_addc(out, ' ');
			continue;
		}
		height = (size_t)((uint64_t)trend->count[i] * 7 / most);
		if (ascii)
			ev_buf_addc(out, plain[height]);
		else
			ev_buf_adds(out, bars[height]);
	}
}
