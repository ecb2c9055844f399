#include <sys/wait.h>

#include "faulty.h"

#include "scratch.h"
#include "store/guard.h"
#include "test.h"

static struct ev_err err;
static int dir;

static int
try(const char *name, int flags)
{
	int fd = ev_guard_open(dir, name, flags, 0644, &err), why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return fd >= 0 ? 0 : why;
}

static void
test_files(void)
{
	scratch_put("plain", "x");
	mkdir(scratch("sub"), 0755);
	scratch_put("sub/plain", "x");
	CHECK_INT(try("plain", O_RDWR), 0);
	CHECK_INT(try("sub/plain", O_RDWR | O_APPEND), 0);
	CHECK_INT(try("none", O_RDONLY), ENOENT);
	CHECK_STR(err.text, "cannot open 'none': No such file or directory");
	CHECK_INT(try("m", O_WRONLY | O_CREAT), 0);
	CHECK_INT(try("md", O_WRONLY | O_CREAT), 0);
	CHECK_INT(try("made", O_WRONLY | O_CREAT), 0);
	CHECK_INT(access(scratch("made"), F_OK), 0);
}

static void
test_refused(void)
{
	static const char *const names[] = { "link", "dangling", "sub", "fifo",
		"../", "..", "sub/../../x", "/etc/passwd", "way/plain",
		"device" };
	size_t i;
	int e;

	CHECK(symlink("plain", scratch("link")) == 0);
	CHECK(symlink("nowhere", scratch("dangling")) == 0);
	CHECK(symlink("sub", scratch("way")) == 0);
	CHECK(symlink("/dev/zero", scratch("device")) == 0);
	CHECK(mkfifo(scratch("fifo"), 0644) == 0);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		e = try(names[i], O_RDWR | O_CREAT);
		CHECK(e != 0 && ev_guard_refused(e));
		e = try(names[i], O_WRONLY);
		CHECK(e != 0 && (e == ENOENT || ev_guard_refused(e)));
		e = try(names[i], O_RDONLY);
		CHECK(e != 0 && (e == ENOENT || ev_guard_refused(e)));
	}
	CHECK_INT(access(scratch("nowhere"), F_OK), -1);
	try("link", O_RDWR);
	CHECK_STR(err.text, "'link' is a symbolic link, refused");
	try("fifo", O_RDWR);
	CHECK_STR(err.text, "'fifo' is not a regular file, refused");
}

/* With standard streams closed, no file of a store takes their place. */
static void
test_streams(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		close(0);
		close(2);
		_exit(ev_guard_open(dir, "plain", O_RDWR, 0, NULL) <= 2 ||
		    ev_guard_dir("/", NULL) <= 2);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK_INT(status, 0);
}

/* Names of several steps, and of steps that are none. */
static void
test_steps(void)
{
	static const char *const names[] = { "", "/", ".", "..", "./plain",
		"sub//deep/plain", "sub/../sub/plain", "sub/deep/..", "../x",
		"sub/./plain", "sub/link/plain" };
	char longest[400];
	size_t i;

	mkdir(scratch("sub/deep"), 0755);
	scratch_put("sub/deep/plain", "x");
	CHECK(symlink("deep", scratch("sub/link")) == 0);
	CHECK_INT(try("sub/deep/plain", O_RDWR), 0);
	CHECK_INT(try("sub/none/plain", O_RDWR), ENOENT);
	for (i = 0; faulty.old != 0 && i < sizeof(names) / sizeof(names[0]);
	     i++)
		CHECK(ev_guard_refused(try(names[i], O_RDWR)));
	memset(longest, 'l', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	CHECK(try(longest, O_RDWR | O_CREAT) != 0);
}

int
main(void)
{
	/* as it is; a kernel without openat2; one that forbids it */
	static const int olds[] = { 0, ENOSYS, EPERM };
	int old;

	for (old = 0; old < 3; old++) {
		faulty.old = olds[old];
		if (old == 0)
			scratch_begin();
		dir = ev_guard_dir(scratch(""), &err);
		CHECK(dir > 2);
		CHECK_INT(ev_guard_dir(scratch("none"), &err), -1);
		test_files();
		test_refused();
		test_steps();
		test_streams();
		close(dir);
		scratch_end();
		mkdir(scratch_dir, 0755);
	}
	rmdir(scratch_dir);
	return test_end();
}
