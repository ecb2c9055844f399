#include "read/say.h"

#include <inttypes.h>

static void
told(const struct ev_say *say, const char *text)
{
	ev_progress_hide(say->progress);
	say->fn(say->arg, text);
}

void
ev_say_err(const struct ev_say *say, const struct ev_err *err)
{
	told(say, err->text);
}

void
ev_say_gap(const struct ev_say *say, const struct ev_source *source)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_buf_addf(&text, "'%s' ", source->name);
	if (source->trail != NULL && ev_trail_say(source->trail, &text))
		told(say, ev_buf_str(&text));
	ev_buf_clear(&text);
}

void
ev_say_tally(const struct ev_say *say, const char *name,
    const struct ev_tally *tally, const char *place)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t n;

	ev_buf_addf(&text, "%s: ", name);
	n = text.n;
	if (!say->quiet)
		ev_tally_say(tally, place, &text);
	if (say->verbose)
		ev_buf_addf(&text, "%s%" PRIu64 " line%s read",
		    text.n > n ? ", " : "", tally->lines,
		    tally->lines == 1 ? "" : "s");
	if (text.n > n)
		told(say, ev_buf_str(&text));
	ev_buf_clear(&text);
}
