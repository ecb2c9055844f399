#include "tail/batch.h"

#include "base/clock.h"
#include "out/format.h"

void
ev_batch_add(struct ev_batch *batch, const struct ev_writer *writer,
    struct ev_event *ev, bool head)
{
	if (batch->count++ == 0) {
		batch->since = ev_clock_mono();
		if (head)
			ev_format_head(writer, &batch->text);
	}
	batch->last = batch->text.n;
	ev_format_event(writer, ev, &batch->text);
}

void
ev_batch_reset(struct ev_batch *batch)
{
	ev_buf_reset(&batch->text);
	batch->count = 0;
	batch->last = 0;
}
