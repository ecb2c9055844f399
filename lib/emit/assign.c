#include "emit/assign.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "json/quote.h"
#include "json/scan.h"
#include "json/stream.h"
#include "json/strict.h"

/* The separators, the longest of those that begin alike first. */
static const struct separator {
	const char *text;
	bool json, file, push;
} separators[] = {
	{ ":=@", true, true, false },
	{ ":=", true, false, false },
	{ "=@", false, true, false },
	{ "+=", false, false, true },
	{ "=", false, false, false },
};

static const struct separator *
separator_at(const char *p)
{
	const struct separator *s = separators;
	size_t i, count = sizeof(separators) / sizeof(separators[0]);

	for (i = 0; i < count; i++, s++)
		if (strncmp(p, s->text, strlen(s->text)) == 0)
			return s;
	return NULL;
}

static int
fail(const struct ev_assign *field, struct ev_err *err, const char *why)
{
	return ev_fail(err, "%.*s: %s", (int)field->name.n, field->name.p, why);
}

static int
put_text(struct ev_assign *field, struct ev_slice text, struct ev_err *err)
{
	if (text.n > 0 && memchr(text.p, '\0', text.n) != NULL)
		return fail(field, err, "a NUL cannot be written");
	if (!ev_utf8_valid(text.p, text.n))
		return fail(field, err, "not UTF-8");
	ev_quote(&field->raw, text);
	return 0;
}

/*
 * The scanner knows one line only: line ends become CR, which is white space
 * between values too, and inside a string not allowed either.
 */
static int
put_json(struct ev_assign *field, struct ev_buf *json, struct ev_err *err)
{
	struct ev_err why;
	struct ev_val val;
	enum ev_scan r;
	char *p = json->p;
	size_t at;

	while (json->n > 0 &&
	    (p = memchr(p, '\n', (size_t)(json->p + json->n - p))) != NULL)
		*p = '\r';
	ev_buf_reserve(json, EV_SCAN_PAD);
	memset(json->p + json->n, '\0', EV_SCAN_PAD);
	r = ev_scan_value(json->p, json->n, &val, &at);
	if (r == EV_SCAN_SYNTAX)
		return ev_fail(err, "%.*s: not JSON (at byte %zu)",
		    (int)field->name.n, field->name.p, at + 1);
	if (r == EV_SCAN_BLANK)
		return fail(field, err, "empty, not JSON");
	if (r == EV_SCAN_TORN)
		return fail(field, err, "not JSON (it ends too early)");
	if (r != EV_SCAN_OK)
		return fail(field, err, ev_scan_word(r));
	if (ev_strict(&val, &why) == -1)
		return fail(field, err, why.text);
#ifdef EV_MUTANT_NUMBERS_AGAIN
	if (val.kind == EV_NUMBER) {
		ev_buf_addf(&field->raw, "%.17g", strtod(json->p, NULL));
		return 0;
	}
#endif
	ev_compact(&field->raw, ev_val_raw(&val));
	return 0;
}

static int
put_bytes(struct ev_assign *field, const struct separator *s,
    struct ev_buf *bytes, struct ev_err *err)
{
	if (s->json)
		return put_json(field, bytes, err);
	return put_text(field, ev_buf_slice(bytes), err);
}

static int
read_file(const struct ev_assign *field, const char *name, size_t limit,
    struct ev_buf *bytes, struct ev_err *err)
{
	struct ev_err why;

	if (strcmp(name, "-") == 0)
		return fail(field, err, "'-' is not a file");
	if (ev_read_file(name, bytes, limit, &why) == -1)
		return fail(field, err, why.text);
	return 0;
}

int
ev_assign_parse(
    struct ev_assign *field, const char *arg, size_t limit, struct ev_err *err)
{
	const struct separator *s = NULL;
	struct ev_buf bytes = EV_BUF_INIT;
	const char *p, *rest;
	int r;

	ev_buf_reset(&field->raw);
	for (p = arg; *p != '\0' && s == NULL; p += s == NULL)
		s = separator_at(p);
	if (s == NULL || p == arg)
		return ev_fail(err,
		    "'%s' is not FIELD=TEXT, FIELD:=JSON, "
		    "FIELD=@FILE, FIELD:=@FILE or FIELD+=TEXT",
		    arg);
	field->name = (struct ev_slice){ arg, (size_t)(p - arg) };
	field->push = s->push;
	field->file = s->file;
	rest = p + strlen(s->text);
	if (s->file)
		r = read_file(field, rest, limit, &bytes, err);
	else {
		ev_buf_adds(&bytes, rest);
		r = 0;
	}
	if (r == 0)
		r = put_bytes(field, s, &bytes, err);
	ev_buf_clear(&bytes);
	return r;
}
