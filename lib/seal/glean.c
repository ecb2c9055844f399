#include "seal/glean.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "event/event.h"
#include "input/pass.h"
#include "json/scan.h"
#include "seal/merkle.h"
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

int
ev_glean(struct ev_heaped *heap, const struct ev_dir *dir, int32_t from,
    int32_t to, unsigned threads, struct ev_err *err)
{
	struct glean all = { heap, from, to };
	struct ev_source source = {
		.name = dir->place->shown, .store = true, .seekable = true
	};
	struct ev_pass pass = { .threads = threads,
		.arg = &all,
		.start = start,
		.event = take,
		.flush = flush,
		.finish = finish };
	struct ev_model *model;
	struct ev_tally tally;
	struct stat st;
	int r;

	source.fd = ev_dir_beside(dir, dir->place->log, O_RDONLY, &st, err);
	if (source.fd < 0)
		return errno == ENOENT ? 0 : -1;
	source.size = (uint64_t)st.st_size;
	model = ev_model_new(NULL);
	ev_model_custom(model, dir->place->custom);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	pass.model = model;
	r = ev_pass_run(&pass, &source, 0, &tally, err);
	ev_model_free(model);
	close(source.fd);
	return r;
}

int
ev_glean_numbers(
    const struct ev_dir *dir, uint64_t *at, size_t n, struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t where, number = 0;
	struct stat st;
	size_t i = 0;
	int fd, r = 0;

	if (n == 0)
		return 0;
	fd = ev_dir_beside(dir, dir->place->log, O_RDONLY, &st, err);
	if (fd < 0)
		return -1;
	ev_lines_begin(&lines, fd, 0, (uint64_t)st.st_size);
	while (i < n && (r = ev_lines_next(&lines, &line, &where)) == 1)
		for (number++; i < n && at[i] < where + line.n + 1; i++)
			at[i] = number;
	ev_lines_clear(&lines);
	if (r < 0)
		ev_fail_errno(err, "cannot read '%s'", dir->place->shown);
	close(fd);
	return r < 0 ? -1 : 0;
}
