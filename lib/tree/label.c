#include "tree/label.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "out/escape.h"
#include "tree/template.h"

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

struct ev_labels {
	struct ev_template *v; /* by the table; one when all have the same */
	size_t n;
};

struct ev_labels *
ev_labels_new(const char *text, struct ev_model *model, struct ev_err *err)
{
	struct ev_labels *labels = ev_calloc(1, sizeof(*labels));
	size_t i;

	labels->n = text != NULL ? 1 : DEFAULTS;
	ev_model_want(model, EV_TYPE);
	labels->v = ev_calloc(labels->n, sizeof(*labels->v));
	for (i = 0; i < labels->n; i++) {
		if (ev_template_read(&labels->v[i],
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
		ev_template_clear(&labels->v[i]);
	free(labels->v);
	free(labels);
}

struct render {
	const struct ev_template *template;
	struct ev_event *ev;
	struct ev_buf *out, *value;
};

static struct ev_slice
value_of(struct render *render, const struct ev_piece *piece)
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
put_field(struct render *render, const struct ev_piece *piece)
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
	const struct ev_piece *piece;
	bool whole = true;
	size_t from;

	for (; at < render->template->n; at++) {
		piece = &render->template->v[at];
		if (piece->kind == EV_PIECE_CLOSE)
			break;
		if (piece->kind == EV_PIECE_TEXT)
			ev_escape(render->out, ev_slice_of(piece->text));
		else if (piece->kind == EV_PIECE_FIELD)
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
	render.template = &labels->v[i];
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
