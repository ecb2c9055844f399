#include "stats/condition.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define DEPTH_MOST 100 /* parentheses in parentheses */

struct parse {
	struct ev_lex lex;
	int depth;
	struct ev_err *err;
};

void
ev_condition_free(struct ev_condition *node)
{
	if (node == NULL)
		return;
	ev_condition_free(node->left);
	ev_condition_free(node->right);
	free(node->name);
	free(node->value);
	free(node->number);
	free(node);
}

/* A column may be called p95(data.ms): what stands in parentheses right behind
 * a name belongs to it. */
static int
read_name(struct parse *parse, char **name)
{
	struct ev_lex *lex = &parse->lex;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_lex_word word;
	size_t n;

	if (ev_lex_field(lex, &word, parse->err) == -1)
		return -1;
	ev_buf_adds(&text, word.text);
	free(word.text);
	if (!word.quoted && lex->text[lex->at] == '(') {
		n = strcspn(lex->text + lex->at, ")");
		if (lex->text[lex->at + n] == ')')
			n++;
		ev_buf_add(&text, lex->text + lex->at, n);
		lex->at += n;
	}
	*name = ev_strdup(ev_buf_str(&text));
	ev_buf_clear(&text);
	return 0;
}

static int
read_test(struct parse *parse, struct ev_condition *node)
{
	struct ev_lex_word value;
	bool negate;

	if (read_name(parse, &node->name) == -1)
		return -1;
	if (!ev_lex_operator(&parse->lex, &node->op, &negate) ||
	    node->op > EV_LEX_GE)
		return ev_lex_fail(
		    &parse->lex, parse->err, "an operator (= != < <= > >=)");
	node->negate ^= negate;
	if (ev_lex_value(&parse->lex, &value, parse->err) == -1)
		return -1;
	node->value = value.text;
	node->number = ev_lex_number(&value);
	return 0;
}

static struct ev_condition *read_or(struct parse *parse);

static struct ev_condition *
read_atom(struct parse *parse)
{
	struct ev_condition *node;
	bool negate = false;

	while (ev_lex_keyword(&parse->lex, "not"))
		negate = !negate;
	if (ev_lex_sign(&parse->lex, '(')) {
		if (++parse->depth > DEPTH_MOST) {
			ev_fail(parse->err,
			    "more than %d parentheses in each other",
			    DEPTH_MOST);
			return NULL;
		}
		node = read_or(parse);
		if (node != NULL && !ev_lex_sign(&parse->lex, ')')) {
			ev_lex_fail(&parse->lex, parse->err, "and, or, )");
			ev_condition_free(node);
			return NULL;
		}
		parse->depth--;
		if (node != NULL)
			node->negate ^= negate;
		return node;
	}
	node = ev_calloc(1, sizeof(*node));
	node->negate = negate;
	if (read_test(parse, node) == 0)
		return node;
	ev_condition_free(node);
	return NULL;
}

/* Atoms with "and" between them, or such chains with "or". */
static struct ev_condition *
read_chain(struct parse *parse, bool any)
{
	struct ev_condition *node, *both;

	node = any ? read_chain(parse, false) : read_atom(parse);
	while (
	    node != NULL && ev_lex_keyword(&parse->lex, any ? "or" : "and")) {
		both = ev_calloc(1, sizeof(*both));
		both->kind = any ? EV_CONDITION_OR : EV_CONDITION_AND;
		both->left = node;
		both->right = any ? read_chain(parse, false) : read_atom(parse);
		node = both;
		if (both->right == NULL) {
			ev_condition_free(both);
			return NULL;
		}
	}
	return node;
}

static struct ev_condition *
read_or(struct parse *parse)
{
	return read_chain(parse, true);
}

struct ev_condition *
ev_condition_new(const char *text, struct ev_err *err)
{
	struct parse parse = { { text, 0 }, 0, err };
	struct ev_condition *root = read_or(&parse);

	if (root == NULL || ev_lex_end(&parse.lex))
		return root;
	ev_lex_fail(&parse.lex, err, "and, or, or the end");
	ev_condition_free(root);
	return NULL;
}
