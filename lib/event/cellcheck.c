#include "event/cellcheck.h"

#include <string.h>

#include "event/custom.h"
#include "event/derive.h"
#include "event/dialect.h"
#include "json/path.h"

int
ev_cellcheck_path(struct ev_slice text, bool keys, struct ev_err *err)
{
	struct ev_path path;
	size_t i;

	if (ev_path_parse(&path, text, err) == -1)
		return -1;
	for (i = 0; i < path.count && path.step[i].key != NULL;)
		i++;
	keys = keys && i < path.count;
	ev_path_clear(&path);
	return keys ?
	    ev_fail(err, "'%.*s' leads into an array", (int)text.n, text.p) :
	    0;
}

/* One alternative of a cell, and the comma behind it. */
static int
check_alt(const char **at, bool time, struct ev_err *err)
{
	struct ev_cell cell;
	const char *p;

	if (!ev_cell_next(at, &cell))
		return 0;
	if (cell.ms && !time)
		return ev_fail(err, "only time has a unit");
	p = *at + strspn(*at, " ");
	if (*p != '\0' && *p != ',')
		return ev_fail(err,
		    "'%s' behind a path (allowed: the unit ms of a time, a "
		    "comma, \"\\\\ \" for a blank in a key)",
		    p);
	*at = p;
	if (*cell.path.p != '%')
		return ev_cellcheck_path(cell.path, false, err) == -1 ? -1 : 1;
	if (ev_derive_named(cell.path) == NULL)
		return ev_fail(err, "there is no computed '%.*s'",
		    (int)cell.path.n, cell.path.p);
	return 1;
}

int
ev_cellcheck(const char *cell, bool time, struct ev_err *err)
{
	size_t n = 0;
	int r;

	while ((r = check_alt(&cell, time, err)) == 1)
		n++;
	if (r == -1)
		return -1;
	if (n == 0)
		return ev_fail(err, "names no path");
	if (n > EV_CUSTOM_LIST)
		return ev_fail(err, "more than %d paths", EV_CUSTOM_LIST);
	return 0;
}
