/*
 * buf: bytes that grow.
 *
 *	struct ev_buf b = EV_BUF_INIT;
 *	ev_buf_adds(&b, "text");
 *	ev_buf_clear(&b);
 *
 * The bytes are the buffer's and good until the next change of it.  p is NULL
 * only while nothing was ever added.
 */
#ifndef EV_BASE_BUF_H
#define EV_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/slice.h"

struct ev_buf {
	char	*p;
	size_t	 n;	/* bytes used */
	size_t	 cap;
};

#define EV_BUF_INIT { NULL, 0, 0 }

/* Makes room for n more bytes, all of which may then be written at p + n. */
void	ev_buf_reserve(struct ev_buf *buf, size_t n);
void	ev_buf_add(struct ev_buf *buf, const void *from, size_t n);
void	ev_buf_adds(struct ev_buf *buf, const char *text);
void	ev_buf_addc(struct ev_buf *buf, char c);
void	ev_buf_addslice(struct ev_buf *buf, struct ev_slice slice);
void	ev_buf_addf(struct ev_buf *buf, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* Puts n bytes in at offset at (<= buf->n). */
void	ev_buf_insert(struct ev_buf *buf, size_t at, const void *from,
	    size_t n);
/* A NUL behind the bytes, not counted in n; gives p, never NULL. */
const char *ev_buf_str(struct ev_buf *buf);
/* Keeps the memory, forgets the bytes. */
void	ev_buf_reset(struct ev_buf *buf);
/* Frees the memory; the buffer is as after EV_BUF_INIT. */
void	ev_buf_clear(struct ev_buf *buf);

static inline struct ev_slice
ev_buf_slice(const struct ev_buf *buf)
{
	return (struct ev_slice){ buf->p, buf->n };
}

#endif
