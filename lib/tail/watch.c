#include "tail/watch.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/mem.h"

#define NAMES \
	(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | \
	    IN_DELETE_SELF | IN_MOVE_SELF)

/* statfs(2): where another host or process changes files unseen. */
static const unsigned long unseen[] = {
	0x01021997, /* 9p */
	0x5346414f, /* afs */
	0x6b414653, /* kafs */
	0x00c36400, /* ceph */
	0xff534d42, /* cifs */
	0xfe534d42, /* smb2 */
	0x0000517b, /* smb */
	0x73757245, /* coda */
	0x65735546, /* fuse */
	0x01161970, /* gfs2 */
	0x0bd00bd0, /* lustre */
	0x0000564c, /* ncp */
	0x00006969, /* nfs */
	0x7461636f, /* ocfs2 */
	0x00009fa0, /* proc */
	0x62656572, /* sysfs */
	0x786f4256, /* vboxsf */
	0xbacbacbc, /* vmhgfs */
};

void
ev_watch_open(struct ev_watch *watch, bool polling)
{
	*watch = (struct ev_watch){ .fd = -1, .stale = true };
	if (!polling)
		watch->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	watch->poll = watch->fd == -1;
}

void
ev_watch_close(struct ev_watch *watch)
{
	size_t i;

	if (watch->fd != -1)
		close(watch->fd);
	for (i = 0; i < watch->count; i++)
		free(watch->names[i]);
	free(watch->names);
	*watch = (struct ev_watch){ .fd = -1 };
}

void
ev_watch_add(struct ev_watch *watch, const char *name)
{
	watch->names =
	    ev_realloc(watch->names, watch->count + 1, sizeof(*watch->names));
	watch->names[watch->count++] = ev_strdup(name);
	watch->stale = true;
}

void
ev_watch_fd(struct ev_watch *watch, int fd)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (watch->fd != -1 &&
	    inotify_add_watch(watch->fd, path, IN_MODIFY) == -1)
		watch->poll = true;
}

static bool
is_unseen(const char *dir)
{
	struct statfs fs;
	size_t i;

	if (statfs(dir, &fs) == -1)
		return false;
	for (i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++)
		if (((unsigned long)fs.f_type & 0xffffffffUL) == unseen[i])
			return true;
	return false;
}

/* False: there is no such directory. */
static bool
arm(struct ev_watch *watch, const char *dir)
{
	if (inotify_add_watch(watch->fd, dir,
		NAMES | IN_MODIFY | IN_ATTRIB | IN_ONLYDIR) == -1) {
		if (errno == ENOENT || errno == ENOTDIR)
			return false;
		watch->poll = true;
	}
	if (!watch->poll && is_unseen(dir))
		watch->poll = true;
	return true;
}

/* Cuts the last step off a path: "a/b" to "a", "a" to ".", "/a" to "/".
 * False: there is none. */
static bool
up(char *path)
{
	char *slash = strrchr(path, '/');

	if (strcmp(path, "/") == 0 || strcmp(path, ".") == 0)
		return false;
	if (slash == NULL)
		memcpy(path, ".", 2);
	else if (slash == path)
		path[1] = '\0';
	else
		*slash = '\0';
	return true;
}

/* True when the directory of the name itself is watched. */
static bool
arm_name(struct ev_watch *watch, const char *name)
{
	char *dir = ev_realloc(ev_strdup(name), strlen(name) + 2, 1);
	char *real = realpath(name, NULL);
	bool exact = true;

	up(dir);
	while (!arm(watch, dir) && up(dir))
		exact = false;
	/* of a symbolic link, what it leads to changes elsewhere */
	if (real != NULL && up(real))
		arm(watch, real);
	free(real);
	free(dir);
	return exact;
}

/* Reads once, so that a file beside ours that is written all the time holds
 * nobody up; true when it is about names. */
static bool
drain(struct ev_watch *watch)
{
	/* as inotify(7) wants it aligned */
	union {
		struct inotify_event event;
		char bytes[65536];
	} buf;
	const struct inotify_event *event;
	bool names = false;
	ssize_t n, at;

	n = read(watch->fd, buf.bytes, sizeof(buf.bytes));
	for (at = 0; at < n; at += (ssize_t)(sizeof(*event) + event->len)) {
		event = (const void *)(buf.bytes + at);
		names |=
		    (event->mask &
			(NAMES | IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW)) != 0;
	}
	return names;
}

bool
ev_watch_rearm(struct ev_watch *watch)
{
	bool names = watch->poll || watch->stale;
	size_t i;

	if (watch->fd == -1)
		return true;
	names |= drain(watch);
	if (!names)
		return false;
	watch->stale = false;
	for (i = 0; i < watch->count; i++)
		watch->stale |= !arm_name(watch, watch->names[i]);
	return true;
}

int
ev_watch_timeout(const struct ev_watch *watch)
{
	return watch->poll ? EV_WATCH_POLL : -1;
}
