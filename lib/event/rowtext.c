#include "event/rowtext.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "event/cellcheck.h"
#include "json/quote.h"
#include "json/strict.h"
#include "json/walk.h"
#include "text/nearest.h"

#define NAME_CHARS \
	"abcdefghijklmnopqrstuvwxyz" \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

/* The file, and where in it the reader is. */
struct reading {
	struct ev_custom *custom;
	const char *file;
	const char *key; /* of the row, or NULL */
	struct ev_err *err;
};

/* "FILE: row 2 ('shop'), time: …"; -1. */
__attribute__((format(printf, 2, 3))) static int
wrong(const struct reading *in, const char *fmt, ...)
{
	const struct ev_custom *custom = in->custom;
	struct ev_buf where = EV_BUF_INIT;
	const char *name;
	struct ev_err why;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why.text, sizeof(why.text), fmt, ap);
	va_end(ap);
	if (custom->rows > 0) {
		name = custom->row[custom->rows - 1].dialect.name;
		ev_buf_addf(&where, ": row %zu", custom->rows);
		if (name != NULL)
			ev_buf_addf(&where, " ('%s')", name);
	}
	if (in->key != NULL)
		ev_buf_addf(&where, ", %s", in->key);
	ev_fail(in->err, "%s%s: %s", in->file, ev_buf_str(&where), why.text);
	ev_buf_clear(&where);
	return -1;
}

/* A copy that lives as long as the rows. */
static const char *
keep(struct ev_custom *custom, struct ev_slice text)
{
	custom->text =
	    ev_realloc(custom->text, custom->texts + 1, sizeof(*custom->text));
	custom->text[custom->texts] = ev_memdup(text.p, text.n);
	return custom->text[custom->texts++];
}

/* The meaning of a string; NULL: it is another kind, or empty. */
static const char *
take_string(const struct reading *in, const struct ev_val *val)
{
	struct ev_buf text = EV_BUF_INIT;
	const char *kept;

	if (val->kind != EV_STRING || val->n == 0) {
		wrong(in, "not a string with something in it");
		return NULL;
	}
	ev_unquote(&text, val);
	kept = keep(in->custom, ev_buf_slice(&text));
	ev_buf_clear(&text);
	return kept;
}

static int
check_cell(const struct reading *in, const char *cell, bool time)
{
	struct ev_err why;

	return ev_cellcheck(cell, time, &why) == 0 ? 0 :
						     wrong(in, "%s", why.text);
}

/* The elements of an array, with commas between, into *all. */
static int
join_cell(const struct reading *in, const struct ev_val *array, bool time,
    struct ev_buf *all)
{
	struct ev_val one;
	struct ev_walk walk;
	const char *text;

	ev_walk_begin(&walk, array);
	while (ev_walk_next(&walk, NULL, &one)) {
		text = take_string(in, &one);
		/* alone: its last backslash is not the comma's */
		if (text == NULL || check_cell(in, text, time) == -1)
			return -1;
		ev_buf_addf(all, "%s,", text);
	}
	return 0;
}

static int
take_cell(const struct reading *in, const struct ev_val *val, enum ev_role role)
{
	const char **cell =
	    &in->custom->row[in->custom->rows - 1].dialect.cell[role];
	struct ev_buf all = EV_BUF_INIT;
	bool time = role == EV_TIME;
	int r = 0;

	if (val->kind == EV_ARRAY) {
		r = join_cell(in, val, time, &all);
		*cell = keep(in->custom, ev_slice_of(ev_buf_str(&all)));
		ev_buf_clear(&all);
	} else if (val->kind == EV_STRING) {
		*cell = take_string(in, val);
	} else {
		return wrong(in, "neither a string nor an array of strings");
	}
	return r == 0 && *cell != NULL ? check_cell(in, *cell, time) : -1;
}

static int
take_test(
    const struct reading *in, const struct ev_val *val, struct ev_test *test)
{
	struct ev_slice path;
	struct ev_err why;
	const char *text = take_string(in, val);
	size_t n = 0;

	if (text == NULL)
		return -1;
	while (text[n] != '\0' && text[n] != '=')
		n += text[n] == '\\' && text[n + 1] != '\0' ? 2 : 1;
	path = (struct ev_slice){ text, n };
	if (ev_cellcheck_path(path, true, &why) == -1)
		return wrong(in, "%s", why.text);
	test->kind = text[n] == '=' ? EV_TEST_TEXT : EV_TEST_PRESENT;
	test->path = keep(in->custom, path);
	test->text = text[n] == '=' ? text + n + 1 : NULL;
	return 0;
}

static int
take_detect(const struct reading *in, const struct ev_val *val)
{
	struct ev_test *test = in->custom->row[in->custom->rows - 1].test;
	struct ev_val one;
	struct ev_walk walk;
	size_t n = 0;

	if (val->kind != EV_ARRAY)
		return wrong(in, "not an array of \"PATH\" or \"PATH=VALUE\"");
	ev_walk_begin(&walk, val);
	while (ev_walk_next(&walk, NULL, &one)) {
		if (n == EV_CUSTOM_LIST)
			return wrong(in, "more than %d tests", EV_CUSTOM_LIST);
		if (take_test(in, &one, &test[n++]) == -1)
			return -1;
	}
	return n == 0 ? wrong(in, "no test: every line would fit") : 0;
}

static int
take_name(const struct reading *in, const struct ev_val *val)
{
	struct ev_custom *custom = in->custom;
	const char *name = take_string(in, val);
	size_t i;

	if (name == NULL)
		return -1;
	if (strspn(name, NAME_CHARS) != strlen(name) ||
	    strlen(name) > EV_CUSTOM_NAME)
		return wrong(in,
		    "'%s' is not a name (allowed: up to %d of A-Z a-z 0-9 . "
		    "_ -)",
		    name, EV_CUSTOM_NAME);
	if (ev_dialect_named(name) != NULL)
		return wrong(in, "'%s' is a dialect that is built in", name);
	for (i = 0; i + 1 < custom->rows; i++)
		if (strcmp(custom->row[i].dialect.name, name) == 0)
			return wrong(in, "'%s' is the name of row %zu, too",
			    name, i + 1);
	custom->row[custom->rows - 1].dialect.name = name;
	return 0;
}

static int
take_payload(const struct reading *in, const struct ev_val *val)
{
	const char *key = take_string(in, val);

	in->custom->row[in->custom->rows - 1].dialect.payload = key;
	return key != NULL ? 0 : -1;
}

static int
unknown(const struct reading *in)
{
	static const char *const more[] = { "name", "detect", "payload" };
	const char *names[EV_ROLES + 4] = { NULL };
	struct ev_buf all = EV_BUF_INIT;
	size_t i;
	const char *near;

	for (i = 0; i < EV_ROLES + 3; i++) {
		names[i] =
		    i < 3 ? more[i] : ev_role_name((enum ev_role)(i - 3));
		ev_buf_addf(&all, " %s", names[i]);
	}
	near = ev_nearest(ev_slice_of(in->key), names);
	if (near != NULL)
		wrong(in, "no such column, did you mean '%s'?", near);
	else
		wrong(in, "no such column (there are:%s)", ev_buf_str(&all));
	ev_buf_clear(&all);
	return -1;
}

static int
take_column(
    struct reading *in, const struct ev_val *key, const struct ev_val *val)
{
	struct ev_buf text = EV_BUF_INIT;
	int role, r;

	ev_unquote(&text, key);
	in->key = ev_buf_str(&text);
	role = ev_role_of(ev_buf_slice(&text));
	if (role >= 0)
		r = take_cell(in, val, (enum ev_role)role);
	else if (strcmp(in->key, "name") == 0)
		r = take_name(in, val);
	else if (strcmp(in->key, "detect") == 0)
		r = take_detect(in, val);
	else if (strcmp(in->key, "payload") == 0)
		r = take_payload(in, val);
	else
		r = unknown(in);
	in->key = NULL;
	ev_buf_clear(&text);
	return r;
}

static int
take_row(struct reading *in, const struct ev_val *object)
{
	struct ev_custom *custom = in->custom;
	struct ev_custom_row *row;
	struct ev_val key, val;
	struct ev_walk walk;

	if (custom->rows == EV_CUSTOM_ROWS) {
		custom->rows = 0;
		return wrong(in, "more than %d rows", EV_CUSTOM_ROWS);
	}
	row = &custom->row[custom->rows++];
	if (object->kind != EV_OBJECT)
		return wrong(in, "not an object");
	ev_walk_begin(&walk, object);
	while (ev_walk_next(&walk, &key, &val))
		if (take_column(in, &key, &val) == -1)
			return -1;
	if (row->dialect.name == NULL)
		return wrong(in, "no name");
	if (row->test[0].kind == EV_TEST_END)
		return wrong(in, "no detect");
	return 0;
}

/*
 * The one value of the text.  The scanner knows no line ends: as TABs they are
 * white space, too, and as wrong inside a string.  *flat is what val points to.
 */
static int
scan(const struct reading *in, struct ev_slice text, struct ev_buf *flat,
    struct ev_val *val)
{
	size_t i, at = 0, line = 1;
	struct ev_err why;

	ev_buf_reserve(flat, text.n + EV_SCAN_PAD);
	ev_buf_addslice(flat, text);
	for (i = 0; i < flat->n; i++)
		if (flat->p[i] == '\n')
			flat->p[i] = '\t';
	memset(flat->p + flat->n, 0, EV_SCAN_PAD);
	if (ev_scan_value(flat->p, flat->n, val, &at) != EV_SCAN_OK) {
		for (i = 0; i < at && i < text.n; i++)
			line += text.p[i] == '\n';
		return wrong(in, "line %zu: not JSON", line);
	}
	if (val->kind != EV_ARRAY)
		return wrong(in, "not an array of dialects");
	if (ev_strict(val, &why) == -1)
		return wrong(in, "%s", why.text);
	return 0;
}

struct ev_custom *
ev_rowtext_read(struct ev_slice text, const char *file, struct ev_err *err)
{
	struct ev_custom *custom = ev_calloc(1, sizeof(*custom));
	struct reading in = { custom, file, NULL, err };
	struct ev_buf flat = EV_BUF_INIT;
	struct ev_val val, row;
	struct ev_walk walk;
	size_t n = 0;
	int r = scan(&in, text, &flat, &val);

	if (r == 0) {
		ev_walk_begin(&walk, &val);
		while (n < EV_CUSTOM_ROWS && ev_walk_next(&walk, NULL, &row))
			n++;
		custom->row = ev_calloc(n + 1, sizeof(*custom->row));
		ev_walk_begin(&walk, &val);
		while (r == 0 && ev_walk_next(&walk, NULL, &row))
			r = take_row(&in, &row);
	}
	ev_buf_clear(&flat);
	if (r == 0)
		return custom;
	ev_custom_free(custom);
	return NULL;
}
