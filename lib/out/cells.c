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

void
ev_escape_cut(
    struct ev_buf *out, struct ev_slice text, size_t cells, bool ascii)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t dots = ascii ? 3 : 1, used = 0, mark = out->n, from;

	if (dots > cells)
		dots = cells;
	while (text.n > 0 && p < end) {
		from = out->n;
		p += ev_escape_one(out, p, end);
		used +=
		    ev_cells((struct ev_slice){ out->p + from, out->n - from });
		if (used > cells) {
			out->n = mark;
			ev_buf_add(out, ascii ? "..." : "…",
			    ascii || dots == 0 ? dots : sizeof("…") - 1);
			return;
		}
		if (used + dots <= cells)
			mark = out->n;
	}
}
