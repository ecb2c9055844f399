#include "hook/section.h"

#include <string.h>

/* What the first line says beside that it is ours. */
enum { PLAIN, OWN, ENDED, KINDS };

static const char *const begins[KINDS] = {
	[PLAIN] = "# >>> ev-git >>>\n",
	[OWN] = "# >>> ev-git, the file is its own >>>\n",
	[ENDED] = "# >>> ev-git, the line above had no end >>>\n",
};
static const char end_line[] = "# <<< ev-git <<<\n";

/* Where a line begins in the text from `from` on; text.n: nowhere. */
static size_t
find_line(const struct ev_buf *text, size_t from, const char *line)
{
	size_t n = strlen(line);
	const char *p = text->p + from, *end = text->p + text->n;

	for (; p != NULL && p < end; p++) {
		p = memmem(p, (size_t)(end - p), line, n);
		if (p == NULL)
			break;
		if (p == text->p || p[-1] == '\n')
			return (size_t)(p - text->p);
	}
	return text->n;
}

static void
take_out(struct ev_buf *text, size_t from, size_t to)
{
	memmove(text->p + from, text->p + to, text->n - to);
	text->n -= to - from;
}

int
ev_section_cut(struct ev_buf *text, struct ev_buf *body, bool *own)
{
	size_t at = text->n, inner, last;
	int kind;

	*own = false;
	for (kind = 0; kind < KINDS && at == text->n; kind++)
		at = find_line(text, 0, begins[kind]);
	if (at == text->n)
		return 0;
	kind--;
	inner = at + strlen(begins[kind]);
	last = find_line(text, inner, end_line);
	if (last == text->n)
		return -1;
	if (body != NULL)
		ev_buf_add(body, text->p + inner, last - inner);
	*own = kind == OWN;
	/* the end that the line above got for us */
	if (kind == ENDED && at > 0)
		at--;
	take_out(text, at, last + sizeof(end_line) - 1);
	return 1;
}

void
ev_section_put(struct ev_buf *text, struct ev_slice body, bool early, bool own)
{
	struct ev_buf section = EV_BUF_INIT;
	int kind = own ? OWN : PLAIN;
	size_t at = text->n;
	const char *line;

	if (early && (text->n < 2 || memcmp(text->p, "#!", 2) != 0)) {
		at = 0;
	} else if (early) {
		line = memchr(text->p, '\n', text->n);
		at = line != NULL ? (size_t)(line - text->p) + 1 : text->n;
	}
	if (at > 0 && text->p[at - 1] != '\n') {
		kind = ENDED;
		ev_buf_addc(&section, '\n');
	}
	ev_buf_adds(&section, begins[kind]);
	ev_buf_addslice(&section, body);
	ev_buf_adds(&section, end_line);
	ev_buf_insert(text, at, section.p, section.n);
	ev_buf_clear(&section);
}
