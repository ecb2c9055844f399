#include "read/sources.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "base/mem.h"

#define MANY 500 /* inputs that want more descriptors than are usual */

static void
raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int
ev_sources_open(struct ev_sources *sources, const struct ev_inputs *inputs,
    const struct ev_say *say)
{
	size_t count = ev_inputs_count(inputs), i;
	struct ev_err err;
	int r = 0;

	if (count > MANY)
		raise_descriptors();
	sources->v = ev_calloc(count + 1, sizeof(*sources->v));
	sources->count = 0;
	for (i = 0; i < count; i++) {
		if (ev_inputs_open(
			inputs, i, &sources->v[sources->count], &err) == 0) {
			sources->count++;
			continue;
		}
		ev_say_err(say, &err);
		r = -1;
	}
	return r;
}

void
ev_sources_close(struct ev_sources *sources)
{
	size_t i;

	for (i = 0; i < sources->count; i++)
		ev_source_close(&sources->v[i]);
	free(sources->v);
	*sources = (struct ev_sources){ NULL, 0 };
}

void
ev_sources_progress(
    const struct ev_source *v, size_t count, const struct ev_say *say)
{
	bool known = true;
	uint64_t total = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		known &= v[i].seekable;
		total += v[i].size;
	}
	ev_progress_start(say->progress, known ? total : 0, say->quiet);
}
