#include "out/cells.h"

#include <stdint.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "out/escape.h"

size_t
ev_cells(struct ev_slice text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t cells = 0;
	uint32_t cp;
	int len;

	for (; text.n > 0 && p < end; p += len) {
		if ((unsigned char)*p < 0x80) {
			len = 1;
			cells++;
			continue;
		}
		len = ev_utf8_next(p, end, &cp);
		if (len > 0)
			cells += (size_t)utf8proc_charwidth((int32_t)cp);
		else
			len = 1;
	}
	return cells;
}

/* A cut that is under way. */
struct cut {
	struct ev_buf *out;
	size_t used, most; /* cells; most: without the dots */
	size_t mark;	   /* where the dots would go */
	size_t mark_used;
};

/* Takes up to `room` plain characters at p, one cell each; how many. */
static size_t
take_plain(struct cut *cut, const char *p, const char *end, size_t room)
{
	size_t from = cut->out->n, n;

	if ((size_t)(end - p) > room)
		end = p + room;
	n = ev_escape_plain(p, end);
	if (n == 0)
		return 0;
	ev_buf_add(cut->out, p, n);
	if (cut->used <= cut->most) {
		cut->mark_used = cut->used + n;
		if (cut->mark_used > cut->most)
			cut->mark_used = cut->most;
		cut->mark = from + cut->mark_used - cut->used;
	}
	cut->used += n;
	return n;
}

static size_t
take_one(struct cut *cut, const char *p, const char *end)
{
	size_t from = cut->out->n, n;

	n = ev_escape_one(cut->out, p, end);
	cut->used += ev_cells(
	    (struct ev_slice){ cut->out->p + from, cut->out->n - from });
	if (cut->used <= cut->most) {
		cut->mark = cut->out->n;
		cut->mark_used = cut->used;
	}
	return n;
}

size_t
ev_escape_cut(
    struct ev_buf *out, struct ev_slice text, size_t cells, bool ascii)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t dots = ascii ? 3 : 1;
	struct cut cut = { .out = out, .mark = out->n };

	if (dots > cells)
		dots = cells;
	cut.most = cells - dots;
	while (text.n > 0 && p < end && cut.used <= cells) {
		p += take_plain(&cut, p, end, cells - cut.used);
		if (p < end)
			p += take_one(&cut, p, end);
	}
	if (cut.used <= cells)
		return cut.used;
	out->n = cut.mark;
	ev_buf_add(out, ascii ? "..." : "…",
	    ascii || dots == 0 ? dots : sizeof("…") - 1);
	return cut.mark_used + dots;
}
