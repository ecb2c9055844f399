#include "tail/files.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/layout.h"

void
ev_files_begin(struct ev_files *files)
{
	ev_watch_open(&files->watch, false);
}

void
ev_files_clear(struct ev_files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		ev_live_clear(&files->v[i]->live);
		free(files->v[i]);
	}
	free(files->v);
	ev_watch_close(&files->watch);
}

static void
told(const struct ev_files *files, const char *text)
{
	files->say->fn(files->say->arg, text);
}

void
ev_files_fail(struct ev_files *files, const struct ev_err *err)
{
	ev_say_err(files->say, err);
	files->failed = true;
}

void
ev_files_note(
    const struct ev_files *files, const struct ev_live *live, const char *text)
{
	struct ev_buf line = EV_BUF_INIT;

	ev_buf_addf(&line, "'%s' %s", live->name, text);
	told(files, ev_buf_str(&line));
	ev_buf_clear(&line);
}

static void
on_note(void *arg, struct ev_live *live, const char *text)
{
	ev_files_note(arg, live, text);
}

struct ev_file *
ev_files_add(struct ev_files *files)
{
	const struct ev_inputs *inputs = files->inputs;
	struct ev_file *file = ev_calloc(1, sizeof(*file));
	struct ev_live *live = &file->live;
	size_t i = files->count;
	const char *path = ev_inputs_path(inputs, i);

	ev_live_init(
	    live, ev_inputs_name(inputs, i), path, ev_inputs_store(inputs, i));
	live->event = files->event;
	live->event_arg = files->arg;
	live->note = on_note;
	live->note_arg = files;
	live->cut.ev = files->ev;
	live->cut.max_line = ev_cut_limit(files->tail->read->max_line);
	live->cut.strict = files->tail->read->strict;
	if (path != NULL)
		ev_watch_add(&files->watch, path);
	files->v = ev_realloc(files->v, i + 1, sizeof(*files->v));
	files->v[files->count++] = file;
	return file;
}

void
ev_files_watch_dirs(struct ev_files *files)
{
	const char *dir;
	char *any;
	size_t i;

	for (i = 0; (dir = ev_inputs_dir(files->inputs, i)) != NULL; i++) {
		any = ev_layout_join(dir, "x");
		ev_watch_add(&files->watch, any);
		free(any);
	}
}

/* A file that came under a new name may be one that we read under its old. */
static bool
is_known(const struct ev_files *files, const char *name)
{
	const struct ev_live *live;
	struct stat st;
	size_t i;

	if (stat(name, &st) == -1)
		return false;
	for (i = 0; i < files->count; i++) {
		live = &files->v[i]->live;
		if (live->trail != NULL && live->dev == st.st_dev &&
		    live->ino == st.st_ino)
			return true;
	}
	return false;
}

void
ev_files_more(struct ev_files *files)
{
	struct ev_inputs *inputs = files->inputs;
	size_t i = ev_inputs_count(inputs);
	size_t count = i + ev_inputs_more(inputs);
	bool known;

	for (; i < count; i++) {
		known = is_known(files, ev_inputs_name(inputs, i));
		ev_files_add(files)->live.over = known;
	}
}

bool
ev_files_over(const struct ev_files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++)
		if (!files->v[i]->live.over)
			return false;
	return ev_inputs_dir(files->inputs, 0) == NULL;
}

void
ev_files_damage(const struct ev_files *files, struct ev_file *file, bool end)
{
	struct ev_tally tally = file->live.cut.tally;
	uint64_t count = ev_tally_damaged(&tally);

	if (count == file->told || (file->told > 0 && !end))
		return;
	file->told = count;
	tally.first = 0; /* of lines since we came */
	ev_say_tally(files->say, file->live.name, &tally, NULL);
}
