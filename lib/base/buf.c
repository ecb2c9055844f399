#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
ev_buf_reserve(struct ev_buf *buf, size_t n)
{
	size_t want, cap;

	if (n > SIZE_MAX / 2 - buf->n)
		ev_no_memory();
	want = buf->n + n;
	if (want <= buf->cap && buf->p != NULL)
		return;
	cap = buf->cap < 64 ? 64 : buf->cap;
	while (cap < want)
		cap += cap / 2;
	buf->p = ev_realloc(buf->p, cap, 1);
	buf->cap = cap;
}

void
ev_buf_add(struct ev_buf *buf, const void *from, size_t n)
{
	ev_buf_reserve(buf, n);
	if (n > 0)
		memcpy(buf->p + buf->n, from, n);
	buf->n += n;
}

void
ev_buf_adds(struct ev_buf *buf, const char *text)
{
	ev_buf_add(buf, text, strlen(text));
}

void
ev_buf_addc(struct ev_buf *buf, char c)
{
	ev_buf_add(buf, &c, 1);
}

void
ev_buf_addslice(struct ev_buf *buf, struct ev_slice slice)
{
	ev_buf_add(buf, slice.p, slice.n);
}

void
ev_buf_addf(struct ev_buf *buf, const char *fmt, ...)
{
	va_list ap;
	size_t room;
	int n;

	/* mostly there is room for it */
	ev_buf_reserve(buf, 1);
	room = buf->cap - buf->n;
	va_start(ap, fmt);
	n = vsnprintf(buf->p + buf->n, room, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	if ((size_t)n >= room) {
		ev_buf_reserve(buf, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(buf->p + buf->n, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	buf->n += (size_t)n;
}

void
ev_buf_insert(struct ev_buf *buf, size_t at, const void *from, size_t n)
{
	ev_buf_reserve(buf, n);
	memmove(buf->p + at + n, buf->p + at, buf->n - at);
	if (n > 0)
		memcpy(buf->p + at, from, n);
	buf->n += n;
}

const char *
ev_buf_str(struct ev_buf *buf)
{
	ev_buf_reserve(buf, 1);
	buf->p[buf->n] = '\0';
	return buf->p;
}

void
ev_buf_reset(struct ev_buf *buf)
{
	buf->n = 0;
}

void
ev_buf_clear(struct ev_buf *buf)
{
	free(buf->p);
	*buf = (struct ev_buf)EV_BUF_INIT;
}
