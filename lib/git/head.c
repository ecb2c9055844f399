#include "git/head.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define MOST 4096 /* bytes of HEAD and of a .git file */

static const char heads[] = "ref: refs/heads/";

/* A regular file beneath a directory, without the LF at its end. */
static int
read_small(int at, const char *name, struct ev_buf *text)
{
	int fd = openat(
		at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC),
	    r;
	struct stat st;

	if (fd < 0)
		return -1;
	r = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ?
	    ev_read_fd(fd, text, MOST, name, NULL) :
	    -1;
	close(fd);
	if (r == 0 && text->n > 0 && text->p[text->n - 1] == '\n')
		text->n--;
	ev_buf_str(text);
	return r;
}

/* Is there a repository at `name`, or a file that says where it is?  A
 * descriptor; -1: neither; -2: only git can tell. */
static int
open_dot_git(int at)
{
	static const char says[] = "gitdir: ";
	struct ev_buf text = EV_BUF_INIT;
	int fd = openat(at, ".git", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 || errno == ENOENT)
		return fd;
	fd = -2;
	if (read_small(at, ".git", &text) == 0 &&
	    strncmp(text.p, says, sizeof(says) - 1) == 0)
		fd = openat(at, text.p + sizeof(says) - 1,
		    O_PATH | O_DIRECTORY | O_CLOEXEC);
	ev_buf_clear(&text);
	return fd >= 0 ? fd : -2;
}

/* The nearest upwards; on the way no file system is left, as git does it. */
static int
climb(void)
{
	int at = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC), found = -1, up;
	struct stat here, above;
	bool ok = at >= 0 && fstat(at, &here) == 0;

	while (ok && (found = open_dot_git(at)) == -1) {
		up = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
		ok = up >= 0 && fstat(up, &above) == 0 &&
		    above.st_dev == here.st_dev && above.st_ino != here.st_ino;
		close(at);
		at = up;
		here = above;
	}
	if (at >= 0)
		close(at);
	return found;
}

int
ev_git_head(struct ev_buf *branch)
{
	const char *named = getenv("GIT_DIR");
	struct ev_buf head = EV_BUF_INIT;
	int dir, r = -1;

	dir = named != NULL && *named != '\0' ?
	    open(named, O_PATH | O_DIRECTORY | O_CLOEXEC) :
	    climb();
	if (dir < 0)
		return -1;
	if (read_small(dir, "HEAD", &head) == 0) {
		r = strncmp(head.p, "ref:", 4) == 0 ? -1 : 0;
		if (strncmp(head.p, heads, sizeof(heads) - 1) == 0 &&
		    strcmp(head.p + sizeof(heads) - 1, ".invalid") != 0) {
			ev_buf_adds(branch, head.p + sizeof(heads) - 1);
			r = 0;
		}
	}
	close(dir);
	ev_buf_clear(&head);
	return r;
}
