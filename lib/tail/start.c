#include "tail/start.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "tail/version.h"

/* -1: not a plain file; a FIFO is not waited for. */
static int
open_log(const struct ev_inputs *inputs, struct ev_source *source,
    struct ev_err *err)
{
	const char *name = ev_inputs_name(inputs, 0);
	const char *path = ev_inputs_path(inputs, 0);
	struct stat st;

	if (path != NULL && (stat(path, &st) == -1 || S_ISREG(st.st_mode))) {
		if (ev_inputs_open(inputs, 0, source, err) == -1)
			return -1;
		if (source->trail != NULL)
			return 0;
		ev_source_close(source);
	}
	errno = EINVAL;
	ev_fail(err, "there are no positions in '%s': not a plain file", name);
	return -1;
}

int
ev_start_head(const struct ev_inputs *inputs, const struct ev_model *model,
    struct ev_position *pos, struct ev_err *err)
{
	struct ev_source source;
	struct ev_event *ev;
	uint64_t end;
	int r;

	if (open_log(inputs, &source, err) == -1)
		return -1;
	ev = ev_event_new(model);
	r = ev_version_end(
	    source.trail, source.size, source.store ? NULL : ev, &end);
	if (r == 0)
		r = ev_position_take(pos, &source.trail->chain, end, ev);
	if (r == -1)
		ev_fail_errno(err, "cannot read '%s'", source.name);
	ev_event_free(ev);
	ev_source_close(&source);
	return r;
}

int
ev_start_parse(struct ev_position *pos, const char *after, struct ev_err *err)
{
	if (ev_position_read(pos, after))
		return 0;
	if (strncmp(after, "ev1:", 4) == 0 || strlen(after) > EV_POSITION_ID ||
	    *after == '\0')
		return ev_fail(err, "--after '%s': not a position", after);
	ev_position_of_id(pos, after);
	return 0;
}

int
ev_start_after(const struct ev_inputs *inputs, const char *after,
    const struct ev_model *model, uint64_t *start, struct ev_err *err)
{
	struct ev_source source;
	struct ev_position pos;
	struct ev_event *ev;
	int r;

	*start = 0;
	if (ev_start_parse(&pos, after, err) == -1)
		return -1;
	if (open_log(inputs, &source, err) == -1)
		return errno == ENOENT && pos.offset == 0 ? 1 : -1;
	ev = ev_event_new(model);
	r = ev_position_find(
	    &pos, &source.trail->chain, source.size, ev, start);
	if (r == -1)
		ev_fail_errno(err, "cannot read '%s'", source.name);
	else if (r == 0)
		ev_fail(err,
		    "%s: --after '%s': neither the place nor its last line "
		    "nor its id is in the log, it is read from its start",
		    source.name, after);
	ev_event_free(ev);
	ev_source_close(&source);
	return r;
}
