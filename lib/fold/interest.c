#include "fold/interest.h"

#include <string.h>

#include "event/dialect.h"
#include "ledger/parts.h"
#include "text/glob.h"

/* A word of an expression in quotes. */
static void
put_word(struct ev_buf *out, struct ev_slice text, char quote)
{
	size_t i;

	ev_buf_addc(out, quote);
	for (i = 0; i < text.n; i++) {
		if (text.p[i] == quote || text.p[i] == '\\')
			ev_buf_addc(out, '\\');
		ev_buf_addc(out, text.p[i]);
	}
	ev_buf_addc(out, quote);
}

/* " and " behind what stands since `from`. */
static void
join(struct ev_buf *out, size_t from, const char *word)
{
	if (out->n > from)
		ev_buf_adds(out, word);
}

/* The patterns of a list that begin with "!", or the others. */
static void
put_patterns(
    struct ev_buf *out, const char *field, const char *globs, bool exclude)
{
	size_t n, from = out->n;
	const char *p;

	for (p = globs;; p += n + 1) {
		n = strcspn(p, ",");
		if ((*p == '!') == exclude) {
			join(out, from, " or ");
			ev_buf_addf(out, "%s *= ", field);
			put_word(out,
			    (struct ev_slice){ p + exclude, n - exclude }, '"');
		}
		if (p[n] == '\0')
			return;
	}
}

/* What the patterns of a table say; an event without the field has the empty
 * text there, of which no comparison holds. */
static void
put_globs(struct ev_buf *out, size_t from, const char *field, const char *globs)
{
	struct ev_globs *list;

	if (globs == NULL || strchr(globs, '\\') != NULL)
		return;
	list = ev_globs_new(globs);
	if (!ev_globs_match(list, EV_SLICE(""))) {
		join(out, from, " and ");
		ev_buf_addc(out, '(');
		put_patterns(out, field, globs, false);
		ev_buf_addc(out, ')');
	} else if (strchr(globs, '!') != NULL) {
		join(out, from, " and ");
		ev_buf_adds(out, "not (");
		put_patterns(out, field, globs, true);
		ev_buf_addc(out, ')');
	}
	ev_globs_free(list);
}

/* A field of the entity; false: a comparison would not say enough of it. */
static bool
put_field(struct ev_buf *out, struct ev_slice name)
{
	static const char *const odd[] = { "payload", "raw", "dialect",
		"category", "id", "time", "level" };
	size_t i;

	for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		if (ev_slice_is(name, odd[i]))
			return false;
	if (ev_role_of(name) >= 0) {
		ev_buf_addslice(out, name);
		return true;
	}
	if (*name.p == '.') {
		name.p++;
		name.n--;
	}
	put_word(out, name, '"');
	return true;
}

static void
put_entity(struct ev_buf *out, const char *fields, const char *id)
{
	size_t start = out->n, first, n;

	ev_buf_addc(out, '(');
	first = out->n;
	for (;; fields += n + 1) {
		fields += strspn(fields, " ");
		n = strcspn(fields, ",");
		join(out, first, " or ");
		if (!put_field(out,
			(struct ev_slice){ fields, strcspn(fields, ", ") })) {
			out->n = start;
			return;
		}
		ev_buf_adds(out, " = ");
		put_word(out, ev_slice_of(id), '"');
		if (fields[n] == '\0')
			break;
	}
	ev_buf_addc(out, ')');
}

static bool
has_rename(const struct ev_rule_table *table)
{
	size_t i;

	for (i = 0; i < table->count; i++)
		if (table->rule[i].op == EV_RULE_RENAME &&
		    table->rule[i].at == NULL)
			return true;
	return false;
}

/* An entity that takes another id has events under both, also of the other
 * tables of its view. */
static bool
renames(const struct ev_rules *rules, const char *view)
{
	size_t i;

	for (i = 0; i < rules->count; i++)
		if (strcmp(rules->table[i].view, view) == 0 &&
		    has_rename(&rules->table[i]))
			return true;
	return false;
}

/* The events of the ledgers: any may be about any id. */
static void
put_ledgers(struct ev_buf *expr, size_t from, const char *view)
{
	size_t i;

	for (i = 0; i < EV_PART_VIEWS; i++) {
		if (view != NULL && strcmp(ev_parts[i].name, view) != 0)
			continue;
		join(expr, from, " or ");
		ev_buf_addf(expr, "(%s)", ev_parts[i].events);
	}
}

bool
ev_interest(const struct ev_rules *rules, const char *view, const char *id,
    struct ev_buf *expr)
{
	const struct ev_rule_table *t = rules->table;
	const struct ev_rule_table *end = t + rules->count;
	size_t start = expr->n, from;

	for (; t < end; t++) {
		if (view != NULL && strcmp(t->view, view) != 0)
			continue;
		join(expr, start, " or ");
		ev_buf_addc(expr, '(');
		from = expr->n;
		/* few events have the id: it is asked first */
		if (id != NULL && !renames(rules, t->view))
			put_entity(expr, t->entity, id);
		put_globs(expr, from, "dialect", t->dialect);
		put_globs(expr, from, "type", t->type);
		if (expr->n == from) {
			expr->n = start;
			return false;
		}
		ev_buf_addc(expr, ')');
	}
	if (rules->ledgers)
		put_ledgers(expr, start, view);
	return expr->n > start;
}
