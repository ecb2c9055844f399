#include "git/reflog.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define TAIL 16384 /* longer than an entry is */

/* The bytes behind the tab of the last whole line. */
static int
last_message(struct ev_slice text, struct ev_buf *message)
{
	const char *line, *tab;

	if (text.n == 0 || text.p[text.n - 1] != '\n')
		return -1;
	text.n--;
	line = memrchr(text.p, '\n', text.n);
	line = line != NULL ? line + 1 : text.p;
	tab = memchr(line, '\t', (size_t)(text.p + text.n - line));
	if (tab == NULL)
		return -1;
	tab++;
	ev_buf_add(message, tab, (size_t)(text.p + text.n - tab));
	return 0;
}

int
ev_git_reflog(const char *dir, struct ev_buf *message)
{
	struct ev_buf path = EV_BUF_INIT;
	char tail[TAIL];
	struct stat st;
	ssize_t n = -1;
	off_t at;
	int fd;

	ev_buf_addf(&path, "%s/logs/HEAD", dir);
	fd = open(ev_buf_str(&path), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ev_buf_clear(&path);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		at = st.st_size > TAIL ? st.st_size - TAIL : 0;
		n = ev_pread_all(fd, tail, sizeof(tail), at);
	}
	close(fd);
	if (n <= 0)
		return -1;
	return last_message((struct ev_slice){ tail, (size_t)n }, message);
}
