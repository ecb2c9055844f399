#include "tail/position.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/lines.h"

#define MARK "ev1:"
#define NEAR (64u << 10) /* a longer last line is known by its end alone */

/* The line's id when it is an event that has one of a size that we keep. */
static void
take_id(
    struct ev_position *pos, struct ev_event *ev, const char *line, size_t n)
{
	struct ev_slice id;

	pos->id[0] = '\0';
	if (ev_event_read(ev, line, n) != EV_SCAN_OK)
		return;
	id = ev_event_id(ev);
	if (id.n > EV_POSITION_ID || memchr(id.p, '\0', id.n) != NULL)
		return;
	memcpy(pos->id, id.p, id.n);
	pos->id[id.n] = '\0';
}

int
ev_position_take(struct ev_position *pos, struct ev_chain *in, uint64_t offset,
    struct ev_event *ev)
{
	uint64_t floor;
	size_t n, end, from;
	char *block;
	const char *lf;

	pos->offset = offset;
	pos->tail_n = 0;
	pos->id[0] = '\0';
	if (ev_chain_tail(in, offset, &pos->crc, NULL) == -1)
		return -1;
	floor = offset > NEAR ? offset - NEAR : 0;
	if (floor < in->base && ev_chain_floor(in, offset) > floor)
		floor = ev_chain_floor(in, offset);
	n = offset > floor ? (size_t)(offset - floor) : 0;
	block = ev_calloc(1, n + EV_SCAN_PAD);
	if (ev_chain_read(in, block, n, floor) != (ssize_t)n) {
		free(block);
		return -1;
	}
	end = n > 0 && block[n - 1] == '\n' ? n - 1 : n;
	lf = memrchr(block, '\n', end);
	from = lf == NULL ? 0 : (size_t)(lf + 1 - block);
	pos->tail_n = n - from < EV_POSITION_TAIL ? n - from : EV_POSITION_TAIL;
	memcpy(pos->tail, block + n - pos->tail_n, pos->tail_n);
	if (lf != NULL || n < NEAR)
		take_id(pos, ev, block + from, end - from);
	free(block);
	return 0;
}

static void
add_hex(struct ev_buf *out, const char *p, size_t n)
{
	char hex[2 * EV_POSITION_ID + 1];

	ev_hex((const unsigned char *)p, n, hex);
	ev_buf_adds(out, hex);
}

void
ev_position_write(const struct ev_position *pos, struct ev_buf *out)
{
	ev_buf_addf(out, MARK "%s:%" PRIu64 ":%" PRIu64 ":%08" PRIx32 ":",
	    pos->log, pos->gen, pos->offset, pos->crc);
	add_hex(out, pos->tail, pos->tail_n);
	ev_buf_addc(out, ':');
	add_hex(out, pos->id, strlen(pos->id));
}

static int
nibble(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

/* Hex digits up to `end`; false when they are none or too many. */
static bool
read_hex(const char *p, char end, char *to, size_t most, size_t *n)
{
	for (*n = 0; *p != end; p += 2) {
		if (*n == most || nibble(p[0]) < 0 || nibble(p[1]) < 0)
			return false;
		to[(*n)++] = (char)(nibble(p[0]) * 16 + nibble(p[1]));
	}
	return true;
}

bool
ev_position_read(struct ev_position *pos, const char *word)
{
	const char *p = word + sizeof(MARK) - 1, *colon;
	size_t n;
	int used = 0;

	*pos = (struct ev_position){ 0 };
	if (strncmp(word, MARK, sizeof(MARK) - 1) != 0)
		return false;
	n = strcspn(p, ":");
	if (n >= sizeof(pos->log) || p[n] == '\0')
		return false;
	memcpy(pos->log, p, n);
	p += n;
	if (sscanf(p, ":%" SCNu64 ":%" SCNu64 ":%8" SCNx32 ":%n", &pos->gen,
		&pos->offset, &pos->crc, &used) != 3 ||
	    used == 0)
		return false;
	p += used;
	colon = strchr(p, ':');
	if (colon == NULL ||
	    !read_hex(p, ':', pos->tail, EV_POSITION_TAIL, &pos->tail_n) ||
	    !read_hex(colon + 1, '\0', pos->id, EV_POSITION_ID, &n))
		return false;
	pos->id[n] = '\0';
	return true;
}

void
ev_position_of_id(struct ev_position *pos, const char *id)
{
	*pos = (struct ev_position){ .offset = UINT64_MAX };
	snprintf(pos->id, sizeof(pos->id), "%s", id);
}

static bool
ends_as(const struct ev_position *pos, struct ev_slice line)
{
	size_t n = pos->tail_n;

	/* the tail has the line's LF, the line here has none */
	if (n > 0 && pos->tail[n - 1] == '\n')
		n--;
	return n > 0 && line.n >= n &&
	    memcmp(line.p + line.n - n, pos->tail, n) == 0 &&
	    (n + 1 >= EV_POSITION_TAIL || line.n == n);
}

static bool
has_id(const struct ev_position *pos, struct ev_slice line, struct ev_event *ev)
{
	size_t n = strlen(pos->id);

	/* a derived id stands in no line */
	if (n == 0 ||
	    (pos->id[0] != '~' && memmem(line.p, line.n, pos->id, n) == NULL))
		return false;
	return ev_event_read(ev, line.p, line.n) == EV_SCAN_OK &&
	    ev_slice_is(ev_event_id(ev), pos->id);
}

static int
search(const struct ev_position *pos, struct ev_chain *in, uint64_t size,
    struct ev_event *ev, uint64_t *offset)
{
	struct ev_lines lines;
	struct ev_slice line;
	bool found = false, by_line = false, by_id;
	uint64_t at;
	int r;

	ev_lines_of(&lines, in, 0, size);
	while (!by_line && (r = ev_lines_next(&lines, &line, &at)) == 1) {
		if (line.p == NULL)
			continue;
		by_id = has_id(pos, line, ev);
		by_line = ends_as(pos, line) && (by_id || pos->id[0] == '\0');
		if (by_line || (by_id && !found))
			*offset = at + line.n + 1;
		found |= by_line || by_id;
	}
	ev_lines_clear(&lines);
	return by_line || r == 0 ? found : -1;
}

/* Does the same line still end there?  1, 0, -1.  The last bytes of many lines
 * are the same. */
static int
is_there(
    const struct ev_position *pos, struct ev_chain *in, struct ev_event *ev)
{
	struct ev_position now;

	if (ev_position_take(&now, in, pos->offset, ev) == -1)
		return -1;
	return now.crc == pos->crc &&
	    (pos->id[0] == '\0' || strcmp(now.id, pos->id) == 0);
}

int
ev_position_find(const struct ev_position *pos, struct ev_chain *in,
    uint64_t size, struct ev_event *ev, uint64_t *offset)
{
	int r = pos->offset <= size ? is_there(pos, in, ev) : 0;

	*offset = r == 1 ? pos->offset : 0;
	return r == 0 ? search(pos, in, size, ev, offset) : r;
}
