#include "fold/rulefile.h"

#include <stdlib.h>

#include "base/mem.h"
#include "fold/sheet.h"
#include "json/quote.h"
#include "json/walk.h"

struct ev_rules_own {
	struct ev_rules rules;
	struct ev_sheet sheet;
	struct ev_rule_table *table;
	struct ev_rule **list; /* the rules of each table */
};

/* clang-format off */
enum { TYPE, WHEN, STATE, FIRST, UNIQUE, OP, AT, FROM, VALUE, BY, IN_RULE };
static const struct ev_sheet_member in_rule[IN_RULE + 1] = {
	[TYPE] = { "type", EV_STRING, false },
	[WHEN] = { "when", EV_STRING, false },
	[STATE] = { "state", EV_OBJECT, false },
	[FIRST] = { "first", EV_TRUE, false },
	[UNIQUE] = { "unique", EV_TRUE, false },
	[OP] = { "op", EV_STRING, true },
	[AT] = { "at", EV_STRING, false },
	[FROM] = { "from", EV_STRING, false },
	[VALUE] = { "value", EV_NONE, false },
	[BY] = { "by", EV_STRING, false },
	[IN_RULE] = { NULL, EV_NONE, false },
};

enum { VIEW, DIALECT, TYPES, ENTITY, RULES, IN_TABLE };
static const struct ev_sheet_member in_table[IN_TABLE + 1] = {
	[VIEW] = { "view", EV_STRING, true },
	[DIALECT] = { "dialect", EV_STRING, false },
	[TYPES] = { "type", EV_STRING, false },
	[ENTITY] = { "entity", EV_STRING, true },
	[RULES] = { "rules", EV_ARRAY, true },
	[IN_TABLE] = { NULL, EV_NONE, false },
};

static const struct ev_sheet_member in_file[] = {
	{ "tables", EV_ARRAY, true },
	{ NULL, EV_NONE, false },
};
/* clang-format on */

/* What an operation needs of a member and whether that is there. */
struct need {
	const char *what;
	enum ev_rule_need need;
	bool given;
};

/* The kinds of constants that an operation can do something with. */
static bool
constant_fits(enum ev_rule_op op, const struct ev_val *val)
{
	switch (op) {
	case EV_RULE_SET:
	case EV_RULE_MERGE:
		return val->kind == EV_OBJECT;
	case EV_RULE_ADD:
		return val->kind == EV_NUMBER;
	case EV_RULE_MAX:
		return val->kind == EV_NUMBER || val->kind == EV_STRING;
	case EV_RULE_RENAME:
		return val->kind == EV_STRING;
	default:
		return true;
	}
}

static int
check_rule(const struct ev_rules_own *own, const struct ev_val *object,
    const struct ev_val *val, enum ev_rule_op op, struct ev_err *err)
{
	const struct ev_rule_kind *kind = &ev_rule_kinds[op];
	bool at = val[AT].kind != EV_NONE, from = val[FROM].kind != EV_NONE;
	bool value = val[VALUE].kind != EV_NONE;
	bool field = op == EV_RULE_RATIO || (op == EV_RULE_RENAME && !at);
	struct need list[] = {
		{ "'at'", kind->at, at },
		{ field ? "'from'" : "'from' or 'value'", kind->value,
		    from || (value && !field) },
		{ "'by'", op == EV_RULE_RATIO ? EV_RULE_MUST : EV_RULE_NEVER,
		    val[BY].kind != EV_NONE },
		{ "'unique'",
		    op == EV_RULE_APPEND ? EV_RULE_MAY : EV_RULE_NEVER,
		    val[UNIQUE].kind == EV_TRUE },
	};
	size_t i;

	if (from && value)
		return ev_sheet_fail(&own->sheet, err, object->p,
		    "both 'from' and 'value' in one rule");
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		if (list[i].need == EV_RULE_MUST && !list[i].given)
			return ev_sheet_fail(&own->sheet, err, object->p,
			    "%s needs %s", kind->name, list[i].what);
		if (list[i].need == EV_RULE_NEVER && list[i].given)
			return ev_sheet_fail(&own->sheet, err, object->p,
			    "%s takes no %s", kind->name, list[i].what);
	}
	if (value && !constant_fits(op, &val[VALUE]))
		return ev_sheet_fail(&own->sheet, err, val[VALUE].p,
		    "a 'value' that %s can do nothing with", kind->name);
	return 0;
}

static int
read_rule(struct ev_rules_own *own, const struct ev_val *object,
    struct ev_rule *rule, struct ev_err *err)
{
	const char *names[EV_RULE_OPS + 1] = { NULL };
	struct ev_val val[IN_RULE];
	struct ev_buf scratch = EV_BUF_INIT;
	int op, i;

	if (ev_sheet_members(&own->sheet, object, in_rule, val, err) == -1)
		return -1;
	op = ev_rule_op_of(ev_val_text(&val[OP], &scratch));
	ev_buf_clear(&scratch);
	if (op == -1) {
		for (i = 0; i < EV_RULE_OPS; i++)
			names[i] = ev_rule_kinds[i].name;
		return ev_sheet_unknown(
		    &own->sheet, &val[OP], "operation", names, err);
	}
	if (check_rule(own, object, val, (enum ev_rule_op)op, err) == -1)
		return -1;
	*rule = (struct ev_rule){
		.type = ev_sheet_words(&own->sheet, &val[TYPE]),
		.when = ev_sheet_words(&own->sheet, &val[WHEN]),
		.state = ev_sheet_json(&own->sheet, &val[STATE]),
		.first = val[FIRST].kind == EV_TRUE,
		.unique = val[UNIQUE].kind == EV_TRUE,
		.op = (enum ev_rule_op)op,
		.at = ev_sheet_words(&own->sheet, &val[AT]),
		.from = ev_sheet_words(&own->sheet, &val[FROM]),
		.value = ev_sheet_json(&own->sheet, &val[VALUE]),
		.by = ev_sheet_words(&own->sheet, &val[BY]),
		.line = ev_sheet_line(&own->sheet, object->p),
	};
	return 0;
}

static size_t
count_of(const struct ev_val *array)
{
	struct ev_walk walk;
	struct ev_val val;
	size_t n = 0;

	ev_walk_begin(&walk, array);
	while (ev_walk_next(&walk, NULL, &val))
		n++;
	return n;
}

static int
read_table(
    struct ev_rules_own *own, const struct ev_val *object, struct ev_err *err)
{
	struct ev_rule_table *table = &own->table[own->rules.count];
	struct ev_val val[IN_TABLE], each;
	struct ev_rule *list;
	struct ev_walk walk;

	if (ev_sheet_members(&own->sheet, object, in_table, val, err) == -1)
		return -1;
	list = ev_calloc(count_of(&val[RULES]) + 1, sizeof(*list));
	own->list[own->rules.count++] = list;
	*table = (struct ev_rule_table){
		.view = ev_sheet_words(&own->sheet, &val[VIEW]),
		.dialect = ev_sheet_words(&own->sheet, &val[DIALECT]),
		.type = ev_sheet_words(&own->sheet, &val[TYPES]),
		.entity = ev_sheet_words(&own->sheet, &val[ENTITY]),
		.rule = list,
		.line = ev_sheet_line(&own->sheet, object->p),
	};
	ev_walk_begin(&walk, &val[RULES]);
	while (ev_walk_next(&walk, NULL, &each)) {
		if (read_rule(own, &each, &list[table->count], err) == -1)
			return -1;
		table->count++;
	}
	return 0;
}

static int
read_tables(
    struct ev_rules_own *own, const struct ev_val *root, struct ev_err *err)
{
	struct ev_val tables, each;
	struct ev_walk walk;
	size_t count;

	if (ev_sheet_members(&own->sheet, root, in_file, &tables, err) == -1)
		return -1;
	count = count_of(&tables);
	own->table = ev_calloc(count + 1, sizeof(*own->table));
	own->list = ev_calloc(count + 1, sizeof(*own->list));
	own->rules.table = own->table;
	ev_walk_begin(&walk, &tables);
	while (ev_walk_next(&walk, NULL, &each))
		if (read_table(own, &each, err) == -1)
			return -1;
	return 0;
}

struct ev_rules *
ev_rulefile_read(const char *path, struct ev_err *err)
{
	struct ev_rules_own *own = ev_calloc(1, sizeof(*own));
	struct ev_val root;

	own->rules.own = own;
	if (ev_sheet_read(&own->sheet, path, &root, err) == -1) {
		free(own);
		return NULL;
	}
	own->rules.name = own->sheet.name;
	if (read_tables(own, &root, err) == 0)
		return &own->rules;
	ev_rulefile_free(&own->rules);
	return NULL;
}

void
ev_rulefile_free(struct ev_rules *rules)
{
	struct ev_rules_own *own;
	size_t i;

	if (rules == NULL)
		return;
	own = rules->own;
	for (i = 0; i < rules->count; i++)
		free(own->list[i]);
	free(own->list);
	free(own->table);
	ev_sheet_clear(&own->sheet);
	free(own);
}
