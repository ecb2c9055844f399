/* Temporary files, also where the file system knows none without a name. */
#include "faulty.h"

#include "base/file.h"
#include "scratch.h"
#include "test.h"

static struct ev_err err;

/* A file of our own that no name leads to. */
static bool
works(void)
{
	struct stat st;
	char text[4];
	int fd;

	faulty.count = 0;
	faulty.armed = true;
	fd = ev_temporary(&err);
	faulty.armed = false;
	if (fd < 0)
		return false;
	CHECK_INT(ev_write_all(fd, "text", 4), 0);
	CHECK_INT(ev_pread_all(fd, text, 4, 0), 4);
	CHECK(memcmp(text, "text", 4) == 0);
	CHECK(fstat(fd, &st) == 0 && st.st_nlink == 0);
	CHECK_INT(st.st_mode & 077, 0);
	close(fd);
	return true;
}

static void
test_temporary(void)
{
	static const enum faulty_how hows[] = { FAULTY_COUNT, FAULTY_ONCE };
	char *path = malloc(6000);
	size_t i;

	memset(path, 'x', 5999);
	path[5999] = '\0';
	faulty.error = EIO;
	for (i = 0; i < 2; i++) {
		faulty.how = hows[i];
		setenv("TMPDIR", scratch(""), 1);
		CHECK(works());
		CHECK(rmdir(scratch_dir) == 0); /* nothing is left there */
		mkdir(scratch_dir, 0755);
		setenv("TMPDIR", "", 1);
		CHECK(works());
		unsetenv("TMPDIR");
		CHECK(works());
		setenv("TMPDIR", scratch("none"), 1);
		CHECK(!works());
		CHECK(strstr(err.text, "cannot make a temporary file in '") !=
		    NULL);
		setenv("TMPDIR", path, 1);
		CHECK(!works());
		CHECK_STR(err.text, "the name of TMPDIR is too long");
	}
	free(path);
}

/* A file that is longer than it may be is read no further. */
static void
test_limit(void)
{
	struct ev_buf text = EV_BUF_INIT;

	scratch_put("ten", "0123456789");
	CHECK_INT(ev_read_file(scratch("ten"), &text, 10, &err), 0);
	CHECK_INT(text.n, 10);
	CHECK_INT(ev_read_file(scratch("ten"), &text, 10, &err), 0);
	CHECK_INT(text.n, 20);
	CHECK_INT(ev_read_file(scratch("ten"), &text, 9, &err), -1);
	CHECK(strstr(err.text, "ten' is longer than 9 bytes") != NULL);
	ev_buf_clear(&text);
	CHECK(unlink(scratch("ten")) == 0);
}

/* Numbers of files count on their own device only. */
static void
test_same(void)
{
	CHECK(ev_same_file(1, 2, 1, 2));
	CHECK(!ev_same_file(1, 2, 1, 3));
	CHECK(!ev_same_file(1, 2, 3, 2));
}

int
main(void)
{
	scratch_begin();
	test_limit();
	test_same();
	test_temporary();
	scratch_end();
	return test_end();
}
