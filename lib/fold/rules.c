#include "fold/rules.h"

#include <string.h>

/* Changes when the ledgers give another state than before. */
#define LEDGERS "ledgers 1"

/* clang-format off */
const struct ev_rule_kind ev_rule_kinds[EV_RULE_OPS] = {
	[EV_RULE_SET] = { "set", EV_RULE_NEVER, EV_RULE_MUST },
	[EV_RULE_MERGE] = { "merge", EV_RULE_MAY, EV_RULE_MUST },
	[EV_RULE_PATCH] = { "patch", EV_RULE_MAY, EV_RULE_MUST },
	[EV_RULE_PUT] = { "put", EV_RULE_MUST, EV_RULE_MUST },
	[EV_RULE_APPEND] = { "append", EV_RULE_MUST, EV_RULE_MUST },
	[EV_RULE_REMOVE] = { "remove", EV_RULE_MUST, EV_RULE_MAY },
	[EV_RULE_ADD] = { "add", EV_RULE_MUST, EV_RULE_MUST },
	[EV_RULE_MAX] = { "max", EV_RULE_MUST, EV_RULE_MUST },
	[EV_RULE_RENAME] = { "rename", EV_RULE_MAY, EV_RULE_MUST },
	[EV_RULE_RATIO] = { "ratio", EV_RULE_MUST, EV_RULE_MUST },
};
/* clang-format on */

int
ev_rule_op_of(struct ev_slice name)
{
	int op;

	for (op = 0; op < EV_RULE_OPS; op++)
		if (ev_slice_is(name, ev_rule_kinds[op].name))
			return op;
	return -1;
}

/* A text and a NUL, one more when it is not there. */
static void
put(struct ev_buf *out, const char *text)
{
	if (text != NULL)
		ev_buf_adds(out, text);
	ev_buf_addc(out, text != NULL ? '\0' : '\1');
}

void
ev_rules_print(const struct ev_rules *rules, struct ev_buf *out)
{
	const struct ev_rule_table *t = rules->table;
	const struct ev_rule_table *end = t + rules->count;
	const struct ev_rule *r;

	for (; t < end; t++) {
		put(out, t->view);
		put(out, t->dialect);
		put(out, t->type);
		put(out, t->entity);
		for (r = t->rule; r < t->rule + t->count; r++) {
			put(out, ev_rule_kinds[r->op].name);
			ev_buf_addc(out, r->first ? '1' : '0');
			ev_buf_addc(out, r->unique ? '1' : '0');
			put(out, r->type);
			put(out, r->when);
			put(out, r->state);
			put(out, r->at);
			put(out, r->from);
			put(out, r->value);
			put(out, r->by);
		}
	}
	if (rules->ledgers)
		put(out, LEDGERS);
}
