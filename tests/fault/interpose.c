/*
 * interpose: the functions that the shim stands before, as the system's
 * headers declare them; each makes its call through shim_call.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "shim.h"

#define CALL(nr, ...) shim_call(nr, (const long[6]){ __VA_ARGS__ })
#define P(pointer) ((long)(pointer))

long
syscall(long nr, ...)
{
	long arg[6];
	va_list ap;
	size_t i;

	va_start(ap, nr);
	for (i = 0; i < 6; i++)
		arg[i] = va_arg(ap, long);
	va_end(ap);
	return shim_call(nr, arg);
}

#define MODE(flags, mode) \
	do { \
		va_list ap; \
		va_start(ap, flags); \
		if (((flags)&O_CREAT) != 0) \
			(mode) = va_arg(ap, int); \
		va_end(ap); \
	} while (0)

int
openat(int dir, const char *path, int flags, ...)
{
	long mode = 0;

	MODE(flags, mode);
	return (int)CALL(SYS_openat, dir, P(path), flags, mode);
}

int
openat64(int dir, const char *path, int flags, ...)
{
	long mode = 0;

	MODE(flags, mode);
	return (int)CALL(SYS_openat, dir, P(path), flags | O_LARGEFILE, mode);
}

int
open(const char *path, int flags, ...)
{
	long mode = 0;

	MODE(flags, mode);
	return (int)CALL(SYS_openat, AT_FDCWD, P(path), flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	long mode = 0;

	MODE(flags, mode);
	return (int)CALL(
	    SYS_openat, AT_FDCWD, P(path), flags | O_LARGEFILE, mode);
}

/* clang-format off */
#define WRAP(type, name, params, nr, ...) \
	type \
	name params \
	{ \
		return (type)CALL(nr, __VA_ARGS__); \
	}

WRAP(ssize_t, write, (int fd, const void *p, size_t n),
    SYS_write, fd, P(p), P(n))
WRAP(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at),
    SYS_pwrite64, fd, P(p), P(n), at)
WRAP(ssize_t, pwrite64, (int fd, const void *p, size_t n, off_t at),
    SYS_pwrite64, fd, P(p), P(n), at)
WRAP(ssize_t, writev, (int fd, const struct iovec *v, int n),
    SYS_writev, fd, P(v), n)
WRAP(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t at),
    SYS_pwritev, fd, P(v), n, at, 0)
WRAP(ssize_t, copy_file_range, (int in, off_t *from, int out, off_t *to,
    size_t n, unsigned flags),
    SYS_copy_file_range, in, P(from), out, P(to), P(n), flags)
WRAP(ssize_t, sendfile, (int out, int in, off_t *from, size_t n),
    SYS_sendfile, out, in, P(from), P(n))
WRAP(int, ftruncate, (int fd, off_t n), SYS_ftruncate, fd, n)
WRAP(int, ftruncate64, (int fd, off_t n), SYS_ftruncate, fd, n)
WRAP(int, fallocate, (int fd, int mode, off_t at, off_t n),
    SYS_fallocate, fd, mode, at, n)
WRAP(int, fallocate64, (int fd, int mode, off_t at, off_t n),
    SYS_fallocate, fd, mode, at, n)
WRAP(int, fsync, (int fd), SYS_fsync, fd)
WRAP(int, fdatasync, (int fd), SYS_fdatasync, fd)
WRAP(int, flock, (int fd, int how), SYS_flock, fd, how)
WRAP(int, fchmod, (int fd, mode_t mode), SYS_fchmod, fd, mode)
WRAP(int, rename, (const char *from, const char *to),
    SYS_renameat2, AT_FDCWD, P(from), AT_FDCWD, P(to), 0)
WRAP(int, renameat, (int d, const char *from, int e, const char *to),
    SYS_renameat2, d, P(from), e, P(to), 0)
WRAP(int, renameat2, (int d, const char *from, int e, const char *to,
    unsigned flags),
    SYS_renameat2, d, P(from), e, P(to), flags)
WRAP(int, link, (const char *from, const char *to),
    SYS_linkat, AT_FDCWD, P(from), AT_FDCWD, P(to), 0)
WRAP(int, linkat, (int d, const char *from, int e, const char *to, int flags),
    SYS_linkat, d, P(from), e, P(to), flags)
WRAP(int, symlinkat, (const char *to, int d, const char *name),
    SYS_symlinkat, P(to), d, P(name))
WRAP(int, unlink, (const char *path), SYS_unlinkat, AT_FDCWD, P(path), 0)
WRAP(int, unlinkat, (int d, const char *path, int flags),
    SYS_unlinkat, d, P(path), flags)
WRAP(int, mkdir, (const char *path, mode_t mode),
    SYS_mkdirat, AT_FDCWD, P(path), mode)
WRAP(int, mkdirat, (int d, const char *path, mode_t mode),
    SYS_mkdirat, d, P(path), mode)
/* clang-format on */
