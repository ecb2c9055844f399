/*
 * The groups of a list: the bound of their number, the buckets of their
 * trends.
 */
#include "fp/group.h"
#include "test.h"

static void
see(struct ev_groups *groups, const char *mark, int64_t second)
{
	static uint64_t digest;
	struct ev_sight sight = { .mark = ev_slice_of(mark),
		.session = EV_SLICE(""),
		.type = EV_SLICE("T"),
		.message = EV_SLICE("m"),
		.time = { second, 0 },
		.timed = true,
		.severity = -1,
		.digest = ++digest };

	CHECK(ev_groups_see(groups, &sight, NULL) == 0);
}

static void
test_most(void)
{
	struct ev_groups groups;

	ev_groups_init(&groups);
	groups.most = 2;
	see(&groups, "a", 1);
	see(&groups, "b", 2);
	see(&groups, "c", 3);
	see(&groups, "a", 4);
	see(&groups, "d", 5);
	CHECK(groups.n == 2);
	CHECK(groups.others == 2);
	CHECK(ev_groups_find(&groups, EV_SLICE("a"))->count == 2);
	CHECK(ev_groups_find(&groups, EV_SLICE("c")) == NULL);
	ev_groups_clear(&groups);
}

/* Whatever the order in which events come, none is lost, and each trend has its
 * first bucket where all events begin. */
static void
test_trend(void)
{
	static const int64_t second[] = { 1000, 999, 5, -7000000000,
		250000000000, 1767225600, 1767225601, 0, 1000 };
	const size_t n = sizeof(second) / sizeof(second[0]);
	struct ev_groups groups;
	uint64_t sum;
	size_t i, j, k;

	for (k = 0; k < n; k++) {
		ev_groups_init(&groups);
		groups.trends = true;
		for (i = 0; i < n; i++)
			see(&groups, i % 2 == 0 ? "a" : "b",
			    second[(i + k) % n]);
		for (i = 0, sum = 0; i < groups.n; i++)
			for (j = 0; j < EV_TREND_BUCKETS; j++)
				sum += groups.trend[i].count[j];
		CHECK(sum == n);
		CHECK(groups.trend[0].count[0] + groups.trend[1].count[0] > 0);
		ev_groups_clear(&groups);
	}
}

static void
test_bars(void)
{
	struct ev_trend trend = { { 1, 0, 7, 14 } };
	struct ev_buf out = EV_BUF_INIT;

	ev_trend_draw(&trend, true, &out);
	CHECK_STR(ev_buf_str(&out), "_ -#        ");
	ev_buf_clear(&out);
}

int
main(void)
{
	test_most();
	test_trend();
	test_bars();
	return test_end();
}
