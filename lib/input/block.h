/*
 * block: a seekable source in blocks of one size, each with the lines that
 * start behind one of its LFs.
 *
 * Whoever reads block k need not know what stands before it, so blocks can be
 * read in any order and side by side.  Memory and file offsets are aligned to
 * pages: a copy to 1 to 16 bytes above the offset within a page takes four
 * times as long on some processors.
 */
#ifndef EV_INPUT_BLOCK_H
#define EV_INPUT_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "input/cut.h"
#include "input/source.h"

#define EV_BLOCK_SIZE	(512u << 10)	/* as fast as 1 MiB, half the memory */

struct ev_block {
	const struct ev_source	*source;	/* borrowed */
	uint64_t		 from;	/* a line's start: nothing before it */
	size_t			 size;	/* bytes per block, a power of two */
	char			*data;	/* what was read last */
	const char		*end;	/* behind it */
	uint64_t		 at;	/* where it stands in the source */
	size_t			 cap;
};

/* size 0 is EV_BLOCK_SIZE here and below. */
void	ev_block_init(struct ev_block *block, const struct ev_source *source,
	    uint64_t from, size_t size);
void	ev_block_clear(struct ev_block *block);

/* The numbers of the blocks from `from` on: *first to before *last. */
void	ev_block_range(const struct ev_source *source, uint64_t from,
	    size_t size, uint64_t *first, uint64_t *last);

/*
 * Reads block `index` and cuts its lines (and, of the first block, the line at
 * `from`), the last of them as far as it goes on in the blocks behind.
 */
int	ev_block_cut(struct ev_block *block, uint64_t index,
	    struct ev_cut *cut, struct ev_err *err);

/*
 * The number (from 1) that the line at an offset has in its file, and that
 * file's name when it is a segment (malloced, else NULL); by counting, unless
 * `known` is its number in the source.  0: it could not be read.
 */
uint64_t ev_block_line(const struct ev_source *source, uint64_t offset,
	    uint64_t known, char **segment);
/* Fails: "FILE:LINE: WHY", by ev_block_line.  Gives -1. */
int	ev_block_fail(const struct ev_source *source, uint64_t offset,
	    uint64_t known, const char *why, struct ev_err *err);

/*
 * Zeroed memory at a page's start, EV_SCAN_PAD bytes more than n; for
 * ev_block_free with the same n.
 */
void	*ev_block_alloc(size_t n);
void	ev_block_free(void *p, size_t n);

#endif
