/* -n N, +N, all. */
#include "test.h"

#include "read/limit.h"

static void
check(const char *text, enum ev_limit_kind kind, uint64_t n, uint64_t of5)
{
	struct ev_limit limit;
	struct ev_err err;

	CHECK_INT(ev_limit_parse(&limit, text, &err), 0);
	CHECK_INT(limit.kind, kind);
	CHECK_INT(limit.n, n);
	CHECK_INT(ev_limit_count(&limit, 5), of5);
}

int
main(void)
{
	static const char *const wrong[] = { "", "+", "-1", "5x", "+-1", "1e3",
		" 5", "99999999999999999999999", "ALL" };
	struct ev_limit limit;
	struct ev_err err;
	size_t i;

	check("all", EV_LIMIT_ALL, 0, 5);
	check("3", EV_LIMIT_LAST, 3, 3);
	check("7", EV_LIMIT_LAST, 7, 5);
	check("0", EV_LIMIT_LAST, 0, 0);
	check("+0", EV_LIMIT_ALL, 0, 5);
	check("+1", EV_LIMIT_ALL, 1, 5);
	check("+2", EV_LIMIT_FROM, 2, 4);
	check("+6", EV_LIMIT_FROM, 6, 0);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		CHECK_INT(ev_limit_parse(&limit, wrong[i], &err), -1);
	return test_end();
}
