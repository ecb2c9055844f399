#include "ledger/roll.h"

#include "ledger/form.h"

static struct ev_slice
key_of(struct ev_buf *key, const struct ev_node *id, uint32_t nth)
{
	struct ev_buf scratch = EV_BUF_INIT;

	ev_buf_reset(key);
	if (nth == 0)
		ev_buf_adds(key, "0:");
	else
		ev_buf_addf(key, "%u:", (unsigned)nth);
	ev_buf_addslice(key, ev_node_words(id, &scratch));
	ev_buf_clear(&scratch);
	return ev_buf_slice(key);
}

struct ev_node *
ev_roll_next(struct ev_node *roll, const struct ev_node *id, uint32_t *nth)
{
	struct ev_buf key = EV_BUF_INIT;
	struct ev_node *record = ev_tree_get(roll, key_of(&key, id, *nth));

	ev_buf_clear(&key);
	*nth += record != NULL;
	return record;
}

void
ev_roll_add(struct ev_node *roll, struct ev_node record)
{
	const struct ev_node *id = ev_form_get(&record, "id");
	struct ev_buf key = EV_BUF_INIT;
	uint32_t nth = 0;

	while (ev_roll_next(roll, id, &nth) != NULL)
		;
	ev_tree_put(roll, key_of(&key, id, nth), record);
	ev_buf_clear(&key);
}

void
ev_roll_drop(struct ev_node *roll, const struct ev_node *id)
{
	struct ev_buf key = EV_BUF_INIT;
	uint32_t nth = 0;

	while (ev_tree_drop(roll, key_of(&key, id, nth)))
		nth++;
	ev_buf_clear(&key);
}

void
ev_roll_enter(struct ev_node *object, const char *name)
{
	struct ev_node *list = ev_form_get(object, name), *each;
	struct ev_node roll = ev_node_open(EV_OBJECT);
	uint32_t at = 0;

	while ((each = ev_tree_next(list, &at, NULL)) != NULL)
		ev_roll_add(&roll, ev_node_copy(each));
	ev_form_put(object, name, roll);
}

void
ev_roll_list(struct ev_node *object, const char *name)
{
	struct ev_node *roll = ev_form_get(object, name), *each;
	struct ev_node list = ev_node_open(EV_ARRAY);
	uint32_t at = 0;

	while ((each = ev_tree_next(roll, &at, NULL)) != NULL)
		ev_tree_push(&list, ev_node_copy(each));
	ev_form_put(object, name, list);
}
