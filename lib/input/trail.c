#include "input/trail.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/guard.h"

#define BLANKS 4096 /* bytes of a line in a gap */

struct ev_trail *
ev_trail_file(int fd)
{
	struct ev_trail *trail = ev_calloc(1, sizeof(*trail));

	trail->chain = EV_CHAIN_FILE(fd);
	trail->place = (struct ev_place)EV_PLACE_INIT;
	trail->users = 1;
	return trail;
}

struct ev_trail *
ev_trail_log(int fd, const char *path, const char *shown, struct ev_err *err)
{
	struct ev_trail *trail = ev_trail_file(-1);
	struct ev_place *place = &trail->place;
	const char *log = strrchr(path, '/') + 1;
	size_t n = (size_t)(log - path) - (log - path > 1 ? 1 : 0);

	ev_place_set(place, ev_memdup(path, n), log, ev_strdup(shown));
	if (ev_guard_place(place, err) < 0) {
		ev_trail_drop(trail);
		return NULL;
	}
	if (ev_chain_open(&trail->chain, place, fd) == 0)
		return trail;
	trail->chain.fd = -1;
	ev_fail_errno(err, "cannot read '%s'", place->dir);
	ev_trail_drop(trail);
	return NULL;
}

struct ev_trail *
ev_trail_hold(struct ev_trail *trail)
{
	trail->users++;
	return trail;
}

void
ev_trail_drop(struct ev_trail *trail)
{
	if (trail == NULL || --trail->users > 0)
		return;
	if (trail->chain.fd > STDERR_FILENO)
		close(trail->chain.fd);
	ev_chain_clear(&trail->chain);
	ev_place_clear(&trail->place);
	free(trail);
}

/* Bytes [at, at + n) of a gap: blank lines, the first and the last of which
 * end where it begins and ends. */
static void
fill(const struct ev_gap *gap, char *to, size_t n, uint64_t at)
{
	uint64_t lf;

	memset(to, ' ', n);
	if (at == gap->from)
		to[0] = '\n';
	for (lf = at | (BLANKS - 1); lf < at + n; lf += BLANKS)
		to[lf - at] = '\n';
	if (at + n == gap->to)
		to[n - 1] = '\n';
}

/* The segment that an offset is in was removed by now. */
static bool
find_removed(const struct ev_chain *chain, uint64_t at, struct ev_gap *gap)
{
	size_t i;

	for (i = 0; i < chain->count; i++) {
		*gap = (struct ev_gap){ chain->old[i].from, chain->old[i].end };
		if (gap->from <= at && at < gap->to)
			return true;
	}
	return false;
}

/* Reading n bytes failed: what of them is in a gap; -1: none, it is something
 * else. */
static ssize_t
read_gap(struct ev_trail *trail, char *to, size_t n, uint64_t at)
{
	const struct ev_gap *known = ev_chain_gap(&trail->chain, at);
	struct ev_gap gap;

	if (errno == ENODATA && known != NULL)
		gap = *known;
	else if (errno != ENOENT || !find_removed(&trail->chain, at, &gap))
		return -1;
	if (!atomic_exchange(&trail->gap, true))
		trail->lack = gap;
	errno = ENODATA;
	if (trail->strict)
		return -1;
	if (gap.to - at < n)
		n = (size_t)(gap.to - at);
	fill(&gap, to, n, at);
	return (ssize_t)n;
}

ssize_t
ev_trail_read(struct ev_trail *trail, void *to, size_t n, uint64_t at)
{
	struct ev_chain *chain = &trail->chain;
	char *p = to;
	size_t done = 0;
	ssize_t got;

	do {
		got = ev_chain_read(chain, p + done, n - done, at + done);
		if (got < 0)
			got = read_gap(trail, p + done, n - done, at + done);
		if (got > 0)
			done += (size_t)got;
	} while (got > 0 && done < n && at + done <= chain->base);
	return got < 0 ? -1 : (ssize_t)done;
}

int
ev_trail_end(const struct ev_trail *trail, uint64_t *end)
{
	struct stat st;

	if (fstat(trail->chain.fd, &st) < 0)
		return -1;
	*end = trail->chain.base + (uint64_t)st.st_size;
	return 0;
}

char *
ev_trail_name(const struct ev_trail *trail, uint64_t at, uint64_t *from)
{
	char *name = ev_chain_name(&trail->chain, at, from), *shown = NULL;

	if (name != NULL)
		shown = ev_place_shown(&trail->place, name);
	free(name);
	return shown;
}

bool
ev_trail_say(struct ev_trail *trail, struct ev_buf *out)
{
	const struct ev_chain *chain = &trail->chain;
	size_t i;

	if (!trail->gap)
		return false;
	trail->gap = false;
	ev_buf_adds(out, "lacks its bytes ");
	if (ev_chain_gap(chain, trail->lack.from) == NULL)
		ev_buf_addf(out, "%" PRIu64 " to %" PRIu64 "%s",
		    trail->lack.from, trail->lack.to,
		    chain->gaps > 0 ? ", " : "");
	for (i = 0; i < chain->gaps; i++)
		ev_buf_addf(out, "%s%" PRIu64 " to %" PRIu64, i > 0 ? ", " : "",
		    chain->gap[i].from, chain->gap[i].to);
	ev_buf_adds(out, ": a segment is missing or cut off");
	return true;
}
