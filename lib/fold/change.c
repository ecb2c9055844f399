#include "fold/change.h"

#include <stdlib.h>

#include "fold/node.h"
#include "fold/patch.h"
#include "json/quote.h"

/* The state of an entity, EV_NODE_NONE when there is none; it borrows text. */
static struct ev_node
state_of(const struct ev_fold *fold, uint32_t entity, struct ev_buf *text)
{
	if (entity == EV_BOARD_NONE)
		return EV_NODE_NONE;
	ev_fold_state(fold, entity, text);
	return ev_leaf_lend(ev_buf_slice(text));
}

static void
put_patch(struct ev_node *from, struct ev_node *to, struct ev_buf *out)
{
	struct ev_node patch = EV_NODE_NONE;

	if (to->kind == EV_NONE) {
		ev_buf_adds(out, "null");
		return;
	}
	patch = from->kind != EV_NONE ? ev_patch_between(from, to) :
					ev_node_copy(to);
	if (patch.kind != EV_NONE)
		ev_node_print(&patch, out);
	else /* a null came or went: no patch can say it */
		ev_buf_adds(out, "{}");
	ev_node_clear(&patch);
}

/* entity: the id in front, or NULL. */
static bool
put_change(struct ev_node *from, struct ev_node *to,
    const struct ev_slice *entity, enum ev_change_form form, struct ev_buf *out)
{
	struct ev_slice none = { "", 0 };

	if (ev_node_same(from, to))
		return false;
	if (form == EV_CHANGE_LINES) {
		ev_patch_lines(from, to, entity != NULL ? *entity : none, out);
		return true;
	}
	if (entity != NULL) {
		ev_buf_adds(out, "{\"entity\":");
		ev_quote(out, *entity);
		ev_buf_adds(out, ",\"patch\":");
	}
	put_patch(from, to, out);
	ev_buf_adds(out, entity != NULL ? "}\n" : "\n");
	return true;
}

/* Two folds, the form, and where it goes. */
struct pair {
	const struct ev_fold *from, *to;
	enum ev_change_form form;
	struct ev_buf *out;
};

static bool
compare(const struct pair *pair, uint32_t a, uint32_t b,
    const struct ev_slice *entity)
{
	struct ev_buf x = EV_BUF_INIT, y = EV_BUF_INIT;
	struct ev_node left = state_of(pair->from, a, &x);
	struct ev_node right = state_of(pair->to, b, &y);
	bool differ = put_change(&left, &right, entity, pair->form, pair->out);

	ev_node_clear(&left);
	ev_node_clear(&right);
	ev_buf_clear(&x);
	ev_buf_clear(&y);
	return differ;
}

bool
ev_change_one(const struct ev_fold *from, const struct ev_fold *to,
    struct ev_slice id, enum ev_change_form form, struct ev_buf *out)
{
	struct pair pair = { from, to, form, out };

	return compare(
	    &pair, ev_fold_find(from, id), ev_fold_find(to, id), NULL);
}

bool
ev_change_all(const struct ev_fold *from, const struct ev_fold *to, int view,
    enum ev_change_form form, struct ev_buf *out)
{
	struct pair pair = { from, to, form, out };
	size_t na, nb, i = 0, j = 0;
	uint32_t *a = ev_fold_aligned(from, view, &na);
	uint32_t *b = ev_fold_aligned(to, view, &nb);
	struct ev_slice id;
	bool differ = false;
	int diff;

	while (i < na || j < nb) {
		diff = i == na ? 1 :
		    j == nb    ? -1 :
				 ev_fold_cmp(from, a[i], to, b[j]);
		id = diff <= 0 ? ev_fold_id(from, a[i]) : ev_fold_id(to, b[j]);
		differ |= compare(&pair, diff <= 0 ? a[i] : EV_BOARD_NONE,
		    diff >= 0 ? b[j] : EV_BOARD_NONE, &id);
		i += diff <= 0;
		j += diff >= 0;
	}
	free(a);
	free(b);
	return differ;
}
