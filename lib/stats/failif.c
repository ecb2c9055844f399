#include "stats/failif.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "filter/lex.h"
#include "json/number.h"
#include "json/quote.h"

#define DEPTH_MOST 100 /* parentheses in parentheses */

enum truth { FALSE, TRUE, UNKNOWN };

struct node {
	enum { TEST, AND, OR } kind;
	bool negate;
	struct node *left, *right; /* AND, OR */
	/* TEST */
	char *name, *value;
	char *number; /* what the value is as one, or NULL */
	enum ev_lex_op op;
};

struct ev_failif {
	struct node *root;
};

struct parse {
	struct ev_lex lex;
	int depth;
	struct ev_err *err;
};

/* The row that is looked at. */
struct looking {
	const struct ev_grid *grid;
	size_t row;
	int metric, value; /* columns, or -1 */
	struct ev_err *err;
	bool failed;
};

static void
node_free(struct node *node)
{
	if (node == NULL)
		return;
	node_free(node->left);
	node_free(node->right);
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
read_test(struct parse *parse, struct node *node)
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

static struct node *read_or(struct parse *parse);

static struct node *
read_atom(struct parse *parse)
{
	struct node *node;
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
			node_free(node);
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
	node_free(node);
	return NULL;
}

/* Atoms with "and" between them, or such chains with "or". */
static struct node *
read_chain(struct parse *parse, bool any)
{
	struct node *node, *both;

	node = any ? read_chain(parse, false) : read_atom(parse);
	while (
	    node != NULL && ev_lex_keyword(&parse->lex, any ? "or" : "and")) {
		both = ev_calloc(1, sizeof(*both));
		both->kind = any ? OR : AND;
		both->left = node;
		both->right = any ? read_chain(parse, false) : read_atom(parse);
		node = both;
		if (both->right == NULL) {
			node_free(both);
			return NULL;
		}
	}
	return node;
}

static struct node *
read_or(struct parse *parse)
{
	return read_chain(parse, true);
}

struct ev_failif *
ev_failif_new(const char *text, struct ev_err *err)
{
	struct parse parse = { { text, 0 }, 0, err };
	struct ev_failif *failif;
	struct node *root = read_or(&parse);

	if (root != NULL && !ev_lex_end(&parse.lex)) {
		ev_lex_fail(&parse.lex, err, "and, or, or the end");
		node_free(root);
		return NULL;
	}
	if (root == NULL)
		return NULL;
	failif = ev_calloc(1, sizeof(*failif));
	failif->root = root;
	return failif;
}

void
ev_failif_free(struct ev_failif *failif)
{
	if (failif == NULL)
		return;
	node_free(failif->root);
	free(failif);
}

static bool
plain_is(
    const struct ev_grid *grid, size_t row, size_t column, const char *text)
{
	struct ev_buf plain = EV_BUF_INIT;
	bool is;

	ev_grid_plain(grid, row, column, &plain);
	is = ev_slice_is(ev_buf_slice(&plain), text);
	ev_buf_clear(&plain);
	return is;
}

/* The place of what a name means; false: nothing of that name. */
static bool
find(const struct looking *look, const char *name, size_t *row, size_t *column)
{
	int found = ev_grid_find(look->grid, ev_slice_of(name));

	*row = look->row;
	*column = (size_t)found;
	if (found >= 0)
		return true;
	if (look->metric < 0 || look->value < 0)
		return false;
	*column = (size_t)look->value;
	for (*row = 0; *row < look->grid->rows; (*row)++)
		if (plain_is(look->grid, *row, (size_t)look->metric, name))
			return true;
	return false;
}

/* "share>50%" as texts would be true or false for no reason. */
static enum truth
is_no_number(const struct node *node, struct looking *look)
{
	look->failed = true;
	ev_fail(look->err, "--fail-if: '%s' has numbers, '%s' is none",
	    node->name, node->value);
	return UNKNOWN;
}

static enum truth
compare(
    const struct node *node, struct looking *look, size_t row, size_t column)
{
	struct ev_slice cell = ev_grid_cell(look->grid, row, column);
	struct ev_buf plain = EV_BUF_INIT;
	int diff;

	if (cell.p[0] == 'n')
		return UNKNOWN;
	if (ev_kind_of(cell.p[0]) == EV_NUMBER) {
		if (node->number == NULL)
			return is_no_number(node, look);
		diff = ev_num_cmp(cell, ev_slice_of(node->number));
	} else {
		ev_grid_plain(look->grid, row, column, &plain);
		diff = ev_slice_cmp(
		    ev_buf_slice(&plain), ev_slice_of(node->value));
		ev_buf_clear(&plain);
	}
	switch (node->op) {
	case EV_LEX_LT:
		return diff < 0 ? TRUE : FALSE;
	case EV_LEX_LE:
		return diff <= 0 ? TRUE : FALSE;
	case EV_LEX_GT:
		return diff > 0 ? TRUE : FALSE;
	case EV_LEX_GE:
		return diff >= 0 ? TRUE : FALSE;
	default:
		return diff == 0 ? TRUE : FALSE;
	}
}

static int
no_column(const char *name, struct ev_err *err)
{
	return ev_fail(err, "--fail-if: no column '%s' in the report", name);
}

static enum truth
holds(const struct node *node, struct looking *look)
{
	enum truth left, right, whole;
	enum truth sure = node->kind == AND ? FALSE : TRUE;
	size_t row, column;

	if (node->kind == TEST) {
		if (!find(look, node->name, &row, &column)) {
			look->failed = true;
			no_column(node->name, look->err);
			return UNKNOWN;
		}
		whole = compare(node, look, row, column);
	} else {
		left = holds(node->left, look);
		right = holds(node->right, look);
		if (left == sure || right == sure)
			whole = sure;
		else if (left == UNKNOWN || right == UNKNOWN)
			whole = UNKNOWN;
		else
			whole = left;
	}
	if (!node->negate || whole == UNKNOWN)
		return whole;
	return whole == TRUE ? FALSE : TRUE;
}

/* A name that means nothing is wrong also while there are no rows. */
static int
check_names(const struct node *node, struct looking *look)
{
	size_t row, column;

	if (node->kind != TEST)
		return check_names(node->left, look) == -1 ?
		    -1 :
		    check_names(node->right, look);
	return find(look, node->name, &row, &column) ?
	    0 :
	    no_column(node->name, look->err);
}

static int
any_row(const struct ev_failif *failif, const struct ev_grid *grid,
    struct ev_err *err)
{
	struct looking look = { .grid = grid, .err = err };
	int any = 0;

	look.metric = ev_grid_find(grid, EV_SLICE("metric"));
	look.value = ev_grid_find(grid, EV_SLICE("value"));
	if (grid->rows == 0)
		return check_names(failif->root, &look);
	for (look.row = 0; look.row < grid->rows; look.row++) {
		any |= holds(failif->root, &look) == TRUE;
		if (look.failed)
			return -1;
	}
	return any;
}

int
ev_failif_any(const struct ev_failif *failif, const struct ev_grid *grid,
    struct ev_err *err)
{
	size_t i, known = 0;
	int any = 0, r;

	if (grid->panels == 0)
		return any_row(failif, grid, err);
	/* a name need not be known to every panel */
	for (i = 0; i < grid->panels; i++) {
		r = any_row(failif, &grid->panel[i], err);
		known += r != -1;
		any |= r == 1;
	}
	return known == 0 ? -1 : any;
}
