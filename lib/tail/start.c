#include "tail/start.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tail/version.h"

static int
open_log(const char *path, uint64_t *size, struct ev_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;

	*size = 0;
	if (fd == -1)
		return ev_fail_errno(err, "cannot open '%s'", path);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		*size = (uint64_t)st.st_size;
		return fd;
	}
	close(fd);
	errno = EINVAL;
	return ev_fail(
	    err, "there are no positions in '%s': not a regular file", path);
}

int
ev_start_head(const char *path, bool store, const struct ev_model *model,
    struct ev_position *pos, struct ev_err *err)
{
	struct ev_event *ev;
	uint64_t end;
	int fd = open_log(path, &end, err), r;

	if (fd == -1)
		return -1;
	ev = ev_event_new(model);
	r = ev_version_end(fd, end, store ? NULL : ev, &end);
	if (r == 0)
		r = ev_position_take(pos, fd, end, ev);
	if (r == -1)
		ev_fail_errno(err, "cannot read '%s'", path);
	ev_event_free(ev);
	close(fd);
	return r;
}

int
ev_start_parse(struct ev_position *pos, const char *after, struct ev_err *err)
{
	if (ev_position_read(pos, after))
		return 0;
	if (strncmp(after, "ev1:", 4) == 0 || strlen(after) > EV_POSITION_ID ||
	    *after == '\0')
		return ev_fail(err, "--after '%s': not a position", after);
	ev_position_of_id(pos, after);
	return 0;
}

int
ev_start_after(const char *path, const char *after,
    const struct ev_model *model, uint64_t *start, struct ev_err *err)
{
	struct ev_position pos;
	struct ev_event *ev;
	uint64_t size;
	int fd, r;

	*start = 0;
	if (ev_start_parse(&pos, after, err) == -1)
		return -1;
	fd = open_log(path, &size, err);
	if (fd == -1 && errno == ENOENT && pos.offset == 0)
		return 1;
	if (fd == -1)
		return -1;
	ev = ev_event_new(model);
	r = ev_position_find(&pos, fd, size, ev, start);
	if (r == -1)
		ev_fail_errno(err, "cannot read '%s'", path);
	else if (r == 0)
		ev_fail(err,
		    "%s: --after '%s': neither the place nor its last line "
		    "nor its id is in the log, it is read from its start",
		    path, after);
	ev_event_free(ev);
	close(fd);
	return r;
}
