#include "store/extend.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

#define BLOCK 65536

/* Bytes of what is due from `done` on: a pointer to *n of them, or NULL with
 * errno.  scratch has BLOCK bytes. */
static const char *
due_bytes(const struct ev_due *due, uint64_t done, char *scratch, size_t *n)
{
	ssize_t got;

	*n = due->n - done < BLOCK ? (size_t)(due->n - done) : BLOCK;
	if (due->p != NULL)
		return due->p + done;
	if (due->log != NULL)
		got = ev_chain_read(due->log, scratch, *n, due->at + done);
	else
		got =
		    ev_pread_all(due->fd, scratch, *n, (off_t)(due->at + done));
	if (got >= 0 && (size_t)got == *n)
		return scratch;
	if (got >= 0)
		errno = EIO;
	return NULL;
}

/* Are the view's bytes [have, have + n) the first n that are due? */
static int
verify(int fd, uint64_t have, uint64_t n, const struct ev_due *due)
{
	char theirs[BLOCK], scratch[BLOCK];
	const char *ours;
	uint64_t done;
	ssize_t got;
	size_t m;

	for (done = 0; done < n; done += m) {
		ours = due_bytes(due, done, scratch, &m);
		if (ours == NULL)
			return -1;
		if (n - done < m)
			m = (size_t)(n - done);
		got = ev_pread_all(fd, theirs, m, (off_t)(have + done));
		if (got < 0)
			return -1;
		if ((size_t)got != m || memcmp(theirs, ours, m) != 0)
			return 0;
	}
	return 1;
}

int
ev_extend(int fd, uint64_t have, uint64_t size, const struct ev_due *due)
{
	uint64_t done = size - have;
	char scratch[BLOCK];
	const char *bytes;
	size_t n;
	int r = 1;

	if (size < have || done > due->n)
		return 0;
	if (done > 0)
		r = verify(fd, have, done, due);
	if (r != 1)
		return r;
	if (due->p != NULL)
		return ev_write_all(
			   fd, due->p + done, (size_t)(due->n - done)) < 0 ?
		    -1 :
		    1;
	for (; done < due->n; done += n) {
		bytes = due_bytes(due, done, scratch, &n);
		if (bytes == NULL || ev_write_all(fd, bytes, n) < 0)
			return -1;
	}
	return 1;
}

int
ev_extend_tail(int fd, uint64_t end, uint32_t *crc, char *last)
{
	struct ev_chain file = EV_CHAIN_FILE(fd);

	return ev_chain_tail(&file, end, crc, last);
}
