/*
 * shim: a preloaded library that counts the calls of a command that change
 * files or take locks, and does one thing at one of them.  EV_FAULT says what:
 *
 *	trace PATH	append "name size target" to PATH for each call
 *	record PATH	append "name offset size path" to PATH for each call that
 *			was made, and so many bytes: what was written, of a
 *			rename or link the old path; "truncate" is an open
 *			that empties the file
 *	before I	kill the process before call I (the first is 1)
 *	after I		kill it after call I
 *	byte I K	write K bytes of call I, then kill it
 *	foreign I	before call I append EV_FAULT_TEXT to the file
 *			EV_FAULT_LOG, as a writer that takes no lock does
 *	run I		before call I run the shell command EV_FAULT_TEXT
 *
 * Writes to standard output count, others to descriptors below 3 do not, nor
 * does what a command of make cover writes about itself when it ends.  The
 * kill is SIGKILL by the process itself.  Children run without the shim.
 */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum mode { OFF, TRACE, RECORD, BEFORE, AFTER, BYTE, FOREIGN, RUN };

/* Which argument of a call is what; -1: none of them. */
struct kind {
	long nr;
	const char *name;
	int fd, path, size;
};

static struct {
	bool ready;
	enum mode mode;
	unsigned long call, byte, count;
	const char *path, *text;
	long (*real)(long, ...);
} shim;

static const struct kind kinds[] = {
	{ SYS_openat, "create", -1, 1, -1 },
	{ SYS_openat2, "create", -1, 1, -1 },
	{ SYS_write, "write", 0, -1, 2 },
	{ SYS_pwrite64, "pwrite", 0, -1, 2 },
	{ SYS_writev, "writev", 0, -1, -1 },
	{ SYS_pwritev, "pwritev", 0, -1, -1 },
	{ SYS_copy_file_range, "copy_file_range", 2, -1, -1 },
	{ SYS_sendfile, "sendfile", 0, -1, -1 },
	{ SYS_ftruncate, "ftruncate", 0, -1, -1 },
	{ SYS_fallocate, "fallocate", 0, -1, -1 },
	{ SYS_fsync, "fsync", 0, -1, -1 },
	{ SYS_fdatasync, "fdatasync", 0, -1, -1 },
	{ SYS_flock, "flock", 0, -1, -1 },
	{ SYS_fchmod, "fchmod", 0, -1, -1 },
	{ SYS_renameat2, "rename", -1, 3, -1 },
	{ SYS_linkat, "link", -1, 3, -1 },
	{ SYS_symlinkat, "symlink", -1, 2, -1 },
	{ SYS_unlinkat, "unlink", -1, 1, -1 },
	{ SYS_mkdirat, "mkdir", -1, 1, -1 },
};

static enum mode
mode_of(const char *word)
{
	static const char *const words[] = { [TRACE] = "trace",
		[RECORD] = "record",
		[BEFORE] = "before",
		[AFTER] = "after",
		[BYTE] = "byte",
		[FOREIGN] = "foreign",
		[RUN] = "run" };
	size_t i;

	for (i = TRACE; i <= RUN; i++)
		if (strcmp(word, words[i]) == 0)
			return (enum mode)i;
	return OFF;
}

/* What getenv gives is gone after unsetenv in some libraries: copied. */
static const char *
take(const char *name)
{
	const char *value = getenv(name);

	value = value != NULL ? strdup(value) : NULL;
	unsetenv(name);
	return value;
}

static void
begin(void)
{
	const char *fault;
	char word[16] = "", *rest;
	void *found = dlsym(RTLD_NEXT, "syscall");

	memcpy(&shim.real, &found, sizeof(found));
	shim.ready = true;
	fault = take("EV_FAULT");
	shim.text = take("EV_FAULT_TEXT");
	shim.path = take("EV_FAULT_LOG");
	unsetenv("LD_PRELOAD");
	if (fault == NULL || sscanf(fault, "%15s", word) != 1)
		return;
	shim.mode = mode_of(word);
	fault += strlen(word);
	if (shim.mode == TRACE || shim.mode == RECORD) {
		shim.path = fault + 1;
		return;
	}
	shim.call = strtoul(fault, &rest, 10);
	shim.byte = strtoul(rest, NULL, 10);
}

static void
die(void)
{
	shim.real(SYS_kill, (long)getpid(), (long)SIGKILL);
	for (;;)
		pause();
}

static void
append(const char *path, const char *p, size_t n)
{
	long fd = shim.real(SYS_openat, (long)AT_FDCWD, path,
	    (long)(O_WRONLY | O_APPEND | O_CREAT), 0644L);

	if (fd < 0 || shim.real(SYS_write, fd, p, n) != (long)n)
		die();
	shim.real(SYS_close, fd);
}

/* Whatever becomes of it. */
static void
run(const char *command)
{
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, NULL, 0) != pid)
		die();
}

/* Does it open the file of coverage data? */
static bool
is_coverage(const struct kind *kind, const long *arg)
{
	static const char end[] = ".gcda";
	const char *path;
	size_t n;

	if (kind->path < 0)
		return false;
	memcpy(&path, &arg[kind->path], sizeof(path));
	n = strlen(path);
	return n >= strlen(end) && strcmp(path + n - strlen(end), end) == 0;
}

/* The flags of an open. */
static long
flags_of(long nr, const long *arg)
{
	const struct open_how *how;

	if (nr == SYS_openat)
		return arg[2];
	memcpy(&how, &arg[2], sizeof(how));
	return (long)how->flags;
}

/* Does the call count, and as what? */
static const struct kind *
counted(long nr, const long *arg)
{
	const struct kind *kind = kinds,
			  *end = kinds + sizeof(kinds) / sizeof(kinds[0]);

	while (kind < end && kind->nr != nr)
		kind++;
	if (kind == end || shim.mode == OFF)
		return NULL;
	if ((nr == SYS_openat || nr == SYS_openat2) &&
	    (flags_of(nr, arg) & (O_CREAT | O_TRUNC)) == 0)
		return NULL;
	if (kind->fd >= 0 && arg[kind->fd] <= STDERR_FILENO &&
	    (nr != SYS_write || arg[kind->fd] != STDOUT_FILENO))
		return NULL;
	return kind;
}

static void
trace(const struct kind *kind, const long *arg)
{
	char line[600], link[64], target[512] = "?";
	const char *path;
	ssize_t n;

	if (kind->fd >= 0) {
		snprintf(
		    link, sizeof(link), "/proc/self/fd/%ld", arg[kind->fd]);
		n = readlink(link, target, sizeof(target) - 1);
		target[n > 0 ? n : 0] = '\0';
	} else {
		memcpy(&path, &arg[kind->path], sizeof(path));
		snprintf(target, sizeof(target), "%s", path);
	}
	n = snprintf(line, sizeof(line), "%s %ld %s\n", kind->name,
	    kind->size >= 0 ? arg[kind->size] : 0, target);
	append(shim.path, line, (size_t)n);
}

/* The path of a descriptor, or of a name below one. */
static const char *
resolve(char out[600], long fd, const char *name)
{
	char link[64], dir[512] = "";

	if (*name == '/') {
		snprintf(out, 600, "%s", name);
		return out;
	}
	if (fd == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/self/cwd");
	else
		snprintf(link, sizeof(link), "/proc/self/fd/%ld", fd);
	if (readlink(link, dir, sizeof(dir) - 1) < 0)
		die();
	snprintf(out, 600, "%s%s%s", dir, *name != '\0' ? "/" : "", name);
	return out;
}

static void
record(const struct kind *kind, const long *arg, long r)
{
	char line[700], path[600], old[600];
	const char *name, *data = "", *what = kind->name;
	long at = 0, n = 0;

	if (r < 0)
		return;
	if (kind->fd >= 0) {
		resolve(path, arg[kind->fd], "");
		at = shim.real(SYS_lseek, arg[0], 0L, (long)SEEK_CUR) - r;
		if (kind->nr == SYS_pwrite64)
			at = arg[3];
		if (kind->nr == SYS_ftruncate)
			at = arg[1];
		if (kind->size >= 0) {
			memcpy(&data, &arg[1], sizeof(data));
			n = r;
		}
	} else if (kind->nr == SYS_renameat2 || kind->nr == SYS_linkat) {
		memcpy(&name, &arg[1], sizeof(name));
		data = resolve(old, arg[0], name);
		n = (long)strlen(old);
		memcpy(&name, &arg[3], sizeof(name));
		resolve(path, arg[2], name);
	} else if (kind->nr == SYS_openat || kind->nr == SYS_openat2) {
		resolve(path, r, "");
		if ((flags_of(kind->nr, arg) & O_TRUNC) != 0)
			what = "truncate";
	} else {
		memcpy(&name, &arg[kind->path], sizeof(name));
		resolve(path, arg[0], name);
	}
	append(shim.path, line,
	    (size_t)snprintf(
		line, sizeof(line), "%s %ld %ld %s\n", what, at, n, path));
	append(shim.path, data, (size_t)n);
}

long
shim_call(long nr, const long arg[6])
{
	const struct kind *kind;
	bool here;
	long r;
	int saved;

	if (!shim.ready)
		begin();
	kind = counted(nr, arg);
	if (kind != NULL && is_coverage(kind, arg)) {
		shim.mode = OFF;
		kind = NULL;
	}
	here = kind != NULL && ++shim.count == shim.call;
	if (kind != NULL && shim.mode == TRACE)
		trace(kind, arg);
	if (here && shim.mode == BEFORE)
		die();
	if (here && shim.mode == BYTE && kind->size >= 0 &&
	    (long)shim.byte < arg[kind->size]) {
		shim.real(nr, arg[0], arg[1], shim.byte, arg[3]);
		die();
	}
	if (here && shim.mode == FOREIGN)
		append(shim.path, shim.text, strlen(shim.text));
	if (here && shim.mode == RUN)
		run(shim.text);
	r = shim.real(nr, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
	saved = errno;
	if (kind != NULL && shim.mode == RECORD)
		record(kind, arg, r);
	if (here && shim.mode == AFTER)
		die();
	errno = saved;
	return r;
}
