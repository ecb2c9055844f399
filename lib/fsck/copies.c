#include "fsck/copies.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "fsck/aside.h"
#include "fsck/tombstone.h"
#include "store/chain.h"
#include "store/layout.h"
#include "store/spool.h"
#include "tail/cursor.h"

#define END 32 /* bytes of a line that tell it from others */

static void
add_hex(struct ev_buf *out, const char *p, size_t n)
{
	char hex[2 * EV_POSITION_ID + 1];

	ev_hex((const unsigned char *)p, n, hex);
	ev_buf_adds(out, hex);
	ev_buf_addc(out, '\0');
}

void
ev_copies_line(struct ev_copies *c, struct ev_slice line)
{
	size_t n = line.n < END ? line.n : END;

	add_hex(&c->ends, line.p + line.n - n, n);
}

void
ev_copies_clear(struct ev_copies *c)
{
	ev_buf_clear(&c->ends);
}

static bool
has(struct ev_slice text, const char *what)
{
	return text.n > 0 && memmem(text.p, text.n, what, strlen(what)) != NULL;
}

/* Is the position behind the event?  Only where it has no id, of a line that is
 * very long, the end of that line has to tell. */
static bool
is_behind(const struct ev_copies *c, const struct ev_position *pos)
{
	struct ev_buf text = EV_BUF_INIT;
	bool is = false;
	size_t at;

	if (pos->id[0] != '\0')
		return strcmp(pos->id, c->id) == 0;
	ev_position_write(pos, &text);
	for (at = 0; !is && at < c->ends.n; at += strlen(c->ends.p + at) + 1)
		is = has(ev_buf_slice(&text), c->ends.p + at);
	ev_buf_clear(&text);
	return is;
}

/* Is a record of a cursor's file behind the event, also the older one? */
static bool
file_knows(const struct ev_copies *c, int fd)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_position pos;
	char *rest, *word;
	bool is = false;
	size_t at;

	if (ev_read_fd(fd, &text, 1u << 20, "", NULL) == 0) {
		ev_buf_str(&text);
		for (at = 0; at < text.n; at++)
			if (text.p[at] == '\0')
				text.p[at] = '"';
		/* a position is a string of the record */
		rest = text.p;
		while (!is && (word = strsep(&rest, "\"")) != NULL)
			is = ev_position_read(&pos, word) && is_behind(c, &pos);
	}
	ev_buf_clear(&text);
	return is;
}

/* A cursor that stands behind the event: it takes the tombstone's end.  When it
 * is of a log that another one took the place of, its line's id has to do. */
static int
clean_position(struct ev_copies *c, struct ev_position *pos,
    struct ev_chain *log, struct ev_err *err)
{
	struct ev_position now = *pos;

	if (!is_behind(c, pos))
		return 0;
	if (ev_position_take(&now, log, pos->offset, c->event) < 0)
		return ev_fail_errno(err, "cannot read the log");
	if (now.id[0] != '\0' && strcmp(now.id, c->id) != 0 &&
	    !ev_tombstone_is(c->event))
		pos->tail_n = 0;
	else
		*pos = now;
	return 0;
}

/* Both of its records are written anew. */
static int
clean_cursor(struct ev_copies *c, struct ev_cursor *cursor,
    struct ev_chain *log, struct ev_err *err)
{
	int slots, r = clean_position(c, &cursor->mark.pos, log, err);

	for (slots = 0; r == 0 && slots < 2; slots++)
		r = ev_cursor_save(cursor, err);
	return r;
}

static int
look_at(struct ev_copies *c, struct ev_shelf *shelf, struct ev_chain *log,
    const char *name, struct ev_err *err)
{
	struct ev_cursor cursor;
	struct ev_buf shown = EV_BUF_INIT;
	struct stat st;
	int fd = ev_shelf_file(shelf, name, O_RDONLY, &st, err), r = 0;

	if (fd < 0 || !file_knows(c, fd)) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	close(fd);
	if (ev_cursor_open(&cursor, shelf, name, NULL) == 0) {
		if (cursor.mark.seq > 0)
			r = clean_cursor(c, &cursor, log, err);
		ev_cursor_close(&cursor);
		return r;
	}
	ev_buf_addf(&shown, "%s/%s", shelf->path, name);
	ev_finding_add(c->findings, EV_FINDING_PROBLEM, ev_buf_str(&shown), 0,
	    "left",
	    "it is in use, and may have the end of the line until its reader "
	    "went on; redact again then");
	ev_buf_clear(&shown);
	return 0;
}

static int
clean_cursors(struct ev_copies *c, struct ev_shelf *shelf, struct ev_err *err)
{
	struct ev_chain log = EV_CHAIN_FILE(-1);
	const struct ev_place *place = shelf->dir.place;
	struct stat st;
	char **names = NULL;
	int fd = ev_dir_beside(&shelf->dir, place->log, O_RDONLY, &st, err);
	int n, i, r = 0;

	if (fd < 0)
		return -1;
	n = ev_shelf_list(shelf, &names, err);
	if (n > 0 && ev_chain_open(&log, place, fd) < 0)
		r = ev_fail_errno(err, "cannot read the log");
	for (i = 0; i < n; i++) {
		if (r == 0)
			r = look_at(c, shelf, &log, names[i], err);
		free(names[i]);
	}
	free(names);
	ev_chain_clear(&log);
	close(fd);
	return n < 0 ? -1 : r;
}

static int
is_cursor(const struct dirent *entry)
{
	return strncmp(entry->d_name, "cursor-", 7) == 0;
}

/* Those that were set aside: damaged, so nobody knows what they have. */
static void
remove_aside(struct ev_copies *c, const struct ev_dir *dir)
{
	char *path = ev_layout_join(dir->place->dir, dir->place->priv);
	struct dirent **entry;
	int i, n = scandir(path, &entry, is_cursor, alphasort);

	free(path);
	for (i = 0; i < n; i++) {
		if (unlinkat(dir->priv, entry[i]->d_name, 0) == 0)
			ev_finding_add(c->findings, EV_FINDING_MENDED,
			    entry[i]->d_name, 0, "redacted", "is removed");
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

/* What is in the spool still, once it was drained. */
static void
look_in_spool(struct ev_copies *c)
{
	struct ev_buf path = EV_BUF_INIT, text = EV_BUF_INIT;
	int dir = ev_spool_open(c->place, &path, NULL), fd;
	DIR *list = dir < 0 ? NULL : fdopendir(dir);
	size_t n = path.n;
	const struct dirent *entry;

	while (list != NULL && (entry = readdir(list)) != NULL) {
		fd = openat(dir, entry->d_name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		ev_buf_reset(&text);
		path.n = n;
		ev_buf_addf(&path, "/%s", entry->d_name);
		if (fd >= 0 &&
		    ev_read_fd(fd, &text, EV_SPOOL_BYTES, "", NULL) == 0 &&
		    has(ev_buf_slice(&text), c->id))
			ev_finding_add(c->findings, EV_FINDING_PROBLEM,
			    ev_buf_str(&path), 0, "left",
			    "it has the event and cannot be written to the "
			    "log; remove it");
		if (fd >= 0)
			close(fd);
	}
	if (list != NULL)
		closedir(list);
	else if (dir >= 0)
		close(dir);
	ev_buf_clear(&text);
	ev_buf_clear(&path);
}

int
ev_copies_clean(struct ev_copies *c, struct ev_err *err)
{
	struct ev_place again = ev_aside_place(c->place);
	struct ev_shelf shelf;
	int r = ev_shelf_open(&shelf, again.shown, &again, err);

	if (r == 0)
		r = clean_cursors(c, &shelf, err);
	if (r == 0)
		remove_aside(c, &shelf.dir);
	if (r == 0)
		look_in_spool(c);
	ev_shelf_close(&shelf);
	ev_place_clear(&again);
	return r;
}
