#include "git/index.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "git/run.h"

/* Is there a .git on the way up? */
static bool
in_repository(const char *dir)
{
	struct ev_buf path = EV_BUF_INIT;
	size_t n = strlen(dir);
	bool is = false;

	while (!is && n > 0) {
		ev_buf_reset(&path);
		ev_buf_add(&path, dir, n);
		ev_buf_adds(&path, "/.git");
		is = access(ev_buf_str(&path), F_OK) == 0;
		while (n > 0 && dir[--n] != '/')
			continue;
	}
	ev_buf_clear(&path);
	return is;
}

int
ev_index_has(const char *dir, const char *name, struct ev_err *err)
{
	const char *args[] = { "-C", dir, "--literal-pathspecs", "ls-files",
		"--", name, NULL };
	struct ev_buf out = EV_BUF_INIT;
	int r = ev_git_ask_index(args, &out, err);

	if (r == 0)
		r = out.n > 0;
	else if (!in_repository(dir))
		r = 0;
	ev_buf_clear(&out);
	return r;
}
