/*
 * again: lines of seekable sources, read once more by their place.
 */
#ifndef EV_INPUT_AGAIN_H
#define EV_INPUT_AGAIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "input/source.h"

struct ev_again;

/* The sources are borrowed and stay open. */
struct ev_again *ev_again_new(const struct ev_source *sources, size_t count);
void	ev_again_free(struct ev_again *again);

/*
 * Appends the `length` bytes of a source from `offset` on and an LF;
 * EV_SCAN_PAD bytes behind that LF can be read.  Lines that are asked for in
 * their order are read ahead.  -1: they are not there any more.
 */
int	ev_again_line(struct ev_again *again, size_t source, uint64_t offset,
	    uint32_t length, struct ev_buf *out, struct ev_err *err);

#endif
