#include "filter/filter.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "event/level.h"
#include "filter/expr.h"
#include "filter/literal.h"
#include "filter/times.h"
#include "json/number.h"
#include "text/glob.h"
#include "text/regex.h"

/* The options that are patterns over the text of a role. */
static const struct {
	size_t offset;
	enum ev_role role;
} globbed[] = {
	{ offsetof(struct ev_filter, types), EV_TYPE },
	{ offsetof(struct ev_filter, actors), EV_ACTOR },
	{ offsetof(struct ev_filter, sessions), EV_SESSION },
	{ offsetof(struct ev_filter, correlations), EV_CORRELATION },
	{ offsetof(struct ev_filter, entities), EV_ENTITY },
};

#define GLOBBED (sizeof(globbed) / sizeof(globbed[0]))

struct ev_filter_own {
	struct ev_globs *globs[GLOBBED]; /* NULL: not asked */
	int level;			 /* -1: not asked */
	struct ev_slice severity;	 /* n == 0: not asked */
	struct ev_expr **where;
	struct ev_regex **grep;
	char *literal;
	bool all; /* nothing is asked */
};

static void
offer_literal(struct ev_filter_own *own, struct ev_slice text)
{
	if (text.n < EV_LITERAL_LEAST ||
	    (own->literal != NULL && strlen(own->literal) >= text.n))
		return;
	free(own->literal);
	own->literal = ev_memdup(text.p, text.n);
}

static void
compile_globs(struct ev_filter *filter, struct ev_model *model)
{
	const char *list;
	size_t i;

	for (i = 0; i < GLOBBED; i++) {
		memcpy(&list, (const char *)filter + globbed[i].offset,
		    sizeof(list));
		if (list == NULL)
			continue;
		filter->own->globs[i] = ev_globs_new(list);
		ev_model_want(model, globbed[i].role);
		offer_literal(filter->own, ev_literal_globs(list));
	}
}

static int
compile_ranks(
    struct ev_filter *filter, struct ev_model *model, struct ev_err *err)
{
	const char *level = filter->level, *severity = filter->severity;

	if (level != NULL) {
		filter->own->level = ev_level_parse(ev_slice_of(level));
		if (filter->own->level < 0)
			return ev_fail(err,
			    "--level %s: expected audit, ops or debug", level);
		ev_model_want(model, EV_LEVEL);
		ev_model_want(model, EV_TYPE);
	}
	if (severity != NULL) {
		if (strlen(severity) != 1 || *severity < '0' || *severity > '5')
			return ev_fail(
			    err, "--severity %s: expected 0 to 5", severity);
		filter->own->severity = ev_slice_of(severity);
		ev_model_want(model, EV_SEVERITY);
	}
	return 0;
}

static int
compile_wheres(struct ev_filter *filter, struct ev_model *model, bool utc,
    struct ev_err *err)
{
	struct ev_filter_own *own = filter->own;
	const char *literal;
	struct ev_err why;
	size_t i;

	own->where = ev_calloc(filter->wheres.n + 1, sizeof(struct ev_expr *));
	for (i = 0; i < filter->wheres.n; i++) {
		own->where[i] =
		    ev_expr_new(filter->wheres.v[i], model, utc, &why);
		if (own->where[i] == NULL)
			return ev_fail(
			    err, "-w '%s': %s", filter->wheres.v[i], why.text);
		literal = ev_expr_literal(own->where[i]);
		if (literal != NULL)
			offer_literal(own, ev_slice_of(literal));
	}
	return 0;
}

static int
compile_greps(struct ev_filter *filter, struct ev_err *err)
{
	struct ev_filter_own *own = filter->own;
	const char *literal;
	struct ev_err why;
	size_t i;

	own->grep = ev_calloc(filter->greps.n + 1, sizeof(struct ev_regex *));
	for (i = 0; i < filter->greps.n; i++) {
		own->grep[i] = ev_regex_new(filter->greps.v[i], true, &why);
		if (own->grep[i] == NULL)
			return ev_fail(err, "-g: %s", why.text);
		literal = ev_regex_literal(own->grep[i]);
		if (literal != NULL)
			offer_literal(own, ev_slice_of(literal));
	}
	return 0;
}

static bool
takes_all(const struct ev_filter *filter)
{
	const struct ev_filter_own *own = filter->own;
	size_t i;

	for (i = 0; i < GLOBBED; i++)
		if (own->globs[i] != NULL)
			return false;
	return own->level < 0 && own->severity.n == 0 && !filter->has_since &&
	    !filter->has_until && own->where[0] == NULL && own->grep[0] == NULL;
}

int
ev_filter_compile(struct ev_filter *filter, struct ev_model *model, bool utc,
    struct ev_err *err)
{
	filter->own = ev_calloc(1, sizeof(*filter->own));
	filter->own->level = -1;
	compile_globs(filter, model);
	if (compile_ranks(filter, model, err) < 0 ||
	    ev_filter_compile_times(filter, utc, err) < 0 ||
	    compile_wheres(filter, model, utc, err) < 0 ||
	    compile_greps(filter, err) < 0)
		return -1;
	if (filter->has_since || filter->has_until)
		ev_model_want(model, EV_TIME);
	filter->own->all = takes_all(filter);
	return 0;
}

int
ev_filter_also(struct ev_filter *filter, struct ev_model *model,
    const char *expr, struct ev_err *err)
{
	struct ev_filter_own *own = filter->own;
	struct ev_expr *one = ev_expr_new(expr, model, true, err);
	size_t n = 0;

	if (one == NULL)
		return -1;
	while (own->where[n] != NULL)
		n++;
	own->where = ev_realloc(own->where, n + 2, sizeof(*own->where));
	own->where[n] = one;
	own->where[n + 1] = NULL;
	own->all = false;
	return 0;
}

void
ev_filter_clear(struct ev_filter *filter)
{
	struct ev_filter_own *own = filter->own;
	size_t i;

	if (own != NULL) {
		for (i = 0; i < GLOBBED; i++)
			ev_globs_free(own->globs[i]);
		for (i = 0; own->where != NULL && own->where[i] != NULL; i++)
			ev_expr_free(own->where[i]);
		for (i = 0; own->grep != NULL && own->grep[i] != NULL; i++)
			ev_regex_free(own->grep[i]);
		free(own->where);
		free(own->grep);
		free(own->literal);
		free(own);
	}
	free(filter->wheres.v);
	free(filter->greps.v);
	*filter = (struct ev_filter){ .own = NULL };
}

static bool
match_globs(const struct ev_filter_own *own, struct ev_event *ev)
{
	size_t i;

	for (i = 0; i < GLOBBED; i++)
		if (own->globs[i] != NULL &&
		    !ev_globs_match(
			own->globs[i], ev_event_text(ev, globbed[i].role)))
			return false;
	return true;
}

static bool
match_ranks(const struct ev_filter_own *own, struct ev_event *ev)
{
	struct ev_slice text;

	if (own->level >= 0 &&
	    ev_level_parse(ev_slice_of(ev_event_level(ev))) > own->level)
		return false;
	if (own->severity.n == 0)
		return true;
	text = ev_event_text(ev, EV_SEVERITY);
	return ev_num_valid(text) && ev_num_cmp(text, own->severity) >= 0;
}

bool
ev_filter_match(const struct ev_filter *filter, struct ev_event *ev)
{
	const struct ev_filter_own *own = filter->own;
	size_t i;

	if (own->all)
		return true;
	if (!match_globs(own, ev) || !match_ranks(own, ev) ||
	    !ev_filter_match_times(filter, ev))
		return false;
	for (i = 0; own->where[i] != NULL; i++)
		if (!ev_expr_match(own->where[i], ev))
			return false;
	for (i = 0; own->grep[i] != NULL; i++)
		if (ev_regex_match(own->grep[i], ev->line) <= 0)
			return false;
	return true;
}

static int
unsolved(char option, const char *text, uint64_t count, struct ev_err *err)
{
	return ev_fail(err,
	    "-%c '%s': gave up on %" PRIu64 " text%s, the pattern tries too "
	    "much there",
	    option, text, count, count == 1 ? "" : "s");
}

int
ev_filter_solved(const struct ev_filter *filter, struct ev_err *err)
{
	const struct ev_filter_own *own = filter->own;
	uint64_t count;
	size_t i;

	for (i = 0; own->where[i] != NULL; i++) {
		count = ev_expr_unsolved(own->where[i]);
		if (count > 0)
			return unsolved('w', filter->wheres.v[i], count, err);
	}
	for (i = 0; own->grep[i] != NULL; i++) {
		count = ev_regex_unsolved(own->grep[i]);
		if (count > 0)
			return unsolved('g', filter->greps.v[i], count, err);
	}
	return 0;
}

const char *
ev_filter_literal(const struct ev_filter *filter)
{
	return filter->own->literal;
}
