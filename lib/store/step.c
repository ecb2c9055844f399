#include "store/step.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/view.h"

/* A view's file while a step extends it. */
struct file {
	int fd;
	int32_t day;   /* or EV_VIEW_FEED */
	uint64_t have; /* bytes of it that count */
	uint64_t size; /* bytes that it has */
};

struct step {
	struct file feed, part[EV_STATE_FIT];
	bool intent; /* the state must be written first */
};

static int
open_file(const struct ev_views *views, struct file *file, int32_t day,
    struct ev_err *err)
{
	struct stat st;

	file->day = day;
	file->fd = ev_view_open(
	    views->dir, day, O_RDWR | O_APPEND | O_CREAT, &st, err);
	if (file->fd < 0)
		return -1;
	file->size = (uint64_t)st.st_size;
	return 0;
}

static void
close_files(const struct step *step, size_t parts)
{
	size_t i;

	if (step->feed.fd >= 0)
		close(step->feed.fd);
	for (i = 0; i < parts; i++)
		if (step->part[i].fd >= 0)
			close(step->part[i].fd);
}

/* A partition that the state does not know counts as it is. */
static int
intend(struct ev_views *views, struct file *file, struct ev_err *err)
{
	struct ev_part part = { file->day, 0, file->size };
	char last;

	if (ev_extend_tail(file->fd, file->size, &part.crc, &last) < 0)
		return ev_view_fail(views->dir, "read", file->day, err);
	if (last != '\n')
		return ev_view_bad(views->dir, file->day, err);
	file->have = file->size;
	ev_state_use(&views->state, part);
	return 1;
}

static int
open_feed(struct ev_views *views, struct step *step, struct ev_err *err)
{
	struct ev_state *state = &views->state;

	if (open_file(views, &step->feed, EV_VIEW_FEED, err) < 0)
		return -1;
	if (step->feed.size == 0 && state->fl > 0) {
		/* it was taken away: a new one begins here */
		state->fb = state->m;
		state->fl = 0;
		step->intent = true;
	}
	step->feed.have = state->fl;
#ifdef EV_MUTANT_FEED_UNVERIFIED
	step->feed.have = step->feed.size;
#endif
	return 1;
}

/* Opens the files and settles from where each is extended. */
static int
prepare(struct ev_views *views, struct step *step, struct ev_err *err)
{
	const struct ev_chunk *chunk = &views->chunk;
	const struct ev_part *known;
	size_t i;
	int r = open_feed(views, step, err);

	for (i = 0; r == 1 && i < chunk->shares; i++) {
		if (open_file(views, &step->part[i], chunk->share[i].day, err) <
		    0)
			return -1;
		known = ev_state_part(&views->state, chunk->share[i].day);
		if (known == NULL)
			continue;
		step->part[i].have = known->n;
		ev_state_use(&views->state, *known);
	}
	/* the known ones are in front now, so that none of them falls out */
	for (i = 0; r == 1 && i < chunk->shares; i++) {
		if (ev_state_part(&views->state, chunk->share[i].day) != NULL)
			continue;
		r = intend(views, &step->part[i], err);
		step->intent = true;
	}
	if (r == 1 && step->intent && ev_views_save(views, err) < 0)
		return -1;
	return r;
}

/* The checksum of the end of a file that just grew by what was due. */
static int
tail_of(int fd, uint64_t end, const struct ev_due *due, uint32_t *crc)
{
	if (due->p == NULL || due->n < EV_STATE_TAIL)
		return ev_extend_tail(fd, end, crc, NULL);
	*crc = ev_crc32c(0, due->p + due->n - EV_STATE_TAIL, EV_STATE_TAIL);
	return 0;
}

static int
extend(const struct ev_views *views, const struct file *file,
    const struct ev_due *due, struct ev_err *err)
{
	int r = ev_extend(file->fd, file->have, file->size, due);

	if (r < 0)
		return ev_view_fail(views->dir, "extend", file->day, err);
	return r == 0 ? ev_view_bad(views->dir, file->day, err) : 1;
}

static int
extend_part(struct ev_views *views, const struct file *file,
    const struct ev_due *due, struct ev_err *err)
{
	struct ev_part part = { file->day, 0, file->have + due->n };
	int r = extend(views, file, due, err);

	if (r != 1)
		return r;
	if (tail_of(file->fd, part.n, due, &part.crc) < 0)
		return ev_view_fail(views->dir, "read", file->day, err);
	ev_state_use(&views->state, part);
	return 1;
}

/* Notes a partition for ev_views_sync. */
static void
remember(struct ev_views *views, int32_t day)
{
	const char *p = views->touched.p, *end = p + views->touched.n;

	for (; p < end; p += sizeof(day))
		if (memcmp(p, &day, sizeof(day)) == 0)
			return;
	ev_buf_add(&views->touched, &day, sizeof(day));
}

static int
extend_all(struct ev_views *views, const struct step *step, struct ev_err *err)
{
	const struct ev_chunk *chunk = &views->chunk;
	struct ev_state *state = &views->state;
	size_t i;
	int r = extend(views, &step->feed, &chunk->all, err);

	for (i = 0; r == 1 && i < chunk->shares; i++) {
		if (views->remember)
			remember(views, chunk->share[i].day);
		r = extend_part(
		    views, &step->part[i], &chunk->share[i].due, err);
	}
	if (r != 1)
		return r;
	state->m += chunk->all.n;
	state->fl += chunk->all.n;
	if (tail_of(views->log->fd, state->m, &chunk->all, &state->mc) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	return ev_views_save(views, err) < 0 ? -1 : 1;
}

int
ev_step(struct ev_views *views, struct ev_err *err)
{
	size_t parts = views->chunk.shares, i;
	struct step step = { .feed.fd = -1 };
	int r;

	for (i = 0; i < parts; i++)
		step.part[i].fd = -1;
	r = prepare(views, &step, err);
	if (r == 1)
		r = extend_all(views, &step, err);
	close_files(&step, parts);
	return r;
}
