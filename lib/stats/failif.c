#include "stats/failif.h"

#include "json/number.h"
#include "json/quote.h"

enum truth { FALSE, TRUE, UNKNOWN };

/* The row that is looked at. */
struct looking {
	const struct ev_grid *grid;
	size_t row;
	int metric, value; /* columns, or -1 */
	struct ev_err *err;
	bool failed;
};

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
is_no_number(const struct ev_condition *node, struct looking *look)
{
	look->failed = true;
	ev_fail(look->err, "--fail-if: '%s' has numbers, '%s' is none",
	    node->name, node->value);
	return UNKNOWN;
}

static enum truth
compare(const struct ev_condition *node, struct looking *look, size_t row,
    size_t column)
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
holds(const struct ev_condition *node, struct looking *look)
{
	enum truth left, right, whole;
	enum truth sure = node->kind == EV_CONDITION_AND ? FALSE : TRUE;
	size_t row, column;

	if (node->kind == EV_CONDITION_TEST) {
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
check_names(const struct ev_condition *node, struct looking *look)
{
	size_t row, column;

	if (node->kind != EV_CONDITION_TEST)
		return check_names(node->left, look) == -1 ?
		    -1 :
		    check_names(node->right, look);
	return find(look, node->name, &row, &column) ?
	    0 :
	    no_column(node->name, look->err);
}

static int
any_row(const struct ev_condition *condition, const struct ev_grid *grid,
    struct ev_err *err)
{
	struct looking look = { .grid = grid, .err = err };
	int any = 0;

	look.metric = ev_grid_find(grid, EV_SLICE("metric"));
	look.value = ev_grid_find(grid, EV_SLICE("value"));
	if (grid->rows == 0)
		return check_names(condition, &look);
	for (look.row = 0; look.row < grid->rows; look.row++) {
		any |= holds(condition, &look) == TRUE;
		if (look.failed)
			return -1;
	}
	return any;
}

int
ev_failif_any(const struct ev_condition *condition, const struct ev_grid *grid,
    struct ev_err *err)
{
	size_t i, known = 0;
	int any = 0, r;

	if (grid->panels == 0)
		return any_row(condition, grid, err);
	/* a name need not be known to every panel */
	for (i = 0; i < grid->panels; i++) {
		r = any_row(condition, &grid->panel[i], err);
		known += r != -1;
		any |= r == 1;
	}
	return known == 0 ? -1 : any;
}
