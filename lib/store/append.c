#include "store/append.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define TRIES 3		/* writes of a line until it stands */
#define INTERRUPTS 1000 /* EINTR of one call until it counts as failed */
#define BLOCK 65536
#define LONG_LINE 65536 /* from here on blocks are set aside first */

static int
fail(const struct ev_dir *dir, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot write '%s'", dir->place->shown);
}

/* Bytes [from, from + n) of the buffer that stand in the log in one piece. */
struct run {
	size_t from, n;
	uint64_t at;
};

/* Is what stands before the run the end of a line? */
static int
begins_line(struct ev_log *log, const struct ev_dir *dir, const struct run *run,
    struct ev_err *err)
{
#ifdef EV_MUTANT_NO_READBACK
	(void)log;
	(void)dir;
	(void)run;
	(void)err;
	return 1;
#else
	char before = '\n';

	if (run->at > log->chain.base &&
	    ev_log_read(log, dir, &before, 1, run->at - 1, err) < 0)
		return -1;
	return before == '\n';
#endif
}

/* 1 when the log holds the run's bytes where it should, 0, -1. */
static int
stands(struct ev_log *log, const struct ev_dir *dir, const char *bytes,
    const struct run *run, struct ev_err *err)
{
	char block[BLOCK];
	size_t done = 0, n;
	ssize_t got;

	for (; done < run->n; done += n) {
		n = run->n - done < BLOCK ? run->n - done : BLOCK;
		got = ev_log_read(log, dir, block, n, run->at + done, err);
		if (got < 0)
			return -1;
		if ((size_t)got != n ||
		    memcmp(block, bytes + run->from + done, n) != 0)
			return 0;
	}
	return 1;
}

/* Notes the places of the lines that the run holds whole. */
static int
settle(struct ev_log *log, const struct ev_dir *dir, struct ev_batch *batch,
    const struct run *run, struct ev_err *err)
{
	struct ev_put *put = batch->put, *end = put + batch->count;
	int r;

	for (; put < end; put++) {
		if (put->at != EV_NOWHERE || put->from < run->from ||
		    put->from + put->n > run->from + run->n)
			continue;
		if (put->from == run->from) {
			r = begins_line(log, dir, run, err);
			if (r < 0)
				return -1;
			if (r == 0)
				continue;
		}
		put->at = run->at + (put->from - run->from);
	}
	return 0;
}

/* write(2), which a signal may interrupt. */
static ssize_t
write_some(int fd, const char *p, size_t n)
{
	ssize_t put;
	int tries = 0;

	do
		put = write(fd, p, n);
	while (put < 0 && errno == EINTR && ++tries < INTERRUPTS);
	if (put == 0)
		errno = EIO;
#ifdef EV_MUTANT_SHORT_WRITES
	if (put > 0)
		put = (ssize_t)n;
#endif
	return put > 0 ? put : -1;
}

/* A run that several writes made is compared; then its lines are noted. */
static int
end_run(struct ev_log *log, const struct ev_dir *dir, struct ev_batch *batch,
    const struct run *run, bool pieces, struct ev_err *err)
{
	int r = 1;

	if (pieces)
		r = stands(log, dir, batch->bytes.p, run, err);
	return r == 1 ? settle(log, dir, batch, run, err) : r;
}

/*
 * Writes the buffer from byte `from` on.  Another writer that comes between
 * the pieces of short writes splits it into runs.
 */
static int
write_batch(struct ev_log *log, const struct ev_dir *dir,
    struct ev_batch *batch, size_t from, struct ev_err *err)
{
	struct run run = { from, 0, 0 };
	bool pieces = false;
	ssize_t put;
	uint64_t at;
	off_t end;

	for (; from < batch->bytes.n; from += (size_t)put) {
		put = write_some(log->chain.fd, batch->bytes.p + from,
		    batch->bytes.n - from);
		if (put < 0)
			return fail(dir, err);
		end = lseek(log->chain.fd, 0, SEEK_CUR);
		if (end < put)
			return fail(dir, err);
		pieces = pieces || (size_t)put < batch->bytes.n - from;
		log->size = log->chain.base + (uint64_t)end;
		at = log->size - (uint64_t)put;
		if (run.n > 0 && run.at + run.n != at) {
			batch->whole = false;
			if (end_run(log, dir, batch, &run, true, err) < 0)
				return -1;
			run = (struct run){ from, 0, 0 };
		}
		if (run.n == 0)
			run.at = at;
		run.n += (size_t)put;
	}
	return end_run(log, dir, batch, &run, pieces, err);
}

/* Leaves only the lines in the buffer that have no place yet. */
static size_t
keep_missing(struct ev_batch *batch)
{
	struct ev_put *put = batch->put, *end = put + batch->count;
	size_t n = 1, missing = 0;

	for (; put < end; put++) {
		if (put->at != EV_NOWHERE)
			continue;
		memmove(batch->bytes.p + n, batch->bytes.p + put->from, put->n);
		put->from = n;
		n += put->n;
		missing++;
	}
	batch->bytes.n = n;
	return missing;
}

static int
set_aside(const struct ev_log *log, const struct ev_dir *dir, size_t n,
    struct ev_err *err)
{
	int tries = 0, r;

	do
		r = fallocate(log->chain.fd, FALLOC_FL_KEEP_SIZE,
		    (off_t)(log->size - log->chain.base), (off_t)n);
	while (r < 0 && errno == EINTR && ++tries < INTERRUPTS);
	if (r < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
		return fail(dir, err);
	return 0;
}

int
ev_append(struct ev_log *log, const struct ev_dir *dir, struct ev_batch *batch,
    bool seal, bool space, struct ev_err *err)
{
	size_t i;
	int tries;

#ifdef EV_MUTANT_NO_SEAL
	seal = false;
#endif
	batch->whole = true;
	for (i = 0; i < batch->count; i++)
		batch->put[i].at = EV_NOWHERE;
	if ((space || batch->bytes.n > LONG_LINE) &&
	    set_aside(log, dir, batch->bytes.n, err) < 0)
		return -1;
	for (tries = 0; tries < TRIES; tries++) {
		if (write_batch(log, dir, batch, seal ? 0 : 1, err) < 0)
			return -1;
		if (batch->put[batch->count - 1].at != EV_NOWHERE &&
		    batch->whole && batch->put[0].at != EV_NOWHERE)
			return 0;
		if (keep_missing(batch) == 0)
			return 0;
		batch->whole = false;
		seal = true;
	}
	return ev_fail(err,
	    "cannot write '%s': other writers spoiled the "
	    "line %d times",
	    dir->place->shown, TRIES);
}

int
ev_append_seal(struct ev_log *log, const struct ev_dir *dir, struct ev_err *err)
{
#ifdef EV_MUTANT_NO_SEAL
	(void)log;
	(void)dir;
	(void)err;
#else
	off_t end;

	if (write_some(log->chain.fd, "\n", 1) < 0)
		return fail(dir, err);
	end = lseek(log->chain.fd, 0, SEEK_CUR);
	if (end < 0)
		return fail(dir, err);
	log->size = log->chain.base + (uint64_t)end;
#endif
	return 0;
}
