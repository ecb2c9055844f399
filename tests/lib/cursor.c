/* A cursor's file, when something comes between or fails. */
#include "tail/cursor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scratch.h"
#include "test.h"

static const char *taken; /* is removed before the next lock is had */
static bool full;	  /* nothing more can be written */
static char log_path[300], file_path[300];

int
fcntl(int fd, int command, ...)
{
	va_list ap;
	long arg;

	va_start(ap, command);
	arg = va_arg(ap, long);
	va_end(ap);
	if (command == F_OFD_SETLK && taken != NULL) {
		unlink(taken);
		taken = NULL;
	}
	return (int)syscall(SYS_fcntl, fd, command, arg);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	if (full)
		errno = ENOSPC;
	return full ? -1 : syscall(SYS_pwrite64, fd, p, n, at);
}

static void
open_it(struct ev_shelf *shelf, struct ev_cursor *cursor)
{
	struct ev_err err;

	CHECK_INT(ev_shelf_open(shelf, log_path, NULL, &err), 0);
	CHECK_INT(ev_cursor_open(cursor, shelf, "c", &err), 0);
}

static int
save_at(struct ev_cursor *cursor, uint64_t offset)
{
	struct ev_err err;

	cursor->mark.pos.offset = offset;
	return ev_cursor_save(cursor, &err);
}

static void
close_it(struct ev_shelf *shelf, struct ev_cursor *cursor)
{
	ev_cursor_close(cursor);
	ev_shelf_close(shelf);
}

/* The newest record of the file. */
static uint64_t
saved(void)
{
	int fd = open(file_path, O_RDONLY);
	struct ev_mark mark = { 0 };
	bool damaged;

	CHECK(fd >= 0);
	CHECK_INT(ev_mark_read(fd, &mark, &damaged), 0);
	close(fd);
	return mark.pos.offset;
}

/* A file that was removed before its lock was had is nobody's cursor. */
static void
test_removed(void)
{
	struct ev_cursor cursor;
	struct ev_shelf shelf;

	open_it(&shelf, &cursor);
	snprintf(file_path, sizeof(file_path), "%s/c", shelf.path);
	CHECK_INT(save_at(&cursor, 1), 0);
	close_it(&shelf, &cursor);
	CHECK_INT(saved(), 1);
	taken = file_path;
	open_it(&shelf, &cursor);
	CHECK(taken == NULL);
	CHECK_INT(cursor.mark.seq, 0);
	CHECK_INT(save_at(&cursor, 2), 0);
	close_it(&shelf, &cursor);
	CHECK_INT(saved(), 2);
}

/* What could not be recorded leaves the last record that could be alone. */
static void
test_full(void)
{
	struct ev_cursor cursor;
	struct ev_shelf shelf;
	char slot[EV_CURSOR_SLOT];
	uint64_t seq;
	int fd;

	open_it(&shelf, &cursor);
	CHECK_INT(save_at(&cursor, 3), 0);
	seq = cursor.mark.seq;
	full = true;
	CHECK_INT(save_at(&cursor, 4), -1);
	full = false;
	CHECK_INT(cursor.mark.seq, seq);
	CHECK_INT(save_at(&cursor, 5), 0);
	/* a torn one would not have cost both */
	memset(slot, 'x', sizeof(slot));
	fd = open(file_path, O_WRONLY);
	CHECK(pwrite(fd, slot, sizeof(slot), (off_t)(seq % 2 * sizeof(slot))) ==
	    EV_CURSOR_SLOT);
	close(fd);
	CHECK_INT(saved(), 3);
	close_it(&shelf, &cursor);
}

int
main(void)
{
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch("state"), 1);
	setenv("EV_NOW", "2026-01-07T10:00:00Z", 1);
	snprintf(log_path, sizeof(log_path), "%s", scratch("log"));
	scratch_put("log", "{\"id\":\"1\"}\n");
	test_removed();
	test_full();
	scratch_end();
	return test_end();
}
