#include "fold/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fold/spot.h"
#include "json/quote.h"
#include "json/walk.h"

/* A constant text with the padding that the scanner wants. */
static int
scan_text(const char *text, struct ev_buf *padded, struct ev_val *val)
{
	ev_buf_reset(padded);
	ev_buf_adds(padded, text);
	ev_buf_reserve(padded, EV_SCAN_PAD);
	memset(padded->p + padded->n, 0, EV_SCAN_PAD);
	return ev_scan_value(padded->p, padded->n, val, NULL) == EV_SCAN_OK ?
	    0 :
	    -1;
}

static int
compile_state(struct ev_program_rule *r, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT, name = EV_BUF_INIT;
	struct ev_val whole, key, val;
	struct ev_proviso *p;
	struct ev_walk walk;
	int result = 0;

	if (r->rule->state == NULL)
		return 0;
	scan_text(r->rule->state, &text, &whole);
	ev_walk_begin(&walk, &whole);
	while (result == 0 && ev_walk_next(&walk, &key, &val)) {
		r->state =
		    ev_realloc(r->state, r->provisos + 1, sizeof(*r->state));
		p = &r->state[r->provisos];
		result = ev_spot_parse(&p->at, ev_val_text(&key, &name), err);
		if (result == -1)
			break;
		p->is = ev_node_of(&val);
		r->provisos++;
	}
	ev_buf_clear(&text);
	ev_buf_clear(&name);
	return result;
}

static int
compile_path(struct ev_path *path, const char *text, struct ev_err *err)
{
	return text != NULL ? ev_spot_parse(path, ev_slice_of(text), err) : 0;
}

static int
compile_when(
    struct ev_program_rule *r, struct ev_model *model, struct ev_err *err)
{
	struct ev_err why;

	if (r->rule->when == NULL)
		return 0;
	r->when = ev_expr_new(r->rule->when, model, true, &why);
	if (r->when == NULL)
		return ev_fail(err, "'when': %s", why.text);
	return 0;
}

static int
compile_rule(
    struct ev_program_rule *r, struct ev_model *model, struct ev_err *err)
{
	const struct ev_rule *rule = r->rule;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_val val;

	if (rule->type != NULL)
		r->type = ev_globs_new(rule->type);
	if (compile_when(r, model, err) == -1 || compile_state(r, err) == -1 ||
	    compile_path(&r->at, rule->at, err) == -1)
		return -1;
	if (rule->op == EV_RULE_RATIO) {
		if (compile_path(&r->above, rule->from, err) == -1)
			return -1;
		return compile_path(&r->by, rule->by, err);
	}
	if (rule->value != NULL) {
		scan_text(rule->value, &text, &val);
		r->constant = ev_node_of(&val);
		ev_buf_clear(&text);
	} else if (rule->from != NULL) {
		r->from = ev_origin_new(rule->from, model, err);
		return r->from != NULL ? 0 : -1;
	}
	return 0;
}

/* The number of a view's name, or -1. */
static int
find_view(const struct ev_program *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->views; i++)
		if (strcmp(p->view[i], name) == 0)
			return (int)i;
	return -1;
}

static unsigned
view_of(struct ev_program *p, const char *name)
{
	int known = find_view(p, name);

	if (known >= 0)
		return (unsigned)known;
	p->view = ev_realloc(p->view, p->views + 2, sizeof(*p->view));
	p->view[p->views] = name;
	p->view[p->views + 1] = NULL;
	return (unsigned)p->views++;
}

static int
compile_table(struct ev_program *p, const struct ev_rule_table *table,
    struct ev_model *model, struct ev_err *err)
{
	struct ev_program_table *t = &p->table[p->tables++];

	t->view = view_of(p, table->view);
	if (table->dialect != NULL)
		t->dialect = ev_globs_new(table->dialect);
	if (table->type != NULL)
		t->type = ev_globs_new(table->type);
	t->entity = ev_origin_new(table->entity, model, err);
	return t->entity != NULL ? 0 : -1;
}

static int
place(const struct ev_rules *rules, unsigned line, const struct ev_err *why,
    struct ev_err *err)
{
	if (line == 0)
		return ev_fail(err, "%s: %s", rules->name, why->text);
	return ev_fail(err, "%s:%u: %s", rules->name, line, why->text);
}

static int
compile(struct ev_program *p, const struct ev_rules *rules,
    struct ev_model *model, struct ev_err *err)
{
	const struct ev_rule_table *table = rules->table;
	struct ev_program_rule *r;
	struct ev_err why;
	size_t i, j;

	for (i = 0; i < rules->count; i++, table++) {
		if (compile_table(p, table, model, &why) == -1)
			return place(rules, table->line, &why, err);
		for (j = 0; j < table->count; j++) {
			r = &p->rule[p->rules++];
			r->rule = &table->rule[j];
			r->table = i;
			if (compile_rule(r, model, &why) == -1)
				return place(rules, r->rule->line, &why, err);
			p->ratios[p->table[i].view] |=
			    r->rule->op == EV_RULE_RATIO;
			if (r->rule->op == EV_RULE_RENAME &&
			    r->rule->at == NULL)
				p->renames[p->table[i].view] = true;
		}
	}
	return 0;
}

struct ev_program *
ev_program_new(
    const struct ev_rules *rules, struct ev_model *model, struct ev_err *err)
{
	struct ev_program *p = ev_calloc(1, sizeof(*p));
	size_t i, count = 0;

	for (i = 0; i < rules->count; i++)
		count += rules->table[i].count;
	p->table = ev_calloc(rules->count + 1, sizeof(*p->table));
	p->rule = ev_calloc(count + 1, sizeof(*p->rule));
	p->ratios = ev_calloc(rules->count + 1, sizeof(*p->ratios));
	p->renames = ev_calloc(rules->count + 1, sizeof(*p->renames));
	ev_model_want(model, EV_TYPE);
	if (count <= UINT16_MAX && compile(p, rules, model, err) == 0)
		return p;
	if (count > UINT16_MAX)
		ev_fail(err, "%s: over %d rules", rules->name, UINT16_MAX);
	ev_program_free(p);
	return NULL;
}

static void
rule_clear(struct ev_program_rule *r)
{
	size_t i;

	for (i = 0; i < r->provisos; i++) {
		ev_path_clear(&r->state[i].at);
		ev_node_clear(&r->state[i].is);
	}
	free(r->state);
	ev_globs_free(r->type);
	ev_expr_free(r->when);
	ev_path_clear(&r->at);
	ev_path_clear(&r->above);
	ev_path_clear(&r->by);
	ev_origin_free(r->from);
	ev_node_clear(&r->constant);
}

void
ev_program_free(struct ev_program *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->rules; i++)
		rule_clear(&p->rule[i]);
	for (i = 0; i < p->tables; i++) {
		ev_globs_free(p->table[i].dialect);
		ev_globs_free(p->table[i].type);
		ev_origin_free(p->table[i].entity);
	}
	free(p->table);
	free(p->rule);
	free(p->view);
	free(p->ratios);
	free(p->renames);
	free(p);
}
