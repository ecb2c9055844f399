#include "event/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define OPERANDS 2

struct ev_model *
ev_model_new(const struct ev_dialect *forced)
{
	struct ev_model *model = ev_calloc(1, sizeof(*model));

	model->forced = forced;
	model->plan = ev_plan_new();
	model->detector = ev_detector_new();
	return model;
}

void
ev_model_custom(struct ev_model *model, const struct ev_custom *custom)
{
	model->custom = custom;
}

void
ev_model_force(struct ev_model *model, const struct ev_dialect *forced)
{
	model->forced = forced;
}

static void
alt_clear(struct ev_alt *alt)
{
	size_t i, count = alt->derive != NULL ? OPERANDS : 1;

	for (i = 0; alt->reach != NULL && i < count; i++)
		ev_reach_clear(&alt->reach[i]);
	free(alt->reach);
}

static void
row_clear(struct ev_row *row)
{
	size_t i, role;

	for (role = 0; role < EV_ROLES; role++) {
		for (i = 0; i < row->cell[role].count; i++)
			alt_clear(&row->cell[role].alt[i]);
		free(row->cell[role].alt);
	}
}

void
ev_model_free(struct ev_model *model)
{
	size_t i;

	if (model == NULL)
		return;
	for (i = 0; i < model->rows; i++)
		row_clear(&model->row[i]);
	for (i = 0; i < model->fields; i++)
		ev_reach_clear(&model->field[i]);
	free(model->row);
	free(model->field);
	ev_detector_free(model->detector);
	ev_plan_free(model->plan);
	free(model);
}

void
ev_model_want(struct ev_model *model, enum ev_role role)
{
	model->wanted[role] = true;
}

int
ev_model_path(struct ev_model *model, const struct ev_path *path)
{
	bool inner = model->forced == NULL || model->forced->inner;

	model->field =
	    ev_realloc(model->field, model->fields + 1, sizeof(*model->field));
	ev_reach_init(&model->field[model->fields], model->plan, path, inner);
	return (int)model->fields++;
}

static bool
compile_role(struct ev_model *model, struct ev_row *row, enum ev_role role);

/* False for a path of the table that cannot be one. */
static bool
reach_text(struct ev_model *model, const struct ev_row *row,
    struct ev_slice text, struct ev_reach *reach)
{
	struct ev_path path = EV_PATH_INIT;

	if (ev_path_parse(&path, text, NULL) == -1)
		return false;
	ev_reach_init(reach, model->plan, &path, row->dialect->inner);
	ev_path_clear(&path);
	return true;
}

/* False when what a computed cell asks for would ask for itself. */
static bool
compile_derive(struct ev_model *model, struct ev_row *row, struct ev_alt *alt)
{
	const struct ev_asked *operand = alt->derive->operand;
	size_t i;

	alt->reach = ev_calloc(OPERANDS, sizeof(*alt->reach));
	for (i = 0; i < OPERANDS; i++) {
		if (operand[i].path != NULL) {
			if (!reach_text(model, row,
				ev_slice_of(operand[i].path), &alt->reach[i]))
				return false;
		} else if (operand[i].role != EV_ROLES) {
			if (!compile_role(model, row, operand[i].role))
				return false;
		}
	}
	return true;
}

static bool
compile_path(struct ev_model *model, const struct ev_row *row,
    struct ev_slice text, struct ev_alt *alt)
{
	const struct ev_reach *reach;

	if (!row->dialect->inner || memchr(text.p, '.', text.n) == NULL)
		alt->slot = ev_reach_plain(model->plan, text);
	if (alt->slot >= 0)
		return true;
	alt->reach = ev_calloc(1, sizeof(*alt->reach));
	if (!reach_text(model, row, text, alt->reach))
		return false;
	reach = alt->reach;
	if (reach->lead == reach->path.count &&
	    (!row->dialect->inner || reach->path.count == 1))
		alt->slot = reach->slot;
	return true;
}

static size_t
count_alts(const char *cell)
{
	struct ev_cell text;
	size_t n = 0;

	while (ev_cell_next(&cell, &text))
		n++;
	return n;
}

/* False when the role is being compiled: it asks for itself. */
static bool
compile_role(struct ev_model *model, struct ev_row *row, enum ev_role role)
{
	struct ev_alts *cell = &row->cell[role];
	const char *at = row->dialect->cell[role];
	struct ev_cell text;
	struct ev_alt alt;
	bool sound;

	if (cell->state != EV_ALTS_NEW)
		return cell->state == EV_ALTS_READY;
	cell->state = EV_ALTS_BUSY;
	if (at != NULL)
		cell->alt = ev_calloc(count_alts(at) + 1, sizeof(alt));
	while (ev_cell_next(&at, &text)) {
		alt = (struct ev_alt){ -1, text.ms, NULL, NULL };
		if (*text.path.p == '%')
			alt.derive = ev_derive_named(text.path);
		sound = alt.derive != NULL ?
		    compile_derive(model, row, &alt) :
		    compile_path(model, row, text.path, &alt);
		if (!sound) {
			alt_clear(&alt);
			continue;
		}
		cell->alt =
		    ev_realloc(cell->alt, cell->count + 1, sizeof(*cell->alt));
		cell->alt[cell->count++] = alt;
	}
	cell->state = EV_ALTS_READY;
	return true;
}

/* Takes a dialect's row in; gives its number.  There must be room. */
static size_t
take_row(struct ev_model *model, const struct ev_dialect *dialect)
{
	struct ev_row *row = &model->row[model->rows];
	int role;

	row->dialect = dialect;
	for (role = 0; role < EV_ROLES; role++)
		if (model->wanted[role])
			compile_role(model, row, (enum ev_role)role);
	return model->rows++;
}

/* The user's rows: their paths were looked at when they were read. */
static void
take_custom(struct ev_model *model)
{
	const struct ev_custom_row *row = model->custom->row;
	const struct ev_custom_row *end = row + model->custom->rows;

	for (; row < end; row++)
		ev_detector_add(model->detector, model->plan, row->test,
		    take_row(model, &row->dialect), NULL);
}

void
ev_model_seal(struct ev_model *model)
{
	size_t i, row[EV_DIALECTS];
	size_t room = model->forced != NULL ? 1 : EV_DIALECTS;

	if (model->custom != NULL)
		room += model->custom->rows;
	model->row = ev_calloc(room, sizeof(*model->row));
	if (model->forced != NULL) {
		model->otherwise = take_row(model, model->forced);
		return;
	}
	if (model->custom != NULL)
		take_custom(model);
	for (i = 0; i < EV_DIALECTS; i++)
		row[i] = take_row(model, &ev_dialects[i]);
	model->otherwise = row[EV_GENERIC];
	ev_detector_builtin(model->detector, model->plan, row);
}
