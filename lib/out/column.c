#include "out/column.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/quote.h"
#include "json/compact.h"
#include "text/time.h"

enum kind { ROLE, PATH, ID, TIME, LEVEL, DIALECT, CATEGORY, RAW };

struct ev_column {
	char *name;
	enum kind kind;
	enum ev_role role;
	int field; /* PATH: the model's number */
	bool many; /* PATH: goes over elements */
};

/* What is not read as a plain role, and what each wants of the model. */
static const struct special {
	const char *name;
	enum kind kind;
	int want[2]; /* roles, -1: none */
} specials[] = {
	{ "id", ID, { EV_ID, -1 } },
	{ "time", TIME, { EV_TIME, -1 } },
	{ "level", LEVEL, { EV_LEVEL, EV_TYPE } },
	{ "dialect", DIALECT, { -1, -1 } },
	{ "category", CATEGORY, { EV_TYPE, -1 } },
	{ "raw", RAW, { -1, -1 } },
};

static const struct special *
special_named(struct ev_slice name)
{
	size_t i;

	for (i = 0; i < sizeof(specials) / sizeof(specials[0]); i++) {
		if (ev_slice_is(name, specials[i].name))
			return &specials[i];
	}
	return NULL;
}

static int
path_column(struct ev_column *column, struct ev_slice text,
    struct ev_model *model, struct ev_err *err)
{
	struct ev_path path = EV_PATH_INIT;
	size_t i;

	if (text.n > 0 && text.p[0] == '.')
		text = (struct ev_slice){ text.p + 1, text.n - 1 };
	if (ev_path_parse(&path, text, err) < 0)
		return -1;
	column->kind = PATH;
	for (i = 0; i < path.count; i++)
		column->many |= path.step[i].key == NULL;
	column->field = ev_model_path(model, &path);
	ev_path_clear(&path);
	return 0;
}

static int
column_init(struct ev_column *column, struct ev_slice name,
    struct ev_model *model, struct ev_err *err)
{
	const struct special *special = special_named(name);
	int i, role = ev_role_of(name);
	struct ev_err why;

	if (special != NULL) {
		column->kind = special->kind;
		for (i = 0; i < 2; i++) {
			if (special->want[i] >= 0)
				ev_model_want(
				    model, (enum ev_role)special->want[i]);
		}
	} else if (role >= 0) {
		column->kind = ROLE;
		column->role = (enum ev_role)role;
		ev_model_want(model, column->role);
	} else if (path_column(column, name, model, &why) < 0) {
		return ev_fail(
		    err, "column '%.*s': %s", (int)name.n, name.p, why.text);
	}
	column->name = ev_memdup(name.p, name.n);
	return 0;
}

/* A name of the list, without the blanks around it. */
static struct ev_slice
trimmed(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	while (end > p && end[-1] == ' ')
		end--;
	return (struct ev_slice){ p, (size_t)(end - p) };
}

int
ev_columns_parse(struct ev_columns *columns, const char *list,
    struct ev_model *model, struct ev_err *err)
{
	struct ev_column column;
	const char *end;

	for (;; list = end + 1) {
		end = list + strcspn(list, ",");
		memset(&column, 0, sizeof(column));
		if (column_init(&column, trimmed(list, end), model, err) < 0) {
			ev_columns_clear(columns);
			return -1;
		}
		columns->v =
		    ev_realloc(columns->v, columns->n + 1, sizeof(column));
		columns->v[columns->n++] = column;
		if (*end == '\0')
			return 0;
	}
}

void
ev_columns_clear(struct ev_columns *columns)
{
	size_t i;

	for (i = 0; i < columns->n; i++)
		free(columns->v[i].name);
	free(columns->v);
	*columns = (struct ev_columns)EV_COLUMNS_INIT;
}

const char *
ev_columns_name(const struct ev_columns *columns, size_t i)
{
	return columns->v[i].name;
}

static void
put_value(struct ev_buf *out, const struct ev_val *val)
{
	if (val->kind == EV_STRING)
		ev_unquote(out, val);
	else if (val->kind == EV_OBJECT || val->kind == EV_ARRAY)
		ev_compact(out, ev_val_slice(val));
	else if (val->kind != EV_NONE && val->kind != EV_NULL)
		ev_buf_addslice(out, ev_val_slice(val));
}

static int
each_value(void *arg, const struct ev_val *val)
{
	put_value(arg, val);
	return 0;
}

/* Elements as the members of a JSON array; values keep their bytes. */
static int
each_element(void *arg, const struct ev_val *val)
{
	struct ev_buf *out = arg;

	ev_buf_addc(out, ',');
	if (val->kind == EV_STRING)
		ev_buf_addc(out, '"');
	if (val->kind == EV_OBJECT || val->kind == EV_ARRAY)
		ev_compact(out, ev_val_slice(val));
	else
		ev_buf_addslice(out, ev_val_slice(val));
	if (val->kind == EV_STRING)
		ev_buf_addc(out, '"');
	return 0;
}

static void
put_path(
    const struct ev_column *column, struct ev_event *ev, struct ev_buf *out)
{
	size_t from = out->n;

	if (!column->many) {
		ev_event_field(ev, column->field, each_value, out);
		return;
	}
	ev_event_field(ev, column->field, each_element, out);
	if (out->n > from) {
		out->p[from] = '[';
		ev_buf_addc(out, ']');
	}
}

static void
put_time(struct ev_event *ev, struct ev_buf *out)
{
	struct timespec t;
	char text[EV_TIME_SIZE];

	if (!ev_event_time(ev, &t))
		return;
	ev_time_format(t, text);
	ev_buf_adds(out, text);
}

void
ev_columns_text(const struct ev_columns *columns, size_t i, struct ev_event *ev,
    struct ev_buf *out)
{
	const struct ev_column *column = &columns->v[i];
	struct ev_val val;

	switch (column->kind) {
	case ROLE:
		val = ev_event_role(ev, column->role);
		put_value(out, &val);
		break;
	case PATH:
		put_path(column, ev, out);
		break;
	case ID:
		ev_buf_addslice(out, ev_event_id(ev));
		break;
	case TIME:
		put_time(ev, out);
		break;
	case LEVEL:
		ev_buf_adds(out, ev_event_level(ev));
		break;
	case DIALECT:
		ev_buf_adds(out, ev->dialect->name);
		break;
	case CATEGORY:
		ev_buf_adds(out, ev_event_category(ev));
		break;
	case RAW:
		ev_buf_addslice(out, ev->line);
		break;
	}
}
