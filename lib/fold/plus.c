#include "fold/plus.h"

#include <math.h>

#include "base/buf.h"
#include "json/double.h"
#include "json/number.h"

struct ev_node
ev_plus_double(double number)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node node;

	ev_double_print(&text, number);
	node = ev_leaf_keep(ev_buf_slice(&text));
	ev_buf_clear(&text);
	return node;
}

struct ev_node
ev_plus(struct ev_slice a, struct ev_slice b)
{
	int64_t x, y, z;

	if (ev_num_int(a, &x) && ev_num_int(b, &y) &&
	    !__builtin_add_overflow(x, y, &z))
		return ev_node_int(z);
	return ev_plus_double(ev_num_double(a) + ev_num_double(b));
}

void
ev_plus_add(struct ev_node *place, struct ev_slice number)
{
	struct ev_node total = place->kind == EV_NUMBER ?
	    ev_plus(ev_leaf_raw(place), number) :
	    ev_leaf_keep(number);

	ev_node_clear(place);
	*place = total;
}

bool
ev_plus_finite(const struct ev_node *node)
{
	return node->kind == EV_NUMBER &&
	    isfinite(ev_num_double(ev_leaf_raw(node)));
}

struct ev_node
ev_plus_greater(const struct ev_node *a, const struct ev_node *b)
{
	if (a == NULL || a->kind != EV_NUMBER)
		return ev_node_copy(b);
	if (b == NULL || b->kind != EV_NUMBER ||
	    ev_num_cmp(ev_leaf_raw(a), ev_leaf_raw(b)) >= 0)
		return ev_node_copy(a);
	return ev_node_copy(b);
}

struct ev_node
ev_plus_later(const struct ev_node *a, const struct ev_node *b)
{
	const struct ev_node zero = ev_node_int(0);

	return ev_plus_greater(
	    a != NULL && a->kind == EV_NUMBER ? a : &zero, b);
}
