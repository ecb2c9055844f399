/*
 * A tool's output (behind a line with the format's name): the findings do not
 * depend on how the bytes come, and are events.
 */
#include "fuzz.h"

#include "padded.h"
#include "parse_input.h"

static void
check_events(const struct ev_buf *out)
{
	const uint8_t *p = (const uint8_t *)out->p;
	size_t n = out->n;
	struct ev_slice line;
	char *copy;

	while (n > 0) {
		line = fuzz_line(&p, &n);
		copy = padded(line.p, line.n);
		HOLDS(
		    ev_scan_line(NULL, copy, line.n, NULL, NULL) == EV_SCAN_OK);
		free(copy);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ev_buf whole = EV_BUF_INIT, pieces = EV_BUF_INIT;
	char *format = fuzz_text(fuzz_line(&p, &n));
	struct ev_slice text = { (const char *)p, n };
	struct ev_parse_given given = {
		.format = format, .root = "/work/tree", .dir = "/work/tree/sub"
	};
	struct ev_err err;
	int r;

	r = input_parse(&given, text, 0, &whole, &err);
	check_events(&whole);
	HOLDS(input_parse(&given, text, 7, &pieces, &err) == r);
	HOLDS(ev_slice_eq(ev_buf_slice(&whole), ev_buf_slice(&pieces)));
	ev_buf_clear(&pieces);
	ev_buf_clear(&whole);
	free(format);
	return 0;
}
