/* Numbers of logs that are added and compared, by their texts. */
#include "fold/leaf.h"
#include "fold/plus.h"
#include "json/number.h"
#include "test.h"

static struct ev_node
number(const char *text)
{
	return ev_leaf_keep(ev_slice_of(text));
}

/* Integers stay exact while they can. */
static void
test_sum(void)
{
	struct ev_node sum;

	sum = ev_plus(EV_SLICE("9007199254740993"), EV_SLICE("2"));
	CHECK(ev_slice_is(ev_leaf_raw(&sum), "9007199254740995"));
	ev_leaf_clear(&sum);
	sum = ev_plus(EV_SLICE("9223372036854775806"), EV_SLICE("1"));
	CHECK(ev_slice_is(ev_leaf_raw(&sum), "9223372036854775807"));
	ev_leaf_clear(&sum);
	sum = ev_plus(EV_SLICE("9223372036854775807"), EV_SLICE("1"));
	CHECK(ev_num_double(ev_leaf_raw(&sum)) == 9223372036854775808.0);
	ev_leaf_clear(&sum);
	sum = ev_plus(EV_SLICE("-9223372036854775808"), EV_SLICE("-1"));
	CHECK(ev_num_double(ev_leaf_raw(&sum)) == -9223372036854775808.0);
	ev_leaf_clear(&sum);
	sum = ev_plus(EV_SLICE("0.5"), EV_SLICE("1"));
	CHECK(ev_slice_is(ev_leaf_raw(&sum), "1.5"));
	ev_leaf_clear(&sum);
}

static void
check_greater(const char *a, const char *b, const char *want)
{
	struct ev_node x = number(a), y = number(b);
	struct ev_node got = ev_plus_greater(&x, &y);

	CHECK(ev_slice_is(ev_leaf_raw(&got), want));
	ev_leaf_clear(&got);
	ev_leaf_clear(&x);
	ev_leaf_clear(&y);
}

/* The greater one as it is spelled; of equal ones the first. */
static void
test_greater(void)
{
	struct ev_node one = number("-1"), got;

	check_greater("1", "2", "2");
	check_greater("2", "1", "2");
	check_greater("-3", "-2.5", "-2.5");
	check_greater("1.0", "1", "1.0");
	check_greater("1", "1.0", "1");
	check_greater(
	    "9007199254740993", "9007199254740992", "9007199254740993");
	got = ev_plus_greater(NULL, &one);
	CHECK(ev_slice_is(ev_leaf_raw(&got), "-1"));
	ev_leaf_clear(&got);
	got = ev_plus_greater(&one, NULL);
	CHECK(ev_slice_is(ev_leaf_raw(&got), "-1"));
	ev_leaf_clear(&got);
	/* a time that is not known is 0 */
	got = ev_plus_later(NULL, &one);
	CHECK(ev_slice_is(ev_leaf_raw(&got), "0"));
	ev_leaf_clear(&got);
	ev_leaf_clear(&one);
}

int
main(void)
{
	test_sum();
	test_greater();
	return test_end();
}
