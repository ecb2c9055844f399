#include "stats/ratio.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The slash between two blanks, outside quotes and parentheses; NULL: there
 * is none. */
static const char *
slash(const char *text)
{
	const char *p;
	char quote = '\0';
	int deep = 0;

	for (p = text; *p != '\0'; p++) {
		if (quote != '\0') {
			if (*p == '\\' && p[1] != '\0')
				p++;
			else if (*p == quote)
				quote = '\0';
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
		} else if (*p == '(' || *p == ')') {
			deep += *p == '(' ? 1 : -1;
		} else if (*p == '/' && deep == 0 && p > text && p[-1] == ' ' &&
		    p[1] == ' ')
			return p;
	}
	return NULL;
}

static int
compile(struct ev_expr **expr, struct ev_slice text, bool utc,
    struct ev_model *model, struct ev_err *err)
{
	char *copy = ev_memdup(text.p, text.n);
	struct ev_err why;

	*expr = ev_expr_new(copy, model, utc, &why);
	if (*expr == NULL)
		ev_fail(err, "--ratio: '%s': %s", copy, why.text);
	free(copy);
	return *expr == NULL ? -1 : 0;
}

int
ev_ratio_parse(struct ev_ratio *ratio, const char *text, bool utc,
    struct ev_model *model, struct ev_err *err)
{
	const char *equals = strchr(text, '='), *from, *cut;
	struct ev_slice over, under;

	*ratio = (struct ev_ratio){ NULL, NULL, NULL };
	from = equals != NULL && equals > text ? equals + 1 : NULL;
	cut = from != NULL ? slash(from) : NULL;
	if (cut == NULL)
		return ev_fail(
		    err, "--ratio: '%s' is not NAME=EXPR / EXPR", text);
	over = (struct ev_slice){ from, (size_t)(cut - from) };
	under = ev_slice_of(cut + 1);
	ratio->name = ev_memdup(text, (size_t)(equals - text));
	if (compile(&ratio->over, over, utc, model, err) == -1 ||
	    compile(&ratio->under, under, utc, model, err) == -1) {
		ev_ratio_clear(ratio);
		return -1;
	}
	return 0;
}

void
ev_ratio_clear(struct ev_ratio *ratio)
{
	free(ratio->name);
	ev_expr_free(ratio->over);
	ev_expr_free(ratio->under);
	*ratio = (struct ev_ratio){ NULL, NULL, NULL };
}

void
ev_ratio_note(
    const struct ev_ratio *ratio, struct ev_event *ev, uint64_t pair[2])
{
	pair[0] += ev_expr_match(ratio->over, ev);
	pair[1] += ev_expr_match(ratio->under, ev);
}
