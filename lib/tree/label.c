#include "tree/label.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "out/column.h"
#include "out/escape.h"

#define NESTED 8 /* brackets in brackets, at most */

/* The seed of GEP draws its trees with these words. */
#define GEP \
	"{id}[ ({outcome}[ {intent}][?outcome=success:, " \
	"{blast_radius.files:file}/{blast_radius.lines:line}])]"

#define DEFAULTS 7

static const struct {
	const char *dialect, *type; /* NULL: any */
	const char *text;
} defaults[DEFAULTS] = {
	{ "gep", "EvolutionEvent", GEP },
	{ "gep", NULL, "{id} ({type}[ {outcome}][ {gene_id}][: {message}])" },
	{ "vermas", NULL,
	    "{id} ({type}[ {entity}][ by {actor}][: {message}]"
	    "[: {data.commit.subject}][, exit {data.exit_code}])" },
	{ "govern", NULL, "{id} ({type}[ by {actor}][: {message}])" },
	{ "agentguard", NULL,
	    "{id} ({type}[ in {file}[:{line}]][: {message}])" },
	{ "brewva", NULL,
	    "{id} ({type}[ {entity}][, turn {turn}][: {message}])" },
	{ NULL, NULL, "{id} ({type}[ {entity}][ by {actor}][: {message}])" },
};

enum kind { TEXT, FIELD, OPEN, CLOSE };

struct piece {
	enum kind kind;
	char *text;		   /* TEXT; FIELD: the noun, or NULL;
				    * OPEN: the word, or NULL */
	struct ev_columns columns; /* one: the field */
	bool id;		   /* FIELD: the id, without a noun */
	size_t close;		   /* OPEN: the piece that closes it */
};

struct label {
	struct piece *v;
	size_t n;
};

struct ev_labels {
	struct label *v; /* by the table; one when all have the same */
	size_t n;
};

static struct piece *
add(struct label *label, enum kind kind)
{
	struct piece *piece;

	label->v = ev_realloc(label->v, label->n + 1, sizeof(*label->v));
	piece = &label->v[label->n++];
	memset(piece, 0, sizeof(*piece));
	piece->kind = kind;
	return piece;
}

struct parse {
	struct label *label;
	struct ev_model *model;
	const char *at;
	size_t open[NESTED], depth;
};

static int
want(struct parse *parse, struct piece *piece, const char *from, size_t n,
    struct ev_err *err)
{
	char *name = ev_memdup(from, n);
	int r = -1;

	if (n == 0)
		ev_fail(err, "a field without a name");
	else
		r = ev_columns_parse(&piece->columns, name, parse->model, err);
	free(name);
	return r;
}

/* "{name}" or "{name:noun}". */
static int
field(struct parse *parse, struct ev_err *err)
{
	struct piece *piece = add(parse->label, FIELD);
	const char *from = parse->at + 1, *end = strchr(from, '}'), *noun;

	if (end == NULL)
		return ev_fail(err, "'{' without '}'");
	parse->at = end + 1;
	noun = memchr(from, ':', (size_t)(end - from));
	if (noun != NULL)
		piece->text = ev_memdup(noun + 1, (size_t)(end - noun - 1));
	if (want(parse, piece, from,
		(size_t)((noun != NULL ? noun : end) - from), err) == -1)
		return -1;
	piece->id = noun == NULL &&
	    strcmp(ev_columns_name(&piece->columns, 0), "id") == 0;
	return 0;
}

/* "[" or "[?name=word:". */
static int
open_bracket(struct parse *parse, struct ev_err *err)
{
	struct piece *piece = add(parse->label, OPEN);
	const char *from = parse->at + 2, *eq, *colon;

	if (parse->depth == NESTED)
		return ev_fail(
		    err, "more than %d brackets in brackets", NESTED);
	parse->open[parse->depth++] = parse->label->n - 1;
	parse->at++;
	if (parse->at[0] != '?')
		return 0;
	eq = strchr(from, '=');
	colon = eq != NULL ? strchr(eq, ':') : NULL;
	if (colon == NULL)
		return ev_fail(err, "'[?' without '=' and ':'");
	parse->at = colon + 1;
	piece->text = ev_memdup(eq + 1, (size_t)(colon - eq - 1));
	return want(parse, piece, from, (size_t)(eq - from), err);
}

static int
close_bracket(struct parse *parse, struct ev_err *err)
{
	struct label *label = parse->label;

	if (parse->depth == 0)
		return ev_fail(err, "']' without '['");
	add(label, CLOSE);
	label->v[parse->open[--parse->depth]].close = label->n - 1;
	parse->at++;
	return 0;
}

static int
plain(struct parse *parse, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct piece *piece = add(parse->label, TEXT);
	const char *at = parse->at;
	int r = 0;

	for (; *at != '\0' && strchr("{[]", *at) == NULL; at++) {
		if (*at == '\\' && *++at == '\0') {
			r = ev_fail(err, "a backslash at the end");
			break;
		}
		ev_buf_addc(&text, *at);
	}
	piece->text = ev_strdup(ev_buf_str(&text));
	ev_buf_clear(&text);
	parse->at = at;
	return r;
}

static int
parse_all(struct parse *parse, struct ev_err *err)
{
	int r = 0;

	while (*parse->at != '\0' && r == 0) {
		if (*parse->at == '{')
			r = field(parse, err);
		else if (*parse->at == '[')
			r = open_bracket(parse, err);
		else if (*parse->at == ']')
			r = close_bracket(parse, err);
		else
			r = plain(parse, err);
	}
	if (r == 0 && parse->depth > 0)
		r = ev_fail(err, "'[' without ']'");
	return r;
}

static int
read_label(struct label *label, const char *text, struct ev_model *model,
    struct ev_err *err)
{
	struct parse parse = { .label = label, .model = model, .at = text };
	struct ev_err why;

	if (parse_all(&parse, &why) == 0)
		return 0;
	return ev_fail(err, "label '%s': %s", text, why.text);
}

static void
clear(struct label *label)
{
	size_t i;

	for (i = 0; i < label->n; i++) {
		free(label->v[i].text);
		ev_columns_clear(&label->v[i].columns);
	}
	free(label->v);
}

struct ev_labels *
ev_labels_new(const char *text, struct ev_model *model, struct ev_err *err)
{
	struct ev_labels *labels = ev_calloc(1, sizeof(*labels));
	size_t i;

	labels->n = text != NULL ? 1 : DEFAULTS;
	ev_model_want(model, EV_TYPE);
	labels->v = ev_calloc(labels->n, sizeof(*labels->v));
	for (i = 0; i < labels->n; i++) {
		if (read_label(&labels->v[i],
			text != NULL ? text : defaults[i].text, model,
			err) == 0)
			continue;
		ev_labels_free(labels);
		return NULL;
	}
	return labels;
}

void
ev_labels_free(struct ev_labels *labels)
{
	size_t i;

	if (labels == NULL)
		return;
	for (i = 0; i < labels->n; i++)
		clear(&labels->v[i]);
	free(labels->v);
	free(labels);
}

struct render {
	const struct label *label;
	struct ev_event *ev;
	struct ev_buf *out, *value;
};

static struct ev_slice
value_of(struct render *render, const struct piece *piece)
{
	ev_buf_reset(render->value);
	ev_columns_text(&piece->columns, 0, render->ev, render->value);
	return ev_buf_slice(render->value);
}

/* Several of a noun, as English spells it: files, entries, branches. */
static void
put_plural(struct ev_buf *out, struct ev_slice noun)
{
	const char *end = noun.p + noun.n;
	const char *more = "s";

	if (noun.n > 1 && end[-1] == 'y' && strchr("aeiou", end[-2]) == NULL) {
		noun.n--;
		more = "ies";
	} else if (noun.n > 1 &&
	    (strchr("sxz", end[-1]) != NULL ||
		(end[-1] == 'h' && strchr("cs", end[-2]) != NULL))) {
		more = "es";
	}
	ev_escape(out, noun);
	ev_buf_adds(out, more);
}

/* False: the field is empty. */
static bool
put_field(struct render *render, const struct piece *piece)
{
	struct ev_slice value;

	if (piece->id) {
		ev_buf_addc(render->out, EV_LABEL_ID);
		return true;
	}
	value = value_of(render, piece);
	ev_escape(render->out, value);
	if (value.n > 0 && piece->text != NULL) {
		ev_buf_addc(render->out, ' ');
		if (ev_slice_is(value, "1"))
			ev_escape(render->out, ev_slice_of(piece->text));
		else
			put_plural(render->out, ev_slice_of(piece->text));
	}
	return value.n > 0;
}

/* Appends pieces from `at` to the one that closes them, or the end; false when
 * a field was empty. */
static bool
put(struct render *render, size_t at)
{
	const struct piece *piece;
	bool whole = true;
	size_t from;

	for (; at < render->label->n; at++) {
		piece = &render->label->v[at];
		if (piece->kind == CLOSE)
			break;
		if (piece->kind == TEXT)
			ev_escape(render->out, ev_slice_of(piece->text));
		else if (piece->kind == FIELD)
			whole &= put_field(render, piece);
		else {
			from = render->out->n;
			if ((piece->text != NULL &&
				!ev_slice_is(
				    value_of(render, piece), piece->text)) ||
			    !put(render, at + 1))
				render->out->n = from;
			at = piece->close;
		}
	}
	return whole;
}

static bool
is_for(size_t i, struct ev_event *ev)
{
	const char *dialect = defaults[i].dialect, *type = defaults[i].type;

	return (dialect == NULL || strcmp(dialect, ev->dialect->name) == 0) &&
	    (type == NULL || ev_slice_is(ev_event_text(ev, EV_TYPE), type));
}

void
ev_labels_text(const struct ev_labels *labels, struct ev_event *ev,
    struct ev_buf *scratch, struct ev_buf *out)
{
	struct render render = { NULL, ev, out, scratch };
	size_t i = 0;

	while (i + 1 < labels->n && !is_for(i, ev))
		i++;
	render.label = &labels->v[i];
	put(&render, 0);
}

void
ev_label_put(struct ev_buf *out, struct ev_slice label, struct ev_slice id)
{
	const char *p = label.p, *id_at;
	size_t n = label.n, plain;

	while (n > 0) {
		id_at = memchr(p, EV_LABEL_ID, n);
		plain = id_at != NULL ? (size_t)(id_at - p) : n;
		ev_buf_add(out, p, plain);
		if (id_at == NULL)
			break;
		ev_escape(out, id);
		p = id_at + 1;
		n -= plain + 1;
	}
}
