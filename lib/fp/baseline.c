#include "fp/baseline.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "git/run.h"

/* What git says the file was at that revision. */
static int
show(const char *rev, const char *log, struct ev_buf *out, struct ev_err *err)
{
	const char *base = strrchr(log, '/');
	struct ev_buf dir = EV_BUF_INIT, what = EV_BUF_INIT;
	struct ev_git_run run;
	struct ev_err why;
	const char *args[] = { "-C", NULL, "show", NULL, NULL };
	int r;

	ev_buf_add(&dir, log, base != NULL ? (size_t)(base - log) : 0);
	if (base == NULL || base == log)
		ev_buf_adds(&dir, base == NULL ? "." : "/");
	ev_buf_addf(&what, "%s:./%s", rev, base != NULL ? base + 1 : log);
	args[1] = ev_buf_str(&dir);
	args[3] = ev_buf_str(&what);
	r = *rev == '-' ? ev_fail(&why, "no such revision") :
			  ev_git_run(&run, args, &why);
	if (r == 0)
		r = ev_git_run_end(&run, 0, out, &why);
	if (r == -1)
		ev_fail(err,
		    "--baseline: '%s' is no file, and no revision at which git "
		    "has '%s': %s",
		    rev, log, why.text);
	ev_buf_clear(&dir);
	ev_buf_clear(&what);
	return r;
}

int
ev_baseline_open(struct ev_source *source, const char *name, const char *log,
    struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	int fd, r;

	if (access(name, F_OK) == 0)
		return ev_source_open(source, name, err);
	if (log == NULL)
		return ev_fail(err,
		    "--baseline: no file '%s'; a revision needs one log to "
		    "look for",
		    name);
	if (show(name, log, &text, err) == -1) {
		ev_buf_clear(&text);
		return -1;
	}
	fd = memfd_create("ev-baseline", MFD_CLOEXEC);
	r = fd == -1 ? -1 : ev_write_all(fd, text.p, text.n);
	if (r == -1)
		ev_fail_errno(err, "cannot keep what git showed");
	ev_source_file(source, name, fd, text.n);
	if (r == -1)
		ev_source_close(source);
	ev_buf_clear(&text);
	return r;
}
