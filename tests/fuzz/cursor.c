/* A place in a log as one word, and files that hold such words. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "tail/cursor.h"

#define CRC 17 /* tail/cursor.c: the checksum is of all behind it */

static void
try_word(const char *word)
{
	struct ev_position pos, back;
	struct ev_buf out = EV_BUF_INIT;

	if (ev_position_read(&pos, word)) {
		ev_position_write(&pos, &out);
		HOLDS(ev_position_read(&back, ev_buf_str(&out)));
		HOLDS(pos.gen == back.gen && pos.offset == back.offset &&
		    pos.crc == back.crc && pos.tail_n == back.tail_n &&
		    memcmp(pos.tail, back.tail, pos.tail_n) == 0 &&
		    strcmp(pos.id, back.id) == 0 &&
		    strcmp(pos.log, back.log) == 0);
	}
	ev_buf_clear(&out);
}

/* With the right checksum, so that what is behind it is reached. */
static void
seal(char slot[EV_CURSOR_SLOT])
{
	char crc[9];

	slot[EV_CURSOR_SLOT - 1] = '\n';
	snprintf(crc, sizeof(crc), "%08x",
	    ev_crc32c(0, slot + CRC, EV_CURSOR_SLOT - CRC));
	memcpy(slot + CRC - 9, crc, 8);
}

static void
try_file(const char *p, size_t n, bool sealed)
{
	char slots[2 * EV_CURSOR_SLOT];
	int fd = memfd_create("cursor", MFD_CLOEXEC);
	struct ev_mark mark;
	bool damaged;

	memset(slots, ' ', sizeof(slots));
	memcpy(slots, p, n < sizeof(slots) ? n : sizeof(slots));
	if (sealed) {
		seal(slots);
		seal(slots + EV_CURSOR_SLOT);
		n = sizeof(slots);
	}
	HOLDS(fd != -1 &&
	    write(fd, slots, n < sizeof(slots) ? n : sizeof(slots)) >= 0);
	HOLDS(ev_mark_read(fd, &mark, &damaged) == 0);
	HOLDS(!damaged || mark.seq == 0);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *text = fuzz_text((struct ev_slice){ (const char *)p, n });

	try_word(text);
	try_file(text, n, false);
	try_file(text, n, true);
	free(text);
	return 0;
}
