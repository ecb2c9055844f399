#include "seal/glean.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "event/event.h"
#include "input/pass.h"
#include "json/scan.h"
#include "seal/merkle.h"
#include "store/layout.h"
#include "store/lines.h"
#include "store/part.h"
#include "store/route.h"

struct glean {
	struct ev_heaped *heap;
	int32_t from, to;
};

/* A worker's. */
struct hand {
	const struct glean *all;
	struct ev_sha256 *sha;
	struct ev_buf leaves; /* struct ev_leaf each */
};

static void *
start(void *arg)
{
	struct hand *hand = ev_calloc(1, sizeof(*hand));

	hand->all = arg;
	hand->sha = ev_sha256_new();
	return hand;
}

static void
take(void *state, struct ev_event *ev, uint64_t offset)
{
	struct ev_leaf leaf = { .kind = EV_LEAF_LINE, .at = offset };
	struct hand *hand = state;
	struct timespec time = { 0 };
	bool has = ev_event_time(ev, &time);

	leaf.day = ev_route_known(ev->line.n, has, time);
	leaf.n = (uint32_t)ev->line.n;
	if (leaf.day == EV_PART_REJECTED || leaf.day < hand->all->from ||
	    leaf.day >= hand->all->to)
		return;
	ev_merkle_leaf(hand->sha, ev->line, leaf.hash);
	ev_buf_add(&hand->leaves, &leaf, sizeof(leaf));
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct glean *all = arg;
	struct hand *hand = state;
	const struct ev_leaf *leaf;
	size_t i, n = hand->leaves.n / sizeof(*leaf);
	int r = 0;

	leaf = (const struct ev_leaf *)(const void *)hand->leaves.p;
	for (i = 0; r == 0 && i < n; i++)
		r = ev_heaped_add(all->heap, &leaf[i], err);
	ev_buf_reset(&hand->leaves);
	return r;
}

static void
finish(void *arg, void *state)
{
	struct hand *hand = state;

	(void)arg;
	ev_buf_clear(&hand->leaves);
	ev_sha256_free(hand->sha);
	free(hand);
}

/* 1; 0: there is none; -1. */
static int
open_log(struct ev_source *source, const struct ev_dir *dir, struct ev_err *err)
{
	const struct ev_place *place = dir->place;
	struct stat st;
	int fd = ev_dir_beside(dir, place->log, O_RDONLY, &st, err), r;
	char *path;

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	path = ev_layout_join(place->dir, place->log);
	r = ev_source_log(source, fd, path, place->shown, err);
	free(path);
	return r == 0 ? 1 : -1;
}

int
ev_glean(struct ev_heaped *heap, const struct ev_dir *dir, int32_t from,
    int32_t to, unsigned threads, struct ev_err *err)
{
	struct glean all = { heap, from, to };
	struct ev_source source;
	struct ev_pass pass = { .threads = threads,
		.arg = &all,
		.start = start,
		.event = take,
		.flush = flush,
		.finish = finish };
	struct ev_model *model;
	struct ev_tally tally;
	int r = open_log(&source, dir, err);

	if (r != 1)
		return r;
	model = ev_model_new(NULL);
	ev_model_custom(model, dir->place->custom);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	pass.model = model;
	r = ev_pass_run(&pass, &source, 0, &tally, err);
	ev_model_free(model);
	ev_source_close(&source);
	return r;
}

/* The file that holds a byte of the log, as people know it, malloced. */
static char *
file_at(const struct ev_dir *dir, const struct ev_chain *log, uint64_t at)
{
	uint64_t from;
	char *name = ev_chain_name(log, at, &from), *shown;

	shown = name != NULL ? ev_place_shown(dir->place, name) :
			       ev_strdup(dir->place->shown);
	free(name);
	return shown;
}

int
ev_glean_numbers(const struct ev_dir *dir, uint64_t *at, char **file, size_t n,
    struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t where, number = 0, until = 0;
	struct ev_source source;
	struct ev_chain *log;
	size_t i = 0;
	int r = 0;

	if (n == 0)
		return 0;
	if (open_log(&source, dir, err) != 1)
		return -1;
	log = &source.trail->chain;
	ev_lines_of(&lines, log, 0, source.size);
	while (i < n && (r = ev_lines_next(&lines, &line, &where)) == 1) {
		if (where >= until)
			number = 0;
		until = ev_chain_until(log, where);
		for (number++; i < n && at[i] < where + line.n + 1; i++) {
			file[i] = file_at(dir, log, where);
			at[i] = number;
		}
	}
	ev_lines_clear(&lines);
	if (r < 0)
		ev_fail_errno(err, "cannot read '%s'", dir->place->shown);
	ev_source_close(&source);
	return r < 0 ? -1 : 0;
}
