/*
 * faulty: the C library's calls of the code under test can be made to fail, in
 * this process: this program's functions stand before those of the C library.
 * What may fail, and how, says tests/fault/calls.c.
 */
#ifndef EV_FAULTY_H
#define EV_FAULTY_H

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "../fault/calls.h"

#define FAULTY_CALLS 20000
#define FAULTY_INTERRUPTS 2500 /* in a row, when one is not all */

enum faulty_how {
	FAULTY_COUNT,
	FAULTY_ONCE,	/* the call fails */
	FAULTY_ON,	/* so do all from there on */
	FAULTY_SHORT,	/* it moves fewer bytes */
	FAULTY_SHORTEN,	/* so do all from there on */
	FAULTY_FOREIGN,	/* another writer comes before it */
	FAULTY_SPOIL,	/* and before each that follows */
	FAULTY_SPLIT,	/* it moves fewer bytes, another comes behind it */
	FAULTY_TEAR	/* from there on all do, and another before each */
};

/* A call that was counted: of what it is, and with how many bytes. */
struct faulty_call {
	const struct calls_row	*row;
	size_t			 size;
};

static struct {
	bool			 armed;
	enum faulty_how		 how;
	size_t			 at;	/* the first call is 0 */
	size_t			 then;	/* one behind it that fails; or 0 */
	int			 error;	/* errno */
	size_t			 most;	/* bytes of what is cut short */
	int			 old;	/* errno where openat2 is not to be had */
	bool			 no_timer;
	time_t			 late;	/* s that passed for nobody else */
	const char		*file, *text; /* what others append to what */
	void			(*foreign)(void); /* what they do instead */
	size_t			 count, interrupts;
	struct faulty_call	 call[FAULTY_CALLS];
} faulty;

#define P(pointer) ((long)(pointer))
/* The C library's function of a name, to be called through *to. */
#define FAULTY_NEXT(to, name) do {					\
	void *found = dlsym(RTLD_NEXT, name);				\
	memcpy(&(to), &found, sizeof(found));				\
} while (0)

static inline long
faulty_real(long nr, long a, long b, long c, long d, long e)
{
	static long (*real)(long, ...);

	if (real == NULL)
		FAULTY_NEXT(real, "syscall");
	return real(nr, a, b, c, d, e);
}

/* Another writer, who takes no lock. */
static inline void
faulty_foreign(void)
{
	long fd;

	if (faulty.foreign != NULL) {
		faulty.armed = false;
		faulty.foreign();
		faulty.armed = true;
		return;
	}
	fd = faulty_real(SYS_openat, AT_FDCWD, P(faulty.file),
	    O_WRONLY | O_APPEND | O_CREAT, 0644, 0);
	faulty_real(SYS_write, fd, P(faulty.text), (long)strlen(faulty.text),
	    0, 0);
	faulty_real(SYS_close, fd, 0, 0, 0, 0);
}

/* Does the call fail with faulty.error? */
static inline bool
faulty_fails(const struct calls_row *row)
{
	size_t i;

	for (i = 0; i < CALLS_ERRORS; i++)
		if (calls_errors[i].number == faulty.error &&
		    (row->errors & 1u << i) == 0)
			return false;
	if (faulty.error == EINTR && faulty.how == FAULTY_ON) {
		/* not for ever, and none of them is another point */
		faulty.count--;
		if (faulty.interrupts++ >= FAULTY_INTERRUPTS)
			return false;
	}
	errno = faulty.error;
	return true;
}

/* Counts a call; is it to fail, with errno?  size: of what it moves, which may
 * become less. */
static inline bool
faulty_is(long nr, bool creates, size_t *size)
{
	const struct calls_row *row =
	    faulty.armed ? calls_find(nr, creates) : NULL;
	size_t here = faulty.count;
	bool now, on;

	if (row == NULL)
		return false;
	if (faulty.count == FAULTY_CALLS) {
		fprintf(stderr, "faulty: more calls than there is room for\n");
		exit(2);
	}
	faulty.call[faulty.count++] =
	    (struct faulty_call){ row, size != NULL ? *size : 0 };
	if (faulty.then > 0 && here == faulty.then) {
		errno = faulty.error;
		return true;
	}
	now = here == faulty.at;
	on = here >= faulty.at;
	switch (faulty.how) {
	case FAULTY_ONCE:
		return now && faulty_fails(row);
	case FAULTY_ON:
		return on && faulty_fails(row);
	case FAULTY_FOREIGN:
	case FAULTY_SPOIL:
		if (now || (on && faulty.how == FAULTY_SPOIL))
			faulty_foreign();
		return false;
	case FAULTY_SPLIT:
	case FAULTY_TEAR:
		if (here == faulty.at + 1 || (on && faulty.how == FAULTY_TEAR))
			faulty_foreign();
		/* FALLTHROUGH */
	case FAULTY_SHORT:
	case FAULTY_SHORTEN:
		if (size != NULL && *size > faulty.most &&
		    (now || (on && faulty.how != FAULTY_SHORT &&
			    faulty.how != FAULTY_SPLIT)))
			*size = faulty.most;
		return false;
	default:
		return false;
	}
}

/* Of its calls the code under test makes openat2 by this one alone. */
long
syscall(long nr, ...)
{
	const struct open_how *how;
	long arg[5];
	va_list ap;
	size_t i;

	va_start(ap, nr);
	for (i = 0; i < 5; i++)
		arg[i] = va_arg(ap, long);
	va_end(ap);
	if (nr == SYS_openat2 && faulty.old != 0) {
		errno = faulty.old;
		return -1;
	}
	if (nr == SYS_openat2) {
		memcpy(&how, &arg[2], sizeof(how));
		if (faulty_is(nr, (how->flags & O_CREAT) != 0, NULL))
			return -1;
	}
	return faulty_real(nr, arg[0], arg[1], arg[2], arg[3], arg[4]);
}

static inline int
faulty_open(int dir, const char *path, int flags, va_list ap)
{
	bool creates = (flags & O_CREAT) != 0;
	long mode = creates ? va_arg(ap, int) : 0;

	if (faulty_is(SYS_openat, creates, NULL))
		return -1;
	return (int)faulty_real(SYS_openat, dir, P(path), flags, mode, 0);
}

int
openat(int dir, const char *path, int flags, ...)
{
	va_list ap;
	int fd;

	va_start(ap, flags);
	fd = faulty_open(dir, path, flags, ap);
	va_end(ap);
	return fd;
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	int fd;

	va_start(ap, flags);
	fd = faulty_open(AT_FDCWD, path, flags, ap);
	va_end(ap);
	return fd;
}

/* Calls that move bytes, n of them. */
#define FAULTY_MOVES(name, params, nr, ...)				\
	ssize_t								\
	name params							\
	{								\
		return faulty_is(nr, false, &n) ? -1 :			\
		    (ssize_t)faulty_real(nr, __VA_ARGS__);		\
	}
#define FAULTY(type, name, params, nr, ...)				\
	type								\
	name params							\
	{								\
		return faulty_is(nr, false, NULL) ? -1 :		\
		    (type)faulty_real(nr, __VA_ARGS__);			\
	}

FAULTY_MOVES(read, (int fd, void *p, size_t n),
    SYS_read, fd, P(p), P(n), 0, 0)
FAULTY_MOVES(pread, (int fd, void *p, size_t n, off_t at),
    SYS_pread64, fd, P(p), P(n), at, 0)
FAULTY_MOVES(write, (int fd, const void *p, size_t n),
    SYS_write, fd, P(p), P(n), 0, 0)
FAULTY_MOVES(pwrite, (int fd, const void *p, size_t n, off_t at),
    SYS_pwrite64, fd, P(p), P(n), at, 0)
FAULTY(off_t, lseek, (int fd, off_t at, int whence),
    SYS_lseek, fd, at, whence, 0, 0)
FAULTY(int, fstat, (int fd, struct stat *st),
    SYS_fstat, fd, P(st), 0, 0, 0)
FAULTY(int, fstatat, (int fd, const char *name, struct stat *st, int flags),
    SYS_newfstatat, fd, P(name), P(st), flags, 0)
FAULTY(int, ftruncate, (int fd, off_t n),
    SYS_ftruncate, fd, n, 0, 0, 0)
FAULTY(int, fallocate, (int fd, int mode, off_t at, off_t n),
    SYS_fallocate, fd, mode, at, n, 0)
FAULTY(int, flock, (int fd, int how),
    SYS_flock, fd, how, 0, 0, 0)
FAULTY(int, fchmod, (int fd, mode_t mode),
    SYS_fchmod, fd, mode, 0, 0, 0)
FAULTY(int, fchown, (int fd, uid_t user, gid_t group),
    SYS_fchown, fd, user, group, 0, 0)
FAULTY(int, renameat, (int d, const char *from, int e, const char *to),
    SYS_renameat2, d, P(from), e, P(to), 0)
FAULTY(int, linkat, (int d, const char *from, int e, const char *to, int flags),
    SYS_linkat, d, P(from), e, P(to), flags)
FAULTY(int, unlinkat, (int d, const char *path, int flags),
    SYS_unlinkat, d, P(path), flags, 0, 0)
FAULTY(int, mkdirat, (int d, const char *path, mode_t mode),
    SYS_mkdirat, d, P(path), mode, 0, 0)

FAULTY(int, mkdir, (const char *path, mode_t mode),
    SYS_mkdirat, AT_FDCWD, P(path), mode, 0, 0)
FAULTY(int, rmdir, (const char *path),
    SYS_unlinkat, AT_FDCWD, P(path), AT_REMOVEDIR, 0, 0)

/* No power cut is to be survived: what would be waited for is left out. */
int
fsync(int fd)
{
	return faulty_is(SYS_fsync, false, NULL) || fd < 0 ? -1 : 0;
}

int
fdatasync(int fd)
{
	return faulty_is(SYS_fdatasync, false, NULL) || fd < 0 ? -1 : 0;
}

DIR *
fdopendir(int fd)
{
	static DIR *(*real)(int);

	if (real == NULL)
		FAULTY_NEXT(real, "fdopendir");
	return faulty_is(SYS_fcntl, false, NULL) ? NULL : real(fd);
}

struct dirent *
readdir(DIR *dir)
{
	static struct dirent *(*real)(DIR *);

	if (real == NULL)
		FAULTY_NEXT(real, "readdir");
	return faulty_is(SYS_getdents64, false, NULL) ? NULL : real(dir);
}

/* Only where it gives a descriptor. */
int
fcntl(int fd, int cmd, ...)
{
	va_list ap;
	long arg;

	va_start(ap, cmd);
	arg = va_arg(ap, long);
	va_end(ap);
	if (cmd == F_DUPFD_CLOEXEC && faulty_is(SYS_fcntl, false, NULL))
		return -1;
	return (int)faulty_real(SYS_fcntl, fd, cmd, arg, 0, 0);
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int r = (int)faulty_real(SYS_clock_gettime, clock, P(now), 0, 0, 0);

	if (clock == CLOCK_MONOTONIC)
		now->tv_sec += faulty.late;
	return r;
}

int
timer_create(clockid_t clock, struct sigevent *event, timer_t *timer)
{
	static int (*real)(clockid_t, struct sigevent *, timer_t *);

	if (real == NULL)
		FAULTY_NEXT(real, "timer_create");
	return faulty.no_timer || faulty_is(SYS_timer_create, false, NULL) ?
	    -1 : real(clock, event, timer);
}

int
timer_settime(timer_t timer, int flags, const struct itimerspec *new,
    struct itimerspec *old)
{
	static int (*real)(timer_t, int, const struct itimerspec *,
	    struct itimerspec *);

	if (real == NULL)
		FAULTY_NEXT(real, "timer_settime");
	return faulty_is(SYS_timer_create, false, NULL) ?
	    -1 : real(timer, flags, new, old);
}

/* An end is an end, whatever close says. */
int
close(int fd)
{
	bool fails = faulty_is(SYS_close, false, NULL);
	int why = errno, r = (int)faulty_real(SYS_close, fd, 0, 0, 0, 0);

	if (fails)
		errno = why;
	return fails ? -1 : r;
}

#undef P
#endif
