#include "tail/cursor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "store/slot.h"
#include "text/time.h"

#define CRC 17 /* bytes of {"crc":"01234567" */

/* The checksum is of all bytes behind its own. */
static uint32_t
sum(const char slot[EV_CURSOR_SLOT])
{
	return ev_crc32c(0, slot + CRC, EV_CURSOR_SLOT - CRC);
}

static void
format(const struct ev_mark *mark, char slot[EV_CURSOR_SLOT])
{
	struct ev_buf line = EV_BUF_INIT;
	char crc[9];

	ev_buf_addf(&line,
	    "{\"crc\":\"00000000\",\"seq\":%" PRIu64 ",\"at\":%" PRId64
	    ",\"pos\":\"",
	    mark->seq, mark->at);
	ev_position_write(&mark->pos, &line);
	ev_buf_adds(&line, "\"}");
	memset(slot, ' ', EV_CURSOR_SLOT);
	memcpy(slot, line.p, line.n);
	slot[EV_CURSOR_SLOT - 1] = '\n';
	ev_buf_clear(&line);
	snprintf(crc, sizeof(crc), "%08" PRIx32, sum(slot));
	memcpy(slot + CRC - 9, crc, 8);
}

static bool
parse(struct ev_mark *mark, char slot[EV_CURSOR_SLOT])
{
	char *word, *end;
	uint32_t crc;
	int at = 0;

	if (slot[EV_CURSOR_SLOT - 1] != '\n')
		return false;
	slot[EV_CURSOR_SLOT - 1] = '\0';
	if (sscanf(slot,
		"{\"crc\":\"%8" SCNx32 "\",\"seq\":%" SCNu64 ",\"at\":%" SCNd64
		",\"pos\":\"%n",
		&crc, &mark->seq, &mark->at, &at) != 3 ||
	    at == 0)
		return false;
	slot[EV_CURSOR_SLOT - 1] = '\n';
	if (crc != sum(slot) || mark->seq == 0)
		return false;
	word = slot + at;
	end = memchr(word, '"', (size_t)(slot + EV_CURSOR_SLOT - word));
	if (end == NULL)
		return false;
	*end = '\0';
	return ev_position_read(&mark->pos, word);
}

bool
ev_cursor_used(int fd)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

int
ev_mark_read(int fd, struct ev_mark *mark, bool *damaged)
{
	char slots[2 * EV_CURSOR_SLOT];
	struct ev_mark one;
	ssize_t n = ev_pread_all(fd, slots, sizeof(slots), 0);
	size_t i;

	*mark = (struct ev_mark){ 0 };
	if (n < 0)
		return -1;
	for (i = 0; (i + 1) * EV_CURSOR_SLOT <= (size_t)n; i++)
		if (parse(&one, slots + i * EV_CURSOR_SLOT) &&
		    one.seq > mark->seq)
			*mark = one;
	*damaged = n > 0 && mark->seq == 0;
	return 0;
}

/* Opens and locks the file that has the name; one that was removed meanwhile
 * is nobody's. */
static int
open_locked(
    struct ev_shelf *shelf, const char *name, int flags, struct ev_err *err)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	struct stat st;
	int fd;

	if (!ev_shelf_name_ok(name))
		return ev_fail(err,
		    "'%s' cannot be a cursor's name: letters, digits and "
		    "._-+@, 64 at most, none of .-+ first",
		    name);
	for (;;) {
		fd = ev_shelf_file(shelf, name, flags, &st, err);
		if (fd == -1)
			return -1;
		if (fcntl(fd, F_OFD_SETLK, &whole) == -1)
			break;
		if (fstat(fd, &st) == 0 && st.st_nlink > 0)
			return fd;
		close(fd);
	}
	if (errno == EAGAIN || errno == EACCES)
		ev_fail(err, "cursor '%s' is in use by another process", name);
	else
		ev_fail_errno(err, "cannot lock '%s/%s'", shelf->path, name);
	close(fd);
	return -1;
}

int
ev_cursor_open(struct ev_cursor *cursor, struct ev_shelf *shelf,
    const char *name, struct ev_err *err)
{
	*cursor = (struct ev_cursor){ .name = name, .shelf = shelf };
	cursor->fd = open_locked(shelf, name, O_RDWR | O_CREAT, err);
	if (cursor->fd == -1)
		return -1;
	if (ev_mark_read(cursor->fd, &cursor->mark, &cursor->damaged) == 0)
		return 0;
	ev_fail_errno(err, "cannot read '%s/%s'", shelf->path, name);
	ev_cursor_close(cursor);
	return -1;
}

void
ev_cursor_close(struct ev_cursor *cursor)
{
	if (cursor->fd > 0)
		close(cursor->fd);
	cursor->fd = -1;
}

/* What the store calls its log, so that another log under its name is known. */
static void
take_name(const struct ev_cursor *cursor, struct ev_position *pos)
{
	struct ev_state state;
	struct stat st;
	int fd = -1;

	pos->log[0] = '\0';
	pos->gen = 0;
	if (cursor->shelf->dir.place != NULL)
		fd = ev_dir_inside(
		    &cursor->shelf->dir, "state", O_RDONLY, &st, NULL);
	if (fd == -1)
		return;
	if (ev_slot_read(fd, &state) == 1) {
		memcpy(pos->log, state.log, sizeof(pos->log));
		pos->gen = state.gen;
	}
	close(fd);
}

int
ev_cursor_save(struct ev_cursor *cursor, struct ev_err *err)
{
	struct ev_mark *mark = &cursor->mark;
	char slot[EV_CURSOR_SLOT];
	struct timespec now;

	if (ev_now(&now, err) == -1)
		return -1;
	take_name(cursor, &mark->pos);
	mark->seq++;
	mark->at = ev_time_ms(now);
	format(mark, slot);
	if (ev_pwrite_all(cursor->fd, slot, sizeof(slot),
		(off_t)((mark->seq - 1) % 2 * sizeof(slot))) == 0)
		return 0;
	mark->seq--; /* the other slot may be the only sound one */
	return ev_fail_errno(
	    err, "cannot write '%s/%s'", cursor->shelf->path, cursor->name);
}

int
ev_cursor_forget(struct ev_shelf *shelf, const char *name, struct ev_err *err)
{
	int fd = open_locked(shelf, name, O_RDWR, err), r;

	if (fd == -1 && errno == ENOENT)
		return ev_fail(
		    err, "there is no cursor '%s' in '%s'", name, shelf->path);
	if (fd == -1)
		return -1;
	r = ev_shelf_remove(shelf, name, err);
	close(fd);
	return r;
}
