#include "fp/baseline.h"

#include <stdlib.h>
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

static int
open_files(struct ev_baseline *baseline, const char *name,
    const struct ev_say *say, struct ev_err *err)
{
	char *operand = ev_strdup(name);
	int r;

	baseline->inputs = ev_inputs_new(false);
	r = ev_inputs_add(baseline->inputs, operand, err);
	free(operand);
	if (r == 0 &&
	    ev_sources_open(&baseline->sources, baseline->inputs, say) == -1)
		r = ev_fail(err, "--baseline: '%s' could not be read", name);
	if (r == -1)
		ev_baseline_close(baseline);
	return r;
}

static int
open_revision(struct ev_baseline *baseline, const char *rev, const char *log,
    struct ev_err *err)
{
	struct ev_sources *sources = &baseline->sources;
	struct ev_buf text = EV_BUF_INIT;
	int fd, r;

	if (show(rev, log, &text, err) == -1) {
		ev_buf_clear(&text);
		return -1;
	}
	sources->v = ev_calloc(1, sizeof(*sources->v));
	sources->count = 1;
	fd = memfd_create("ev-baseline", MFD_CLOEXEC);
	r = fd == -1 ? -1 : ev_write_all(fd, text.p, text.n);
	if (r == -1)
		ev_fail_errno(err, "cannot keep what git showed");
	ev_source_file(sources->v, rev, fd, text.n);
	if (r == -1)
		ev_baseline_close(baseline);
	ev_buf_clear(&text);
	return r;
}

int
ev_baseline_open(struct ev_baseline *baseline, const char *name,
    const char *log, const struct ev_say *say, struct ev_err *err)
{
	*baseline = (struct ev_baseline){ .inputs = NULL };
	if (access(name, F_OK) == 0)
		return open_files(baseline, name, say, err);
	if (log == NULL)
		return ev_fail(err,
		    "--baseline: no file '%s'; a revision needs one log to "
		    "look for",
		    name);
	return open_revision(baseline, name, log, err);
}

void
ev_baseline_close(struct ev_baseline *baseline)
{
	ev_sources_close(&baseline->sources);
	if (baseline->inputs != NULL)
		ev_inputs_free(baseline->inputs);
	baseline->inputs = NULL;
}
