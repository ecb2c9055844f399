#include "tree/template.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NESTED 8 /* brackets in brackets, at most */

static struct ev_piece *
add(struct ev_template *template, enum ev_piece_kind kind)
{
	struct ev_piece *piece;

	template->v =
	    ev_realloc(template->v, template->n + 1, sizeof(*template->v));
	piece = &template->v[template->n++];
	memset(piece, 0, sizeof(*piece));
	piece->kind = kind;
	return piece;
}

struct parse {
	struct ev_template *template;
	struct ev_model *model;
	const char *at;
	size_t open[NESTED], depth;
};

static int
want(struct parse *parse, struct ev_piece *piece, const char *from, size_t n,
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
	struct ev_piece *piece = add(parse->template, EV_PIECE_FIELD);
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
	struct ev_piece *piece = add(parse->template, EV_PIECE_OPEN);
	const char *from = parse->at + 2, *eq, *colon;

	if (parse->depth == NESTED)
		return ev_fail(
		    err, "more than %d brackets in brackets", NESTED);
	parse->open[parse->depth++] = parse->template->n - 1;
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
	struct ev_template *template = parse->template;

	if (parse->depth == 0)
		return ev_fail(err, "']' without '['");
	add(template, EV_PIECE_CLOSE);
	template->v[parse->open[--parse->depth]].close = template->n - 1;
	parse->at++;
	return 0;
}

static int
plain(struct parse *parse, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_piece *piece = add(parse->template, EV_PIECE_TEXT);
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

int
ev_template_read(struct ev_template *template, const char *text,
    struct ev_model *model, struct ev_err *err)
{
	struct parse parse = {
		.template = template, .model = model, .at = text
	};
	struct ev_err why;

	if (parse_all(&parse, &why) == 0)
		return 0;
	return ev_fail(err, "label '%s': %s", text, why.text);
}

void
ev_template_clear(struct ev_template *template)
{
	size_t i;

	for (i = 0; i < template->n; i++) {
		free(template->v[i].text);
		ev_columns_clear(&template->v[i].columns);
	}
	free(template->v);
}
