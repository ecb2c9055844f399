#include "json/walk.h"

#include "json/quote.h"
#include "json/span.h"

static inline const char *
blanks(const char *p, const char *end)
{
	while (p < end && (unsigned char)*p <= ' ')
		p++;
	return p;
}

/* p: the opening bracket; gives the place behind the closing one. */
static const char *
skip_container(const char *p, const char *end)
{
	size_t depth = 0;
	bool escaped;

	for (; p < end; p++) {
		if (*p == '"') {
			p = ev_span_string(p + 1, end, &escaped);
			if (p == end)
				break;
			continue;
		}
		/* 0x20 maps the square brackets to the curly ones */
		if ((*p | 0x20) == '{')
			depth++;
		else if ((*p | 0x20) == '}' && --depth == 0)
			return p + 1;
	}
	return end;
}

/* p: behind the opening quote; gives the place behind the closing one. */
static const char *
read_string(const char *p, const char *end, struct ev_val *val)
{
	const char *close;
	bool escaped;

	close = ev_span_string(p, end, &escaped);
	*val = (struct ev_val){ p, (uint32_t)(close - p), EV_STRING, escaped };
	return close < end ? close + 1 : end;
}

static const char *
read_value(const char *p, const char *end, struct ev_val *val)
{
	const char *from = p;

	switch (*p) {
	case '"':
		return read_string(p + 1, end, val);
	case '{':
	case '[':
		val->kind = *p == '{' ? EV_OBJECT : EV_ARRAY;
		p = skip_container(p, end);
		break;
	default:
		val->kind = *p == 't' ? EV_TRUE :
		    *p == 'f'	      ? EV_FALSE :
		    *p == 'n'	      ? EV_NULL :
					EV_NUMBER;
		while (p < end && (unsigned char)*p > ' ' && *p != ',')
			p++;
	}
	val->p = from;
	val->n = (uint32_t)(p - from);
	val->escaped = 0;
	return p;
}

void
ev_walk_begin(struct ev_walk *walk, const struct ev_val *container)
{
	*walk = (struct ev_walk){ NULL, NULL, container->kind == EV_OBJECT };
	if (!walk->object && container->kind != EV_ARRAY)
		return;
	walk->p = container->p + 1;
	walk->end = container->p + container->n - 1;
}

bool
ev_walk_next(struct ev_walk *walk, struct ev_val *key, struct ev_val *val)
{
	const char *end = walk->end, *p = blanks(walk->p, end);
	struct ev_val name = { .kind = EV_NONE };

	if (p < end && *p == ',')
		p = blanks(p + 1, end);
	if (p < end && walk->object) {
		p = read_string(p + 1, end, &name);
		p = blanks(p, end);
		p = blanks(p < end ? p + 1 : end, end);
	}
	walk->p = p;
	if (p == end)
		return false;
	if (key != NULL)
		*key = name;
	walk->p = read_value(p, end, val);
	return true;
}

/* The last member with this key; kind EV_NONE when there is none. */
static struct ev_val
member(const struct ev_val *object, const struct ev_step *step)
{
	struct ev_val found = { .kind = EV_NONE }, key, val;
	struct ev_slice text = { step->key, step->n };
	struct ev_walk walk;

	if (object->kind != EV_OBJECT)
		return found;
	ev_walk_begin(&walk, object);
	while (ev_walk_next(&walk, &key, &val))
		if (ev_val_eq(&key, text))
			found = val;
	return found;
}

int
ev_path_each(const struct ev_path *path, size_t from, const struct ev_val *root,
    int (*fn)(void *arg, const struct ev_val *val), void *arg)
{
	struct ev_val val = *root;
	struct ev_walk walk;
	int r = 0;

	for (; from < path->count && path->step[from].key != NULL; from++)
		val = member(&val, &path->step[from]);
	if (val.kind == EV_NONE)
		return 0;
	if (from == path->count)
		return fn(arg, &val);
	if (val.kind != EV_ARRAY)
		return 0;
	ev_walk_begin(&walk, &val);
	while (r == 0 && ev_walk_next(&walk, NULL, &val))
		r = ev_path_each(path, from + 1, &val, fn, arg);
	return r;
}
