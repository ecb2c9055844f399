/*
 * files: the inputs that are followed, what is live in each, and the watch
 * over their directories.
 */
#ifndef EV_TAIL_FILES_H
#define EV_TAIL_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read/inputs.h"
#include "tail/job.h"
#include "tail/live.h"
#include "tail/watch.h"

struct ev_file {
	struct ev_live	 live;
	bool		 failing;	/* what is wrong was told */
	uint64_t	 told;		/* damaged lines that were */
};

struct ev_files {
	/* The caller's, before the first file is added. */
	struct ev_inputs	*inputs;	/* made with `coming` */
	const struct ev_tail	*tail;
	const struct ev_say *say;
	struct ev_event		*ev;		/* that all of them read into */
	void			(*event)(void *arg, struct ev_live *live,
				    struct ev_event *ev, uint64_t offset);
	void			*arg;

	struct ev_watch		 watch;
	struct ev_file		**v;		/* input i is v[i] */
	size_t			 count;
	bool			 failed;	/* which was told */
};

/* Opens the watch. */
void	ev_files_begin(struct ev_files *files);
void	ev_files_clear(struct ev_files *files);

/* Adds the next input, not open yet, and watches for it. */
struct ev_file *ev_files_add(struct ev_files *files);
/* Watches the directories that were named, for files that come into them. */
void	ev_files_watch_dirs(struct ev_files *files);
/* Adds what came into these directories since. */
void	ev_files_more(struct ev_files *files);
/* True when nothing can come any more. */
bool	ev_files_over(const struct ev_files *files);

/* Tells something of a file. */
void	ev_files_note(const struct ev_files *files, const struct ev_live *live,
	    const char *text);
/* Tells what failed. */
void	ev_files_fail(struct ev_files *files, const struct ev_err *err);
/* Tells of damaged lines: of the first at once, of all of them at the end. */
void	ev_files_damage(const struct ev_files *files, struct ev_file *file,
	    bool end);

#endif
