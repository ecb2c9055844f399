#include "filter/subject.h"

#include <string.h>

static bool
find_pseudo(
    struct ev_subject *field, const struct ev_scope *scope, const char *name)
{
	static const struct {
		const char *name;
		enum ev_subject_source source;
	} pseudo[] = {
		{ "dialect", EV_FROM_DIALECT },
		{ "category", EV_FROM_CATEGORY },
		{ "raw", EV_FROM_RAW },
	};
	size_t i;

	for (i = 0; i < sizeof(pseudo) / sizeof(pseudo[0]); i++) {
		if (strcmp(pseudo[i].name, name) != 0)
			continue;
		field->source = pseudo[i].source;
		if (field->source == EV_FROM_CATEGORY)
			ev_model_want(scope->model, EV_TYPE);
		return true;
	}
	return false;
}

static enum ev_subject_source
source_of(enum ev_role role)
{
	switch (role) {
	case EV_ID:
		return EV_FROM_ID;
	case EV_LEVEL:
		return EV_FROM_LEVEL;
	case EV_TIME:
		return EV_FROM_TIME;
	default:
		return EV_FROM_ROLE;
	}
}

static bool
find_role(
    struct ev_subject *field, const struct ev_scope *scope, const char *name)
{
	int role = ev_role_of(ev_slice_of(name));

	if (role < 0)
		return false;
	field->role = (enum ev_role)role;
	field->source = source_of(field->role);
	ev_model_want(scope->model, field->role);
	if (field->source == EV_FROM_LEVEL)
		ev_model_want(scope->model, EV_TYPE);
	return true;
}

int
ev_subject_find(struct ev_subject *field, const struct ev_scope *scope,
    const struct ev_lex_word *token, struct ev_err *err)
{
	const char *text = token->text;
	struct ev_path path = EV_PATH_INIT;
	struct ev_err why;

	if (!token->quoted &&
	    (find_pseudo(field, scope, text) || find_role(field, scope, text)))
		return 0;
	if (!token->quoted && *text == '.')
		text++;
	if (ev_path_parse(&path, ev_slice_of(text), &why) < 0)
		return ev_fail(err, "column %zu: expected a field: %s",
		    token->column, why.text);
	field->source = EV_FROM_PATH;
	field->path = ev_model_path(scope->model, &path);
	ev_path_clear(&path);
	return 0;
}

bool
ev_subject_numeric(const struct ev_subject *field)
{
	return field->source == EV_FROM_ROLE &&
	    (field->role == EV_SEVERITY || field->role == EV_QUALITY ||
		field->role == EV_LINE || field->role == EV_TURN);
}

bool
ev_subject_stored(const struct ev_subject *field)
{
	if (field->source == EV_FROM_PATH)
		return true;
	return field->source == EV_FROM_ROLE &&
	    (field->role == EV_TYPE || field->role == EV_ACTOR ||
		field->role == EV_SESSION || field->role == EV_PARENT ||
		field->role == EV_CORRELATION || field->role == EV_ENTITY ||
		field->role == EV_FINGERPRINT);
}
