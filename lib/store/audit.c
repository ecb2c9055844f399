#include "store/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/extend.h"
#include "store/listing.h"
#include "store/part.h"
#include "store/view.h"

#define TAIL_MOST ((uint64_t)16 << 20) /* of a longer tail nothing is known */

struct audit {
	const struct ev_dir *dir;
	const struct ev_state *state;
	struct ev_log *log;
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

/* Bytes [from, from + n) of a file; -1 with errno, also where it has fewer. */
static int
read_part(struct ev_chain *in, uint64_t from, uint64_t n, struct ev_buf *out)
{
	ssize_t got;

	ev_buf_reserve(out, (size_t)n);
	got = ev_chain_read(in, out->p, (size_t)n, from);
	if (got >= 0 && (uint64_t)got < n)
		errno = EIO;
	out->n = (size_t)n;
	return got >= 0 && (uint64_t)got == n ? 0 : -1;
}

/* Do these lines stand in the log's tail, in their order?  Of the last one the
 * beginning may be there. */
static bool
stands(struct ev_slice lines, struct ev_slice tail)
{
	const char *lf;
	size_t n, step;

	while (lines.n > 0) {
		lf = memchr(lines.p, '\n', lines.n);
		n = lf != NULL ? (size_t)(lf - lines.p) + 1 : lines.n;
		while (tail.n >= n && memcmp(tail.p, lines.p, n) != 0) {
			lf = memchr(tail.p, '\n', tail.n);
			step = lf != NULL ? (size_t)(lf - tail.p) + 1 : tail.n;
			tail.p += step;
			tail.n -= step;
		}
		if (tail.n < n)
			return false;
		tail.p += n;
		tail.n -= n;
		lines.p += n;
		lines.n -= n;
	}
	return true;
}

/*
 * What stands in a partition behind what was noted is from a writer that came
 * no further; but its lines may be gone from the log, or be zeros there and
 * here: those are rejected.
 */
static int
check_rest(
    const struct audit *a, int fd, uint64_t size, const struct ev_part *part)
{
	struct ev_buf rest = EV_BUF_INIT, tail = EV_BUF_INIT;
	struct ev_chain file = EV_CHAIN_FILE(fd);
	int r = 0;

	if (size == part->n)
		return 1;
	if (a->log->size < a->state->m + size - part->n ||
	    a->log->size - a->state->m > TAIL_MOST)
		return 0;
	if (read_part(&file, part->n, size - part->n, &rest) < 0 ||
	    read_part(&a->log->chain, a->state->m, a->log->size - a->state->m,
		&tail) < 0)
		r = -1;
	else
		r = (part->day == EV_PART_REJECTED ||
			memchr(rest.p, '\0', rest.n) == NULL) &&
		    stands(ev_buf_slice(&rest), ev_buf_slice(&tail));
	ev_buf_clear(&rest);
	ev_buf_clear(&tail);
	return r;
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
	if (r == 1)
		r = check_rest(a, fd, (uint64_t)st.st_size, part);
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
	struct ev_due end = { NULL, n, -1, state->fb + state->fl - n,
		&a->log->chain };
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
	/* nobody knows here how long a compressed or dropped one is, or how
	 * much of what a gap took they have */
	packed = listing.npacked > 0 || a->state->floor > 0;
	ev_listing_clear(&listing);
	if (ev_chain_know(&a->log->chain) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", a->dir->place->shown);
	return packed || a->log->chain.gaps > 0 || sum == a->state->m;
}

int
ev_audit(const struct ev_dir *dir, const struct ev_state *state,
    struct ev_log *log, struct ev_err *err)
{
	const struct audit a = { dir, state, log };
	size_t i;
	int r = check_feed(&a, err);

	for (i = 0; r == 1 && i < state->parts; i++)
		r = check_part(&a, &state->part[i], err);
	return r == 1 ? check_sum(&a, err) : r;
}
