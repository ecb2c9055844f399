#include "fp/explain.h"

#include <string.h>

#include "event/normal.h"
#include "out/escape.h"

#define NAME_CELLS 16

struct explain {
	struct ev_buf *out;
	struct ev_buf before; /* the text as the last step left it */
};

static void
put(struct ev_buf *out, const char *name, struct ev_slice text)
{
	ev_buf_addf(out, "%-*s", NAME_CELLS, name);
	ev_escape(out, text);
	ev_buf_addc(out, '\n');
}

static void
put_step(void *arg, const char *name, struct ev_slice text)
{
	struct explain *explain = arg;
	bool same = ev_slice_eq(ev_buf_slice(&explain->before), text);

	put(explain->out, name, same ? EV_SLICE("=") : text);
	ev_buf_reset(&explain->before);
	ev_buf_addslice(&explain->before, text);
}

void
ev_explain(struct ev_buf *out, struct ev_slice message)
{
	struct explain explain = { out, EV_BUF_INIT };
	struct ev_buf normal = EV_BUF_INIT;

	put(out, "message", message);
	ev_buf_addslice(&explain.before, message);
	ev_normal_explain(&normal, message, put_step, &explain);
	put(out, "normalised", ev_buf_slice(&normal));
	ev_buf_clear(&normal);
	ev_buf_clear(&explain.before);
}
