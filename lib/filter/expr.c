#include "filter/expr.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "filter/lex.h"
#include "filter/compare.h"
#include "text/time.h"

#define DEPTH_MOST 100 /* parentheses in parentheses */

enum kind { TEST, ALL, ANY };

struct node {
	enum kind kind;
	bool negate;
	struct ev_compare *test; /* TEST */
	struct node *kids;	 /* ALL, ANY */
	struct node *next;	 /* the next kid of the same node */
	struct node *made;	 /* the node made before this one */
};

struct ev_expr {
	struct node *root;
	struct node *made;
};

struct parse {
	struct ev_lex lex;
	struct ev_scope scope;
	struct ev_expr *expr;
	int depth;
	struct ev_err *err;
};

static struct node *
node_new(struct parse *parse, enum kind kind)
{
	struct node *node = ev_calloc(1, sizeof(*node));

	node->kind = kind;
	node->made = parse->expr->made;
	parse->expr->made = node;
	return node;
}

static int
add_value(struct parse *parse, struct ev_compare *test)
{
	struct ev_lex_word value;
	int r;

	if (ev_lex_value(&parse->lex, &value, parse->err) < 0)
		return -1;
	r = ev_compare_value(test, &parse->scope, &value, parse->err);
	free(value.text);
	return r;
}

static int
read_list(struct parse *parse, struct ev_compare *test)
{
	if (!ev_lex_sign(&parse->lex, '('))
		return ev_lex_fail(&parse->lex, parse->err, "( behind in");
	do {
		if (add_value(parse, test) < 0)
			return -1;
	} while (ev_lex_sign(&parse->lex, ','));
	if (!ev_lex_sign(&parse->lex, ')'))
		return ev_lex_fail(&parse->lex, parse->err, ", or )");
	return 0;
}

/* What follows a field. */
static int
read_comparison(struct parse *parse, struct ev_compare *test)
{
	enum ev_lex_op op;
	bool negate;

	if (ev_lex_keyword(&parse->lex, "in")) {
		ev_compare_operator(test, EV_LEX_EQ, false);
		return read_list(parse, test);
	}
	if (!ev_lex_operator(&parse->lex, &op, &negate))
		return ev_lex_fail(&parse->lex, parse->err,
		    "an operator (= != < <= > >= ~ !~ *= ? in)");
	ev_compare_operator(test, op, negate);
	return op == EV_LEX_EXISTS ? 0 : add_value(parse, test);
}

static struct node *
read_test(struct parse *parse)
{
	struct node *node = node_new(parse, TEST);
	struct ev_lex_word field;
	size_t at = parse->lex.at;

	if (ev_lex_keyword(&parse->lex, "and") ||
	    ev_lex_keyword(&parse->lex, "or")) {
		parse->lex.at = at;
		ev_lex_fail(&parse->lex, parse->err, "a field");
		return NULL;
	}
	if (ev_lex_field(&parse->lex, &field, parse->err) < 0)
		return NULL;
	node->test = ev_compare_new(&parse->scope, &field, parse->err);
	free(field.text);
	if (node->test == NULL || read_comparison(parse, node->test) < 0)
		return NULL;
	return node;
}

static struct node *read_any(struct parse *parse);

static struct node *
read_group(struct parse *parse)
{
	struct node *node;

	if (++parse->depth > DEPTH_MOST) {
		ev_fail(parse->err, "more than %d parentheses in each other",
		    DEPTH_MOST);
		return NULL;
	}
	node = read_any(parse);
	if (node == NULL)
		return NULL;
	if (!ev_lex_sign(&parse->lex, ')')) {
		ev_lex_fail(&parse->lex, parse->err, "and, or, )");
		return NULL;
	}
	parse->depth--;
	return node;
}

static struct node *
read_not(struct parse *parse)
{
	struct node *node;
	bool negate = false;

	while (ev_lex_keyword(&parse->lex, "not"))
		negate = !negate;
	node = ev_lex_sign(&parse->lex, '(') ? read_group(parse) :
					       read_test(parse);
	if (node != NULL && negate)
		node->negate = !node->negate;
	return node;
}

/* One or more of what read() reads, with the word between them. */
static struct node *
read_chain(struct parse *parse, enum kind kind, const char *word,
    struct node *(*read)(struct parse *))
{
	struct node *first = read(parse), *node, *last;

	if (first == NULL || !ev_lex_keyword(&parse->lex, word))
		return first;
	node = node_new(parse, kind);
	node->kids = last = first;
	do {
		last->next = read(parse);
		last = last->next;
	} while (last != NULL && ev_lex_keyword(&parse->lex, word));
	return last == NULL ? NULL : node;
}

static struct node *
read_all(struct parse *parse)
{
	return read_chain(parse, ALL, "and", read_not);
}

static struct node *
read_any(struct parse *parse)
{
	return read_chain(parse, ANY, "or", read_all);
}

struct ev_expr *
ev_expr_new(
    const char *text, struct ev_model *model, bool utc, struct ev_err *err)
{
	struct parse parse = { .lex = { text, 0 }, .err = err };

	parse.scope.model = model;
	parse.scope.utc = utc;
	if (ev_now(&parse.scope.now, err) < 0)
		return NULL;
	parse.expr = ev_calloc(1, sizeof(*parse.expr));
	parse.expr->root = read_any(&parse);
	if (parse.expr->root != NULL && !ev_lex_end(&parse.lex)) {
		ev_lex_fail(&parse.lex, err, "and, or, or the end");
		parse.expr->root = NULL;
	}
	if (parse.expr->root != NULL)
		return parse.expr;
	ev_expr_free(parse.expr);
	return NULL;
}

void
ev_expr_free(struct ev_expr *expr)
{
	struct node *node;

	if (expr == NULL)
		return;
	while ((node = expr->made) != NULL) {
		expr->made = node->made;
		ev_compare_free(node->test);
		free(node);
	}
	free(expr);
}

static bool
holds(const struct node *node, struct ev_event *ev)
{
	const struct node *kid = node->kids;
	bool found;

	if (node->kind == TEST) {
		found = ev_compare_match(node->test, ev);
	} else {
		/* The first kid that differs from `and`'s true, `or`'s false
		 * decides. */
		while (kid != NULL && holds(kid, ev) == (node->kind == ALL))
			kid = kid->next;
		found = (kid == NULL) == (node->kind == ALL);
	}
	return found != node->negate;
}

bool
ev_expr_match(const struct ev_expr *expr, struct ev_event *ev)
{
	return holds(expr->root, ev);
}

uint64_t
ev_expr_unsolved(const struct ev_expr *expr)
{
	const struct node *node;
	uint64_t count = 0;

	for (node = expr->made; node != NULL; node = node->made)
		if (node->test != NULL)
			count += ev_compare_unsolved(node->test);
	return count;
}

static const char *
literal_of(const struct node *node)
{
	const char *best = NULL, *text;
	const struct node *kid;

	if (node->negate || node->kind == ANY)
		return NULL;
	if (node->kind == TEST)
		return ev_compare_literal(node->test);
	for (kid = node->kids; kid != NULL; kid = kid->next) {
		text = literal_of(kid);
		if (text != NULL &&
		    (best == NULL || strlen(text) > strlen(best)))
			best = text;
	}
	return best;
}

const char *
ev_expr_literal(const struct ev_expr *expr)
{
	return literal_of(expr->root);
}
