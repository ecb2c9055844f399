/* A label's template (the first line) over events (the others). */
#include "fuzz.h"

#include "padded.h"
#include "safe.h"
#include "tree/label.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ev_model *model = ev_model_new(NULL);
	struct ev_slice line = fuzz_line(&p, &n);
	char *text = fuzz_text(line), *copy;
	struct ev_err err;
	/* an empty line: each dialect's own */
	struct ev_labels *labels =
	    ev_labels_new(line.n > 0 ? text : NULL, model, &err);
	struct ev_buf out = EV_BUF_INIT, label = EV_BUF_INIT,
		      scratch = EV_BUF_INIT;
	struct ev_event *ev;

	ev_model_seal(model);
	ev = ev_event_new(model);
	while (labels != NULL && n > 0) {
		line = fuzz_line(&p, &n);
		copy = padded(line.p, line.n);
		ev_buf_reset(&out);
		ev_buf_reset(&label);
		if (ev_event_read(ev, copy, line.n) == EV_SCAN_OK) {
			ev_labels_text(labels, ev, &scratch, &label);
			ev_label_put(
			    &out, ev_buf_slice(&label), ev_event_id(ev));
		}
		HOLDS(safe_text(ev_buf_slice(&out), ""));
		free(copy);
	}
	ev_event_free(ev);
	ev_labels_free(labels);
	ev_model_free(model);
	ev_buf_clear(&out);
	ev_buf_clear(&label);
	ev_buf_clear(&scratch);
	free(text);
	return 0;
}
