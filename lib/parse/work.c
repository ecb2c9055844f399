#include "parse/work.h"

#include <stdlib.h>

#include "event/lex.h"
#include "text/regex.h"

#define NAMES_MOST 20000 /* names of tests that are remembered */
#define NAME_MOST 1024
#define LINE_MOST 16384 /* no line of a finding is longer */

static const char *const inner[EV_INNERS] = {
	[EV_INNER_PYTHON_END] = "^((?:\\w+\\.)*[A-Za-z_]\\w*)(?:: (.*))?$",
	[EV_INNER_PYTEST_AT] = "^(\\S+\\.py):(\\d+):(?: in (\\S+)"
			       "| ([\\w.]+)(?:: (.*))?)?\\s*$",
	[EV_INNER_RUST_AT] = "^\\s*(?:-->|:::) (.+?):(\\d+):(\\d+)$",
	[EV_INNER_RUST_FN] = "^\\s*\\d+: +(?:0x[0-9a-f]+ - )?(\\S.*)$",
	[EV_INNER_GO_FN] = "^(?:created by )?([\\w./*()\\[\\]{}-]+?)"
			   "(?:\\(.*\\)| in goroutine \\d+)?$",
	[EV_INNER_GO_LOG] = "^\\s+([^\\s:]+\\.go):(\\d+): ?(.*)$",
	[EV_INNER_BATS_AT] =
	    "\\b(?:in (?:test )?file|at) (\\S.*?),? line (\\d+)"
	    "[),.]",
	[EV_INNER_PERL_AT] = "^\\s*at (\\S.*?) line (\\d+)\\.$",
	[EV_INNER_CAUSE] = "^\\s*(?:Caused by|\\[cause\\]|cause): ?"
			   "([\\w$.]*)(?:: (.*))?",
};

void
ev_work_init(struct ev_work *work)
{
	memset(work, 0, sizeof(*work));
	work->told = ev_map_new();
	work->frames = ev_frames_new();
}

void
ev_work_clear(struct ev_work *work)
{
	size_t i;

	for (i = 0; i < EV_INNERS; i++)
		ev_regex_free(work->inner[i]);
	free(work->golog);
	ev_map_free(work->told);
	ev_frames_free(work->frames);
	ev_note_clear(&work->note);
	ev_buf_clear(&work->header);
	ev_buf_clear(&work->source);
	ev_buf_clear(&work->suite);
	ev_buf_clear(&work->owed);
	ev_buf_clear(&work->test);
	ev_buf_clear(&work->function);
	ev_buf_clear(&work->package);
}

struct ev_note *
ev_work_open(struct ev_work *work, const char *tool, const char *type)
{
	ev_work_close(work);
	ev_note_begin(&work->note, tool, type);
	work->sure = true;
	work->step = 0;
	work->indent = 0;
	work->blank = 0;
	return &work->note;
}

void
ev_work_close(struct ev_work *work)
{
	if (work->note.tool == NULL)
		return;
	*ev_map_at(work->told, work->note.type, strlen(work->note.type), NULL) =
	    1;
	work->found(work->arg, ev_note_finish(&work->note, work->where));
	ev_work_drop(work);
}

void
ev_work_drop(struct ev_work *work)
{
	work->note.tool = NULL;
	work->block = NULL;
}

bool
ev_work_told(const struct ev_work *work, const char *type)
{
	return ev_map_find(work->told, type, strlen(type)) != NULL;
}

bool
ev_work_told_test(struct ev_work *work, struct ev_slice name)
{
	bool fresh;
	char key[NAME_MOST];

	if (name.n == 0 || name.n >= sizeof(key))
		return false;
	/* types have no colon */
	key[0] = ':';
	memcpy(key + 1, name.p, name.n);
	if (work->names == NAMES_MOST)
		return ev_map_find(work->told, key, name.n + 1) != NULL;
	*ev_map_at(work->told, key, name.n + 1, &fresh) = 1;
	work->names += fresh;
	return !fresh;
}

bool
ev_work_inner(struct ev_work *work, enum ev_inner which, struct ev_slice line,
    struct ev_slice *group, size_t count)
{
	if (line.n > LINE_MOST)
		return false;
	if (work->inner[which] == NULL)
		work->inner[which] = ev_regex_new(inner[which], false, NULL);
	return ev_regex_groups(work->inner[which], line, group, count) == 1;
}

enum ev_tongue
ev_work_frame(struct ev_work *work, struct ev_slice line)
{
	struct ev_frame frame;
	enum ev_tongue tongue = ev_frames_read(work->frames, line, &frame);

	if (tongue == EV_TONGUE_NONE)
		return tongue;
	if (frame.function.n == 0 &&
	    (tongue == EV_TONGUE_GO || tongue == EV_TONGUE_RUST)) {
		frame.function = ev_buf_slice(&work->function);
		frame.user = ev_frame_is_user(&frame);
	}
	ev_note_frame(&work->note, &frame);
	ev_buf_reset(&work->function);
	return tongue;
}

bool
ev_work_blank(struct ev_slice line)
{
	return ev_work_trim(line).n == 0;
}

size_t
ev_work_indent(struct ev_slice line)
{
	size_t i;

	for (i = 0; i < line.n && ev_is_blank(line.p[i]); i++)
		;
	return i;
}

struct ev_slice
ev_work_trim(struct ev_slice line)
{
	size_t at = ev_work_indent(line);

	line.p += at;
	line.n -= at;
	while (line.n > 0 && ev_is_blank(line.p[line.n - 1]))
		line.n--;
	return line;
}
