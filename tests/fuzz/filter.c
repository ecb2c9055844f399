/* A filter expression (the first line) asked about events (the others). */
#include "fuzz.h"

#include "filter/expr.h"
#include "padded.h"

static bool
holds_literal(struct ev_slice line, const char *literal)
{
	return literal == NULL ||
	    memmem(line.p, line.n, literal, strlen(literal)) != NULL ||
	    memmem(line.p, line.n, "\\", 1) != NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ev_model *model = ev_model_new(NULL);
	char *text = fuzz_text(fuzz_line(&p, &n)), *copy;
	struct ev_err err = { "" };
	struct ev_expr *expr = ev_expr_new(text, model, true, &err);
	struct ev_event *ev;
	struct ev_slice line;

	HOLDS(expr != NULL || err.text[0] != '\0');
	ev_model_seal(model);
	ev = ev_event_new(model);
	while (expr != NULL && n > 0) {
		line = fuzz_line(&p, &n);
		copy = padded(line.p, line.n);
		if (ev_event_read(ev, copy, line.n) == EV_SCAN_OK &&
		    ev_expr_match(expr, ev))
			HOLDS(holds_literal(line, ev_expr_literal(expr)));
		free(copy);
	}
	ev_event_free(ev);
	ev_expr_free(expr);
	ev_model_free(model);
	free(text);
	return 0;
}
