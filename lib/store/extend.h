/*
 * extend: a view grows by what the log has more, and by nothing twice
 * (2-store 2.4, W7: verify, then extend).
 */
#ifndef EV_STORE_EXTEND_H
#define EV_STORE_EXTEND_H

#include <stdint.h>

#include "store/chain.h"

/* Bytes that a view is to get: in memory, or (p == NULL) in a file or a log. */
struct ev_due {
	const char	*p;
	uint64_t	 n;
	int		 fd;	/* p == NULL: n bytes from offset `at` */
	uint64_t	 at;
	struct ev_chain	*log;	/* of it, when not NULL, instead of fd */
};

/*
 * fd is the view (O_RDWR | O_APPEND), have the bytes of it that are known to
 * be right, size its present length.  What stands behind `have` must be a
 * beginning of what is due; the rest is appended.  1; 0: the view is not what
 * it should be; -1 with errno.
 */
int	ev_extend(int fd, uint64_t have, uint64_t size,
	    const struct ev_due *due);

/* CRC-32C of the last <= EV_STATE_TAIL bytes before offset `end` of a file;
 * *last (may be NULL) is the last of them, LF when there is none.  0, or -1
 * with errno (EIO: the file ends before). */
int	ev_extend_tail(int fd, uint64_t end, uint32_t *crc, char *last);

#endif
