#include "calls.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

enum {
	SPACE = 1 << 0,
	QUOTA = 1 << 1,
	IO = 1 << 2,
	INTR = 1 << 3,
	FILES = 1 << 4,
	MEMORY = 1 << 5,
};

#define OPEN (IO | INTR | FILES | MEMORY)
#define CREATE (OPEN | SPACE | QUOTA)
#define READ (IO | INTR | MEMORY)
#define WRITE (READ | SPACE | QUOTA)
#define LOOK (IO | MEMORY)
#define CHANGE (LOOK | SPACE | QUOTA)
#define SYNC (IO | INTR | SPACE | QUOTA)

/* clang-format off */
const struct error calls_errors[CALLS_ERRORS] = {
	{ "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT }, { "EIO", EIO },
	{ "EINTR", EINTR }, { "EMFILE", EMFILE }, { "ENOMEM", ENOMEM },
};

static const struct calls_row rows[] = {
	{ SYS_openat, "open", -1, 1, -1, OPEN },
	{ SYS_openat, "create", -1, 1, -1, CREATE },
	{ SYS_openat2, "open", -1, 1, -1, OPEN },
	{ SYS_openat2, "create", -1, 1, -1, CREATE },
	{ SYS_read, "read", 0, -1, 2, READ },
	{ SYS_pread64, "pread", 0, -1, 2, READ },
	{ SYS_write, "write", 0, -1, 2, WRITE },
	{ SYS_pwrite64, "pwrite", 0, -1, 2, WRITE },
	{ SYS_writev, "writev", 0, -1, -1, WRITE },
	{ SYS_copy_file_range, "copy_file_range", 2, -1, -1, WRITE },
	{ SYS_lseek, "lseek", 0, -1, -1, IO },
	{ SYS_fstat, "fstat", 0, -1, -1, LOOK },
	{ SYS_newfstatat, "stat", 0, 1, -1, LOOK },
	{ SYS_statx, "statx", 0, 1, -1, LOOK },
	{ SYS_readlinkat, "readlink", -1, 1, -1, LOOK },
	{ SYS_getcwd, "getcwd", -1, -1, -1, LOOK },
	{ SYS_getdents64, "getdents", 0, -1, -1, LOOK },
	{ SYS_mkdirat, "mkdir", -1, 1, -1, CHANGE },
	{ SYS_renameat2, "rename", -1, 1, -1, CHANGE },
	{ SYS_linkat, "link", -1, 1, -1, CHANGE },
	{ SYS_symlinkat, "symlink", -1, 2, -1, CHANGE },
	{ SYS_unlinkat, "unlink", -1, 1, -1, CHANGE },
	{ SYS_ftruncate, "ftruncate", 0, -1, -1, CHANGE | INTR },
	{ SYS_fallocate, "fallocate", 0, -1, -1, CHANGE | INTR },
	{ SYS_fchmod, "fchmod", 0, -1, -1, CHANGE },
	{ SYS_fchown, "fchown", 0, -1, -1, CHANGE },
	{ SYS_fsync, "fsync", 0, -1, -1, SYNC },
	{ SYS_fdatasync, "fdatasync", 0, -1, -1, SYNC },
	{ SYS_flock, "flock", 0, -1, -1, READ },
	{ SYS_close, "close", 0, -1, -1, SYNC },
	{ SYS_fcntl, "fcntl", 0, -1, -1, FILES | MEMORY },
	{ SYS_mmap, "mmap", -1, -1, -1, MEMORY },
	{ SYS_mremap, "mremap", -1, -1, -1, MEMORY },
	{ SYS_brk, "brk", -1, -1, -1, MEMORY },
	{ SYS_pipe2, "pipe", -1, -1, -1, FILES | MEMORY },
	{ SYS_inotify_init1, "inotify_init", -1, -1, -1, FILES | MEMORY },
	{ SYS_inotify_add_watch, "inotify_add_watch", -1, 1, -1,
	    SPACE | MEMORY },
	{ SYS_timer_create, "timer_create", -1, -1, -1, MEMORY },
	{ SYS_getrandom, "getrandom", -1, -1, -1, INTR },
#ifdef SYS_open
	{ SYS_open, "open", -1, 0, -1, OPEN },
	{ SYS_readlink, "readlink", -1, 0, -1, LOOK },
	{ SYS_rename, "rename", -1, 0, -1, CHANGE },
	{ SYS_renameat, "rename", -1, 1, -1, CHANGE },
	{ SYS_mkdir, "mkdir", -1, 0, -1, CHANGE },
	{ SYS_unlink, "unlink", -1, 0, -1, CHANGE },
	{ SYS_link, "link", -1, 0, -1, CHANGE },
	{ SYS_poll, "poll", -1, -1, -1, INTR | MEMORY },
#endif
	{ SYS_ppoll, "poll", -1, -1, -1, INTR | MEMORY },
};
/* clang-format on */

#define END (rows + sizeof(rows) / sizeof(rows[0]))

const struct calls_row *
calls_find(long nr, bool creates)
{
	const struct calls_row *row, *found = NULL;

	/* of the two rows of an open the second one creates */
	for (row = rows; row < END; row++)
		if (row->nr == nr && (found == NULL || creates))
			found = row;
	return found;
}

const struct calls_row *
calls_named(const char *name)
{
	const struct calls_row *row;

	for (row = rows; row < END; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

int
calls_error(const char *name)
{
	int i;

	for (i = 0; i < CALLS_ERRORS; i++)
		if (strcmp(calls_errors[i].name, name) == 0)
			return i;
	return -1;
}
