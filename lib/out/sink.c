#include "out/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "out/pager.h"

#define BUFFER 65536

/* The temporary, for a signal that ends us; one per process. */
static char *temporary;

static const int fatal[] = { SIGINT, SIGTERM, SIGHUP };

static void
on_signal(int sig)
{
	if (temporary != NULL)
		unlink(temporary);
	signal(sig, SIG_DFL);
	raise(sig);
}

static mode_t
mode_for(const char *path)
{
	struct stat st;
	mode_t mask;

	if (stat(path, &st) == 0)
		return st.st_mode & 0777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static int
open_temporary(struct ev_sink *sink, struct ev_err *err)
{
	struct ev_buf name = EV_BUF_INIT;
	const char *base = strrchr(sink->path, '/');
	size_t i;

	base = base == NULL ? sink->path : base + 1;
	ev_buf_add(&name, sink->path, (size_t)(base - sink->path));
	ev_buf_addf(&name, ".%.200s.XXXXXX", base);
	temporary = ev_memdup(name.p, name.n);
	ev_buf_clear(&name);
	sink->fd = mkostemp(temporary, O_CLOEXEC);
	if (sink->fd == -1) {
		free(temporary);
		temporary = NULL;
		return ev_fail_errno(err, "cannot write '%s'", sink->path);
	}
	for (i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		signal(fatal[i], on_signal);
	if (fchmod(sink->fd, mode_for(sink->path)) == -1)
		return ev_fail_errno(err, "cannot write '%s'", sink->path);
	return 0;
}

int
ev_sink_open(struct ev_sink *sink, const char *file, struct ev_err *err)
{
	struct stat st;

	memset(sink, 0, sizeof(*sink));
	sink->fd = STDOUT_FILENO;
	/* a file that standard output is must not be replaced under others who
	 * write to it */
	if (file == NULL || strcmp(file, "/dev/stdout") == 0) {
		sink->terminal = isatty(STDOUT_FILENO) != 0;
		return 0;
	}
	sink->path = realpath(file, NULL);
	if (sink->path == NULL)
		sink->path = ev_strdup(file);
	if (stat(sink->path, &st) == 0 && !S_ISREG(st.st_mode)) {
		sink->fd = open(sink->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		sink->terminal = sink->fd != -1 && isatty(sink->fd) != 0;
	} else if (open_temporary(sink, err) == -1) {
		ev_sink_close(sink, false, NULL);
		return -1;
	}
	if (sink->fd != -1)
		return 0;
	ev_fail_errno(err, "cannot write '%s'", file);
	free(sink->path);
	return -1;
}

static int
out_failed(const struct ev_sink *sink, struct ev_err *err)
{
	if (sink->path == NULL)
		return ev_fail_errno(err, "cannot write to standard output");
	return ev_fail_errno(err, "cannot write '%s'", sink->path);
}

static int
put(struct ev_sink *sink, const void *p, size_t n, struct ev_err *err)
{
	if (n > 0 && ev_write_all(sink->fd, p, n) == -1)
		return out_failed(sink, err);
	return 0;
}

int
ev_sink_write(struct ev_sink *sink, const void *p, size_t n, struct ev_err *err)
{
	if (n > 0 && sink->pager != NULL) {
		if (ev_pager_start(sink->pager, err) == -1)
			return -1;
		sink->pager = NULL;
	}
	if (sink->buf.n + n > BUFFER && ev_sink_flush(sink, err) == -1)
		return -1;
	if (n > BUFFER)
		return put(sink, p, n, err);
	ev_buf_add(&sink->buf, p, n);
	return 0;
}

int
ev_sink_flush(struct ev_sink *sink, struct ev_err *err)
{
	size_t n = sink->buf.n;

	ev_buf_reset(&sink->buf);
	return put(sink, sink->buf.p, n, err);
}

/* The temporary becomes the file, or goes. */
static int
settle(struct ev_sink *sink, bool keep, struct ev_err *err)
{
	int r = 0;

	if (sink->fd != -1 && close(sink->fd) == -1 && errno != EINTR && keep)
		r = out_failed(sink, err);
	if (temporary != NULL && keep && r == 0 &&
	    rename(temporary, sink->path) == -1)
		r = out_failed(sink, err);
	if (temporary != NULL && (!keep || r == -1))
		unlink(temporary);
	free(temporary);
	temporary = NULL;
	return r;
}

int
ev_sink_close(struct ev_sink *sink, bool keep, struct ev_err *err)
{
	int r;

	r = ev_sink_flush(sink, err);
	if (sink->path == NULL) {
		if (ev_pager_wait(err) == -1)
			r = -1;
	} else if (settle(sink, keep && r == 0, err) == -1) {
		r = -1;
	}
	ev_buf_clear(&sink->buf);
	free(sink->path);
	return r;
}
