#include "git/trailer.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum kind { OTHER, TRAILER, MORE, COMMENT };

/* Cuts the first line off, without its LF. */
static struct ev_slice
take_line(struct ev_slice *text)
{
	struct ev_slice line = { text->p, 0 };

	ev_slice_line(text, &line);
	return line;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The length of the key in front of the colon; 0: it is no trailer. */
static size_t
key_length(struct ev_slice line)
{
	size_t n = 0, i;

	while (n < line.n &&
	    (line.p[n] == '-' || (line.p[n] >= '0' && line.p[n] <= '9') ||
		((line.p[n] | 0x20) >= 'a' && (line.p[n] | 0x20) <= 'z')))
		n++;
	for (i = n; i < line.n && is_blank(line.p[i]);)
		i++;
	return i < line.n && line.p[i] == ':' ? n : 0;
}

/* Does git itself write such lines? */
static bool
by_git(struct ev_slice line)
{
	return ev_slice_starts(line, "Signed-off-by: ") ||
	    ev_slice_starts(line, "(cherry picked from commit ");
}

static enum kind
kind_of(struct ev_slice line, enum kind before)
{
	if (line.n > 0 && line.p[0] == '#')
		return COMMENT;
	if (by_git(line) || key_length(line) > 0)
		return TRAILER;
	if (line.n > 0 && is_blank(line.p[0]) &&
	    (before == TRAILER || before == MORE))
		return MORE;
	return OTHER;
}

static struct ev_slice
last_paragraph(struct ev_slice body)
{
	size_t i;

	for (i = body.n; i > 1; i--)
		if (body.p[i - 1] == '\n' && body.p[i - 2] == '\n')
			return (struct ev_slice){ body.p + i, body.n - i };
	return body;
}

static bool
are_trailers(struct ev_slice block)
{
	size_t trailers = 0, others = 0;
	enum kind kind = OTHER;
	struct ev_slice line;
	bool git = false;

	while (block.n > 0) {
		line = take_line(&block);
		kind = kind_of(line, kind);
		trailers += kind == TRAILER;
		others += kind == OTHER;
		git = git || by_git(line);
	}
	if (git)
		return trailers * 3 >= others;
	return trailers > 0 && others == 0;
}

/* Appends a line's text, without the blanks around it, behind one blank. */
static void
add_text(struct ev_buf *value, struct ev_slice text)
{
	for (; text.n > 0 && is_blank(text.p[0]); text.n--)
		text.p++;
	if (text.n > 0 && value->n > 0)
		ev_buf_addc(value, ' ');
	ev_buf_addslice(value, text);
}

static void
add(struct ev_trailers *t, struct ev_slice line)
{
	size_t n = key_length(line), colon = n;
	struct ev_trailer *one;

	while (line.p[colon] != ':')
		colon++;
	t->v = ev_realloc(t->v, t->n + 1, sizeof(*t->v));
	one = &t->v[t->n++];
	*one = (struct ev_trailer){ { line.p, n }, EV_BUF_INIT };
	colon++;
	add_text(
	    &one->value, (struct ev_slice){ line.p + colon, line.n - colon });
}

void
ev_trailers_read(struct ev_trailers *t, struct ev_slice body)
{
	struct ev_slice block = last_paragraph(body), line;
	struct ev_trailer *open = NULL; /* whose value goes on */
	enum kind kind = OTHER;

	if (body.n == 0 || !are_trailers(block))
		return;
	while (block.n > 0 && t->n < EV_TRAILERS_MOST) {
		line = take_line(&block);
		kind = kind_of(line, kind);
		if (kind == MORE && open != NULL) {
			add_text(&open->value, line);
			continue;
		}
		open = NULL;
		if (kind == TRAILER && key_length(line) > 0) {
			add(t, line);
			open = &t->v[t->n - 1];
		}
	}
}

void
ev_trailers_clear(struct ev_trailers *t)
{
	while (t->n > 0)
		ev_buf_clear(&t->v[--t->n].value);
	free(t->v);
	t->v = NULL;
}
