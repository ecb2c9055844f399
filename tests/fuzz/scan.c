/* The scanner against the plain reading of RFC 8259, and its values. */
#include "fuzz.h"

#include "json/canon.h"
#include "json/compact.h"
#include "json/quote.h"
#include "json/strict.h"
#include "padded.h"
#include "reference_val.h"

/* What a sound value becomes must be sound as well. */
static void
spell(const struct ev_val *val, struct ev_slice text)
{
	struct ev_buf out = EV_BUF_INIT, again = EV_BUF_INIT,
		      plain = EV_BUF_INIT;
	struct ev_err err;
	size_t from, at;

	ev_canon(&out, val, NULL);
	HOLDS(ref_text(out.p, out.n, &from, &at) == EV_SCAN_OK);
	ev_buf_reset(&out);
	ev_compact(&out, text);
	HOLDS(ref_text(out.p, out.n, &from, &at) == EV_SCAN_OK);
	ev_compact(&again, ev_buf_slice(&out));
	HOLDS(ev_slice_eq(ev_buf_slice(&out), ev_buf_slice(&again)));
	if (val->kind == EV_STRING) {
		ev_unquote(&plain, val);
		HOLDS(ev_val_eq(val, ev_buf_slice(&plain)));
		ev_buf_reset(&out);
		ev_quote(&out, ev_buf_slice(&plain));
		HOLDS(ref_text(out.p, out.n, &from, &at) == EV_SCAN_OK);
	}
	ev_strict(val, &err);
	ev_buf_clear(&plain);
	ev_buf_clear(&again);
	ev_buf_clear(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *copy = padded(p, n);
	struct ev_val val, root;
	enum ev_scan want, got;
	size_t from, at, got_at = 0;

	want = ref_text(copy, n, &from, &at);
	got = ev_scan_value(copy, n, &val, &got_at);
	HOLDS(got == want);
	if (got != EV_SCAN_OK)
		HOLDS(got_at == at);
	if (got == EV_SCAN_OK) {
		root = ref_val(copy, n, from);
		HOLDS(val.p == root.p && val.n == root.n &&
		    val.kind == root.kind && val.escaped == root.escaped);
		if (root.kind != EV_OBJECT)
			want = EV_SCAN_NOT_OBJECT;
	}
	HOLDS(ev_scan_line(NULL, copy, n, NULL, NULL) == want);
	if (got == EV_SCAN_OK)
		spell(&val, (struct ev_slice){ copy, n });
	free(copy);
	return 0;
}
