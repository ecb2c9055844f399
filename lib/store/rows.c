#include "store/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "event/rowtext.h"
#include "store/guard.h"
#include "store/layout.h"
#include "store/state.h"

#define NAME "dialects.json"
#define FILE_MOST (1u << 20) /* bytes of it */

static bool
nothing_there(void)
{
	return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
}

static int
read_rows(struct ev_place *place, int fd, const char *shown, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	int r = ev_read_fd(fd, &text, FILE_MOST, shown, err);

	if (r == 0) {
		place->custom =
		    ev_rowtext_read(ev_buf_slice(&text), shown, err);
		place->unsure = place->custom == NULL;
		r = place->unsure ? -1 : 0;
	}
	ev_buf_clear(&text);
	return r;
}

int
ev_rows_read(struct ev_place *place, struct ev_err *err)
{
	char *name, *shown;
	struct stat st;
	int dir, fd, r;

	if (place->asked)
		return 0;
	place->asked = true;
	dir = ev_guard_place(place, NULL);
	if (dir < 0)
		return 0;
	name = ev_layout_join(place->priv, NAME);
	fd = ev_guard_open_stat(dir, name, O_RDONLY, 0, &st);
	if (fd < 0 && nothing_there()) {
		free(name);
		return 0;
	}
	shown = ev_place_shown(place, name);
	place->unsure = true;
	r = fd < 0 ? ev_guard_fail(shown, err) :
		     read_rows(place, fd, shown, err);
	if (fd >= 0)
		close(fd);
	free(shown);
	free(name);
	return r;
}

uint64_t
ev_rows_routing(const struct ev_place *place)
{
	return place->custom == NULL ?
	    EV_ROUTING :
	    ev_custom_routing(place->custom, EV_ROUTING);
}
