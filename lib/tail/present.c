#include "tail/present.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tail/run.h"

/*
 * What is read to its end and no further: packed, or no file at all.  1, 0, or
 * -1: the others would wait for it.
 */
static int
is_stream(const struct ev_present *present, const struct ev_source *source,
    struct ev_err *err)
{
	struct stat st;
	bool alone = ev_inputs_count(present->files->inputs) == 1;

	if (source->seekable)
		return 0;
	if (fstat(source->fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_size == 0 || !present->wait))
		return st.st_size > 0;
	if (present->wait)
		return ev_fail(err,
		    "cannot wait for more of '%s': not a plain file",
		    source->name);
	if (!alone)
		return ev_fail(err,
		    "cannot follow '%s' beside others: not a regular file",
		    source->name);
	if (present->unlimited)
		present->tail->limit = (struct ev_limit){ EV_LIMIT_ALL, 0 };
	return 1;
}

static bool
is_absent(const struct ev_live *live)
{
	struct stat st;

	return live->path != NULL && stat(live->path, &st) == -1 &&
	    errno == ENOENT;
}

static void
open_one(struct ev_present *present, size_t i)
{
	struct ev_files *files = present->files;
	struct ev_source *source = &present->v[present->count];
	struct ev_live *live = &ev_files_add(files)->live;
	struct ev_err err;
	int stream;

	if (!present->once && is_absent(live)) {
		if (!files->say->quiet)
			ev_files_note(
			    files, live, "is not there yet, waiting for it");
		return;
	}
	if (ev_inputs_open(files->inputs, i, source, &err) == -1) {
		live->over = true;
		ev_files_fail(files, &err);
		return;
	}
	stream = is_stream(present, source, &err);
	live->over = stream != 0;
	if (stream == -1) {
		ev_source_close(source);
		ev_files_fail(files, &err);
		return;
	}
	present->count++;
	if (live->over)
		return;
	if (ev_live_adopt(live, source, &err) == -1)
		ev_files_fail(files, &err);
	if (live->path == NULL)
		ev_watch_fd(&files->watch, live->trail->chain.fd);
	if (source->seekable)
		return;
	/* an empty file: nothing is to be read of it now */
	ev_source_close(source);
	present->count--;
}

void
ev_present_open(struct ev_present *present)
{
	size_t count = ev_inputs_count(present->files->inputs), i;

	present->v = ev_calloc(count + 1, sizeof(*present->v));
	for (i = 0; i < count; i++)
		open_one(present, i);
	ev_files_watch_dirs(present->files);
}

void
ev_present_print(struct ev_present *present, bool all)
{
	struct ev_files *files = present->files;

	if (ev_tail_sources(present->tail, present->v, all ? present->count : 0,
		ev_inputs_count(files->inputs) > 1) == -1)
		files->failed = true;
}

void
ev_present_close(struct ev_present *present)
{
	size_t i;

	for (i = 0; i < present->count; i++)
		ev_source_close(&present->v[i]);
	free(present->v);
}
