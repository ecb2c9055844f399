#include "fold/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/nearest.h"

#define FILE_MOST (16 << 20)
#define MEMBERS_MOST 16

unsigned
ev_sheet_line(const struct ev_sheet *sheet, const char *at)
{
	const char *p = sheet->text.p, *end = p + (at - sheet->flat.p);
	unsigned line = 1;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		line++;
		p++;
	}
	return line;
}

int
ev_sheet_fail(const struct ev_sheet *sheet, struct ev_err *err, const char *at,
    const char *fmt, ...)
{
	char what[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return ev_fail(
	    err, "%s:%u: %s", sheet->name, ev_sheet_line(sheet, at), what);
}

static const char *
keep(struct ev_sheet *sheet, struct ev_slice text)
{
	sheet->kept =
	    ev_realloc(sheet->kept, sheet->nkept + 1, sizeof(*sheet->kept));
	return sheet->kept[sheet->nkept++] = ev_memdup(text.p, text.n);
}

const char *
ev_sheet_words(struct ev_sheet *sheet, const struct ev_val *val)
{
	struct ev_buf scratch = EV_BUF_INIT;
	const char *text;

	if (val->kind == EV_NONE)
		return NULL;
	text = keep(sheet, ev_val_text(val, &scratch));
	ev_buf_clear(&scratch);
	return text;
}

const char *
ev_sheet_json(struct ev_sheet *sheet, const struct ev_val *val)
{
	return val->kind != EV_NONE ? keep(sheet, ev_val_raw(val)) : NULL;
}

static const char *
kind_name(uint8_t kind)
{
	static const char *const name[] = { [EV_TRUE] = "true or false",
		[EV_STRING] = "a string",
		[EV_OBJECT] = "an object",
		[EV_ARRAY] = "an array" };

	return name[kind];
}

static int
check_member(const struct ev_sheet *sheet, const struct ev_sheet_member *m,
    const struct ev_val *val, struct ev_err *err)
{
	uint8_t kind = val->kind == EV_FALSE ? EV_TRUE : val->kind;

	if (m->kind != EV_NONE && kind != m->kind)
		return ev_sheet_fail(sheet, err, val->p, "'%s' is not %s",
		    m->name, kind_name(m->kind));
	if (kind == EV_STRING && m->kind != EV_NONE && val->n == 0)
		return ev_sheet_fail(
		    sheet, err, val->p, "'%s' is empty", m->name);
	if (kind == EV_STRING && m->kind != EV_NONE && val->escaped &&
	    memmem(val->p, val->n, "\\u0000", 6) != NULL)
		return ev_sheet_fail(
		    sheet, err, val->p, "a NUL in '%s'", m->name);
	return 0;
}

int
ev_sheet_unknown(const struct ev_sheet *sheet, const struct ev_val *word,
    const char *what, const char *const *known, struct ev_err *err)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice text = ev_val_text(word, &scratch);
	const char *near = ev_nearest(text, known);
	int n = text.n < 80 ? (int)text.n : 80;

	if (near != NULL)
		ev_sheet_fail(sheet, err, word->p,
		    "unknown %s '%.*s', meant '%s'?", what, n, text.p, near);
	else
		ev_sheet_fail(
		    sheet, err, word->p, "unknown %s '%.*s'", what, n, text.p);
	ev_buf_clear(&scratch);
	return -1;
}

int
ev_sheet_members(const struct ev_sheet *sheet, const struct ev_val *object,
    const struct ev_sheet_member *known, struct ev_val *val, struct ev_err *err)
{
	const char *name[MEMBERS_MOST] = { NULL };
	struct ev_walk walk;
	struct ev_val key, each;
	size_t i;

	for (i = 0; known[i].name != NULL; i++) {
		name[i] = known[i].name;
		val[i] = (struct ev_val){ .kind = EV_NONE };
	}
	if (object->kind != EV_OBJECT)
		return ev_sheet_fail(sheet, err, object->p, "not an object");
	ev_walk_begin(&walk, object);
	while (ev_walk_next(&walk, &key, &each)) {
		for (i = 0; name[i] != NULL && !ev_val_is(&key, name[i]);)
			i++;
		if (name[i] == NULL)
			return ev_sheet_unknown(
			    sheet, &key, "member", name, err);
		if (val[i].kind != EV_NONE)
			return ev_sheet_fail(
			    sheet, err, key.p, "'%s' stands twice", name[i]);
		if (check_member(sheet, &known[i], &each, err) == -1)
			return -1;
		val[i] = each;
	}
	for (i = 0; name[i] != NULL; i++)
		if (known[i].must && val[i].kind == EV_NONE)
			return ev_sheet_fail(
			    sheet, err, object->p, "no '%s'", name[i]);
	return 0;
}

/* The scanner knows no LF: line ends become CR, which strings cannot hold
 * either. */
static int
scan(struct ev_sheet *sheet, struct ev_val *root, struct ev_err *err)
{
	static const char bom[] = "\xef\xbb\xbf";
	enum ev_scan result;
	size_t at = 0, i;

	if (sheet->text.n >= 3 && memcmp(sheet->text.p, bom, 3) == 0)
		memset(sheet->text.p, ' ', 3);
	ev_buf_reserve(&sheet->text, 1);
	ev_buf_addslice(&sheet->flat, ev_buf_slice(&sheet->text));
	for (i = 0; i < sheet->flat.n; i++)
		if (sheet->flat.p[i] == '\n')
			sheet->flat.p[i] = '\r';
	ev_buf_reserve(&sheet->flat, EV_SCAN_PAD);
	memset(sheet->flat.p + sheet->flat.n, 0, EV_SCAN_PAD);
	result = ev_scan_value(sheet->flat.p, sheet->flat.n, root, &at);
	if (result == EV_SCAN_OK)
		return 0;
	return ev_sheet_fail(sheet, err, sheet->flat.p + at, "%s",
	    result == EV_SCAN_BLANK ? "nothing in it" :
		result == EV_SCAN_NOT_OBJECT || result == EV_SCAN_SYNTAX ?
				      "not JSON" :
				      ev_scan_word(result));
}

int
ev_sheet_read(struct ev_sheet *sheet, const char *path, struct ev_val *root,
    struct ev_err *err)
{
	*sheet = (struct ev_sheet){ .name = ev_strdup(path) };
	if (ev_read_file(path, &sheet->text, FILE_MOST, err) == 0 &&
	    scan(sheet, root, err) == 0)
		return 0;
	ev_sheet_clear(sheet);
	return -1;
}

void
ev_sheet_clear(struct ev_sheet *sheet)
{
	size_t i;

	for (i = 0; i < sheet->nkept; i++)
		free(sheet->kept[i]);
	free(sheet->kept);
	free(sheet->name);
	ev_buf_clear(&sheet->text);
	ev_buf_clear(&sheet->flat);
	*sheet = (struct ev_sheet){ .name = NULL };
}
