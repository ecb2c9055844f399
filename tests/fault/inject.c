/*
 * inject: runs a command and lets its system calls fail (7-trust, C2), those
 * of the C library too.  It counts the calls of the table in calls.c from the
 * poll(2) on with which each of our commands begins:
 *
 *	trace PATH	append "name size target" to PATH for each call
 *	fail I ERROR	call I (the first is 1) gives this error, is not made
 *	failing I ERROR	so do all from there on that can give it; of EINTR
 *			nine of ten, for no kernel gives it for ever
 *	short I K	call I reads or writes K bytes at most
 *	shorten I K	so do all from there on
 *
 * Standard error is left alone, and so is what a command of make cover says
 * about itself when it ends.  The status is the command's, 128 + n for a
 * signal, 124 when it does not end, 125 when nothing can be injected here.
 *
 *	inject 'fail 17 ENOSPC' COMMAND [ARG …]
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

#define LATE 30	   /* seconds that a command may take */
#define CANNOT 125 /* this program's own status when it cannot go on */
#define SYSCALL_STOP (SIGTRAP | 0x80)

#if defined(__x86_64__)
#define NUMBER(r) ((r).orig_rax)
#define RESULT(r) ((r).rax)
#define ARGS(r) \
	{ \
		(long)(r).rdi, (long)(r).rsi, (long)(r).rdx, (long)(r).r10 \
	}
#define SIZE(r) ((r).rdx)
#elif defined(__aarch64__)
#define NUMBER(r) ((r).regs[8])
#define RESULT(r) ((r).regs[0])
#define ARGS(r) \
	{ \
		(long)(r).regs[0], (long)(r).regs[1], (long)(r).regs[2], \
		    (long)(r).regs[3] \
	}
#define SIZE(r) ((r).regs[2])
#else
#error "the registers of this machine are not known"
#endif

enum mode { TRACE, FAIL, FAILING, SHORT, SHORTEN };

static struct {
	enum mode mode;
	unsigned long call, most, count, interrupts;
	int error;	  /* index in calls_errors */
	const char *path; /* TRACE */
	pid_t pid;
	bool begun, ended;
	long result; /* to give when the call returns, if `give` */
	bool give;
} inject;

__attribute__((noreturn)) static void
fail(const char *what)
{
	fprintf(stderr, "inject: cannot %s: %s\n", what, strerror(errno));
	exit(CANNOT);
}

static void
take(const char *fault)
{
	static const char *const words[] = { "trace", "fail", "failing",
		"short", "shorten" };
	char word[16], value[200];
	size_t i;

	if (sscanf(fault, "trace %199s", value) == 1) {
		inject.path = fault + strlen("trace ");
		return;
	}
	if (sscanf(fault, "%15s %lu %199s", word, &inject.call, value) != 3)
		errno = EINVAL, fail("read the fault");
	for (i = FAIL; i <= SHORTEN; i++)
		if (strcmp(word, words[i]) == 0)
			inject.mode = (enum mode)i;
	inject.most = strtoul(value, NULL, 10);
	inject.error = calls_error(value);
	if (inject.mode == TRACE ||
	    (inject.mode <= FAILING && inject.error < 0))
		errno = EINVAL, fail("read the fault");
}

static void
get(struct user_regs_struct *regs)
{
	struct iovec all = { regs, sizeof(*regs) };

	if (ptrace(PTRACE_GETREGSET, inject.pid, NT_PRSTATUS, &all) < 0)
		fail("look at the command");
}

static void
set(struct user_regs_struct *regs)
{
	struct iovec all = { regs, sizeof(*regs) };

	if (ptrace(PTRACE_SETREGSET, inject.pid, NT_PRSTATUS, &all) < 0)
		fail("change the command's call");
}

/* The call that begins is not made. */
static void
skip(struct user_regs_struct *regs)
{
#if defined(__aarch64__)
	int none = -1;
	struct iovec number = { &none, sizeof(none) };

	(void)regs;
	if (ptrace(PTRACE_SETREGSET, inject.pid, NT_ARM_SYSTEM_CALL, &number) <
	    0)
		fail("skip the command's call");
#else
	regs->orig_rax = (unsigned long long)-1;
	set(regs);
#endif
}

/* Bytes of the command's memory, as many as there are. */
static size_t
peek(long from, void *to, size_t n)
{
	struct iovec here = { to, n }, there = { NULL, n };
	ssize_t got;

	memcpy(&there.iov_base, &from, sizeof(from));
	got = process_vm_readv(inject.pid, &here, 1, &there, 1, 0);
	return got > 0 ? (size_t)got : 0;
}

static void
trace(const struct calls_row *row, const long *arg)
{
	char link[64], target[256] = "-";
	FILE *f = fopen(inject.path, "ae");
	ssize_t n;

	if (f == NULL)
		fail("write the trace");
	if (row->fd >= 0 && row->path < 0) {
		snprintf(link, sizeof(link), "/proc/%ld/fd/%ld",
		    (long)inject.pid, arg[row->fd]);
		n = readlink(link, target, sizeof(target) - 1);
		target[n > 0 ? n : 0] = '\0';
	} else if (row->path >= 0) {
		n = (ssize_t)peek(arg[row->path], target, sizeof(target) - 1);
		target[n] = '\0';
	}
	fprintf(f, "%s %ld %s\n", row->name,
	    row->size >= 0 ? arg[row->size] : 0,
	    target[0] != '\0' ? target : "-");
	fclose(f);
}

/* Does it open the file of coverage data? */
static bool
is_coverage(const struct calls_row *row, const long *arg)
{
	static const char end[] = ".gcda";
	char path[512];
	size_t n = 0;

	if (row->path >= 0)
		n = strnlen(path, peek(arg[row->path], path, sizeof(path)));
	return n >= sizeof(end) &&
	    memcmp(path + n - strlen(end), end, strlen(end)) == 0;
}

static bool
may_create(long nr, const long *arg)
{
	struct open_how how = { 0 };

	if (nr == SYS_openat2)
		peek(arg[2], &how, sizeof(how));
	else if (nr == SYS_openat)
		how.flags = (unsigned long long)arg[2];
	return (how.flags & O_CREAT) != 0;
}

/* Is it this call's turn to be disturbed? */
static bool
is_due(const struct calls_row *row)
{
	bool here = inject.count == inject.call;

	if (inject.mode == SHORT || inject.mode == SHORTEN)
		return row->size >= 0 &&
		    (inject.mode == SHORT ? here : inject.count >= inject.call);
	if (inject.mode == FAIL)
		return here;
	return inject.mode == FAILING && inject.count >= inject.call &&
	    (row->errors & 1u << inject.error) != 0 &&
	    (calls_errors[inject.error].number != EINTR ||
		inject.interrupts++ % 10 != 9);
}

static void
disturb(struct user_regs_struct *regs, const struct calls_row *row)
{
	if (inject.mode >= SHORT) {
		if ((unsigned long)SIZE(*regs) > inject.most)
			SIZE(*regs) = inject.most;
		set(regs);
		return;
	}
	inject.give = true;
	inject.result = -calls_errors[inject.error].number;
	if (row->nr == SYS_brk)
		inject.result = 0; /* the break does not move */
	/* an end is an end, whatever close says */
	if (row->nr != SYS_close)
		skip(regs);
}

static void
enter(struct user_regs_struct *regs)
{
	long nr = (long)NUMBER(*regs), arg[] = ARGS(*regs);
	const struct calls_row *row = calls_find(nr, may_create(nr, arg));

	if (row == NULL || (row->fd == 0 && row->path < 0 && arg[0] == 2))
		return;
	if (!inject.begun) {
		inject.begun = strcmp(row->name, "poll") == 0;
		return;
	}
	inject.ended = inject.ended || is_coverage(row, arg);
	if (inject.ended)
		return;
	inject.count++;
	if (inject.mode == TRACE)
		trace(row, arg);
	else if (is_due(row))
		disturb(regs, row);
}

static void
leave(struct user_regs_struct *regs)
{
	if (!inject.give)
		return;
	inject.give = false;
	RESULT(*regs) = (unsigned long long)inject.result;
	set(regs);
}

static void
late(int number)
{
	(void)number;
	kill(inject.pid, SIGKILL);
	_exit(124);
}

/* Every stop of the command until it ends; gives its status. */
static int
follow(void)
{
	struct user_regs_struct regs;
	bool inside = false;
	int status, send = 0;

	for (;;) {
		if (ptrace(PTRACE_SYSCALL, inject.pid, NULL, (long)send) < 0 &&
		    errno != ESRCH)
			fail("go on");
		while (waitpid(inject.pid, &status, 0) < 0)
			if (errno != EINTR)
				fail("wait");
		if (!WIFSTOPPED(status))
			return status;
		send = WSTOPSIG(status);
		if (send != SYSCALL_STOP)
			continue;
		send = 0;
		inside = !inside;
		get(&regs);
		if (inside)
			enter(&regs);
		else
			leave(&regs);
	}
}

int
main(int argc, char **argv)
{
	int status;

	if (argc < 3)
		errno = EINVAL, fail("begin");
	take(argv[1]);
	inject.pid = fork();
	if (inject.pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			fail("trace here");
		execv(argv[2], argv + 2);
		fail("run the command");
	}
	signal(SIGALRM, late);
	alarm(LATE);
	if (waitpid(inject.pid, &status, 0) < 0 || !WIFSTOPPED(status))
		return CANNOT;
	if (ptrace(PTRACE_SETOPTIONS, inject.pid, NULL,
		PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) < 0)
		fail("trace here");
	status = follow();
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
				     WEXITSTATUS(status);
}
