/*
 * inputs: files and descriptors made of bytes, for the tests of lib/input.
 */
#ifndef EV_INPUTS_H
#define EV_INPUTS_H

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "input/source.h"

/* An open source over these bytes in an unlinked temporary file. */
static inline void
source_of(struct ev_source *source, const void *p, size_t n, bool store)
{
	char path[] = "/tmp/ev-test-XXXXXX";
	int fd = mkstemp(path);
	struct ev_err err;

	if (fd < 0 || ev_write_all(fd, p, n) < 0 ||
	    ev_source_open(source, path, &err) < 0)
		abort();
	close(fd);
	unlink(path);
	/* an empty file is read like a pipe otherwise */
	source->seekable = true;
	source->store = store;
}

/* A source that is a pipe with these bytes (at most 64 KiB) in it. */
static inline void
pipe_of(struct ev_source *source, const void *p, size_t n)
{
	char path[64];
	struct ev_err err;
	int fd[2];

	if (pipe(fd) < 0 || ev_write_all(fd[1], p, n) < 0)
		abort();
	snprintf(path, sizeof(path), "/dev/fd/%d", fd[0]);
	if (ev_source_open(source, path, &err) < 0)
		abort();
	close(fd[0]);
	close(fd[1]);
}

/* Numbers that are the same in every run. */
static inline uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)*state * below) >> 32);
}

/* Lines as logs have them, and as they should not. */
static const struct ev_slice odd_lines[] = {
	EV_SLICE_INIT("{\"id\":\"a\",\"type\":\"t\"}"),
	EV_SLICE_INIT("{}"),
	EV_SLICE_INIT(""),
	EV_SLICE_INIT("  \t\r"),
	EV_SLICE_INIT("{\"type\":\"crlf\"}\r"),
	EV_SLICE_INIT("{\"type\":\"na\\u00efve\"}"),
	EV_SLICE_INIT("{\"type\":\"needle\",\"n\":1}"),
	EV_SLICE_INIT("{\"type\":\"torn"),
	EV_SLICE_INIT("[1]"),
	EV_SLICE_INIT("needle"),
	EV_SLICE_INIT("{\"a\":\"\0\"}"),
	EV_SLICE_INIT("{\"a\":\"\xff\"}"),
	EV_SLICE_INIT("{\"back\":\"\\\\slash\"}"),
	EV_SLICE_INIT("\xef\xbb\xbf{\"a\":1}"),
};
#define ODD_LINES (sizeof(odd_lines) / sizeof(*odd_lines))

/* About n bytes of such lines; now and then a long sound one. */
static inline void
add_odd(struct ev_buf *out, size_t n, size_t longest, uint32_t *state)
{
	size_t end = out->n + n, i;

	while (out->n < end) {
		i = draw(state, ODD_LINES + 1);
		if (i < ODD_LINES) {
			ev_buf_addslice(out, odd_lines[i]);
		} else if (longest > 0) {
			ev_buf_adds(out, "{\"long\":\"");
			for (i = draw(state, (uint32_t)longest); i > 0; i--)
				ev_buf_addc(out, 'x');
			ev_buf_adds(out, "\"}");
		}
		ev_buf_addc(out, '\n');
	}
}

#endif
