/* Any bytes on a terminal, in HTML, in a JSON string. */
#include "fuzz.h"

#include "json/quote.h"
#include "out/cells.h"
#include "out/escape.h"
#include "out/markup.h"
#include "padded.h"
#include "safe.h"

static void
try_markup(struct ev_slice text)
{
	struct ev_buf out = EV_BUF_INIT;

	ev_markup(&out, text);
	HOLDS(safe_text(ev_buf_slice(&out), ""));
	HOLDS(out.n == 0 || memchr(out.p, '<', out.n) == NULL);
	HOLDS(out.n == 0 || memchr(out.p, '"', out.n) == NULL);
	HOLDS(out.n == 0 || memchr(out.p, '\'', out.n) == NULL);
	ev_buf_reset(&out);
	ev_markup_cut(&out, text, text.n % 40);
	HOLDS(safe_text(ev_buf_slice(&out), ""));
	ev_buf_clear(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ev_slice text = { (const char *)p, n };
	struct ev_buf out = EV_BUF_INIT;
	struct ev_val val;
	char *copy;

	ev_escape(&out, text);
	HOLDS(safe_text(ev_buf_slice(&out), ""));
	ev_buf_reset(&out);
	ev_escape_cut(&out, text, n % 40, n % 2 == 0);
	HOLDS(safe_text(ev_buf_slice(&out), ""));
	HOLDS(ev_cells(ev_buf_slice(&out)) <= n % 40);
	ev_buf_reset(&out);
	ev_buf_addslice(&out, text);
	ev_escape_lines(&out, 0);
	HOLDS(safe_text(ev_buf_slice(&out), "\n\t"));
	ev_buf_reset(&out);
	ev_quote(&out, text);
	HOLDS(safe_text(ev_buf_slice(&out), ""));
	copy = padded(out.p, out.n);
	HOLDS(ev_scan_value(copy, out.n, &val, NULL) == EV_SCAN_OK &&
	    val.kind == EV_STRING);
	free(copy);
	try_markup(text);
	ev_buf_clear(&out);
	return 0;
}
