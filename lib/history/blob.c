#include "history/blob.h"

#include <string.h>

#include "git/run.h"
#include "json/scan.h"

/* Is there such a revision?  A HEAD that is yet to be born counts. */
static int
check_revision(const char *rev, struct ev_err *err)
{
	const char *const born[] = { "rev-parse", "--verify", "--quiet",
		"--end-of-options", rev, NULL };
	static const char *const head[] = { "symbolic-ref", "--quiet", "HEAD",
		NULL };
	struct ev_buf out = EV_BUF_INIT;
	int r = 0;

	if (*rev != '\0' && ev_git_ask(born, 0, &out, NULL) == -1 &&
	    (strcmp(rev, "HEAD") != 0 || ev_git_ask(head, 0, &out, NULL) == -1))
		r = ev_fail(err, "there is no revision '%s'", rev);
	ev_buf_clear(&out);
	return r;
}

int
ev_blob_read(
    const char *rev, const char *path, struct ev_buf *out, struct ev_err *err)
{
	struct ev_buf name = EV_BUF_INIT;
	const char *args[] = { "cat-file", "blob", NULL, NULL };
	int r;

	ev_buf_reset(out);
	if (*rev == '-')
		return ev_fail(err, "there is no revision '%s'", rev);
	ev_buf_addf(&name, "%s:%s", rev, path);
	args[2] = ev_buf_str(&name);
	r = *rev != '\0' ? ev_git_ask(args, 0, out, NULL) :
			   ev_git_ask_index(args, out, NULL);
	ev_buf_clear(&name);
	if (r == -1)
		return check_revision(rev, err);
	ev_buf_reserve(out, EV_SCAN_PAD);
	memset(out->p + out->n, '\0', EV_SCAN_PAD);
	return 1;
}

bool
ev_blob_line(struct ev_slice *text, struct ev_slice *line)
{
	do {
		if (!ev_slice_line(text, line))
			return false;
	} while (line->n == 0);
	return true;
}

bool
ev_blob_has(struct ev_slice text, struct ev_slice line)
{
	const char *p = text.p, *end = text.p + text.n;

	for (; p != NULL && p < end; p++) {
		p = memmem(p, (size_t)(end - p), line.p, line.n);
		if (p == NULL)
			break;
		if ((p == text.p || p[-1] == '\n') &&
		    (p + line.n == end || p[line.n] == '\n'))
			return true;
	}
	return false;
}
