#include "store/drain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/spool.h"

#define ROUND_BYTES (1u << 20)
#define ROUND_EVENTS 4096
#define LEFTOVER 3600 /* seconds after which nobody finishes a .tmp */

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What a spooler that was killed left behind. */
static void
sweep(const struct ev_drain *d, const char *name)
{
	size_t n = strlen(name);
	struct stat st;

	if (n < 4 || strcmp(name + n - 4, ".tmp") != 0 ||
	    fstatat(d->fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (st.st_mtim.tv_sec < ev_clock_real().tv_sec - LEFTOVER)
		unlinkat(d->fd, name, 0);
}

static void
list(struct ev_drain *d)
{
	int fd = openat(d->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (!ev_spool_named(entry->d_name)) {
			sweep(d, entry->d_name);
			continue;
		}
		d->name = ev_realloc(d->name, d->count + 1, sizeof(*d->name));
		d->name[d->count++] = ev_strdup(entry->d_name);
	}
	closedir(dir);
	if (d->count > 1)
		qsort(d->name, d->count, sizeof(*d->name), compare);
}

bool
ev_drain_begin(struct ev_drain *d, const struct ev_place *place)
{
	*d = (struct ev_drain){ .place = place, .path = EV_BUF_INIT };
	d->fd = ev_spool_open(place, &d->path, NULL);
	if (d->fd >= 0)
		list(d);
	if (d->count > 0)
		return true;
	ev_drain_end(d);
	return false;
}

/* 1; 0 it cannot be understood, ever; -1 it cannot be read now. */
static int
read_file(struct ev_drain *d, const char *name, struct ev_err *err)
{
	int fd =
	    openat(d->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct ev_buf text = EV_BUF_INIT;
	struct stat st;
	int r = 1;

	if (fd < 0 && errno != ELOOP)
		return ev_fail_errno(err, "it cannot be opened");
	if (fd >= 0 && fstat(fd, &st) < 0)
		r = ev_fail_errno(err, "it cannot be looked at");
	else if (fd < 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    st.st_size > EV_SPOOL_BYTES)
		r = ev_fail(err, "it is not a file of this user") + 1;
	else if (ev_read_fd(fd, &text, EV_SPOOL_BYTES, name, err) < 0)
		r = -1;
	if (fd >= 0)
		close(fd);
	if (r == 1)
		r = ev_parcel_read(
			d->place, ev_buf_slice(&text), &d->parcels, err) == 0;
	ev_buf_clear(&text);
	return r;
}

static void
set_aside(struct ev_drain *d, const char *name, const struct ev_err *why,
    struct ev_err *note)
{
	struct ev_buf bad = EV_BUF_INIT;

	ev_buf_addf(&bad, "%s.bad", name);
	(void)!renameat(d->fd, name, d->fd, ev_buf_str(&bad));
	ev_fail(note,
	    "'%s/%s' cannot be written to the log, it stays there: %s",
	    d->path.p, ev_buf_str(&bad), why->text);
	ev_buf_clear(&bad);
}

int
ev_drain_next(struct ev_drain *d, struct ev_err *note)
{
	struct ev_err why;
	int r;

	note->text[0] = '\0';
	ev_parcels_reset(&d->parcels);
	for (d->from = d->to; d->to < d->count; d->to++) {
		if (d->parcels.bytes >= ROUND_BYTES ||
		    d->parcels.n >= ROUND_EVENTS)
			break;
		r = read_file(d, d->name[d->to], &why);
		if (r == 1)
			continue;
		if (r == 0)
			set_aside(d, d->name[d->to], &why, note);
		else
			ev_fail(note, "'%s/%s' waits on: %s", d->path.p,
			    d->name[d->to], why.text);
		d->name[d->to][0] = '\0';
	}
	return d->to > d->from;
}

void
ev_drain_done(struct ev_drain *d)
{
	for (; d->from < d->to; d->from++)
		if (d->name[d->from][0] != '\0')
			unlinkat(d->fd, d->name[d->from], 0);
}

void
ev_drain_end(struct ev_drain *d)
{
	size_t i;

	for (i = 0; i < d->count; i++)
		free(d->name[i]);
	free(d->name);
	/* it goes when it is empty, and only then */
	if (d->fd >= 0) {
		(void)!rmdir(d->path.p);
		close(d->fd);
	}
	ev_parcels_clear(&d->parcels);
	ev_buf_clear(&d->path);
}
