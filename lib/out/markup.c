#include "out/markup.h"

#include "base/utf8.h"
#include "out/cells.h"
#include "out/escape.h"

/* Escaped text has no controls any more. */
static void
put(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n;
	uint32_t cp;
	int len;

	for (; p<end; p += len> 0 ? len : 1) {
		len = ev_utf8_next(p, end, &cp);
		if (len == 0 || cp == 0xfffe || cp == 0xffff)
			ev_buf_adds(out, "\xef\xbf\xbd");
		else if (cp == '&')
			ev_buf_adds(out, "&amp;");
		else if (cp == '<')
			ev_buf_adds(out, "&lt;");
		else if (cp == '>')
			ev_buf_adds(out, "&gt;");
		else if (cp == '"')
			ev_buf_adds(out, "&quot;");
		else if (cp == '\'')
			ev_buf_adds(out, "&#39;");
		else
			ev_buf_add(out, p, (size_t)len);
	}
}

void
ev_markup(struct ev_buf *out, struct ev_slice text)
{
	struct ev_buf safe = EV_BUF_INIT;

	ev_escape(&safe, text);
	put(out, ev_buf_slice(&safe));
	ev_buf_clear(&safe);
}

void
ev_markup_cut(struct ev_buf *out, struct ev_slice text, size_t cells)
{
	struct ev_buf safe = EV_BUF_INIT;

	ev_escape_cut(&safe, text, cells, false);
	put(out, ev_buf_slice(&safe));
	ev_buf_clear(&safe);
}
