#include "store/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/extend.h"
#include "store/listing.h"
#include "store/part.h"
#include "store/view.h"

struct audit {
	const struct ev_dir *dir;
	const struct ev_state *state;
	int log;
};

int
ev_audit_part(int fd, uint64_t size, const struct ev_part *part)
{
	uint32_t crc;

	if (size < part->n)
		return 0;
	if (ev_extend_tail(fd, part->n, &crc, NULL) < 0)
		return -1;
	return crc == part->crc;
}

static int
check_part(
    const struct audit *a, const struct ev_part *part, struct ev_err *err)
{
	struct stat st;
	int fd, r;

	fd = ev_view_open(a->dir, part->day, O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? part->n == 0 : -1;
	r = ev_audit_part(fd, (uint64_t)st.st_size, part);
	if (r < 0)
		ev_view_fail(a->dir, "read", part->day, err);
	close(fd);
	return r;
}

/* The feed's end is the log's. */
static int
check_feed(const struct audit *a, struct ev_err *err)
{
	const struct ev_state *state = a->state;
	uint64_t n = state->fl < EV_STATE_TAIL ? state->fl : EV_STATE_TAIL;
	struct ev_due end = { NULL, n, a->log, state->fb + state->fl - n };
	struct stat st;
	int fd, r;

	fd = ev_view_open(a->dir, EV_VIEW_FEED, O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 1 : -1; /* a new one will begin */
	r = (uint64_t)st.st_size >= state->fl;
	if (r == 1)
		r = ev_extend(fd, state->fl - n, state->fl, &end);
	if (r < 0)
		r = ev_view_fail(a->dir, "read", EV_VIEW_FEED, err);
	close(fd);
	return r;
}

/* Partitions that the state does not list are told by the sum of all. */
static int
check_sum(const struct audit *a, struct ev_err *err)
{
	struct ev_listing listing;
	char name[EV_PART_SIZE];
	uint64_t sum = 0;
	struct stat st;
	bool packed;
	size_t i;

	if (ev_listing_read(&listing, a->dir, false, err) < 0)
		return -1;
	for (i = 0; i < a->state->parts; i++)
		sum += a->state->part[i].n;
	for (i = 0; i < listing.count; i++) {
		if (ev_state_part(a->state, listing.day[i]) != NULL)
			continue;
		ev_part_file(listing.day[i], name);
		if (fstatat(a->dir->priv, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			sum += (uint64_t)st.st_size;
	}
	packed = listing.npacked > 0 || a->state->floor > 0;
	ev_listing_clear(&listing);
	/* nobody knows here how long a compressed or dropped one is */
	return packed || sum == a->state->m;
}

int
ev_audit(const struct ev_dir *dir, const struct ev_state *state, int log,
    struct ev_err *err)
{
	const struct audit a = { dir, state, log };
	size_t i;
	int r = check_feed(&a, err);

	for (i = 0; r == 1 && i < state->parts; i++)
		r = check_part(&a, &state->part[i], err);
	return r == 1 ? check_sum(&a, err) : r;
}
