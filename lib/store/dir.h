/*
 * dir: the directory of a store and the private one in it, both held open;
 * every file of a store is opened through it (2-store 2.7).
 */
#ifndef EV_STORE_DIR_H
#define EV_STORE_DIR_H

#include <sys/stat.h>

#include "base/err.h"
#include "store/place.h"

struct ev_dir {
	const struct ev_place	*place;	/* the caller's */
	int			 fd;	/* O_PATH; the place's */
	int			 priv;	/* O_PATH; -1: there is none yet */
	mode_t			 mode;	/* of new files: the log's */
	gid_t			 group;	/* the log's; -1: there is none yet */
};

/* place must last as long as *dir; its dialects are read (store/rows.h).  0, or -1: the directory cannot be opened,
 * or the private one is refused. */
int	ev_dir_open(struct ev_dir *dir, struct ev_place *place,
	    struct ev_err *err);
void	ev_dir_close(struct ev_dir *dir);

/* New files are to be shared as the log is. */
void	ev_dir_like(struct ev_dir *dir, const struct stat *log);

/* Makes the private directory and its .gitignore where they are missing, and
 * opens it anew.  0 or -1 with errno. */
int	ev_dir_make(struct ev_dir *dir, struct ev_err *err);
/* The same, and makes a directory in the private one where it is missing. */
int	ev_dir_make_inside(struct ev_dir *dir, const char *name,
	    struct ev_err *err);

/*
 * Open a file beside the log (or at a path below), and one in the private
 * directory; see ev_guard_open.  A file that O_CREAT makes gets the log's
 * mode, and its group where that may write.  st is filled.  -1 with errno and the message.
 */
int	ev_dir_beside(const struct ev_dir *dir, const char *name, int flags,
	    struct stat *st, struct ev_err *err);
int	ev_dir_inside(const struct ev_dir *dir, const char *name, int flags,
	    struct stat *st, struct ev_err *err);

/* ": " and errno behind "VERB 'the private file's path'".  -1. */
int	ev_dir_fail(const struct ev_dir *dir, const char *verb,
	    const char *name, struct ev_err *err);

/* Makes the entries of both directories durable.  0 or -1. */
int	ev_dir_sync(const struct ev_dir *dir, struct ev_err *err);

#endif
