#include "input/block.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"

#define PAGE 4096u
#define READ_ON 65536u /* step behind a block, for a long last line */

/* Behind a block this share of its size is read at once, for the last line. */
#define OVER(size) ((size) / 128)

void *
ev_block_alloc(size_t n)
{
	void *p = mmap(NULL, n + EV_SCAN_PAD, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		ev_no_memory();
	return p;
}

void
ev_block_free(void *p, size_t n)
{
	if (p != NULL)
		munmap(p, n + EV_SCAN_PAD);
}

void
ev_block_init(struct ev_block *block, const struct ev_source *source,
    uint64_t from, size_t size)
{
	*block = (struct ev_block){ .source = source, .from = from };
	block->size = size > 0 ? size : EV_BLOCK_SIZE;
	block->cap = PAGE + block->size + OVER(block->size);
	if (block->cap < READ_ON)
		block->cap = READ_ON;
	block->data = ev_block_alloc(block->cap);
}

void
ev_block_clear(struct ev_block *block)
{
	ev_block_free(block->data, block->cap);
	block->data = NULL;
}

void
ev_block_range(const struct ev_source *source, uint64_t from, size_t size,
    uint64_t *first, uint64_t *last)
{
	if (size == 0)
		size = EV_BLOCK_SIZE;
	*first = from / size;
	*last = source->size > from ? (source->size - 1) / size + 1 : *first;
}

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Reads bytes [at, until) of the source, or what of them is there, to data. */
static ssize_t
get(struct ev_block *block, uint64_t at, uint64_t until, struct ev_err *err)
{
	ssize_t got;

	if (until <= at)
		return 0;
	got = ev_source_at(block->source, block->data, until - at, at, err);
	if (got < 0)
		return -1;
	block->at = at;
	block->end = block->data + got;
	return got;
}

/* The rest of a line that goes on at `at`. */
static int
read_on(
    struct ev_block *block, uint64_t at, struct ev_cut *cut, struct ev_err *err)
{
	uint64_t size = block->source->size;
	const char *lf = NULL;
	ssize_t got;
	size_t n;

	while (lf == NULL && !cut->stopped) {
		got = get(block, at, least(at + READ_ON, size), err);
		if (got < 0)
			return -1;
		if (got == 0) {
			ev_cut_end(cut, block->source->store);
			return 0;
		}
		n = (size_t)got;
		lf = memchr(block->data, '\n', n);
		if (lf != NULL)
			n = (size_t)(lf + 1 - block->data);
		ev_cut_part(cut, block->data, n, at);
		at += n;
	}
	return 0;
}

/* Cuts the lines that start in [p, edge], edge being the block's own end. */
static int
cut_owned(struct ev_block *block, const char *p, const char *edge,
    struct ev_cut *cut, struct ev_err *err)
{
	const char *end = block->end, *rest;
	const char *lf = memchr(edge, '\n', (size_t)(end - edge));
	uint64_t at = block->at + (uint64_t)(p - block->data);

	if (lf == NULL)
		lf = memrchr(p, '\n', (size_t)(end - p));
	rest = lf == NULL ? p : lf + 1;
	if (rest > p)
		ev_cut_lines(cut, p, (size_t)(rest - p), at);
	if (rest > edge || cut->stopped)
		return 0;
	at += (uint64_t)(rest - p);
	if (rest < end)
		ev_cut_part(cut, rest, (size_t)(end - rest), at);
	return read_on(block, at + (uint64_t)(end - rest), cut, err);
}

int
ev_block_cut(struct ev_block *block, uint64_t index, struct ev_cut *cut,
    struct ev_err *err)
{
	uint64_t size = block->source->size;
	uint64_t start = index * block->size, stop = start + block->size;
	uint64_t lo = start > block->from ? start : block->from;
	uint64_t at = lo & ~(uint64_t)(PAGE - 1);
	const char *p, *edge;
	ssize_t got;

	got = get(block, at, least(stop + OVER(block->size), size), err);
	if (got < 0)
		return -1;
	if ((uint64_t)got <= lo - at)
		return 0;
	p = block->data + (lo - at);
	edge = block->data + least(stop - at, (uint64_t)got);
	if (lo != block->from) {
		p = memchr(p, '\n', (size_t)(edge - p));
		if (p == NULL)
			return 0;
		p++;
	}
	return cut_owned(block, p, edge, cut, err);
}

/* The lines that begin in [from, offset], 0: it could not be read. */
static uint64_t
count(const struct ev_source *source, uint64_t from, uint64_t offset)
{
	struct ev_block block;
	uint64_t at, line = 1;
	ssize_t got;

	ev_block_init(&block, source, 0, 0);
	for (at = from; at < offset; at += (uint64_t)got) {
		got = get(&block, at, least(at + block.size, offset), NULL);
		if (got <= 0) {
			line = 0;
			break;
		}
		line += ev_skim_lines(block.data, (size_t)got);
	}
	ev_block_clear(&block);
	return line;
}

uint64_t
ev_block_line(const struct ev_source *source, uint64_t offset, uint64_t known,
    char **segment)
{
	uint64_t from;

	*segment = ev_trail_name(source->trail, offset, &from);
	return known > 0 && from == 0 ? known : count(source, from, offset);
}

int
ev_block_fail(const struct ev_source *source, uint64_t offset, uint64_t known,
    const char *why, struct ev_err *err)
{
	char *segment;
	uint64_t line = ev_block_line(source, offset, known, &segment);

	ev_fail(err, "%s:%" PRIu64 ": %s",
	    segment != NULL ? segment : source->name, line, why);
	free(segment);
	return -1;
}
