#include "emit/shape.h"

#include <string.h>

#include "json/quote.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* VerMAS: the entity of a type has the name that its data use for it. */
static const struct {
	const char *prefix, *name;
} vermas_entity[] = {
	{ "mail.", "message_id" },
	{ "mol.", "mol_id" },
	{ "agent.", "agent" },
};

const struct ev_shape *
ev_shape_of(const struct ev_dialect *dialect)
{
	size_t i;

	for (i = 0; i < EV_SHAPES; i++)
		if (ev_shapes[i].dialect == dialect)
			return &ev_shapes[i];
	return NULL;
}

const struct ev_shape *
ev_shape_typed(const struct ev_dialect *dialect, struct ev_slice type)
{
	const struct ev_shape *s = ev_shapes;

	for (; s < ev_shapes + EV_SHAPES; s++)
		if (s->dialect == dialect &&
		    (s->type == NULL || ev_slice_is(type, s->type)))
			return s;
	return NULL;
}

bool
ev_shape_word(const char *words, struct ev_slice text)
{
	const char *p = words;
	size_t n;

	for (; *p != '\0'; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		if (ev_slice_eq(text, (struct ev_slice){ p, n }))
			return true;
	}
	return false;
}

const struct ev_shape *
ev_shape_meant(
    const struct ev_dialect *dialect, struct ev_slice type, bool *intent)
{
	const struct ev_shape *s = ev_shape_typed(dialect, type);
	int i;

	*intent = false;
	if (s != NULL)
		return s;
	s = ev_shape_of(dialect);
	i = s != NULL ? ev_shape_role(s, EV_INTENT) : -1;
	*intent = i >= 0 && ev_shape_word(s->member[i].words, type);
	return *intent ? s : NULL;
}

const struct ev_member *
ev_shape_named(const struct ev_shape *shape, struct ev_slice name)
{
	const struct ev_member *m, *end = shape->member + shape->count;

	for (m = shape->member; m < end; m++)
		if (ev_slice_is(name, m->name) ||
		    (m->also != NULL && ev_slice_is(name, m->also)))
			return m;
	return NULL;
}

int
ev_shape_role(const struct ev_shape *shape, enum ev_role role)
{
	size_t i;

	for (i = 0; i < shape->count; i++)
		if (shape->member[i].role == role)
			return (int)i;
	return -1;
}

struct ev_target
ev_shape_target(
    const struct ev_shape *shape, enum ev_say what, struct ev_slice type)
{
	const char *text = shape->to[what];
	struct ev_target target = { { NULL, 0 }, NULL };
	size_t i, n;

	if (text == NULL) {
		target.member = ev_slice_of(shape->home);
		target.inner = ev_says[what].name;
		return target;
	}
	n = strcspn(text, ".");
	target.member = (struct ev_slice){ text, n };
	target.inner = text[n] == '.' ? text + n + 1 : NULL;
	if (what != EV_SAY_ENTITY || shape->dialect != &ev_dialects[EV_VERMAS])
		return target;
	for (i = 0; i < COUNT(vermas_entity); i++)
		if (ev_slice_starts(type, vermas_entity[i].prefix))
			target.inner = vermas_entity[i].name;
	return target;
}

enum ev_level
ev_shape_level(const struct ev_shape *shape, const struct ev_val *val)
{
	int level = ev_shape_role(shape, EV_LEVEL), known;
	int type = ev_shape_role(shape, EV_TYPE);
	struct ev_buf scratch = EV_BUF_INIT;
	enum ev_level found;

	if (level >= 0 && val[level].kind == EV_STRING) {
		if (shape->level_else != NULL)
			return ev_val_is(&val[level], "audit") ? EV_AUDIT :
								 EV_OPS;
		known = ev_level_parse(ev_val_slice(&val[level]));
		if (known >= 0)
			return (enum ev_level)known;
	}
	found = ev_level_of(ev_val_text(&val[type], &scratch));
	ev_buf_clear(&scratch);
	return found;
}
