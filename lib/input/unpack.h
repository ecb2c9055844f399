/*
 * unpack: the bytes of a descriptor, unpacked when they are gzip or zstd.
 *
 * The one door to zlib and libzstd, also for packing; they are loaded when
 * something packed is there, and are an error then when they are missing.
 * Members and frames may follow one another; zeros behind a gzip member are
 * padding.
 */
#ifndef EV_INPUT_UNPACK_H
#define EV_INPUT_UNPACK_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

#define EV_UNPACK_HEAD	4	/* bytes that tell the format */

enum ev_packed {
	EV_PACKED_OPEN,		/* too few bytes to say */
	EV_PACKED_NOT, EV_PACKED_GZIP, EV_PACKED_ZSTD
};

/* The format of what begins with these bytes (RFC 1952, RFC 8878). */
enum ev_packed ev_unpack_format(const void *head, size_t n);

struct ev_unpack;

/*
 * Reads from fd (borrowed) from now on; the format is found at the first read,
 * so this never waits.  name is for messages and borrowed as well.
 */
struct ev_unpack *ev_unpack_new(int fd, const char *name);
void	ev_unpack_free(struct ev_unpack *unpack);

/*
 * Up to n > 0 bytes, as soon as there are some; 0 at the end; -1 when reading
 * failed or the packed data is damaged or ends too early (what stood before
 * the damage was given by earlier calls).
 */
ssize_t	ev_unpack_read(struct ev_unpack *unpack, void *to, size_t n,
	    struct ev_err *err);

/* Appends the file `from`, from its beginning to its end, to `to` as one zstd
 * frame with a checksum.  name is for messages.  0 or -1. */
int	ev_pack(int from, int to, const char *name, struct ev_err *err);

#endif
